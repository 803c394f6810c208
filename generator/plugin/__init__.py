"""The MkDocs adapter: feeds the chronology's pages to MkDocs, or makes them beside it. No other part imports mkdocs."""

from __future__ import annotations

import contextlib
import gc
import html
import logging
import shutil
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from itertools import islice
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

import material  # type: ignore[import-untyped]
from jinja2 import Environment
from markdown.extensions.toc import slugify_unicode  # type: ignore[import-untyped]
from mkdocs.commands import build as mkdocs_build
from mkdocs.config import config_options as options
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.exceptions import Abort, ConfigurationError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

from generator import (
    __version__,
    assets,
    cache,
    compiled,
    exports,
    history,
    memory,
    pagefind,
    pages,
    previews,
    shell,
    sitemap,
    staging,
    timeline,
    workers,
    writer,
)
from generator.asof import AsOf
from generator.check import Checked, errors_of, no_collection
from generator.chronology import Chronology
from generator.keys import Keys, joined
from generator.leaves import Binder
from generator.pages import Plan
from generator.pieces import portions
from generator.place import NotOurs, claim
from generator.plugin.data import Data
from generator.plugin.following import BESIDE, Follower
from generator.plugin.index import Index
from generator.plugin.serving import watched, with_banner
from generator.plugin.settings import edit_base, project, site_of, title_of
from generator.plugin.shortcuts import KnownFiles, plain_because, theme_digest, wanted_by_nav
from generator.plugin.theme import Theme
from generator.policy import classed, policy, secured
from generator.press import NEEDS_SCRIPT, Leaf, Press
from generator.printing import Printer, Tools, file_of
from generator.rendering import address, plain_text, render, sanitised, squeezed, valid
from generator.report import describe, reader_of, summary
from generator.staging import Stage
from generator.state import Kept, Memory, read
from generator.workers import Shared

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.toc import AnchorLink
    from mkdocs.utils.templates import TemplateContext

log = logging.getLogger("mkdocs.plugins.chronology")

TEMPLATES = Path(material.__file__).parent / "templates"
"""The theme’s templates."""

SERVED = 2_000
"""How many events a server makes data of; more would keep an edit from the screen."""


class ChronologyConfig(Config):  # type: ignore[no-untyped-call]
    """What stands below `- chronology:` in mkdocs.yml."""

    events = options.Type(str, default="events")
    """The folder of event files, relative to mkdocs.yml."""

    search = options.Type(bool, default=True)
    """Whether the site gets a search of its own."""

    policy = options.Type(dict, default={})
    """What the content security policy allows besides, by directive; see `generator/policy.py`."""


class ChronologyPlugin(BasePlugin[ChronologyConfig]):  # type: ignore[no-untyped-call]
    """Checks the event files, adds their pages, and sanitises what comes of them."""

    def __init__(self) -> None:
        self.fast = True
        self.quick = True
        self.because = ""
        self.cached = True
        self.scheduler = ""
        self.as_of: AsOf | None = None
        self.serving = False
        self.chronology: Chronology | None = None
        self.kept: Kept | None = None
        self.memory: Memory | None = None
        self.follower = Follower()
        self.findings: tuple[str, ...] = ()
        self.watching: contextlib.ExitStack | None = None
        self.builds = 0
        self.exported: tuple[exports.Written, ...] = ()
        self.data: Data | None = None
        self.keys: Keys | None = None
        self.stage: Stage | None = None
        self.printer: Printer | None = None
        self.index: Index | None = None
        self.plans: dict[str, Plan] = {}
        self.leaves: dict[str, Leaf] = {}
        self.files: KnownFiles | None = None
        self.site_dir = self.policy = ""
        self.closing = contextlib.ExitStack()
        self.executor: Shared | None = None
        self.preparing: Future[None] | None = None
        self.starting = Lock()

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Note whether this is a server; being here also keeps one plugin through all of its builds."""
        self.serving = command == "serve"
        if self.serving and self.memory is None:
            self.memory, self.follower.memory = Memory(), staging.Memory()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check the event files before anything is built, and set what the theme needs."""
        memory.give_back()
        self.closing.enter_context(no_collection())
        self.follower.asked()
        self.because = plain_because(config)
        self.quick = self.fast and not self.because
        if self.fast and self.because:
            log.info("Pages are rendered by MkDocs alone, which takes longer: %s", self.because)
        try:
            self.policy = policy(self.config.policy)
        except ValueError as problem:
            raise ConfigurationError(f"chronology: policy: {problem}") from None
        if self.serving:
            # The script by which a server has the page reloaded stands in the page, with a number of its own each time.
            self.policy = self.policy.replace("script-src", "script-src 'unsafe-inline'", 1)
        try:
            events, docs = project(config) / self.config.events, Path(config.docs_dir)
            claim(Path(config.site_dir), (Path(config.config_file_path or "mkdocs.yml"), events, docs))
        except NotOurs as problem:
            raise Abort(str(problem)) from None
        self._read(config)
        assert self.chronology is not None
        config.theme.dirs.insert(0, str(assets.THEME / "overrides"))
        config.theme["font"] = False
        config.theme["language"] = shell.language(self.chronology.words.locale, TEMPLATES)
        if config.theme["language"] != "en":
            # Headings in other scripts would have no anchors of their own.
            config.mdx_configs.setdefault("toc", {}).setdefault("slugify", slugify_unicode)
        for picture in ("logo", "favicon"):
            if str(config.theme.get(picture) or "assets/images").startswith("assets/images"):
                config.theme[picture] = assets.MARK  # in place of Material's own
        for style in assets.STYLES:
            if style not in config.extra_css:
                config.extra_css.append(style)
        config.theme.static_templates.discard("sitemap.xml")
        if not config.repo_url:
            config.edit_uri = None  # there is nothing that an edit link could lead to
        self.binder = Binder(
            site=site_of(config),
            edit=edit_base(config),
            pictured=bool(config.site_url) and not self.serving,
            own_pictures=previews.has_own(self.chronology),
        )
        if self.stage is None:
            with self.follower.lock:
                self.stage = Stage(Path(config.site_dir), self.follower.memory, cached=self.cached)
        self.site_dir = config.site_dir
        config.site_dir = str(self.stage.made)
        self._start_data()
        return config

    def _prepare(self, folder: Path, site: Path) -> None:
        """Have processes started for a large chronology that has changed, and one of them look at its site."""
        if self.serving or self.scheduler or not self.quick:
            return
        if sum(1 for _ in islice(folder.glob("*/*.yml"), workers.WORTHWHILE)) < workers.WORTHWHILE:
            return
        self.stage = Stage(site, cached=self.cached)
        starting = ThreadPoolExecutor(1)
        self.preparing = starting.submit(self._start_executor)
        self.stage.look(lambda job: starting.submit(lambda: next(workers.finished(self.executor, [job]))))
        starting.shutdown(wait=False)

    def _read(self, config: MkDocsConfig) -> None:
        base = project(config)
        folder = base / self.config.events
        until = "HEAD"
        if self.as_of is not None:
            until = self.as_of.commit_of(folder)
            folder = self.closing.enter_context(self.as_of.folder_of(folder, until))
        checked, kept = read(
            folder,
            self.config.events,
            cached=self.cached and self.as_of is None,
            executor=self._executor,
            memory=self.memory,
            changed=partial(self._prepare, folder, Path(config.site_dir)),
        )
        if self.serving and not self.builds:
            gc.freeze()  # what was read stays; walking through it would keep an edit waiting for a second
        events = len(checked.corpus.events) if checked.corpus is not None else 0
        if checked.ok and checked.corpus is not None:
            self.chronology = Chronology(checked.corpus, history.read(base / self.config.events, until))
            if self.chronology.history.shallow:
                log.info("This clone has a part of the history alone, so the site tells no dates of its records.")
            self.kept = kept
            self.findings = ()
            if self.cached:
                compiled.TEMPLATES.take(templates_of(kept))
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
        own = pages.plan(writer.Writer(self.chronology), config.site_url or "", self._written)
        theirs = files.src_uris  # asked once: MkDocs makes a path of each name that it is asked for
        self.plans = {plan.path: plan for plan in own if plan.path not in theirs}
        self.leaves, self.files = {}, None
        listed = files.get_file_from_path("sitemap.xml")
        if listed is not None and not Path(listed.abs_src_path or "").is_relative_to(config.docs_dir):
            files.remove(listed)  # the theme's template of it, which is no sitemap as it stands
        for path, content in (*assets.files(), *assets.shown(self.chronology)):
            files.append(File.generated(config, path, content=content, inclusion=InclusionLevel.NOT_IN_NAV))
        if not self.quick:
            for path in self.plans:
                files.append(self._file(config, path))
            return files
        wanted = wanted_by_nav(config.nav) | {"index.md"}
        for path in wanted & self.plans.keys():
            files.append(self._file(config, path))
        self.files = KnownFiles(files, self.plans, partial(self._file, config))
        return self.files

    def _file(self, config: MkDocsConfig, path: str) -> File:
        # Event pages stay out of the navigation: it would be rendered into each of them.
        file = File.generated(config, path, content="", inclusion=InclusionLevel.NOT_IN_NAV)
        file.edit_uri = None
        return file

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Have the pages made that MkDocs does not make, and the data."""
        assert self.chronology is not None
        assert self.stage is not None
        own = (file for file in files.documentation_pages() if file.inclusion.is_included())  # type: ignore[no-untyped-call]
        self.addresses = {"" if file.url in (".", "./") else file.url for file in own if file.src_uri not in self.plans}
        if not self.because:
            self._read_texts(config, files)
            self._start_index()
        if self.quick:
            with self._named(nav):
                self._print(nav, config, files)
                self._put_timeline()
                if self.printer is not None:
                    self.printer.rest()
        else:
            self._put_timeline()
        return nav

    def _put_timeline(self) -> None:
        """Make what the timeline is drawn from, unless it is made with the data."""
        assert self.chronology is not None
        assert self.stage is not None
        assert self.keys is not None
        assert self.data is not None
        if self.data.begun or self.stage.keep(timeline.PATH, self.data.key):
            return
        key = joined((self.kept.program if self.kept else "", "timeline", self.keys.everything))
        if not self.stage.keep(timeline.PATH, key):
            self.stage.put(timeline.PATH, timeline.data(self.chronology), key)

    @contextlib.contextmanager
    def _named(self, nav: Navigation) -> Iterator[None]:
        """Give pages of the navigation their names while frames are drawn: MkDocs reads them only afterwards."""
        unnamed = [page for page in nav.pages if page.title is None]
        for page in unnamed:
            plan = self.plans.get(page.file.src_uri)
            page.title = (plan.title or str(plan.make().meta["title"])) if plan else title_of(page.file)[0]
        try:
            yield
        finally:
            for page in unnamed:
                del page.title

    def _print(self, nav: Navigation, config: MkDocsConfig, files: Files) -> None:
        assert self.chronology is not None
        assert self.stage is not None
        env = self.on_env(config.theme.get_env(), config=config, files=files)
        theme = Theme(config, nav, files, env, partial(self._values, config))
        own = f"{self.config.search} {self.policy} {self._notice()}"
        program = self.kept.program if self.kept else ""
        base = joined((theme_digest(config), str(nav), repr(self.binder), own, program))
        toc = config.mdx_configs.get("toc", {})
        press = Press(
            frames={},
            base=self.binder.site.base,
            permalinks=toc.get("permalink") is True,
            ascii_ids="slugify" not in toc,
        )
        theirs = {file.src_uri for file in files}
        assert self.keys is not None
        assert self.data is not None
        self.keys.rest_on(base)
        self.printer = Printer(
            chronology=self.chronology,
            stage=self.stage,
            keys=self.keys,
            binder=self.binder,
            tools=Tools(render=theme.render, record=theme.record),
            press=press,
            executor=partial(self._executor, len(self.plans)),
            here=not self.scheduler,
            portions=self.data.portions,
            missing=self.data.missing,
            take=self.data.take,
            complete=self.data.complete,
        )
        self.printer.begin(plan for path, plan in self.plans.items() if path not in theirs)

    def _executor(self, number: int) -> Shared | None:
        """Give where so many files or pages are worked on, if not in this process."""
        if not self.scheduler and number < workers.WORTHWHILE:
            return None
        with self.starting:  # the data and the pages ask for it in threads of their own
            if self.preparing is not None:
                preparing, self.preparing = self.preparing, None
                preparing.result()
            if self.executor is None:
                self._start_executor()
        return self.executor

    def _start_executor(self) -> None:
        made = workers.cluster(self.scheduler) if self.scheduler else workers.processes()
        try:
            self.executor = self.closing.enter_context(made)
        except workers.NoScheduler as problem:
            raise Abort(str(problem)) from None

    def _values(self, config: MkDocsConfig, scripted: bool) -> dict[str, Any]:
        """Give what the templates cannot know."""
        asked = shell.asks_script(config.theme.get("features") or [])
        return {
            "chronology_version": __version__,
            "chronology_slim": not scripted and not asked,
        }

    def _start_data(self) -> None:
        """Keep the data of the site if nothing has changed; else begin to make them, with other processes if any."""
        assert self.chronology is not None
        assert self.stage is not None
        program, digests = (self.kept.program, self.kept.digests) if self.kept else ("", {})
        self.keys = Keys(self.chronology, digests)
        base = joined((program, "data", self.binder.site.base))
        key = joined((base, self.keys.everything))
        rests_on = joined((program, "index", digests.get("chronology.yml", "")))
        self.index = Index(chronology=self.chronology, stage=self.stage, keys=self.keys, base=rests_on)
        self.data = Data(chronology=self.chronology, stage=self.stage, site=self.binder.site, key=key)
        if self.quick and (self.scheduler or len(self.chronology.events) >= workers.WORTHWHILE):
            # Before the stage is asked anything: it may still be looked at by another process.
            said = joined((base, digests.get("chronology.yml", "")))
            self.data.portions = tuple(portions(self.chronology, self.keys, said))
        self.data.keep()
        if self.serving or not self.data.portions:
            return
        file = self.stage.record.with_suffix(".pieces")
        if not self.cached:
            folder = self.closing.enter_context(tempfile.TemporaryDirectory(prefix="chronology-"))
            file = Path(folder) / "pieces"
        executor = partial(self._executor, len(self.chronology.events))
        self.data.begin(file, executor, here=not self.scheduler)

    def _written(self) -> tuple[exports.Written, ...]:
        """Tell what came of the data. A server makes some at its first build alone, of thousands of events never."""
        assert self.chronology is not None
        assert self.data is not None
        if self.serving and (self.builds or len(self.chronology.events) > SERVED):
            return self.exported
        if self.printer is not None:
            self.printer.wait()
        self.exported = self.data.written()
        return self.exported

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Give the theme’s templates their words, and let each of them be compiled once."""
        assert self.chronology is not None
        env.globals["chronology_words"] = shell.words(self.chronology)
        env.globals["chronology_policy"] = self.policy
        env.globals["chronology_notice"] = self._notice()
        env.globals["chronology_search"] = self.config.search
        env.bytecode_cache = compiled.TEMPLATES
        env.auto_reload = False  # each build has an environment of its own
        return env

    def _notice(self) -> dict[str, str] | None:
        assert self.chronology is not None
        return shell.notice(self.chronology, self.as_of)

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """Make a generated page when MkDocs comes to it."""
        assert self.chronology is not None
        plan = self.plans.get(page.file.src_uri)
        if plan is None:
            return None
        leaf = self.binder.leaf(self.chronology, plan.make())
        self.leaves[plan.path] = leaf
        return leaf.page.markdown

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Point the edit link of a generated page at its event file."""
        leaf = self.leaves.get(page.file.src_uri)
        if leaf is not None:
            page.edit_url = leaf.edit or None
        return markdown

    @event_priority(-50)
    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Let nothing active through, whatever the escaping before it did: the second of two gates."""
        if page.file.src_uri not in self.leaves:
            self._note(page, html)
            return classed(html)
        _plain_titles(list(page.toc))
        cleaned = sanitised(html)
        if page.file.src_uri.startswith(shell.GUIDES):
            self._note(page, cleaned)
        return cleaned

    def _note(self, page: Page, content: str) -> None:
        """Keep the words of a page that stands for itself, for the search, where other plugins may have their say."""
        if self.because:
            assert self.index is not None
            self.index.found(page.url, str(page.meta.get("title") or page.title or ""), content)

    def _read_texts(self, config: MkDocsConfig, files: Files) -> None:
        """Read the pages that stand for themselves before they are made, so that the search can be made meanwhile."""
        if not self.config.search:
            return
        assert self.index is not None
        guides = [plan for path, plan in self.plans.items() if path.startswith(shell.GUIDES)]
        for plan in guides:
            page = plan.make()
            content = render(page.path, page.body, permalinks=False, ascii_ids=True)
            self.index.found(address(page.path), str(page.meta["title"]), content.html)
        for file in files.documentation_pages():
            if file.src_uri in self.plans or not file.inclusion.is_included():  # type: ignore[no-untyped-call]
                continue
            self.index.found(file.url, *title_of(file))

    def _start_index(self) -> None:
        if self.config.search and not self.serving:
            assert self.index is not None
            self.index.start()

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give the templates what they cannot know."""
        assert self.chronology is not None
        values: dict[str, Any] = context  # type: ignore[assignment]
        leaf = self.leaves.get(page.file.src_uri)
        text = leaf.page.body if leaf else page.content or ""
        values |= self._values(config, any(needed in text for needed in NEEDS_SCRIPT))
        title = str(page.meta.get("title") or page.title or config.site_name)
        kind = str(page.meta.get("kind", "text"))
        values["chronology_head"] = leaf.head if leaf else self.binder.head(self.chronology, page.file.src_uri, title)
        values["chronology_preview"] = leaf.preview if leaf else self.binder.preview(page.file.src_uri, kind)
        return context

    @event_priority(100)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Take from the page what nobody needs."""
        output = valid(output)
        return secured(squeezed(output) if page.file.src_uri in self.leaves else output)

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Keep the page for what is not found as valid as all others."""
        return secured(valid(output)) if template_name.endswith(".html") else output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Add what is made beside the pages, and put the site in its place."""
        assert self.chronology is not None
        assert self.stage is not None
        assert self.data is not None
        if self.printer is not None:
            self.printer.end()
        if not self.data.kept:
            self._written()
        self._sitemap(config)
        if self.binder.pictured:
            program = self.kept.program if self.kept else ""
            stage = self.stage
            pictures = previews.draw(
                self.chronology, lambda path, made_of: stage.keep(path, joined((program, made_of)))
            )
            for path, made_of, content in pictures:
                self.stage.put(path, content, joined((program, made_of)))
        self._put_index()
        self._check_anchors(config)
        if config.strict:
            refuse_warnings()
        with self.follower.lock:
            if self.serving and self.builds:
                self.stage.carry(BESIDE)
            self.stage.finish()
        self.builds += 1
        if self.cached and self.kept is not None:
            compiled.TEMPLATES.keep(templates_of(self.kept))
        self._end(config)
        if self.serving and self.config.search:
            # An edit is to be seen at once: the index follows a moment later, unless the next edit comes first.
            assert self.index is not None
            site = self.binder.site if self.exported and self.builds > 1 else None
            values = (self.chronology, self.index.texts, Path(config.site_dir), site)
            named = {"first": self.builds == 1, "asked": self.follower.turn}
            Thread(target=self.follower.follow, args=values, kwargs=named, daemon=True).start()

    def _put_index(self) -> None:
        if self.because:
            self._start_index()
        assert self.index is not None
        try:
            self.index.put()
        except pagefind.IndexFailed as problem:
            raise Abort(str(problem)) from None

    def _check_anchors(self, config: MkDocsConfig) -> None:
        """Look whether the anchors are there that hand-written pages link to on pages that MkDocs has not made."""
        assert self.stage is not None
        if self.files is None:
            return
        for file in self.files.documentation_pages():
            for other, links in ((file.page.links_to_anchors if file.page else None) or {}).items():
                if other.src_uri not in self.files.met:
                    continue
                text = self.stage.content(file_of(other.src_uri)).decode()
                for anchor, link in links.items():
                    if f'id="{anchor}"' not in text:
                        log.log(
                            config.validation.links.anchors,
                            "Doc file '%s' contains a link '%s', but the doc '%s' does not contain an anchor '#%s'.",
                            *(file.src_uri, link, other.src_uri, anchor),
                        )

    def _sitemap(self, config: MkDocsConfig) -> None:
        """List the addresses of all pages, with the day of the last change where the record of an event tells it."""
        assert self.chronology is not None
        assert self.stage is not None
        if not self.binder.site.base:
            return
        listed, changed = shell.listed(self.chronology, self.plans, self.addresses)
        for path, content in sitemap.files(self.binder.site.base, listed, changed):
            self.stage.put(path, content)

    def _end(self, config: MkDocsConfig) -> None:
        """Give up what a build needs."""
        self._close()
        if self.site_dir:
            config.site_dir = self.site_dir

    def _close(self) -> None:
        if self.preparing is not None:
            self.preparing.exception()
        if self.data is not None:
            self.data.abandon()
        self.closing.close()
        self.printer = self.stage = self.executor = self.preparing = self.data = None

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch the event files, more often than MkDocs looks at the hand-written ones."""
        server.observer._timeout = 0.2  # watchdog has no public way; without effect if it is renamed
        server.build_delay = 0.05
        events = project(config) / self.config.events
        if self.chronology is not None and len(self.chronology.events) > SERVED:
            self.watching = watched(events, server.watch)
        else:
            server.watch(str(events))
        server.set_app(with_banner(server.serve_request, lambda: self.findings))
        return server

    def on_build_error(self, *, error: Exception) -> None:
        """Leave nothing behind."""
        self._forget()

    def _forget(self) -> None:
        if self.index is not None:
            self.index.stop()
        stage = self.stage
        self._close()
        if stage is not None:
            stage.abandon()

    def on_shutdown(self) -> None:
        """Leave nothing behind; MkDocs keeps a plugin between builds only if it can be shut down."""
        self._forget()
        if self.watching is not None:
            self.watching.close()
        if self.serving and self.site_dir:
            shutil.rmtree(staging.next_to(Path(self.site_dir)), ignore_errors=True)
            staging.lock_of(Path(self.site_dir)).unlink(missing_ok=True)


def _plain_titles(items: list[AnchorLink]) -> None:
    """Escape the entries of a table of contents as the sanitiser does headings."""
    for item in items:
        item.title = plain_text(html.unescape(item.title))
        _plain_titles(item.children)


def templates_of(kept: Kept) -> Path:
    """Give the file in which compiled templates are kept; another version of the program has another."""
    return cache.folder() / f"templates-{kept.program[:24]}"


def refuse_warnings() -> None:
    """Abort where MkDocs has counted warnings in a strict build: before the site is replaced, as it does after."""
    for handler in logging.getLogger("mkdocs").handlers:
        if isinstance(handler, CountHandler) and (counts := handler.get_counts()):
            said = ", ".join(f"{count} {name.lower()}s" for name, count in counts)
            raise Abort(f"Aborted with {said} in strict mode! The site is as it was.")


def load(config_file: str | None = None, **values: Any) -> MkDocsConfig:
    """Load mkdocs.yml; raises ConfigurationError with words for the user."""
    return load_config(config_file=config_file, **values)


def build(
    config_file: str | None,
    *,
    site_dir: str | None,
    strict: bool,
    fast: bool = True,
    cached: bool = True,
    scheduler: str = "",
    as_of: AsOf | None = None,
) -> None:
    """Build the site as `mkdocs build` does.

    `fast` allows the shortcuts, `cached` what is kept of the last build; `scheduler` is the address of a Dask cluster.
    `as_of` is the day whose event files are taken; its site goes beside the present one, unless `site_dir` names a
    folder.
    """
    config = load(config_file, site_dir=site_dir, strict=strict or None)
    if as_of is not None and site_dir is None:
        config.site_dir = f"{config.site_dir}-as-of-{as_of.date}"
    for plugin in config.plugins.values():
        if isinstance(plugin, ChronologyPlugin):
            plugin.fast, plugin.cached, plugin.scheduler, plugin.as_of = fast, cached, scheduler, as_of
    config.plugins.on_startup(command="build", dirty=False)
    try:
        mkdocs_build.build(config)
    finally:
        config.plugins.on_shutdown()


def serve(config_file: str | None, *, address: str | None) -> None:
    """Serve the site as `mkdocs serve` does, rebuilding on every edit."""
    from mkdocs.commands import serve as mkdocs_serve  # brings a web server along, which a build does without

    mkdocs_serve.serve(config_file=config_file, dev_addr=address)


__all__ = ["Abort", "Checked", "ChronologyPlugin", "ConfigurationError", "build", "load", "serve"]
