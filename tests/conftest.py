"""What several tests share: the repository's own files, small corpora, the built site, a browser."""

from __future__ import annotations

import contextlib
import fcntl
import functools
import http.server
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from generator.check import check
from generator.chronology import Chronology
from generator.diagnostics import Severity

ROOT = Path(__file__).parent.parent

# Hypothesis times single examples; on a shared machine that says nothing. Examples are bounded instead.
settings.register_profile("project", deadline=None, max_examples=150, derandomize=bool(os.environ.get("CI")))
settings.load_profile("project")

SETTINGS = "title: Test\ndescription: A test.\nlanguage: en\nlicence: CC0-1.0\n"


ENGINE = os.environ.get("CHRONOLOGY_TEST_ENGINE", "mkdocs")
"""What renders the site that tests read: each of the two in turn, in `.ci/run`."""

BUILD = ("mkdocs", "build") if ENGINE == "mkdocs" else ("chronology", "build", "--engine", ENGINE)
"""The command that builds it."""

ORDER = (
    *("reading", "hostile"),
    *("building", "browser", "dom", "exports", "workflows", "wheel", "engines", "site", "search_parts", "gates"),
    *("same_bytes", "calendar", "place", "diff", "translations", "previews", "history", "fmt", "cli"),
)
"""The files that come first: two that hold how long a reading takes, while this process has little in its memory that
Python would look through for garbage; then those that take longest, so that none is left for the end."""


def pytest_configure(config: pytest.Config) -> None:
    """Have the files shared out in the order of the tests, and not in that of how many tests there are in each."""
    if hasattr(config.option, "loadscopereorder"):  # pytest-xdist is there
        config.option.loadscopereorder = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files in their order."""
    rank = {f"test_{name}": number for number, name in enumerate(ORDER)}
    items.sort(key=lambda item: rank.get(item.path.stem, len(rank)))


# Nothing that a test builds is kept where the user’s own things are.
_CACHE = tempfile.TemporaryDirectory(prefix="chronology-tests-")
os.environ["XDG_CACHE_HOME"] = _CACHE.name

AXE_RESULTS = {"resultTypes": ["violations"]}
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], **AXE_RESULTS}
"""What axe-core looks for: WCAG 2.2 A and AA, and what it calls best practice."""

OF_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}, **AXE_RESULTS}
"""Its rules that depend on the colours, which are all that differs between the light and the dark page."""


def violations(page: Page) -> list[tuple[str, str, str]]:
    """Have axe-core look at a page, light and dark; give what it finds: scheme, rule and element."""
    found = []
    page.evaluate(AXE_SCRIPT)
    for scheme, name, options in (("light", "default", AXE), ("dark", "slate", OF_COLOURS)):
        page.emulate_media(color_scheme=scheme)
        page.wait_for_function(f"() => document.body.dataset.mdColorScheme === '{name}'")
        # What is fading from one colour to another is brought to its end, which is what a reader looks at.
        page.evaluate("() => document.getAnimations().forEach(one => one.finish())")
        page.wait_for_function("() => document.getAnimations().every(one => one.playState !== 'running')")
        response = page.evaluate("options => axe.run(options)", options)
        assert response["passes"], "axe-core looked at nothing"
        found += [(scheme, each["id"], each["nodes"][0]["html"]) for each in response["violations"]]
    return found


def run(*command: str, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command of this project's environment and give what it printed."""
    env = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    return subprocess.run(
        command, cwd=cwd, env=env | environment, capture_output=True, text=True, timeout=300, check=False
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Another user: the number, the words before a command that has it run as that user, and a folder of their own."""

    number: int
    way: tuple[str, ...]
    folder: Path

    def own(self) -> None:
        """Give the user everything in the folder."""
        for place in (self.folder, *self.folder.rglob("*")):
            os.chown(place, self.number, self.number, follow_symlinks=False)


NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups")
# The Python that runs the tests often lies in the home of root, which nobody may look into.
LOOKING = ("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search")


@pytest.fixture
def another_user() -> Iterator[User]:
    """A user who may write only what is their own; root alone can run something as another."""
    if os.geteuid() != 0:
        pytest.skip("only root can run a command as another user, and these tests run as a user without that right")
    asked = "import os, sys; print(os.getuid(), os.access(sys.argv[1], os.X_OK))"
    # Not below tmp_path: the folders of pytest are for its own user alone.
    with tempfile.TemporaryDirectory(prefix="chronology-tests-") as name:
        Path(name).chmod(0o755)
        for way in ((*NOBODY, *LOOKING), NOBODY):
            with contextlib.suppress(OSError):
                if run(*way, "python", "-c", asked, name).stdout == "65534 True\n":
                    yield User(number=65534, way=way, folder=Path(name))
                    return
    pytest.skip("setpriv is not here, or the Python of the tests or the folder for what is temporary is root’s alone")


@pytest.fixture
def make(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """Give a function that writes event files (path below events/ → text) and gives the project's folder."""

    def write(files: dict[str, str]) -> Path:
        for name, text in {"chronology.yml": SETTINGS, **files}.items():
            path = tmp_path / "events" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def chronology(make: Callable[[dict[str, str]], Path]) -> Callable[[dict[str, str]], Chronology]:
    """Give a function that makes a chronology of event files, which must be clean."""

    def build(files: dict[str, str]) -> Chronology:
        checked = check(make(files) / "events", "events")
        assert [finding.message for finding in checked.findings if finding.severity is Severity.ERROR] == []
        assert checked.corpus is not None
        return Chronology(checked.corpus)

    return build


@pytest.fixture(scope="session")
def real() -> Chronology:
    """The chronology that this repository publishes."""
    checked = check(ROOT / "events", "events")
    assert checked.ok
    assert checked.corpus is not None
    return Chronology(checked.corpus)


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Have a folder made by one of the processes that run the tests; the others wait for it. Nobody writes into it."""
    alone = "PYTEST_XDIST_WORKER" not in os.environ
    shared = factory.getbasetemp() if alone else factory.getbasetemp().parent
    folder, done = shared / f"once-{name}", shared / f"once-{name}-done"
    with (shared / f"once-{name}-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            done.touch()
    return folder


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as built strictly from the repository, once for all tests."""

    def make(folder: Path) -> None:
        built = run(*BUILD, "--strict", "--site-dir", str(folder), CHRONOLOGY_REPO_URL="https://example.org/c/r")
        assert built.returncode == 0, built.stderr
        assert "WARNING" not in built.stderr

    return once(tmp_path_factory, "site", make)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@contextlib.contextmanager
def served(site: Path, folder: Path) -> Iterator[str]:
    """Serve a site below a sub-path of an empty folder, as GitHub Pages serves a project; give its address."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "project").symlink_to(site)
    with serving(folder) as address:
        yield f"{address}project/"


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve a folder; give its address."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def address(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address at which the site of this repository is served."""
    with served(site, tmp_path_factory.mktemp("pages")) as found:
        yield found


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as `make test` found or installed it; a machine without one fails here and does not skip."""
    with sync_playwright() as tools:
        started = tools.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or None,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        yield started
        started.close()


@contextlib.contextmanager
def watched(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Give a function that opens a page of a site; what leaves the site or reaches the console fails the test."""
    contexts: list[BrowserContext] = []
    trouble: list[str] = []

    def open_page(path: str, width: int = 1440, **options: object) -> Page:
        page = tab(browser, address, trouble, width, **options)
        contexts.append(page.context)
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert trouble == []


def tab(browser: Browser, address: str, trouble: list[str], width: int = 1440, **options: object) -> Page:
    """Open an empty tab with a storage of its own; what leaves the site or reaches the console is noted as trouble."""
    page = browser.new_context(viewport={"width": width, "height": 900}, **options).new_page()
    page.on("console", lambda message: trouble.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: trouble.append(f"error: {error}"))
    page.on("request", lambda request: None if _inside(request.url, address) else trouble.append(request.url))
    page.on(
        "response",
        lambda response: trouble.append(f"{response.status}: {response.url}") if response.status >= 400 else None,
    )
    return page


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Give a function that opens a page of this repository's site, as `watched` does."""
    with watched(browser, address) as open_page:
        yield open_page


def _inside(url: str, address: str) -> bool:
    return url.startswith((address, "data:", "blob:"))
