"""The build: the pages as Markdown and mkdocs.yml with what the overrides need → Zensical → the same finished site."""

from __future__ import annotations

import contextlib
import html
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from generator import __version__, assets, exports, history, pagefind, pages, previews, search, shell, sitemap
from generator.asof import AsOf
from generator.check import check, errors_of
from generator.chronology import Chronology
from generator.engine.finishing import BEGIN, END, finished, untouched
from generator.engine.settings import Settings, Unusable, read
from generator.leaves import Binder
from generator.pages import Plan
from generator.place import NotOurs, claim
from generator.policy import policy
from generator.press import NEEDS_SCRIPT, Leaf
from generator.rendering import Content, address, render
from generator.report import describe, reader_of, summary
from generator.staging import Stage
from generator.writer import Writer

LEFT_OUT = ("search.json", "sitemap.xml", "objects.inv", "assets/stylesheets/modern/")
"""What Zensical makes and this site has of its own, or has no use for, by how the paths begin."""


class NotBuilt(Exception):
    """Raised with words for the user where no site was built; the one before stays."""


def build(config_file: str | None, *, site_dir: str | None, strict: bool, as_of: AsOf | None = None) -> None:
    """Build the site with Zensical. Raises Unusable, NotBuilt, and OSError where the disk refuses."""
    templates = _templates()
    settings = read(Path(config_file or "mkdocs.yml"))
    site = Path(site_dir).absolute() if site_dir else settings.folder("site_dir", "site")
    if as_of is not None and site_dir is None:
        site = site.with_name(f"{site.name}-as-of-{as_of.date}")
    events = settings.base / str(settings.plugin.get("events", "events"))
    try:
        claim(site, (settings.base / "mkdocs.yml", events, settings.folder("docs_dir", "docs")))
    except NotOurs as problem:
        raise NotBuilt(str(problem)) from None
    with contextlib.ExitStack() as closing:
        chronology = _chronology(settings, as_of, closing)
        stage = Stage(site)
        try:
            work = Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="chronology-")))
            _Build(settings=settings, chronology=chronology, stage=stage, work=work, as_of=as_of).run(templates, strict)
        except BaseException:
            stage.abandon()
            raise


def _templates() -> Path:
    """Give the folder of Zensical’s templates."""
    found = find_spec("zensical")
    if found is None or found.origin is None:
        raise Unusable("Zensical is not installed. Install it with: pip install chronology-site[zensical]")
    return Path(found.origin).parent / "templates"


def _chronology(settings: Settings, as_of: AsOf | None, closing: contextlib.ExitStack) -> Chronology:
    """Read the event files; with errors in them, nothing is built."""
    name = str(settings.plugin.get("events", "events"))
    folder, until = settings.base / name, "HEAD"
    log_of = folder
    if as_of is not None:
        until = as_of.commit_of(folder)
        folder = closing.enter_context(as_of.folder_of(folder, until))
    checked = check(folder, name, errors_only=True)
    if checked.ok and checked.corpus is not None:
        return Chronology(checked.corpus, history.read(log_of, until))
    report = list(describe(errors_of(checked), reader_of(settings.base)))
    events = len(checked.corpus.events) if checked.corpus is not None else 0
    last = summary(errors_of(checked), checked.files, events)
    raise NotBuilt("\n\n".join((*report, f"{last} The site was not built, and what was built before is untouched.")))


@dataclass(frozen=True, slots=True, kw_only=True)
class _HandWritten:
    """A page written by hand: its front matter and text, and what our own renderer makes of it for the search."""

    meta: dict[str, Any]
    body: str
    content: Content

    @property
    def title(self) -> str:
        first = html.unescape(self.content.headings[0].name) if self.content.headings else ""
        return str(self.meta.get("title") or first)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Build:
    settings: Settings
    chronology: Chronology
    stage: Stage
    work: Path
    as_of: AsOf | None

    def run(self, templates: Path, strict: bool) -> None:
        """Make the site, and put it in the place of the one that stands."""
        own = _hand_written(self.settings.folder("docs_dir", "docs"))
        binder = self._binder()
        written = tuple(exports.write(self.chronology, binder.site, self.stage.put))
        plans = self._plans(own, binder, written)
        leaves = {path: binder.leaf(self.chronology, plan.make()) for path, plan in plans.items()}
        index = self._index(leaves, own)
        try:
            self._write(own, leaves, binder, templates)
            _run(self.work, strict=strict)
            self._finish(leaves)
            if binder.site.base:
                listed, days = shell.listed(self.chronology, plans, {address(path) for path in own})
                for path, content in sitemap.files(binder.site.base, listed, days):
                    self.stage.put(path, content)
            if binder.pictured:
                for path, _, content in previews.draw(self.chronology, lambda *_: False):
                    self.stage.put(path, content)
            for path, content, _ in index.files() if index else ():
                self.stage.put(path, content)
        except pagefind.IndexFailed as problem:
            raise NotBuilt(str(problem)) from None
        finally:
            if index is not None:
                index.stop()
        self.stage.finish()

    def _binder(self) -> Binder:
        site_url = self.settings.text("site_url")
        return Binder(
            site=exports.Site(base=f"{site_url.rstrip('/')}/" if site_url else ""),
            edit=self.settings.edit,
            pictured=bool(site_url),
            own_pictures=previews.has_own(self.chronology),
        )

    def _plans(
        self, own: Mapping[str, _HandWritten], binder: Binder, written: tuple[exports.Written, ...]
    ) -> dict[str, Plan]:
        """Plan the pages; one that is written by hand wins."""
        found = pages.plan(Writer(self.chronology), binder.site.base, lambda: written)
        return {plan.path: plan for plan in found if plan.path not in own}

    def _index(self, leaves: Mapping[str, Leaf], own: Mapping[str, _HandWritten]) -> pagefind.Index | None:
        if not self.settings.plugin.get("search", True):
            return None
        guides = (leaf for path, leaf in leaves.items() if path.startswith(shell.GUIDES))
        texts = {
            address(leaf.page.path): shell.found(
                address(leaf.page.path),
                str(leaf.page.meta["title"]),
                render(leaf.page.path, leaf.page.body, permalinks=False, ascii_ids=True).html,
            )
            for leaf in guides
        }
        texts |= {
            address(path): shell.found(address(path), page.title, page.content.html) for path, page in own.items()
        }
        index = pagefind.Index(str(self.chronology.settings.language), about=search.count(self.chronology) + len(texts))
        index.start(search.items(self.chronology, texts=texts.values()))
        return index

    def _write(
        self, own: Mapping[str, _HandWritten], leaves: Mapping[str, Leaf], binder: Binder, templates: Path
    ) -> None:
        """Write the project that Zensical builds."""
        docs = self.work / "docs"
        written = self.settings.folder("docs_dir", "docs")
        if written.is_dir():
            shutil.copytree(written, docs)
        for path, content in (*assets.files(), *assets.made(self.chronology)):
            _put(docs / path, content)
        asked = shell.asks_script(self.settings.theme.get("features") or [])
        for path, page in own.items():
            meta = page.meta | {
                "chronology_head": binder.head(self.chronology, path, page.title),
                "chronology_preview": binder.preview(path, str(page.meta.get("kind", "text"))),
                "chronology_slim": not asked and not any(needed in page.content.html for needed in NEEDS_SCRIPT),
            }
            _put(docs / path, _with_meta(meta, untouched(page.body)))
        for path, leaf in leaves.items():
            meta = dict(leaf.page.meta) | {
                "chronology_head": leaf.head,
                "chronology_preview": leaf.preview,
                "chronology_slim": not asked and not any(needed in leaf.page.body for needed in NEEDS_SCRIPT),
            }
            _put(docs / path, _with_meta(meta, f"{BEGIN}\n\n{untouched(leaf.page.body)}\n\n{END}\n"))
        overrides = self.work / "overrides"
        if custom := self.settings.theme.get("custom_dir"):
            shutil.copytree(self.settings.base / str(custom), overrides)
        shutil.copytree(assets.THEME / "overrides", overrides, dirs_exist_ok=True)
        more = self._more(templates)
        left_out = () if self.settings.values.get("repo_url") else ("edit_uri",)
        _put(self.work / "mkdocs.yml", self.settings.with_more(more, left_out).encode())

    def _more(self, templates: Path) -> dict[str, Any]:
        """Give what the file of settings says besides: what the plugin tells MkDocs."""
        chronology, theme = self.chronology, self.settings.theme
        try:
            allowed = policy(self.settings.plugin.get("policy") or {})
        except ValueError as problem:
            raise Unusable(f"chronology: policy: {problem}") from None
        pictures = {
            name: assets.MARK
            for name in ("logo", "favicon")
            if str(theme.get(name) or "assets/images").startswith("assets/images")
        }
        styles = [str(style) for style in self.settings.values.get("extra_css") or []]
        said: dict[str, Any] = {
            "chronology_policy": allowed,
            "chronology_words": shell.words(chronology),
            "chronology_version": __version__,
            "chronology_search": bool(self.settings.plugin.get("search", True)),
        }
        if told := shell.notice(chronology, self.as_of):
            said["chronology_notice"] = told
        return {
            "docs_dir": "docs",
            "site_dir": "site",
            "extra_css": [*styles, *(style for style in assets.STYLES if style not in styles)],
            "theme": {
                "name": str(theme.get("name") or "material"),
                "custom_dir": "overrides",
                "variant": "classic",
                "font": False,
                "language": shell.language(chronology.words.locale, templates),
                **pictures,
            },
            "extra": said,
        }

    def _finish(self, leaves: Mapping[str, Leaf]) -> None:
        """Put what Zensical made into the site."""
        made = self.work / "site"
        known = {_file_of(path): leaf for path, leaf in leaves.items()}
        for file in sorted(path for path in made.rglob("*") if path.is_file()):
            path = file.relative_to(made).as_posix()
            if path.startswith(LEFT_OUT):
                continue
            content = file.read_bytes()
            if path.endswith(".html"):
                content = finished(content.decode("utf-8"), known.get(path)).encode()
            self.stage.put(path, content)


def _hand_written(docs: Path) -> dict[str, _HandWritten]:
    """Read the pages written by hand, by path below their folder."""
    found = {}
    for file in sorted(docs.rglob("*.md")):
        path = file.relative_to(docs).as_posix()
        try:
            meta, body = _apart(file.read_text(encoding="utf-8-sig"))
        except (UnicodeDecodeError, yaml.YAMLError) as problem:
            raise NotBuilt(f"{file}: {' '.join(str(problem).split())}") from None
        found[path] = _HandWritten(meta=meta, body=body, content=render(path, body, permalinks=False, ascii_ids=True))
    return found


def _apart(text: str) -> tuple[dict[str, Any], str]:
    """Take a page’s front matter and text apart."""
    if not text.startswith("---\n"):
        return {}, text
    front, found, body = text[4:].partition("\n---\n")
    meta = yaml.safe_load(front) if found else None
    return (meta, body) if isinstance(meta, dict) else ({}, text)


def _with_meta(meta: Mapping[str, Any], body: str) -> bytes:
    front = yaml.safe_dump(dict(meta), allow_unicode=True, sort_keys=False, width=1_000_000)
    return f"---\n{front}---\n\n{body}".encode()


def _file_of(path: str) -> str:
    return f"{address(path)}index.html"


def _put(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _run(work: Path, *, strict: bool) -> None:
    """Run Zensical on the project; what it says is shown where it fails."""
    command = [sys.executable, "-m", "zensical", "build", "--config-file", str(work / "mkdocs.yml")]
    done = subprocess.run(  # noqa: S603 - our own words
        [*command, *(["--strict"] if strict else [])],
        cwd=work,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    if done.returncode or not (work / "site/index.html").is_file():
        said = done.stdout.replace(f"{work}/", "").strip()
        raise NotBuilt(f"{said}\nZensical made no site; the one before stays.")
