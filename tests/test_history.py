"""When records were added and corrected, as git knows it; without git, or with a part of it, nothing is said."""

from __future__ import annotations

import datetime
import subprocess
from pathlib import Path

import pytest
from conftest import SETTINGS, run

from generator import changes, git, history, pages
from generator.asof import AsOf
from generator.check import check
from generator.chronology import Chronology

TIMES = ("2026-01-01T10:00:00+00:00", "2026-01-02T10:00:00+05:00", "2026-01-03T10:00:00+00:00")


@pytest.fixture
def repository(tmp_path) -> Path:
    """Make three commits: two files, one corrected, one renamed."""
    folder = tmp_path / "one"
    events = folder / "events/2026"
    events.mkdir(parents=True)

    def git(*words: str, when: str = TIMES[0]) -> None:
        env = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
        named = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        subprocess.run(["git", *named, *words], cwd=folder, env=env, check=True, capture_output=True)

    git("init", "-q")
    (events / "a.yml").write_text("title: A\n" * 9, encoding="utf-8")
    (events / "b ü.yml").write_text("title: B\n" * 9, encoding="utf-8")
    for number, when in enumerate(TIMES):
        if number == 1:
            (events / "a.yml").write_text("title: A2\n", encoding="utf-8")
        if number == 2:
            (events / "b ü.yml").rename(events / "c.yml")
        git("add", "-A")
        git("commit", "-qm", f"{number}", when=when)
    return folder


def moment(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).astimezone(datetime.UTC)


def test_a_record_has_the_times_of_its_file(repository):
    records = history.read(repository / "events").records
    assert set(records) == {"2026/a.yml", "2026/c.yml"}
    first = records["2026/a.yml"]
    assert (first.added, first.changed, first.corrections) == (moment(TIMES[0]), moment(TIMES[1]), 1)
    renamed = records["2026/c.yml"]
    assert (renamed.added, renamed.changed, renamed.corrections) == (moment(TIMES[2]), moment(TIMES[2]), 0)


def test_a_shallow_clone_says_nothing_rather_than_something_wrong(repository, tmp_path):
    part = tmp_path / "part"
    subprocess.run(["git", "clone", "-q", "--depth", "1", repository.as_uri(), part], check=True, capture_output=True)
    read = history.read(part / "events")
    assert read.records == {}
    assert not read.whole


def test_without_a_repository_there_is_no_history(tmp_path):
    assert history.read(tmp_path).records == {}


NEW = """# Changes

What was added to this chronology, corrected and removed, newest first. The days are those of the record, not of the \
events.

<a href="../data/feeds/newest.atom">Feed of additions</a> · <a href="../data/feeds/corrections.atom">Feed of \
corrections</a>

<span class="anchor" id="d20260204"></span>

## 4 February 2026

**Corrected: Events** <span class="count">1</span>

- [Ann calls Bo](<../events/2020-05-06-call.md>) <span class="entry-note">title, date (about May 2020 → 6 May 2020), \
who took part</span>

**Renamed: Actors** <span class="count">1</span>

- [Cy](<../actors/cyrus.md>) <span class="entry-note">cy</span>

**Removed: Events** <span class="count">1</span>

- Bo &#42;speaks&#42;
"""


@pytest.fixture
def kept(tmp_path) -> Path:
    """Make a chronology with a history: additions, a correction, new layout alone, a renamed and a removed record."""
    event = "title: {title}\ndate: {date}\ntype: visit\nparticipants: [{who}]\nsummary: S.\nsources: [{{title: T}}]\n"
    events = tmp_path / "kept/events"
    (events / "2020").mkdir(parents=True)
    (events / "actors").mkdir()

    def write(path: str, text: str) -> None:
        (events / path).write_text(text, encoding="utf-8")

    def commit(when: str) -> None:
        env = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
        named = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        for words in (("add", "-A"), ("commit", "-qm", "<script>alert(1)</script>")):
            subprocess.run(["git", *named, *words], cwd=events, env=env, check=True, capture_output=True)

    subprocess.run(["git", "init", "-q", "-b", "main"], cwd=tmp_path / "kept", check=True)
    write("chronology.yml", SETTINGS)
    for name in ("ann", "bo", "cy"):
        write(f"actors/{name}.yml", f"name: {name.title()}\nkind: person\n")
    write("2020/2020-05-06-call.yml", event.format(title="Ann visits", date="2020-05~", who="ann"))
    write("2020/2020-05-07-talk.yml", event.format(title="Bo *speaks*", date="2020-05-07", who="bo"))
    commit("2026-02-01T10:00:00+00:00")
    write("2020/2020-05-06-call.yml", "# why\n" + event.format(title="'Ann visits'", date="2020-05~", who="ann"))
    commit("2026-02-02T10:00:00+00:00")
    write("2020/2020-05-06-call.yml", event.format(title="Ann calls Bo", date="2020-05-06", who="ann, bo"))
    (events / "2020/2020-05-07-talk.yml").unlink()
    (events / "actors/cy.yml").rename(events / "actors/cyrus.yml")
    write("redirects.yml", "actors:\n  cy: cyrus\n")
    commit("2026-02-05T03:00:00+05:00")
    return tmp_path / "kept"


def chronology_of(folder: Path) -> Chronology:
    checked = check(folder / "events", "events")
    assert checked.corpus is not None
    return Chronology(checked.corpus, history.read(folder / "events"))


def page(chronology: Chronology, path: str) -> str:
    return next(page.body for page in pages.render(chronology) if page.path == path)


def test_the_page_on_changes_says_what_was_done_and_nothing_of_layout(kept):
    body = page(chronology_of(kept), "changes/index.md")
    assert body.partition('\n<span class="anchor" id="d20260201"></span>\n')[0] == NEW.rstrip("\n") + "\n"
    assert "## 2 February 2026" not in body
    assert body.count("**Added: ") == 2
    assert "alert" not in body


def test_an_event_says_when_it_was_recorded_and_corrected_and_in_what(kept):
    body = page(chronology_of(kept), "events/2020-05-06-call.md")
    assert (
        "Recorded on 1 February 2026 · [corrected on 4 February 2026](<../changes/2026.md#d20260204>) "
        "(title, date, who took part)" in body
    )


def test_many_records_of_a_day_are_counted_and_some_named(kept, monkeypatch):
    monkeypatch.setattr(changes, "LISTED", 2)
    days = changes.days(chronology_of(kept))
    assert [(group.kind, group.way, len(group.items), group.more) for group in days[-1].groups] == [
        ("event", "added", 2, 0),
        ("actor", "added", 2, 1),
    ]


def test_what_two_versions_differ_in_is_kept_and_asked_of_git_once(kept, monkeypatch):
    first = history.read(kept / "events")
    monkeypatch.setattr(git, "blobs", None)
    assert history.read(kept / "events") == first


@pytest.mark.parametrize("shallow", [True, False])
def test_without_a_history_the_page_says_why(shallow, kept, tmp_path):
    part = tmp_path / "part"
    command = ["git", "clone", "-q", "--depth", "1", kept.as_uri(), part] if shallow else ["cp", "-r", kept, part]
    subprocess.run(command, check=True, capture_output=True)
    if not shallow:
        subprocess.run(["rm", "-r", part / ".git"], check=True)
    body = page(chronology_of(part), "changes/index.md")
    reason = "from a part of its history alone" if shallow else "without a history of its files"
    assert body == f"# Changes\n\nThis site was built {reason}, so what changed and when is not known here.\n"


BORN = "2026-01-01T10:00:00+00:00"
LATER = {
    name: f"2026-{day}T12:00:00+00:00" for name, day in (("branch", "01-10"), ("main", "01-15"), ("merge", "03-01"))
}


@pytest.fixture(scope="module")
def merged(tmp_path_factory) -> Path:
    """Make a chronology with a branch that adds, corrects, renames and removes, and is merged with a change of its own.

    Between the two, the branch that is published has a correction, which the merged one takes over by a merge as well.
    """
    folder = tmp_path_factory.mktemp("merged")
    events = folder / "events"
    for name in ("2020", "actors"):
        (events / name).mkdir(parents=True)

    def git(*words: str, when: str = BORN) -> None:
        env = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "HOME": str(folder), "PATH": "/usr/bin:/bin"}
        named = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        subprocess.run(["git", *named, *words], cwd=folder, env=env, check=True, capture_output=True)

    def commit(when: str) -> None:
        git("add", "-A")
        git("commit", "-qm", "x", when=when)

    def write(day: int, title: str) -> None:
        text = f"title: {title}\ndate: 2020-05-0{day}\ntype: visit\nsummary: S.\nsources: [{{title: T}}]\n"
        (events / f"2020/2020-05-0{day}-a.yml").write_text(text, encoding="utf-8")

    git("init", "-q", "-b", "main")
    (events / "chronology.yml").write_text(SETTINGS, encoding="utf-8")
    (events / "actors/cy.yml").write_text("name: Cy\nkind: person\n", encoding="utf-8")
    for day in (1, 2, 3):
        write(day, f"Day {day}")
    commit(BORN)
    git("switch", "-qc", "topic")
    write(4, "From the branch")
    write(1, "Day one")
    commit(LATER["branch"])
    (events / "actors/cy.yml").rename(events / "actors/cyrus.yml")
    (events / "redirects.yml").write_text("actors:\n  cy: cyrus\n", encoding="utf-8")
    (events / "2020/2020-05-03-a.yml").unlink()
    commit("2026-01-11T12:00:00+00:00")
    git("switch", "-q", "main")
    write(2, "Day two")
    commit(LATER["main"])
    git("switch", "-q", "topic")
    git("merge", "-q", "--no-edit", "main", when="2026-01-20T12:00:00+00:00")
    git("switch", "-q", "main")
    git("merge", "-q", "--no-ff", "--no-commit", "topic", when=LATER["merge"])
    write(2, "Set in the merge itself")
    commit(LATER["merge"])
    return folder


def done(entries: tuple[history.Entry, ...]) -> set[tuple[str, str, str, tuple[str, ...]]]:
    return {(f"{one.moment:%m-%d}", one.way, one.id, one.fields) for one in entries}


FIRST = {("01-01", "added", name, ()) for name in ("2020-05-01-a", "2020-05-02-a", "2020-05-03-a", "cy")}
ON_MAIN = {("01-15", "corrected", "2020-05-02-a", ("title",))}
BY_THE_MERGE = {
    ("03-01", "added", "2020-05-04-a", ()),
    ("03-01", "corrected", "2020-05-01-a", ("title",)),
    ("03-01", "corrected", "2020-05-02-a", ("title",)),
    ("03-01", "removed", "2020-05-03-a", ()),
    ("03-01", "removed", "cy", ()),
    ("03-01", "added", "cyrus", ()),
}


def test_a_merge_is_one_change_at_its_own_time_with_what_was_done_in_it(merged):
    read = history.read(merged / "events")
    assert done(read.entries) == FIRST | ON_MAIN | BY_THE_MERGE
    assert len(read.entries) == len(FIRST | ON_MAIN | BY_THE_MERGE)
    assert {entry.values["title"] for entry in read.entries if entry.id == "2020-05-02-a" and entry.values} == {
        ("Day 2", "Day two"),
        ("Day two", "Set in the merge itself"),
    }
    assert read.records["2020/2020-05-04-a.yml"].added == moment(LATER["merge"])
    twice = read.records["2020/2020-05-02-a.yml"]
    assert (twice.added, twice.changed, twice.corrections) == (moment(BORN), moment(LATER["merge"]), 2)


@pytest.mark.parametrize(
    ("day", "entries"),
    [
        ("2026-01-01", FIRST),
        ("2026-01-14", FIRST),
        ("2026-01-20", FIRST | ON_MAIN),
        ("2026-02-28", FIRST | ON_MAIN),
        ("2026-03-01", FIRST | ON_MAIN | BY_THE_MERGE),
    ],
)
def test_what_stood_on_a_day_is_what_the_history_tells_up_to_it(day, entries, merged):
    events = merged / "events"
    commit = AsOf.on(day).commit_of(events)
    then = history.read(events, commit)
    assert done(then.entries) == entries
    assert then.entries == tuple(one for one in history.read(events).entries if f"{one.moment:%Y-%m-%d}" <= day)
    stood = {path for path, _ in git.tree(events, commit)} - {"chronology.yml", "redirects.yml"}
    assert set(then.records) == stood


def test_the_page_on_changes_tells_of_a_merge_on_its_day(merged):
    body = page(chronology_of(merged), "changes/2026.md")
    days = [line.removeprefix("## ") for line in body.splitlines() if line.startswith("## ")]
    assert days == ["1 March 2026", "15 January 2026", "1 January 2026"]
    of_the_merge = body[body.index("## 1 March 2026") : body.index("## 15 January 2026")]
    for told in ("From the branch", "Set in the merge itself", "**Renamed: Actors**", "- Day 3", "[Day one]"):
        assert told in of_the_merge, told


CONFIG = """site_name: Kept
site_url: https://example.org/kept/
theme: {name: material, font: false}
plugins: [chronology: {search: false}]
markdown_extensions: [md_in_html, tables, toc: {permalink: true}]
nav: [Home: index.md, About: about.md]
"""


@pytest.fixture
def project(kept) -> Path:
    (kept / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (kept / "docs").mkdir()
    (kept / "docs/about.md").write_text("# About\n", encoding="utf-8")
    return kept


def test_a_chronology_is_built_as_it_stood_on_a_day(project):
    now = run("chronology", "build", "--strict", cwd=project)
    assert (now.returncode, now.stderr) == (0, "")
    before = {path: path.read_bytes() for path in (project / "site").rglob("*") if path.is_file()}
    for day, title, talks in (("2026-02-02", "Ann visits", True), ("2026-02-04", "Ann calls Bo", False)):
        built = run("chronology", "build", "--strict", "--as-of", day, cwd=project)
        assert (built.returncode, built.stderr) == (0, "")
        then = project / f"site-as-of-{day}"
        assert "<h1 id=" in (text := (then / "events/2020-05-06-call/index.html").read_text(encoding="utf-8"))
        assert f"{title}</title>" in text or f"<title>{title} " in text
        assert (then / "events/2020-05-07-talk/index.html").is_file() == talks
        words = f"This is the chronology as it stood on {int(day[-2:])} February 2026."
        pages = [path for path in then.rglob("*.html") if "timeline/embed" not in path.as_posix()]
        moved = [path for path in pages if 'http-equiv="refresh"' in path.read_text(encoding="utf-8")]
        assert len(pages) > 80
        for path in set(pages) - set(moved):
            text = path.read_text(encoding="utf-8")
            assert f'{words} <a href="https://example.org/kept/">As it stands now</a>' in text, path
            assert '<meta name="robots" content="noindex">' in text, path
        text = (then / "changes/index.html").read_text(encoding="utf-8")
        assert ("4 February 2026</h2>" in text.replace('<a class="headerlink"', "</h2>")) == (not talks)
    assert {path: path.read_bytes() for path in (project / "site").rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    ("day", "status", "said"),
    [
        ("2026-01-31", 1, "Error: Nothing stood on 2026-01-31: the first commit is later."),
        ("yesterday", 2, "“yesterday” is no day; write one as 2026-06-01."),
        ("2026-02-30", 2, "“2026-02-30” is no day"),
        ("20260201", 2, "“20260201” is no day"),
    ],
)
def test_a_day_that_cannot_be_built_is_told_of(day, status, said, project):
    told = run("chronology", "build", "--as-of", day, cwd=project)
    assert told.returncode == status
    assert said in told.stderr
    assert "Traceback" not in told.stderr
    assert not list(project.glob("site*"))


def test_a_shallow_clone_has_no_past(project, tmp_path):
    part = tmp_path / "part"
    subprocess.run(["git", "clone", "-q", "--depth", "1", project.as_uri(), part], check=True, capture_output=True)
    (part / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (part / "docs").mkdir()
    told = run("chronology", "build", "--as-of", "2026-02-02", cwd=part)
    assert told.returncode == 1
    assert "The history was fetched in part only; fetch all of it (fetch-depth: 0)." in told.stderr
