"""Write what the program now says as what the cases expect: `python tests/accept.py`, then read the difference.

A case is as good as its reader: every line that changes is to be judged as the contributor who will meet it would.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from corpora import full_report
from reading import CASES, plain, read, report

from examples import EXAMPLES, said_of
from generator import fmt


def main() -> None:
    for case in (CASES / "reading/refused").glob("*/*.yml"):
        case.with_suffix(".expected").write_text(report(case), encoding="utf-8")
    for case in (CASES / "reading/kept").glob("*/*.yml"):
        values = json.dumps(plain(read(case)[0]), ensure_ascii=False, indent=2)
        case.with_suffix(".json").write_text(values + "\n", encoding="utf-8")
    for project in (CASES / "corpus").iterdir():
        (project / "expected.txt").write_text(full_report(project), encoding="utf-8")
    for folder in (CASES / "fmt").iterdir():
        kind = (folder / "kind.txt").read_text(encoding="utf-8").strip()
        text = fmt.formatted((folder / "before.yml").read_bytes(), "x", None if kind == "none" else kind)
        (folder / "after.yml").write_text(text, encoding="utf-8")
    for example in EXAMPLES.glob("[A-Z]*"):
        with tempfile.TemporaryDirectory() as folder:
            (example / "expected.txt").write_text(said_of(example / "bad", Path(folder)), encoding="utf-8")


if __name__ == "__main__":
    main()
