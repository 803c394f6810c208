"""The commands that explain: a code in words, the format as JSON Schema."""

from __future__ import annotations

import shutil
import textwrap
from pathlib import Path

import click

from generator.commands.terminal import EVENTS, refusals, shown


@click.command("explain")
@click.argument("code")
def explain_command(code: str) -> None:
    """Explain a code of the check.

    CODE is one such as S205; the text says what is required, why, and how to fix it.
    """
    from generator.codes import explanations
    from generator.diagnostics import did_you_mean, quoted

    known = explanations()
    entry = known.get(code.upper())
    if entry is None:
        listed = f"The site’s page contribute/rules/ lists them, with an example of each: {', '.join(known)}."
        near = did_you_mean(code.upper(), known)
        raise click.UsageError(" ".join(filter(None, (f"There is no code {quoted(code)}.", near, listed))))
    click.echo(click.style(f"{entry.code} {entry.name} ({entry.severity.value})", bold=True))
    for paragraph in entry.text.split("\n\n"):
        click.echo()
        click.echo(textwrap.fill(paragraph, width=min(100, shutil.get_terminal_size().columns)))


@click.command("schema")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path("schema"))
@click.option("--events", type=EVENTS, default=Path("events"), help="The folder of event files.", show_default=True)
def schema_command(folder: Path, events: Path) -> None:
    """Write the JSON Schemas for editors.

    FOLDER (“schema” if not given) gets one for each kind of file. They hold the words of this chronology’s
    vocabulary; an editor with YAML support completes and explains the fields by them.
    """
    from generator.corpus import default_vocabulary, read_corpus
    from generator.putting import replace
    from generator.schema import json_schemas

    corpus = read_corpus(events, shown(events)).corpus
    with refusals():
        for kind, text in json_schemas(corpus.vocabulary if corpus else default_vocabulary()).items():
            replace(folder / f"{kind}.schema.json", text.encode(), folder)
            click.echo(f"wrote {folder / f'{kind}.schema.json'}")
