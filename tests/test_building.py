"""A build of what changed gives what a build of everything gives, and whatever happens, a whole site stands."""

from __future__ import annotations

import contextlib
import errno
import gzip
import multiprocessing
import os
import random
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

import pytest
from building import build, edit, held, project
from conftest import ROOT, run

from generator import (
    cache,
    engine,
    exports,
    pagefind,
    pieces,
    plugin,
    portions,
    printing,
    staging,
    swap,
    timeline,
    tree,
    workers,
)
from generator.engine import making
from generator.plugin import Abort, data, serving, theme
from generator.plugin.shortcuts import plain_because

BOUNDS = {"MOST": 12, "NEWEST": 3}


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let lists of a dozen events be too long for a page, so that a small project has every kind of page."""
    for name, value in BOUNDS.items():
        monkeypatch.setattr(portions, name, value)
    # Nothing here is edited twice within the time that the system tells apart.
    monkeypatch.setattr(cache, "SETTLED", 0)


@pytest.mark.parametrize("name", ["hard", "urdu"])
def test_pages_made_beside_mkdocs_have_the_same_bytes_as_its_own(name, tmp_path):
    folder = tmp_path / name
    shutil.copytree(ROOT / f"tests/cases/{name}", folder)
    if not (folder / "mkdocs.yml").exists():
        shutil.copy(ROOT / "mkdocs.yml", folder)
        shutil.copytree(ROOT / "docs", folder / "docs")
    config = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "mkdocs.yml").write_text(config.replace("site_url: !ENV", "repo_name: !ENV"), encoding="utf-8")
    for fast in (True, False):
        build_one(folder, tmp_path / str(fast), fast=fast)
    assert_same(held(tmp_path / "True"), held(tmp_path / "False"))


def build_one(folder: Path, site: Path, *, fast: bool) -> None:
    options = [] if fast else ["--no-fast"]
    built = run("chronology", "build", "-d", str(site), *options, cwd=folder)
    assert (built.returncode, built.stderr) == (0, "")


def assert_same(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    assert one.keys() == other.keys()
    assert [path for path in one if one[path] != other[path]] == []


def test_every_kind_of_page_of_the_real_chronology_has_the_same_bytes_as_mkdocs_own(site, tmp_path):
    built = run(
        *("chronology", "build", "--no-fast", "--strict", "-d", str(tmp_path / "plain")),
        CHRONOLOGY_REPO_URL="https://example.org/c/r",
    )
    assert (built.returncode, built.stderr) == (0, "")
    assert_same(held(site), held(tmp_path / "plain"))


def test_lists_in_portions_have_the_same_bytes_either_way(small_pages, tmp_path):
    folder = project(tmp_path)
    fast, plain = build(folder, tmp_path / "fast"), build(folder, tmp_path / "plain", fast=False)
    assert_same(held(fast), held(plain))
    paths = held(fast)
    for path in ("topics/all/2014/index.html", "sources/benchmark-news/2014/index.html"):
        assert any(one.startswith(path.rsplit("/", 2)[0]) for one in paths), path
    largest = max(len(content) for path, content in paths.items() if path.endswith(".html"))
    assert largest < 40_000


def test_a_frame_is_used_for_all_but_a_few_pages(small_pages, tmp_path, monkeypatch):
    """What a frame does not fit is rendered by the theme: right, but slow, so that nobody would notice."""
    rendered = []
    render = theme.Theme.render
    monkeypatch.setattr(
        theme.Theme, "render", lambda self, leaf, content: rendered.append(leaf) or render(self, leaf, content)
    )
    refused = []
    record = theme.Theme.record

    def recorded(self, leaf, press):
        frame = record(self, leaf, press)
        refused.extend([leaf.page.path] if frame is None else [])
        return frame

    monkeypatch.setattr(theme.Theme, "record", recorded)
    site = build(project(tmp_path), tmp_path / "site")
    assert refused == []
    assert len(rendered) < len(list(site.rglob("*.html"))) / 2


@pytest.fixture
def in_pieces(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """Let the data of a small project be made of pieces that are kept, in this process; or have that left."""
    monkeypatch.setattr(pieces, "PORTION", 3)
    monkeypatch.setattr(printing, "SHARED_FROM", 8)
    monkeypatch.setattr(workers, "processes", contextlib.nullcontext)
    worthwhile = workers.WORTHWHILE

    def choose(wanted: bool) -> None:
        monkeypatch.setattr(workers, "WORTHWHILE", 10 if wanted else worthwhile)

    return choose


def test_after_any_edits_a_build_gives_what_a_build_of_everything_gives(small_pages, in_pieces, tmp_path):
    folder = project(tmp_path, events=30)
    chance = random.Random(2026)
    kept, of_pieces = tmp_path / "kept", tmp_path / "pieces"
    done: list[str] = []
    for number in range(9):
        if number:
            done += [edit(folder, chance) for _ in range(1 + number % 3)]
        in_pieces(True)
        build(folder, of_pieces)
        in_pieces(False)
        build(folder, kept)
        # Some file systems are slow to make files just after others were deleted, so that each has its own folder.
        wanted = held(build(folder, tmp_path / f"fresh-{number}", cached=False))
        for found in (held(kept), held(of_pieces)):
            assert found.keys() == wanted.keys(), done
            assert [path for path in found if found[path] != wanted[path]] == [], done


def test_an_edit_of_one_event_makes_the_pieces_of_its_portion_alone(in_pieces, tmp_path, monkeypatch):
    folder = project(tmp_path, events=60)
    in_pieces(True)
    site = build(folder, tmp_path / "site")
    made: list[str] = []
    pieces_of = exports.pieces_of

    def noted(chronology, place, events):
        own = list(events)
        made.extend(event.id for event in own)
        return pieces_of(chronology, place, own)

    monkeypatch.setattr(exports, "pieces_of", noted)
    file = sorted((folder / "events").glob("[0-9]*/*.yml"))[30]
    file.write_text(file.read_text(encoding="utf-8").replace("The summary", "A summary"), encoding="utf-8")
    build(folder, site)
    assert file.stem in made
    assert len(made) < 20
    assert b"A summary" in (site / f"data/v1/events/{file.stem}.json").read_bytes()


def test_where_pages_and_a_few_pieces_have_changed_the_data_are_made_once(in_pieces, tmp_path, monkeypatch):
    folder = project(tmp_path, events=30)
    in_pieces(True)
    site = build(folder, tmp_path / "site")
    config, file = folder / "mkdocs.yml", min((folder / "events").glob("[0-9]*/*.yml"))
    config.write_text(config.read_text(encoding="utf-8") + "copyright: All of it\n", encoding="utf-8")
    file.write_text(file.read_text(encoding="utf-8").replace("The summary", "A summary"), encoding="utf-8")
    made: list[str] = []
    job = data.ExportsJob

    def noted(*, names, **given):
        made.extend(names)
        return job(names=names, **given)

    monkeypatch.setattr(data, "ExportsJob", noted)
    monkeypatch.setattr(workers, "processes", lambda: workers.Processes(2))  # pages are shared out among others alone
    build(folder, site)
    assert sorted(made) == sorted([timeline.NAME, *(export.name for export in exports.EXPORTS)])
    in_pieces(False)
    assert_same(held(site), held(build(folder, tmp_path / "fresh", cached=False)))


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def overwrite(file: Path) -> None:
    """Put other bytes where the pickles stand."""
    content = bytearray(file.read_bytes())
    content[len(content) // 4 :] = b"\x80" * (len(content) - len(content) // 4)
    file.write_bytes(content)


def replace_by_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


@pytest.mark.parametrize(
    "damage", [cut, overwrite, replace_by_folder, Path.unlink, lambda file: file.write_bytes(b"no database")]
)
def test_where_the_pieces_cannot_be_read_the_data_are_made_anew(damage, in_pieces, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = project(tmp_path, events=30)
    in_pieces(True)
    site = build(folder, tmp_path / "site")
    (kept,) = cache.folder().glob("*.pieces")
    damage(kept)
    file = sorted((folder / "events").glob("[0-9]*/*.yml"))[10]
    for word in ("One", "Another"):
        file.write_text(f"{file.read_text(encoding='utf-8')}# {word} edit\n", encoding="utf-8")
        text = file.read_text(encoding="utf-8").replace("The summary", f"{word} summary")
        file.write_text(text, encoding="utf-8")
        build(folder, site)
        in_pieces(False)
        assert_same(held(site), held(build(folder, tmp_path / "fresh", cached=False)))
        in_pieces(True)


def test_an_edit_of_one_event_writes_what_names_it_and_nothing_else(tmp_path):
    folder = project(tmp_path)
    site = build(folder, tmp_path / "site")
    before = {path: (site / path).stat().st_mtime_ns for path in held(site)}
    file = min((folder / "events/2016").glob("*.yml"))
    file.write_text(file.read_text(encoding="utf-8").replace("The summary of", "A summary of"), encoding="utf-8")
    build(folder, site)
    changed = {path for path, at in before.items() if (site / path).stat().st_mtime_ns != at}
    assert f"events/{file.stem}/index.html" in changed
    others = {path for path in changed if path.startswith("events/")} - {f"events/{file.stem}/index.html"}
    assert others == set()
    assert not any(path.startswith(("contribute/", "assets/")) for path in changed)


def with_search(folder: Path) -> Path:
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace("search: false", "search: true"), encoding="utf-8")
    return folder


def test_where_nothing_has_changed_no_data_and_no_search_are_made(tmp_path, monkeypatch):
    folder = with_search(project(tmp_path, events=12))
    site = build(folder, tmp_path / "site")
    before = {path: (site / path).stat().st_ino for path in held(site)}
    with monkeypatch.context() as patched:
        patched.setattr(exports, "assemble", None)
        patched.setattr(pagefind, "Index", None)
        build(folder, site)
    assert {path for path in before if (site / path).stat().st_ino != before[path]} <= {"about/index.html", "404.html"}
    (folder / "docs/about.md").write_text("# About\n\nOtherwise.\n", encoding="utf-8")
    made = build(folder, site)
    assert b"Otherwise" in b"".join(
        gzip.decompress(file.read_bytes()) for file in made.glob("pagefind/fragment/*.pf_fragment")
    )


def test_what_somebody_changed_in_the_site_is_made_anew(tmp_path):
    folder = with_search(project(tmp_path, events=12))
    site = build(folder, tmp_path / "site")
    whole = held(site)
    page = next(site.glob("events/*/index.html"))
    page.write_text("vandalised", encoding="utf-8")
    (site / "index.html").unlink()
    next(site.glob("pagefind/fragment/*.pf_fragment")).unlink()
    (site / "data/tables/events.csv").write_text("vandalised", encoding="utf-8")
    (site / "stray.txt").write_text("from elsewhere", encoding="utf-8")
    build(folder, site)
    assert_same(held(site), whole)


def attempt(folder: Path, site: Path, kept: Path) -> None:
    """Build in a process of its own, with a cache folder of its own."""
    os.environ["XDG_CACHE_HOME"] = str(kept)
    build(folder, site)


def build_with_zensical(folder: Path, site: Path, **_: bool) -> Path:
    engine.build(str(folder / "mkdocs.yml"), site_dir=str(site), strict=True)
    return site


ENGINES: dict[str, Callable[..., Path]] = {"mkdocs": build, "zensical": build_with_zensical}


FORK = multiprocessing.get_context("fork")
ALL = 10**8


SINCE = {"the swap": (staging, "swap"), "Zensical": (making, "_run")}
"""The functions after which the steps of a build are counted that is to be killed late."""


def attempt_until(
    name: str, folder: Path, site: Path, *, steps: int, taken: Synchronized[int], since: str = "", at: str = ""
) -> None:
    """Build with an engine, and be killed at one of the steps that Python reports to its audit hooks: each open, ...

    The steps are counted from the start, or from after something; with `at`, those of that name alone.
    """
    counting = not since

    def count(event: str, _values: tuple[object, ...]) -> None:
        if counting and at in ("", event):
            taken.value += 1
            if taken.value == steps:
                os.kill(os.getpid(), signal.SIGKILL)

    if since:
        module, function = SINCE[since]
        real = getattr(module, function)

        def do_and_count(*given: object, **named: object) -> None:
            nonlocal counting
            real(*given, **named)
            counting = True

        setattr(module, function, do_and_count)
    sys.addaudithook(count)
    ENGINES[name](folder, site)


FORKED = pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")


def two_states(folder: Path, site: Path, make: Callable[..., Path]) -> tuple[Path, list[str], list[dict[str, bytes]]]:
    """Give a file, two texts of it, and the site that comes of each."""
    file = min((folder / "events").glob("[0-9]*/*.yml"))
    text = file.read_text(encoding="utf-8")
    texts = [text.replace("The summary", f"The {word} summary") for word in ("one", "other")]
    states = []
    for wanted in texts:
        file.write_text(wanted, encoding="utf-8")
        states.append(held(make(folder, site, cached=False)))
    assert states[0] != states[1]
    return file, texts, states


@FORKED
@pytest.mark.parametrize(
    ("searched", "of_pieces", "times"), [(False, False, (15, 5)), (True, False, (4, 2)), (False, True, (8, 3))]
)
def test_a_build_that_is_killed_leaves_a_whole_site_and_the_next_one_is_right(
    searched, of_pieces, times, in_pieces, tmp_path
):
    in_pieces(of_pieces)
    folder = with_search(project(tmp_path, events=12)) if searched else project(tmp_path, events=30)
    site = build(folder, tmp_path / "site")
    file, texts, states = two_states(folder, tmp_path / "fresh", build)
    taken = FORK.Value("i", 0)
    chance = random.Random(7)

    def killed(number: int, steps: int, since: str = "") -> bool:
        """Try to change the site to its other state; tell whether that happened."""
        file.write_text(texts[number % 2], encoding="utf-8")
        taken.value = 0
        how = {"steps": steps, "since": since, "taken": taken}
        process = FORK.Process(target=attempt_until, args=("mkdocs", folder, site), kwargs=how)
        process.start()
        process.join()
        assert process.exitcode == (-signal.SIGKILL if steps < ALL else 0)
        now = held(site)
        assert now in states, f"killed at step {steps}"
        return now == states[number % 2]

    assert killed(0, ALL)
    assert killed(1, ALL)
    before = taken.value
    assert killed(0, ALL, "the swap")
    then = taken.value
    assert before > then > 4
    for _ in range(times[0]):
        assert not killed(1, chance.randrange(1, (before - then) * 9 // 10))
    for number in range(times[1]):
        assert killed(1 + number, 1 + (then - 1) * number // (times[1] - 1), "the swap")
    file.write_text(texts[1], encoding="utf-8")
    build(folder, site)
    assert_same(held(site), states[1])


def test_what_processes_of_a_killed_build_still_write_comes_into_no_site(tmp_path):
    """Its workers and Pagefind end a moment after it."""
    folder = project(tmp_path, events=3)
    site = build(folder, tmp_path / "site")
    killed = staging.Stage(site)
    killed.lock.release()
    later = staging.Stage(site)
    assert not killed.next.exists()
    for path in ("index.html", "stale/index.html"):
        tree.write_below(str(killed.next), path, b"stale")
    later.put("index.html", b"new")
    later.finish()
    assert held(site) == {"index.html": b"new"}
    staging.Stage(site).abandon()
    assert sorted(path.name for path in tmp_path.glob(".site.*")) == [".site.lock", ".site.next"]


@FORKED
def test_zensical_killed_leaves_a_whole_site_and_of_two_at_once_one_waits(tmp_path):
    folder = with_search(project(tmp_path, events=3))
    file, texts, states = two_states(folder, tmp_path / "site", build_with_zensical)
    site = tmp_path / "site"
    file.write_text(texts[0], encoding="utf-8")
    taken = FORK.Value("i", 0)

    def killed(steps: int, *, since: str = "", at: str = "") -> dict[str, bytes]:
        taken.value = 0
        how = {"steps": steps, "since": since, "taken": taken, "at": at}
        process = FORK.Process(target=attempt_until, args=("zensical", folder, site), kwargs=how)
        process.start()
        process.join()
        assert process.exitcode == -signal.SIGKILL, how
        return held(site)

    assert_same(killed(200), states[1])
    # Git is asked first, then Pagefind is started, and while it runs, Zensical.
    for programs in (2, 3):
        assert_same(killed(programs, at="subprocess.Popen"), states[1])
    assert_same(killed(100, since="Zensical"), states[1])
    assert_same(killed(1, since="the swap"), states[0])
    file.write_text(texts[1], encoding="utf-8")
    processes = [FORK.Process(target=build_with_zensical, args=(folder, site)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    assert_same(held(site), states[1])
    # What stood before waits for the next build, which takes its files; nothing else is left.
    assert sorted(path.name for path in tmp_path.glob(".site.*")) == [".site.lock", ".site.next"]


@FORKED
def test_two_builds_at_once_wait_for_each_other(tmp_path):
    folders = [project(tmp_path / name, events=number) for name, number in (("one", 20), ("other", 25))]
    wanted = [held(build(folder, tmp_path / f"{folder.name}-alone")) for folder in folders]
    site = tmp_path / "site"
    processes = [
        FORK.Process(target=attempt, args=(folder, site, tmp_path / f"cache-{number}"))
        for number, folder in enumerate(folders * 2)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * 4
    assert held(site) in wanted


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
def test_a_disk_that_refuses_in_the_middle_leaves_the_site_as_it_was(number, tmp_path, monkeypatch):
    folder = project(tmp_path, events=20)
    site = build(folder, tmp_path / "site")
    whole = held(site)
    for file in (folder / "events").glob("[0-9]*/*.yml"):
        file.write_text(file.read_text(encoding="utf-8").replace("The summary", "A summary"), encoding="utf-8")
    write = os.write
    chance = random.Random(number)
    for _ in range(5):
        left = chance.randrange(40)

        def refuse(handle: int, content: bytes) -> int:
            nonlocal left
            left -= 1
            if left < 0:
                raise OSError(number, os.strerror(number))
            return write(handle, content)

        monkeypatch.setattr(tree.os, "write", refuse)
        with pytest.raises(OSError, match=os.strerror(number)):
            build(folder, site)
        monkeypatch.undo()
        assert_same(held(site), whole)
        assert [path.name for path in tmp_path.glob(".site.*")] == [".site.lock"]
    build(folder, site)
    assert_same(held(site), held(build(folder, tmp_path / "fresh", cached=False)))


@pytest.mark.parametrize("name", ENGINES)
@pytest.mark.parametrize("there", [True, False])
def test_a_folder_that_the_user_may_not_write_into_keeps_the_site_that_it_has(there, name, another_user):
    folder, place = project(another_user.folder / "own", events=3), another_user.folder / "of root"
    another_user.own()
    place.mkdir()
    if there:
        build(folder, place / "site")
    before = held(place)
    home = another_user.folder / "own/home"
    called = ("chronology", "build", "--engine", name, "-d", str(place / "site"))
    done = run(*another_user.way, *called, cwd=folder, HOME=str(home), XDG_CACHE_HOME=str(home / "cache"))
    assert done.returncode == 1
    assert done.stderr.endswith(": Permission denied. The site is as it was.\n")
    assert "Traceback" not in done.stderr
    assert held(place) == before
    assert [path.name for path in place.glob(".*")] == ([".site.lock"] if there else [])


def test_a_small_disk_that_is_full_leaves_the_site_as_it_was(tmp_path):
    folder = project(tmp_path, events=12)
    disk = tmp_path / "disk"
    disk.mkdir()
    script = f"""
set -e
mount -t tmpfs -o size=24m none {disk}
cd {folder}
chronology build -d {disk}/site
cp -r {disk}/site {tmp_path}/before
head -c 100m /dev/zero > {disk}/full 2>/dev/null || true
sed -i 's/The summary/A summary/' events/*/*.yml
if chronology build -d {disk}/site; then echo "built on a full disk"; exit 3; fi
diff -r {tmp_path}/before {disk}/site
rm {disk}/full
chronology build -d {disk}/site
grep -q "A summary" {disk}/site/events/*/index.html
"""
    ways = [["sh"]] if os.geteuid() == 0 else [["unshare", "--map-root-user", "--mount", "sh"], ["sudo", "-nE", "sh"]]
    try:
        for way in ways:
            done = run(*way, "-c", script, cwd=folder)
            if "mount" not in done.stderr and "unshare" not in done.stderr and "sudo" not in done.stderr:
                break
        assert done.returncode == 0, done.stderr
        assert "No space left on device. The site is as it was." in done.stderr
    finally:
        run("umount", str(disk))


def test_folders_are_exchanged_where_the_system_cannot_do_it_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr(swap, "_exchange", lambda one, other: False)
    for name in ("new", "site"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "file").write_text(name)
    swap.swap(tmp_path / "new", tmp_path / "site")
    assert (tmp_path / "site/file").read_text() == "new"
    assert (tmp_path / "new/file").read_text() == "site"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "site"]


@pytest.mark.parametrize("large", [False, True])
def test_broken_event_files_abort_before_anything_is_touched(large, in_pieces, tmp_path):
    """Of a large chronology the site is looked at while the files are read; what that prepares is not lost."""
    folder = project(tmp_path, events=12)
    in_pieces(large)
    site = build(folder, tmp_path / "site")
    whole, topic = held(site), folder / "events/topics/all.yml"
    text = topic.read_text(encoding="utf-8")
    following = staging.next_to(site)
    for _ in range(2):
        topic.write_text("titel: All\n", encoding="utf-8")
        with pytest.raises(Abort):
            build(folder, site)
        assert_same(held(site), whole)
        assert sorted(path.name for path in tmp_path.glob(".site.*")) in (
            [".site.lock"],
            [".site.lock", following.name],
        )
        if large:
            assert_same(held(following), whole)
        topic.write_text(text, encoding="utf-8")
        build(folder, site)
        assert_same(held(site), whole)


def test_what_is_looked_at_beforehand_is_found_as_if_it_were_looked_at_when_it_is_needed(tmp_path):
    """Files that somebody has changed, deleted or added are told apart, and none of them comes into the new site."""
    site = tmp_path / "site"
    first = staging.Stage(site)
    for path in ("same", "changed", "gone", "a/same", "a/b/unwanted", "folder"):
        first.put(path, path.encode(), key=f"key of {path}")
    first.finish()
    (site / "changed").write_text("by somebody")
    (site / "gone").unlink()
    (site / "a/stranger").write_text("a stranger's")
    (staging.next_to(site) / "a/x").mkdir(parents=True)
    (staging.next_to(site) / "a/x/left").write_text("left")
    for beforehand in (True, False):
        later = staging.Stage(site)
        with ThreadPoolExecutor(1) as pool:
            if beforehand:
                later.look(lambda job, pool=pool: pool.submit(job.run))
            kept = [path for path in ("same", "changed", "gone", "a/same") if later.keep(path, f"key of {path}")]
        assert kept == ["same", "a/same"]
        assert not later.keep_all("key of changed".__eq__)
        assert sorted(held(later.next)) == ["a/b/unwanted", "a/same", "folder", "same"]
        later.put("changed", b"again", key="key of changed")
        later.put("folder/index.html", b"in place of a file")
        if beforehand:
            later.abandon()
            assert not later.next.exists()
        else:
            later.finish()
    assert held(site) == {
        "same": b"same",
        "a/same": b"a/same",
        "changed": b"again",
        "folder/index.html": b"in place of a file",
    }
    assert not (site / "a/b").exists()


@pytest.mark.parametrize("change", [Path.unlink, lambda record: record.write_text("{}")])
def test_a_cache_that_is_cleared_while_a_build_looks_costs_time_alone(change, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "cache/chronology-site").mkdir(parents=True)
    site = tmp_path / "site"
    first = staging.Stage(site)
    for path in ("same", "gone", "changed"):
        first.put(path, path.encode(), key="key")
    first.finish()
    (site / "changed").write_text("by somebody")
    later = staging.Stage(site)
    with ThreadPoolExecutor(1) as pool:
        later.look(lambda job: pool.submit(job.run))
    change(later.record)
    assert not later.keep_all("key".__eq__)
    assert not later.keep("same", "key")
    later.put("same", b"same", key="key")
    later.finish()
    assert held(site) == {"same": b"same"}


def test_a_build_that_has_ended_takes_nothing_from_the_next(tmp_path, monkeypatch):
    site = tmp_path / "site"
    failed = staging.Stage(site)
    monkeypatch.setattr(staging, "swap", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        failed.finish()
    monkeypatch.undo()
    later = staging.Stage(site)
    failed.abandon()
    assert later.made.is_dir()
    later.put("index.html", b"later")
    later.finish()
    assert held(site) == {"index.html": b"later"}


def test_what_a_server_puts_into_its_site_is_written_once_and_the_next_build_keeps_it(tmp_path, monkeypatch):
    site, memory = tmp_path / "site", staging.Memory()
    first = staging.Stage(site, memory)
    first.put("index.html", b"first", key="first")
    first.finish()
    memory.prepare(site)
    written: list[str] = []
    write_below = staging.write_below
    monkeypatch.setattr(
        staging, "write_below", lambda folder, path, content: written.append(path) or write_below(folder, path, content)
    )
    for content in (b"a", b"a", b"b"):
        memory.put(site, "search/index", content)
        memory.put(site, "search/same", b"same")
    assert written == ["search/index", "search/same", "search/index"]
    whole = {"index.html": b"first", "search/index": b"b", "search/same": b"same"}
    assert held(site) == held(staging.next_to(site)) == whole
    links: list[str] = []
    link = staging.link
    monkeypatch.setattr(staging, "link", lambda old, new: links.append(new) or link(old, new))
    later = staging.Stage(site, memory)
    later.put("index.html", b"second", key="second")
    later.carry(("search/",))
    later.finish()
    assert links == []
    assert held(site) == whole | {"index.html": b"second"}


@pytest.fixture
def small_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a small project be worth sharing out."""
    monkeypatch.setattr(printing, "SHARED_FROM", 10)
    monkeypatch.setattr(pieces, "PORTION", 3)
    monkeypatch.setattr(printing, "LEAVES_A_JOB", 3)
    monkeypatch.setattr(workers, "WORTHWHILE", 10)


def test_worker_processes_make_the_same_bytes_as_one(small_jobs, tmp_path, monkeypatch):
    folder = project(tmp_path)
    shared = build(folder, tmp_path / "shared", cached=False)
    monkeypatch.setattr(workers, "WORTHWHILE", 10**9)
    assert_same(held(shared), held(build(folder, tmp_path / "alone", cached=False)))


def test_the_work_of_a_process_that_dies_is_done_here(small_jobs, tmp_path, monkeypatch):
    folder = project(tmp_path)
    killed = []
    processes = workers.processes

    def dying(number=2):
        @workers.contextmanager
        def made():
            with processes(2) as pool:
                pool.submit(os.getpid).result()
                victim = next(iter(pool._pool._processes))
                os.kill(victim, signal.SIGKILL)
                killed.append(victim)
                yield pool

        return made()

    monkeypatch.setattr(workers, "processes", dying)
    shared = build(folder, tmp_path / "shared", cached=False)
    assert killed
    monkeypatch.setattr(workers, "WORTHWHILE", 10**9)
    assert_same(held(shared), held(build(folder, tmp_path / "alone", cached=False)))


@pytest.mark.parametrize("problem", [OSError(errno.EAGAIN, "no more processes"), RuntimeError("shut down")])
def test_where_no_process_starts_the_work_is_done_here(problem, monkeypatch):
    def refuse(*_: object) -> None:
        raise problem

    monkeypatch.setattr(workers.ProcessPoolExecutor, "submit", refuse)
    with workers.processes(2) as pool:
        assert list(workers.finished(pool, [Answer(1), Answer(2)])) == [1, 2]


@dataclass
class Answer:
    """A job that gives a number."""

    number: int

    def run(self) -> int:
        return self.number


class Counting(workers.Shared):
    """Does every job when it comes, and counts how many wait for somebody to ask what came of them."""

    def __init__(self, number: int) -> None:
        self.number, self.waiting, self.most = number, 0, 0

    @property
    def workers(self) -> int:
        return self.number

    def submit(self, fn, /, *values):
        self.waiting += 1
        self.most = max(self.most, self.waiting)
        future: Future = Future()
        future.set_result(fn(*values))
        return future


@pytest.mark.parametrize("number", [1, 2, 100])
def test_each_worker_has_jobs_ahead_and_no_more_are_made(number):
    pool = Counting(number)
    for _ in workers.finished(pool, (Answer(value) for value in range(1_000))):
        pool.waiting -= 1
    assert pool.waiting == 0
    assert pool.most == workers.AHEAD * number


@pytest.fixture
def cluster() -> Iterator[str]:
    """A Dask cluster of two worker processes on this machine; gives its scheduler's address."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as local:
        yield local.scheduler_address


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning", "ignore::ResourceWarning")
def test_a_dask_cluster_makes_the_same_bytes_as_one_process_though_a_worker_dies(
    small_jobs, tmp_path, monkeypatch, cluster
):
    from distributed import Client

    folder = project(tmp_path)
    started = time.monotonic()
    shared = build(folder, tmp_path / "shared", cached=False, scheduler=cluster)
    seconds = time.monotonic() - started
    made = build_and_kill(folder, tmp_path / "killed", cluster, seconds / 3)
    with Client(cluster) as client:
        assert made != client.scheduler_info()["workers"].keys()
    monkeypatch.setattr(workers, "WORTHWHILE", 10**9)
    alone = held(build(folder, tmp_path / "alone", cached=False))
    assert_same(held(shared), alone)
    assert_same(held(tmp_path / "killed"), alone)


def test_a_cluster_tells_how_many_workers_it_has(cluster):
    with workers.cluster(cluster) as executor:
        assert executor.workers == 2


def build_and_kill(folder: Path, site: Path, scheduler: str, after: float) -> set[str]:
    """Build on a cluster of which one worker is killed after some seconds; give the addresses of those before."""
    from distributed import Client

    with Client(scheduler) as client:
        found = client.run(os.getpid)

    def kill() -> None:
        os.kill(next(iter(found.values())), signal.SIGKILL)

    timer = threading.Timer(after, kill)
    timer.start()
    build(folder, site, cached=False, scheduler=scheduler)
    timer.join()
    return set(found)


def test_a_cluster_that_does_not_answer_is_told_of_in_words(tmp_path):
    folder = project(tmp_path, events=5)
    done = run("chronology", "build", "--scheduler", "tcp://127.0.0.1:1", cwd=folder)
    assert done.returncode == 1
    assert "No Dask scheduler answers at tcp://127.0.0.1:1" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("fast", [True, False])
def test_a_strict_build_refuses_an_anchor_that_is_not_there_and_keeps_the_site(fast, tmp_path):
    folder = project(tmp_path, events=8)
    event = next((folder / "events").glob("[0-9]*/*.yml")).stem
    about = folder / "docs/about.md"
    about.write_text(f"# About\n\n[there](events/{event}.md#sources)\n", encoding="utf-8")
    config = folder / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8") + "validation: {links: {anchors: warn}}\n", encoding="utf-8")
    site = build(folder, tmp_path / "site", fast=fast)
    whole = held(site)
    about.write_text(f"# About\n\n[not there](events/{event}.md#no-such-place)\n", encoding="utf-8")
    with pytest.raises(Abort, match="1 warnings in strict mode"):
        build(folder, site, fast=fast)
    assert_same(held(site), whole)


@pytest.mark.parametrize(
    ("setting", "reason"),
    [
        ("hooks: [hook.py]", "hook.py"),
        ("use_directory_urls: false", "use_directory_urls"),
        ("markdown_extensions: [md_in_html, tables, admonition]", "admonition"),
        ("markdown_extensions: [tables]", "md_in_html"),
        ("markdown_extensions: [md_in_html, tables, toc: {toc_depth: 2}]", "toc"),
        ("plugins: [chronology: {search: false}, search]", "search"),
        ("theme: {name: mkdocs}", "theme"),
    ],
)
def test_what_could_change_a_page_is_left_to_mkdocs(setting, reason, tmp_path):
    folder = project(tmp_path, events=1)
    (folder / "hook.py").write_text("")
    name = setting.split(":", maxsplit=1)[0]
    lines = [line for line in (folder / "mkdocs.yml").read_text().splitlines() if not line.startswith(f"{name}:")]
    (folder / "mkdocs.yml").write_text("\n".join([*lines, setting, ""]), encoding="utf-8")
    assert reason in plain_because(plugin.load(str(folder / "mkdocs.yml")))


def test_a_server_of_thousands_of_files_is_told_of_an_edit(tmp_path):
    (tmp_path / "2020").mkdir()
    looked_at: list[str] = []
    with serving.watched(tmp_path, looked_at.append):
        (tmp_path / "2020/a.yml").write_text("title: A\n")
        until = time.monotonic() + 5
        while not list(Path(looked_at[0]).iterdir()) and time.monotonic() < until:
            time.sleep(0.02)
        assert [path.name for path in Path(looked_at[0]).iterdir()] == ["edited"]
