"""Checking event files: `chronology check` beside yamllint and check-jsonschema on the same files."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.measure import in_turn, table

BIN = Path(sys.executable).parent
YAMLLINT = "{extends: default, rules: {line-length: disable, document-start: disable}}"


def compare(folder: Path, events: int, rounds: int, *, peers: bool = True) -> str:
    """Measure on the project in `folder`; give the table. The peers check form alone, no references."""
    check = [str(BIN / "chronology"), "check", "events"]
    commands = {"chronology check": [*check, "--no-cache"], "the same, nothing changed": check}
    if peers:
        files = sorted(str(path.relative_to(folder)) for path in (folder / "events").glob("[0-9]*/*.yml"))
        schema = folder / "schema/event.schema.json"
        commands["yamllint"] = [str(BIN / "yamllint"), "-d", YAMLLINT, "events"]
        # One call may not hold every name: the system bounds the length of a command line, so a shell splits it.
        (folder / "files").write_text("".join(f"{name}\n" for name in files))
        validator = f"{BIN / 'check-jsonschema'} --schemafile {schema}"
        commands["check-jsonschema"] = ["sh", "-c", f"xargs -a files -n 5000 {validator}"]
    runs = in_turn(commands, folder, rounds)
    return f"{events:,} events, {rounds} rounds in turn, medians:\n\n{table(runs, 'chronology check')}\n"
