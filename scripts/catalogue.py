#!/usr/bin/env python3
"""Renew the message catalogues below generator/locale/ from the program, its templates and its scripts.

catalogue.py            write the templates (.pot) and merge them into every language (.po)
catalogue.py --check    say what would change, and what a language lacks; exit status 1 if anything does
catalogue.py --add ur   begin a language
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.pofile import read_po, write_po

from generator import labels, reference
from generator.codes import explanations
from generator.corpus import default_vocabulary
from generator.dates.phrases import CONTEXT, ENGLISH
from generator.diagnostics import Severity
from generator.exports import EXPORTS
from generator.exports.queries import QUERIES
from generator.schema import RECORDS
from generator.translations import GUIDE, LOCALE, SCRIPTS, SITE
from generator.writer import GUIDES

ROOT = Path(__file__).parent.parent
GENERATOR = ROOT / "generator"
KEYWORDS = {"_": None, "say": None, "said": None, "mark": None, "many": (2, 3)}
HEADER = "# The messages of Chronology.\n# Distributed under the licence of the program.\n#"
Found = tuple[str, str | tuple[str, ...], str | None]
"""File, message (with its plural), context."""


def site() -> Iterator[Found]:
    """Yield what readers see."""
    guides = {f"{name}.md.jinja" for name in GUIDES}
    for file, _, message, _, context in extract_from_dir(
        GENERATOR,
        method_map=[("templates/**.jinja", "jinja2"), ("*.py", "python"), ("exports/*.py", "python")],
        keywords=KEYWORDS,
        directory_filter=lambda folder: Path(folder).name in ("generator", "templates", "exports"),
    ):
        if Path(file).name not in (*guides, "reference.py"):
            yield file, message, context
    for table in default_tables():
        for term in table.values():
            for _, context, text in labels.said_of(term):
                yield "vocabulary.yml", text, context
    for kind, context in labels.LISTS.items():
        for member in kind:
            yield "labels.py", labels.english(member), context
    for question, _ in QUERIES:
        yield "exports/queries.py", question, None
    for export in EXPORTS:
        yield "exports", " ".join(export.text.split()), None
    for text in ENGLISH.values():
        yield "dates/phrases.py", text, CONTEXT


def default_tables() -> Iterable[dict[str, object]]:
    """Give the tables of the default vocabulary."""
    own = default_vocabulary()
    return own.groups, own.event_types, own.roles, own.relation_types


def scripts() -> Iterator[Found]:
    """Yield what the scripts of the site say. Babel reads JavaScript, and loses its way in TypeScript."""
    root = GENERATOR / "theme/scripts"
    for file in sorted(root.glob("*/*.ts")):
        text = file.read_text(encoding="utf-8")
        for found in SAID.finditer(text):
            messages = tuple(json.loads(message) for message in found.groups() if message)
            yield file.relative_to(GENERATOR).as_posix(), messages[0] if len(messages) == 1 else messages, None


STRING = r'("(?:[^"\\\n]|\\.)+")'
SAID = re.compile(rf"\bsay\(\s*{STRING}|\bmany\((?:[^\"()]|\([^()]*\))*,\s*{STRING},\s*{STRING}")


def guide() -> Iterator[Found]:
    """Yield what contributors read: the guide, the fields, the codes."""
    for name in GUIDES:
        file = GENERATOR / f"templates/{name}.md.jinja"
        for _, message, _, context in extract_from_file("jinja2", file, keywords=KEYWORDS):
            yield f"templates/{name}.md.jinja", message, context
    for record in RECORDS.values():
        for field in record.fields:
            yield "schema/records.py", field.doc, None
    for entry in explanations().values():
        yield "codes.py", entry.name, None
        for paragraph in entry.text.split("\n\n"):
            yield "codes.py", paragraph, None
    for severity in Severity:
        yield "diagnostics.py", severity.value, None
    for _, _, message, _, context in extract_from_dir(
        GENERATOR, method_map=[("reference.py", "python")], keywords=KEYWORDS, directory_filter=lambda _: False
    ):
        yield "reference.py", message, context
    for title, _ in reference.GROUPS:
        yield "reference.py", title, None
    for known, _ in reference.DATES:
        yield "reference.py", known, None


def template(domain: str) -> Catalog:
    """Make the catalogue of a domain without translations."""
    catalogue = Catalog(project="Chronology", version="1", header_comment=HEADER, charset="utf-8")
    for file, message, context in site() if domain == SITE else guide():
        catalogue.add(message, context=context, locations=[(file, 0)])
    for file, message, context in scripts() if domain == SITE else ():
        catalogue.add(message, context=context, locations=[(file, 0)], auto_comments=[SCRIPTS])
    for message in catalogue:
        message.locations = sorted(set(message.locations))
    return catalogue


def written(catalogue: Catalog) -> bytes:
    """Give a catalogue as a file, without what changes with the day of its writing."""
    buffer = BytesIO()
    write_po(buffer, catalogue, width=116, sort_output=True, include_lineno=False, ignore_obsolete=True)
    kept = [line for line in buffer.getvalue().splitlines(keepends=True) if not line.startswith(VOLATILE)]
    return b"".join(kept)


VOLATILE = (
    b'"Language-Team',
    b'"POT-Creation-Date',
    b'"PO-Revision-Date',
    b'"Last-Translator',
    b'"Report-Msgid',
    b'"Generated-By',
)


def merged(file: Path, domain: str) -> Catalog:
    """Give a language's catalogue with the messages of today."""
    with file.open("rb") as stream:
        catalogue = read_po(stream, locale=file.parent.name)
    catalogue.update(template(domain), no_fuzzy_matching=True, update_header_comment=False)
    return catalogue


def lacking(catalogue: Catalog) -> list[str]:
    """Give the messages that have no translation, or one that does not fill in what the message fills in."""
    found = []
    for message in catalogue:
        said = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and (message.fuzzy or not all(said)):
            found.append(str(message.id))
    return found


def main() -> int:
    """Renew, or check, every catalogue."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--check", action="store_true")
    options.add_argument("--add", metavar="LANGUAGE")
    chosen = options.parse_args()
    trouble = 0
    if chosen.add:
        for domain in (SITE,):
            file = LOCALE / chosen.add / f"{domain}.po"
            file.parent.mkdir(parents=True, exist_ok=True)
            catalogue = template(domain)
            catalogue.locale = chosen.add
            catalogue.fuzzy = False
            file.write_bytes(written(catalogue))
    for domain in (SITE, GUIDE):
        files = {LOCALE / f"{domain}.pot": written(template(domain))}
        for file in sorted(LOCALE.glob(f"*/{domain}.po")):
            catalogue = merged(file, domain)
            files[file] = written(catalogue)
            for message in lacking(catalogue):
                print(f"{file.relative_to(ROOT)}: not translated: {message}")
                trouble = 1
        for file, content in files.items():
            if file.is_file() and file.read_bytes() == content:
                continue
            if chosen.check:
                print(f"{file.relative_to(ROOT)}: not up to date; renew it with make catalogue")
                trouble = 1
            else:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
    return trouble if chosen.check else 0


if __name__ == "__main__":
    sys.exit(main())
