"""Helpers of the tests that build sites in this process: small projects, edits of them, and what a folder holds."""

from __future__ import annotations

import random
from pathlib import Path

from benchmarks import corpus
from generator import plugin
from generator.links.record import HEADER

CONFIG = """site_name: Made up
site_url: https://example.org/c/
theme: {name: material, font: false}
plugins: [chronology: {search: false}]
markdown_extensions: [md_in_html, tables, toc: {permalink: true}]
nav: [Home: index.md, Timeline: timeline/index.md, About: about.md]
"""


def project(folder: Path, events: int = 60, actors: int = 8) -> Path:
    """Write a project of made-up events."""
    corpus.write(folder, corpus.made_up(events, actors))
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (folder / "docs").mkdir()
    (folder / "docs/about.md").write_text("# About\n\n[An actor](actors/index.md)\n", encoding="utf-8")
    return folder


def build(folder: Path, site: Path, **values: bool | str) -> Path:
    """Build a project's site."""
    plugin.build(str(folder / "mkdocs.yml"), site_dir=str(site), strict=True, **values)
    return site


def held(folder: Path) -> dict[str, bytes]:
    """Give every file below a folder, by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def edit(folder: Path, chance: random.Random) -> str:
    """Change the event files at random, and say how."""
    files = sorted((folder / "events").glob("[0-9]*/*.yml"))
    actors = sorted((folder / "events/actors").glob("*.yml"))
    file, actor = chance.choice(files), chance.choice(actors)
    number = chance.randrange(1000)
    kinds = ("title", "summary", "date", "actor", "topic", "add", "delete", "rename", "part", "settings", "links")
    kind = chance.choice(kinds)
    text = file.read_text(encoding="utf-8")
    match kind:
        case "title":
            file.write_text(f"title: Number {number}\n" + text.split("\n", 1)[1], encoding="utf-8")
        case "summary":
            file.write_text(text.replace("The summary of", f"The {number}. summary of"), encoding="utf-8")
        case "date":
            file.write_text(text.replace(f"date: {file.name[:10]}", f"date: {file.name[:7]}"), encoding="utf-8")
        case "actor":
            lines = actor.read_text(encoding="utf-8").split("\n", 1)
            actor.write_text(f"name: 'Actor, the {number}.'\n{lines[1]}", encoding="utf-8")
        case "topic":
            path = folder / "events/topics/all.yml"
            path.write_text(f"title: All {number}\nintroduction: Every event.\n", encoding="utf-8")
        case "add":
            file.with_name(f"{file.name[:10]}-new-{number}.yml").write_text(text, encoding="utf-8")
        case "delete":
            file.unlink()
        case "rename":
            file.rename(file.with_name(f"{file.name[:10]}-moved-{number}.yml"))
        case "part":
            other = chance.choice(actors).stem
            file.write_text(
                text.replace("topics:", f"  - {{actor: {other}, role: host}}\ntopics:"), encoding="utf-8"
            ) if f"actor: {other}," not in text else None
        case "links":
            url = next(line.partition("url: ")[2] for line in text.splitlines() if "url: " in line).strip("'\"")
            row = f"{url},dead,gone,2026-01-{1 + number % 9:02},2026-02-01,3,,https://example.org/{number}\n"
            (folder / "events/links.csv").write_text(f"{','.join(HEADER)}\n{row}", encoding="utf-8")
        case "settings":
            path = folder / "events/chronology.yml"
            lines = path.read_text(encoding="utf-8").split("\n", 1)
            path.write_text(f"title: Benchmark {number}\n{lines[1]}", encoding="utf-8")
    return f"{kind} {file.name}"
