"""Building a site beside others: stock MkDocs, Zensical, Hugo and Pagefind, in turn, on the same pages.

`python -m benchmarks.building` writes made-up events, builds them with this program, and gives the Markdown that
`chronology pages` makes of them to the others: MkDocs with Material and its search, Zensical with the same settings,
and Hugo with one of our pages as its layout, so that its pages are as large as ours. Each builds anew, again with
nothing changed, and again with one event edited (MkDocs, which makes everything each time, only anew); ours also checks
the event files and makes all data. Pagefind indexes our finished pages. Printed are the medians of the rounds (of the
first three for MkDocs and Zensical, which take minutes), the memory of all processes of a builder together, and the
medians of the ratios round by round.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import corpus
from benchmarks.checking import BIN
from benchmarks.measure import Run, watched

SLOW = 3
"""In how many rounds those are measured that take minutes."""

PEERS = BIN.parent / "peers/bin"
OWN = """site_name: Bench
site_url: https://example.org/
theme: {{name: material, font: false, features: [navigation.tabs, navigation.prune]}}
plugins: [chronology: {{search: {search}}}]
markdown_extensions: [md_in_html, tables, toc: {{permalink: true}}]
site_dir: {site}
nav: [Home: index.md, Timeline: timeline/index.md, Actors: actors/index.md, Topics: topics/index.md]
"""
STOCK = """site_name: Bench
site_url: https://example.org/
theme: {name: material, font: false, features: [navigation.tabs, navigation.prune]}
markdown_extensions: [md_in_html, tables, toc: {permalink: true}]
docs_dir: md
site_dir: stock
nav: [Home: index.md, Timeline: timeline/index.md, Actors: actors/index.md, Topics: topics/index.md]
validation:
  nav: {omitted_files: ignore}
  links: {not_found: ignore, anchors: ignore, unrecognized_links: ignore}
"""
HUGO = """baseURL = "https://example.org/"
title = "Bench"
disableKinds = ["taxonomy", "term", "RSS"]
[markup.goldmark.renderer]
unsafe = true
"""


@dataclass(kw_only=True)
class Builder:
    """One program: its command, the folder it fills, what else it keeps, and the file whose edit it is to show."""

    name: str
    command: Sequence[str]
    site: Path
    edited: Path
    change: Callable[[str], str]
    kept: Sequence[Path] = ()
    rounds: int = 1_000
    again: bool = True
    cold: list[Run] = field(default_factory=list)
    same: list[Run] = field(default_factory=list)
    edit: list[Run] = field(default_factory=list)


def main() -> int:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--events", type=int, default=10_000)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--only", default="", help="names of builders, beginning so, separated by commas")
    options.add_argument("--json", type=Path, help="write the figures there as well")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="chronology-bench-") as name:
        folder = Path(name)
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        os.environ["NO_MKDOCS_2_WARNING"] = "1"
        builders = prepare(folder, chosen.events)
        if chosen.only:
            builders = [one for one in builders if one.name.lower().startswith(tuple(chosen.only.lower().split(",")))]
        for number in range(chosen.rounds):
            for builder in (one for one in builders if number < one.rounds):
                measure(builder, folder, number)
                print(
                    f"round {number + 1}: {builder.name} {builder.cold[-1].seconds:.1f} s", file=sys.stderr, flush=True
                )
        print(table(builders, chosen))
        if chosen.json:
            figures = {
                one.name: [[run.seconds for run in runs] for runs in (one.cold, one.same, one.edit)] for one in builders
            }
            chosen.json.write_text(json.dumps(figures))
    return 0


def prepare(folder: Path, number: int) -> list[Builder]:
    """Write all that the builders read."""
    corpus.write(folder, corpus.made_up(number))
    (folder / "docs").mkdir()
    event = sorted((folder / "events").glob("[0-9]*/*.yml"))[number // 2]
    chronology = str(BIN / "chronology")
    for search in ("true", "false"):
        (folder / f"own-{search}.yml").write_text(OWN.format(search=search, site=f"own-{search}"))
    for command in (["build", "-f", "own-false.yml"], ["pages", "md"]):
        subprocess.run([chronology, *command], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    shutil.rmtree(folder / "md/data/v1")
    (folder / "md/timeline/embed.md").unlink()  # a page with a template that is ours alone
    page = folder / f"md/events/{event.stem}.md"
    (folder / "mkdocs.yml").write_text(STOCK)
    hugo(folder / "md", folder / "hugo", folder / f"own-false/events/{event.stem}/index.html")
    shutil.copytree(folder / "own-false", folder / "indexed", ignore=shutil.ignore_patterns("data"))

    def seen(text: str) -> str:
        changed, times = re.subn(r"The (\d+th )?summary of this", f"The {time.time_ns()}th summary of this", text)
        assert times, "nothing to edit"
        return changed

    found = [
        Builder(
            name=name,
            command=[chronology, "build", "-f", f"own-{search}.yml"],
            site=folder / f"own-{search}",
            kept=(folder / "cache", folder / f".own-{search}.next"),
            edited=event,
            change=seen,
        )
        for name, search in (("Chronology", "false"), ("Chronology with search", "true"))
    ]
    found.append(
        Builder(
            name="Hugo",
            command=[str(PEERS / "hugo"), "--quiet", "--source", "hugo"],
            site=folder / "hugo/public",
            edited=folder / f"hugo/content/events/{event.stem}.md",
            change=seen,
        )
    )
    indexing = [sys.executable, "-m", "pagefind", "--site", "indexed", "--output-path", "index", "--quiet"]
    written = folder / f"indexed/events/{event.stem}/index.html"
    found.append(
        Builder(name="Pagefind, the index alone", command=indexing, site=folder / "index", edited=written, change=seen)
    )
    stock = [str(BIN / "mkdocs"), "build", "--quiet", "-f", "mkdocs.yml"]
    found.append(
        Builder(name="MkDocs, Material, its search", command=stock, site=folder / "stock", edited=page, change=seen)
    )
    zensical = [str(PEERS / "zensical"), "build", "-f", "mkdocs.yml"]
    kept = (folder / ".cache",)
    found.append(Builder(name="Zensical", command=zensical, site=folder / "stock", kept=kept, edited=page, change=seen))
    for one in found[-2:]:
        one.rounds = SLOW
    found[-2].again = False
    return found


def hugo(pages: Path, folder: Path, layout: Path) -> None:
    """Write the same pages for Hugo: links by address, and one of our pages as the layout of all."""
    for file in pages.rglob("*.md"):
        path = file.relative_to(pages)
        target = folder / "content" / (path.with_name("_index.md") if path.name == "index.md" else path)
        target.parent.mkdir(parents=True, exist_ok=True)
        up = "" if path.name == "index.md" else "../"
        text = re.sub(
            r"\(<((?!https?:)[^>]*?)(index)?\.md",
            lambda match, up=up: f"(<{up}{match[1]}{'' if match[2] else '/'}",
            file.read_text(encoding="utf-8"),
        )
        target.write_text(text, encoding="utf-8")
    page = layout.read_text(encoding="utf-8")
    head, rest = page.split('<div class="page"', 1)
    head = re.sub(r"<title>.*?</title>", "<title>{{ .Title }} – Bench</title>", head)
    head = re.sub(r'content="Actor Number[^"]*"', 'content="{{ .Description }}"', head)
    head = re.sub(
        r'<script type="application/ld\+json">.*?</script>',
        '<script type="application/ld+json">{"name":{{ .Title }},"description":{{ .Description }}}</script>',
        head,
    )
    start = head.index('<ul class="md-nav__list" data-md-component="toc"')
    head = f"{head[:start]}{{{{ .TableOfContents }}}}{head[head.index('</ul>', start) + 5 :]}"
    whole = f'{head}<div class="page">{{{{ .Content }}}}</div>{rest[rest.index("</article>") :]}'
    (folder / "layouts").mkdir()
    for name in ("single", "list", "home"):
        (folder / f"layouts/{name}.html").write_text(whole, encoding="utf-8")
    (folder / "hugo.toml").write_text(HUGO)


def measure(builder: Builder, folder: Path, number: int) -> None:
    """Build anew, again, and again after an edit."""
    # Moved aside rather than deleted: a disk that has just deleted thousands of files is slow to make new ones.
    for place, path in enumerate((builder.site, *builder.kept)):
        if path.exists():
            path.rename(folder / f"aside-{time.time_ns()}-{number}-{place}")
    builder.cold.append(watched(builder.command, folder))
    if not builder.again:
        builder.same, builder.edit = builder.cold, builder.cold
        return
    builder.same.append(watched(builder.command, folder))
    builder.edited.write_text(builder.change(builder.edited.read_text(encoding="utf-8")), encoding="utf-8")
    builder.edit.append(watched(builder.command, folder))


def table(builders: Sequence[Builder], chosen: argparse.Namespace) -> str:
    """Give the medians as Markdown."""
    lines = [
        f"{chosen.events:,} events, {datetime.date.today()}, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores, shared, medians of {chosen.rounds} rounds:\n",
        "| builder | anew | nothing changed | one event edited | memory | pages | MB |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for one in builders:
        runs = (one.cold, one.same, one.edit)
        seconds = [f"{statistics.median(run.seconds for run in some):.1f} s" for some in runs]
        memory = statistics.median(run.megabytes for run in one.cold)
        files = [path for path in one.site.rglob("*") if path.is_file()]
        pages = sum(path.name == "index.html" for path in files)
        size = sum(path.stat().st_size for path in files) / 1e6
        lines.append(f"| {one.name} | {' | '.join(seconds)} | {memory:,.0f} MB | {pages:,} | {size:,.0f} |")
    own = builders[0]
    for other in builders[1:]:
        cold = statistics.median(a.seconds / b.seconds for a, b in zip(own.cold, other.cold, strict=False))
        edit = statistics.median(b.seconds / a.seconds for a, b in zip(own.edit, other.edit, strict=False))
        lines.append(
            f"\n{own.name} beside {other.name}: anew {cold:.2f} times its time; an edit {edit:.1f} times as fast."
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
