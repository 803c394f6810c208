"""The MkDocs adapter: feeds the chronology's pages to MkDocs in memory. The only module that imports mkdocs."""

from __future__ import annotations

import html
import logging
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import material  # type: ignore[import-untyped]
import nh3
from babel import Locale
from jinja2 import Environment
from markdown.extensions.toc import slugify_unicode  # type: ignore[import-untyped]
from mkdocs import utils
from mkdocs.commands import build as mkdocs_build
from mkdocs.commands import serve as mkdocs_serve
from mkdocs.config import config_options as options
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from generator import __version__, assets, describing, exports, history, pagefind, pages, previews, search, writer
from generator.check import Checked, check, errors_of
from generator.chronology import Chronology
from generator.keptsite import KeptSite
from generator.report import describe, reader_of, summary
from generator.sanitise import POLICY
from generator.search import Entry
from generator.translations import mark

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.toc import TableOfContents
    from mkdocs.utils.templates import TemplateContext

log = logging.getLogger("mkdocs.plugins.chronology")

SHELL = {
    "missing": mark("No page has this address"),
    "missing_help": mark(
        "A record keeps its address for good, so a letter of this one may be missing. "
        "Search for the event, or start anew:"
    ),
    "made_with": mark("Made with:"),
}
"""What the overrides of the theme say; another engine, which does not know them, says the English in the overrides."""

PREVIEWED = {
    "home": mark("Chronology"),
    "timeline": mark("Timeline"),
    "years": mark("Chronology"),
    "year": mark("Chronology"),
    "month": mark("Chronology"),
    "event": mark("Events"),
    "actors": mark("Actors"),
    "actor": mark("Actors"),
    "encounters": mark("Who deals with whom"),
    "places": mark("Places"),
    "place": mark("Places"),
    "topics": mark("Topics"),
    "topic": mark("Topics"),
    "kinds": mark("Kinds of event"),
    "kind": mark("Kinds of event"),
    "sources": mark("Sources"),
    "publisher": mark("Sources"),
    "search": mark("Search"),
    "contribute": mark("Add an event"),
    "field_reference": mark("Add an event"),
    "rules": mark("Add an event"),
    "rule": mark("Add an event"),
    "text": mark("Chronology"),
}
"""The kinds of pages, with what the picture that other sites show with a link says of each."""

SERVED = 2_000
"""How many events a server makes data of; more would keep an edit from the screen."""

NEEDS_SCRIPT = ("tabbed-set", "mermaid", "md-annotation", "arithmatex", "md-code__button", "data-tabs")
"""What in a page, written by hand as it may be, works only with Material’s own script."""

ASKS_SCRIPT = (
    "content.code",
    "content.tabs",
    "content.tooltips",
    "navigation.instant",
    "navigation.tracking",
    "header.autohide",
)
"""The features of mkdocs.yml that Material’s own script brings, by how their names begin."""

GUIDES = ("contribute", "field_reference", "rule")
"""Kinds of generated pages that are found as they stand; others are found by what they are made of."""


class ChronologyConfig(Config):  # type: ignore[no-untyped-call]
    """What stands below `- chronology:` in mkdocs.yml."""

    events = options.Type(str, default="events")
    """The folder of event files, relative to mkdocs.yml."""

    search = options.Type(bool, default=True)
    """Whether the site gets a search of its own."""


@dataclass(slots=True, kw_only=True)
class Rendered:
    """What a page came to in the last build of a server; `shell` is all that its HTML depends on beside `markdown`."""

    markdown: str
    content: str | None
    toc: TableOfContents
    title: str | None
    shell: object = None
    html: str = ""


class GeneratedPage(Page):
    """A page that is rendered again only if its Markdown has changed since the server's last build."""

    def __init__(self, file: File, config: MkDocsConfig, cache: dict[str, Rendered]) -> None:
        super().__init__(None, file, config)
        self.cache = cache

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Render, or take what the same Markdown came to before."""
        known = self.cache.get(self.file.src_uri)
        source = self.file.content_string
        if known is not None and known.markdown == source:
            self.content, self.toc, self._title_from_render = known.content, known.toc, known.title
            return
        super().render(config, files)
        self.cache[self.file.src_uri] = Rendered(
            markdown=source, content=self.content, toc=self.toc, title=self._title_from_render
        )


class ChronologyPlugin(BasePlugin[ChronologyConfig]):  # type: ignore[no-untyped-call]
    """Checks the event files, adds their pages, and sanitises what comes of them."""

    def __init__(self) -> None:
        self.serving = False
        self.chronology: Chronology | None = None
        self.findings: tuple[str, ...] = ()
        self.generated: dict[str, writer.Page] = {}
        self.cache: dict[str, Rendered] = {}
        self.shell: object = None
        self.texts: dict[str, Entry] = {}
        self.builds = 0
        self.kept: KeptSite | None = None
        self.exported: tuple[exports.Written, ...] = ()
        self.beside: Path | None = None
        self.site = exports.Site()

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Note whether this is a server; being here also keeps one plugin through all of its builds."""
        self.serving = command == "serve"
        if self.serving and self.kept is None:
            self.kept = KeptSite(utils.write_file, utils.clean_directory)
            vars(utils).update(write_file=self.kept.write_file, clean_directory=self.kept.clean_directory)

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check the event files before MkDocs empties the site folder, and set what the theme needs."""
        self._read(config)
        assert self.chronology is not None
        config.theme.dirs.insert(0, str(assets.THEME / "overrides"))
        config.theme["font"] = False
        config.theme["language"] = theme_language(self.chronology.words.locale)
        if config.theme["language"] != "en":
            # Headings in other scripts would have no anchors of their own.
            config.mdx_configs.setdefault("toc", {}).setdefault("slugify", slugify_unicode)
        for picture in ("logo", "favicon"):
            if str(config.theme.get(picture) or "assets/images").startswith("assets/images"):
                config.theme[picture] = assets.MARK  # in place of Material's own
        for style in assets.STYLES:
            if style not in config.extra_css:
                config.extra_css.append(style)
        if not config.repo_url:
            config.edit_uri = None  # there is nothing that an edit link could lead to
        return config

    def _read(self, config: MkDocsConfig) -> None:
        base = project(config)
        checked = check(base / self.config.events, self.config.events)
        events = len(checked.corpus.events) if checked.corpus is not None else 0
        if checked.ok and checked.corpus is not None:
            self.chronology = Chronology(checked.corpus, history.read(base / self.config.events))
            self.findings = ()
            return  # warnings are for “chronology check”: they keep nothing from being published
        report = list(describe(errors_of(checked), reader_of(base)))
        closing = summary(errors_of(checked), checked.files, events)
        for block in report:
            log.error("\n%s", block)
        if self.chronology is None or not self.serving:
            raise Abort(f"{closing} The site was not built, and what was built before is untouched.")
        log.error("%s The last good site is still served.", closing)
        self.findings = (*report, closing)

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages and the theme's own files; a hand-written page of the same path wins."""
        assert self.chronology is not None
        self.generated = {}
        self._export(config)
        for page in pages.render(self.chronology, config.site_url or "", self.exported):
            if files.get_file_from_path(page.path) is not None:
                continue
            # Event pages stay out of the navigation: it would be rendered into each of them.
            level = InclusionLevel.NOT_IN_NAV
            file = File.generated(config, page.path, content=page.markdown, inclusion=level)
            file.edit_uri = None
            if self.serving:
                GeneratedPage(file, config, self.cache)
            self.generated[page.path] = page
            files.append(file)
        for path, content in (*assets.files(), *assets.made(self.chronology)):
            files.append(File.generated(config, path, content=content, inclusion=InclusionLevel.NOT_IN_NAV))
        return files

    def _export(self, config: MkDocsConfig) -> None:
        """Write the data beside the site, into which they are moved when it stands.

        A server does so at its first build, then after each edit is on the screen; one of thousands of events never.
        """
        assert self.chronology is not None
        self._forget()
        if self.serving and (self.exported or len(self.chronology.events) > SERVED):
            return
        self.site = site_of(config)
        beside = Path(config.site_dir).parent
        beside.mkdir(parents=True, exist_ok=True)
        self.beside = Path(tempfile.mkdtemp(prefix=".chronology-", dir=beside))
        self.exported = tuple(exports.write(self.chronology, self.site, self.beside))

    def _forget(self) -> None:
        if self.beside is not None:
            shutil.rmtree(self.beside, ignore_errors=True)
            self.beside = None

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Note what every page's frame depends on: the settings and the navigation."""
        settings = Path(config.config_file_path).read_bytes() if config.config_file_path else b""
        self.shell = (settings, str(nav))
        addresses = {file.url for file in files}
        self.texts = {address: entry for address, entry in self.texts.items() if address in addresses}
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Give the theme’s templates their words, and let a server compile each of them once."""
        assert self.chronology is not None
        env.globals["chronology_words"] = {name: self.chronology.words.say(text) for name, text in SHELL.items()}
        if self.serving:
            env.bytecode_cache = writer.COMPILED
        return env

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Point the edit link of a generated page at its event file."""
        generated = self.generated.get(page.file.src_uri)
        if generated is not None:
            page.edit_url = edit_url(config, generated.source)
        return markdown

    @event_priority(-50)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Let nothing active through, whatever the escaping before it did: the second of two gates."""
        if page.file.src_uri not in self.generated:
            self._note(page, html)
            return html
        known = self.cache.get(page.file.src_uri)
        if known is not None and known.html and known.shell == self.shell:
            page.meta["template"] = "chronology-unchanged.html"
            return html  # not shown: the finished page is
        cleaned = nh3.clean(html, **POLICY)
        if page.meta.get("kind") in GUIDES:
            self._note(page, cleaned)
        return cleaned

    def _note(self, page: Page, content: str) -> None:
        """Keep the words of a page that stands for itself, for the search."""
        if self.config.search:
            text = " ".join(html.unescape(nh3.clean(content, tags=set())).replace("¶", " ").split())
            title = str(page.meta.get("title") or page.title or "")
            self.texts[page.url] = Entry(
                path=page.url, title=title, texts=(text,), facets={"what": ("Pages",)}, label="Page"
            )

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the templates what they cannot know, and to an unchanged page its HTML."""
        values: dict[str, Any] = context  # type: ignore[assignment]
        values["chronology_version"] = __version__
        values["chronology_search"] = self.config.search
        kind = str(page.meta.get("kind", "text"))
        if self.chronology is not None:
            title = str(page.meta.get("title") or page.title or config.site_name)
            values["chronology_described"] = describing.describe_page(
                self.chronology, page.file.src_uri, title, self.site
            )
        if self.chronology is not None and config.site_url and not self.serving:
            name = previews.path_of(self.chronology, page.file.src_uri, kind if kind in PREVIEWED else "text")
            values["chronology_preview"] = f"{config.site_url.rstrip('/')}/{name}"
        values["chronology_slim"] = slim(page.content or "", config.theme.get("features") or [])
        if "template" in page.meta and page.file.src_uri in self.cache:
            values["chronology_html"] = self.cache[page.file.src_uri].html
        return context

    @event_priority(100)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Keep the finished page for the server's next build; show a broken edit's findings above it."""
        output = valid(output)
        known = self.cache.get(page.file.src_uri)
        if known is not None:
            known.shell, known.html = self.shell, output
        if not self.findings:
            return output
        return output.replace("<header", f"{_banner(self.findings)}<header", 1)

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Keep the page for what is not found as valid as all others."""
        return valid(output) if template_name.endswith(".html") else output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Make the search index beside the pages."""
        if self.kept is not None:
            self.kept.finish()
        if self.chronology is None:
            return
        if self.beside is not None:
            move_into(self.beside, Path(config.site_dir))
            self._forget()
        if config.site_url and not self.serving:
            kinds = {kind: self.chronology.words.say(name) for kind, name in PREVIEWED.items()}
            previews.write(self.chronology, kinds, Path(config.site_dir))
        if not self.config.search:
            return
        found = (*search.entries(self.chronology), *self.texts.values())
        language, site = str(self.chronology.settings.language), Path(config.site_dir)
        if self.serving:
            # An edit is to be seen at once: the index follows a moment later, unless the next edit comes first.
            self.builds += 1
            Thread(target=self._follow, args=(found, language, site, self.builds), daemon=True).start()
            return
        try:
            pagefind.build(found, language, site)
        except pagefind.IndexFailed as problem:
            raise Abort(str(problem)) from None

    def _follow(self, found: tuple[Entry, ...], language: str, site: Path, build: int) -> None:
        """Make a server's search index and data, and put them into the site if it is still the one they are made of."""
        chronology = self.chronology
        try:
            pagefind.build(found, language, site, wanted=lambda: self.builds == build)
            if self.exported and chronology is not None and build > 1 and self.builds == build:
                with tempfile.TemporaryDirectory(dir=site.parent, prefix=".chronology-") as name:
                    self.exported = tuple(exports.write(chronology, self.site, Path(name)))
                    if self.builds == build:
                        move_into(Path(name), site)
        except pagefind.IndexFailed as problem:
            log.error("%s", problem)  # noqa: TRY400 - its words say it all
        except OSError:
            log.debug("The site was built anew while its search index was written.")

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch the event files, more often than MkDocs looks at the hand-written ones."""
        server.observer._timeout = 0.25  # watchdog has no public way; without effect if it is renamed
        server.watch(str(project(config) / self.config.events))
        return server

    def on_build_error(self, *, error: Exception) -> None:
        """Leave nothing behind."""
        self._forget()

    def on_shutdown(self) -> None:
        """Give MkDocs its own functions back; it keeps a plugin between builds only if it can be shut down."""
        if self.kept is not None:
            write, clean = self.kept.originals
            vars(utils).update(write_file=write, clean_directory=clean)
            self.kept = None


def valid(page: str) -> str:
    """Take from a page what Material's templates hold and the HTML standard does not allow; no browser misses it."""
    page = page.replace(' autocomplete="off">', ">").replace(' tabindex=""', "")
    if 'id="__toc"' not in page:  # a page without a table of contents has nothing that its title could open
        page = page.replace('<label class="md-nav__title" for="__toc">', '<label class="md-nav__title">')
    return page


def _banner(findings: tuple[str, ...]) -> str:
    blocks = "".join(f"<pre>{html.escape(block)}</pre>" for block in findings)
    words = "The last edit has a problem; this is the site before it."
    return f'<div class="findings" role="alert"><p>{words}</p>{blocks}</div>'


def site_of(config: MkDocsConfig) -> exports.Site:
    """Give where the site will stand."""
    return exports.Site(base=f"{config.site_url.rstrip('/')}/" if config.site_url else "")


def move_into(folder: Path, site: Path) -> None:
    """Move every file of a folder to the same place below another one on the same disk."""
    for root, _, names in os.walk(folder):
        target = site / Path(root).relative_to(folder)
        target.mkdir(parents=True, exist_ok=True)
        for name in names:
            os.replace(Path(root) / name, target / name)


def slim(content: str, features: list[str]) -> bool:
    """Tell whether a page can do without Material’s own script, which is twenty times as large as ours."""
    return not any(mark in content for mark in NEEDS_SCRIPT) and not any(
        feature.startswith(ASKS_SCRIPT) for feature in features
    )


def theme_language(locale: Locale) -> str:
    """Give the language in which Material says what is its own; English where it does not know a language."""
    known = {file.stem for file in (Path(material.__file__).parent / "templates/partials/languages").glob("*.html")}
    names = (str(locale).replace("_", "-"), f"{locale.language}-{locale.script}", locale.language)
    return next((name for name in names if name in known), "en")


def project(config: MkDocsConfig) -> Path:
    """Give the folder of mkdocs.yml."""
    return Path(config.config_file_path).parent.resolve() if config.config_file_path else Path.cwd()


def edit_url(config: MkDocsConfig, source: str | None) -> str | None:
    """Give the address where an event file is edited, or None where the repository is not known."""
    if not source or not config.repo_url:
        return None
    edit = config.edit_uri or "edit/main/docs/"
    root = edit.rsplit("docs/", 1)[0] if "docs/" in edit else edit
    return f"{config.repo_url.rstrip('/')}/{root.strip('/')}/{quote(source)}"


def load(config_file: str | None = None, **values: Any) -> MkDocsConfig:
    """Load mkdocs.yml; raises ConfigurationError with words for the user."""
    return load_config(config_file=config_file, **values)


def build(config_file: str | None, *, site_dir: str | None, strict: bool) -> None:
    """Build the site as `mkdocs build` does."""
    config = load(config_file, site_dir=site_dir, strict=strict or None)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        mkdocs_build.build(config)
    finally:
        config.plugins.on_shutdown()


def serve(config_file: str | None, *, address: str | None) -> None:
    """Serve the site as `mkdocs serve` does, rebuilding on every edit."""
    mkdocs_serve.serve(config_file=config_file, dev_addr=address)


__all__ = ["Abort", "Checked", "ChronologyPlugin", "ConfigurationError", "build", "load", "serve"]
