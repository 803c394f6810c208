"""Issues made with a form become drafts that say what was typed, and nothing that was not; what is missing is named."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml
from conftest import SETTINGS, run
from hypothesis import given
from hypothesis import strategies as st

from generator.drafting import PLAIN, Draft, Undraftable, draft, report
from generator.issueforms import CORRECTION, EVENT, NOTHING, answers, kind_of
from generator.source import parse

FILES = {
    "actors/ann.yml": "name: Ann Ray\nkind: person\n",
    "actors/annabel.yml": "name: Annabel Lee\nkind: person\n",
    "actors/bo.yml": "name: Bo\nkind: person\n",
    "places/port.yml": "name: The Port\nlat: 1.5\nlon: 2.5\n",
    "topics/talks.yml": "title: Talks\nintroduction: Talks.\n",
    "2020/2020-05-06-visit.yml": (
        "title: Ann visits Bo  # checked\ndate: 2020-05\ndate_note: A paper says May.\ntype: visit\nparticipants:\n"
        "  - {actor: ann, role: host}\nsummary: One line.\n# of the paper\n"
        "sources:\n  - title: T\n"
    ),
}


@pytest.fixture
def events(tmp_path: Path) -> Path:
    write(tmp_path)
    return tmp_path / "events"


def write(folder: Path, files: Mapping[str, str] = FILES) -> None:
    for name, text in {"chronology.yml": SETTINGS, **FILES, **files}.items():
        path = folder / "events" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def body(questions: tuple, **given: str) -> str:
    """Give an issue as GitHub writes it."""
    return "\n\n".join(f"### {one.label}\n\n{given.get(one.key) or NOTHING}" for one in questions)


SPEAKER = "Who is quoted: “Zed” is not known; a file of its own may be needed. The quotation is: We spoke."

WHOLE = {
    "date": "2020-05-06/2020-05-08",
    "date_note": "The paper says so.",
    "title": "Ann calls Bo: twice",
    "type": "Telephone call",
    "actors": "Ann Ray: caller\n- bo\nAnn\nNobody",
    "places": "port\nAtlantis",
    "topics": "Talks",
    "summary": "They spoke.\n\nThen they spoke again.",
    "publisher": "The Daily",
    "headline": "#1: “Ann” calls",
    "url": "https://daily.example/a?b=c#d",
    "published": "2020-05-09",
    "quote": "We spoke.",
    "speaker": "Bo",
}


def test_a_form_becomes_a_file_and_a_list_of_what_is_missing(events):
    made = draft(events, body(EVENT, **WHOLE))
    assert made.path == events / "2020/2020-05-ann-calls-bo-twice.yml" or made.path.parent == events / "2020"
    assert yaml.load(made.text, yaml.BaseLoader) == {
        "title": "Ann calls Bo: twice",
        "date": "2020-05-06/2020-05-08",
        "date_note": "The paper says so.",
        "type": "telephone-call",
        "participants": [{"actor": "ann", "role": "caller"}, {"actor": "bo"}],
        "places": ["port"],
        "topics": ["talks"],
        "summary": "They spoke.\n\nThen they spoke again.",
        "statements": [{"speaker": "bo", "text": "We spoke.", "source": "the-daily"}],
        "sources": [
            {
                "id": "the-daily",
                "title": "#1: “Ann” calls",
                "publisher": "The Daily",
                "url": "https://daily.example/a?b=c#d",
                "published": "2020-05-09",
            }
        ],
    }
    assert made.missing == (
        "Actors: “Nobody” is not known; a file of its own may be needed.",
        "Places: “Atlantis” is not known; a file of its own may be needed.",
    )
    (made.path).write_text(made.text, encoding="utf-8")
    told = report(made, events)
    assert told.startswith(f"Drafted: {made.path.as_posix().replace('_', '&#95;')}\n\nStill to do:\n\n- Actors: ")
    assert "error" not in told


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"date": "last Tuesday"}, "The date “last Tuesday” cannot be read: "),
        ({"date": ""}, "The date “” cannot be read: "),
        ({"title": ""}, "It has no title."),
        ({"date": "../.."}, "The date “../..” cannot be read"),
    ],
)
def test_what_cannot_be_drafted_is_told_of(given, said, events):
    with pytest.raises(Undraftable) as refused:
        draft(events, body(EVENT, **{**WHOLE, **given}))
    assert str(refused.value).startswith(said)


@pytest.mark.parametrize(
    ("key", "text", "missing"),
    [
        ("type", "Dance", "The kind of event: “Dance” is none of this chronology."),
        ("actors", "Ann Ray: dancer", "The part of ann: “dancer” is none of this chronology."),
        ("actors", "ann r\nannabel l\nan", "Actors: “an” could be ann, annabel."),
        ("summary", "", "The summary."),
        ("url", "", "The address of the source."),
        ("published", "soon", "When the source was published: “soon” cannot be read."),
        (
            "speaker",
            "Zed",
            SPEAKER,
        ),
    ],
)
def test_what_is_missing_is_named_and_not_guessed(key, text, missing, events):
    assert missing in draft(events, body(EVENT, **{**WHOLE, key: text})).missing


def test_an_answer_may_hold_headings_and_a_repeated_one_is_told_of(events):
    summary = "One.\n### Title\n### Summary\n```yaml\n### When it happened\n```\nTwo."
    given, repeated = answers(body(EVENT, **{**WHOLE, "summary": summary}).replace("\n", "\r\n"), EVENT)
    assert given["summary"] == summary
    assert given["publisher"] == "The Daily"
    assert repeated == ("Summary", "When it happened")
    made = draft(events, body(EVENT, **{**WHOLE, "summary": summary}))
    assert "The heading “Summary” stands there more than once; the first was taken." in made.missing


def drafted(events: Path, issue: str) -> Draft | str:
    """Give the draft, or the words in which it was refused."""
    try:
        return draft(events, issue)
    except Undraftable as refused:
        return str(refused)


TEXTS = st.text(st.characters(codec="utf-8"), max_size=60) | st.sampled_from(
    (
        "- x",
        "a: b # c",
        "{a: *b}",
        "!!python/object:os.system x",
        "'''",
        '"',
        "@x",
        "%a",
        "&a *a",
        "\x00\x1b[31m",
        "\u202e",
        "---\n...",
    )
)


@given(st.dictionaries(st.sampled_from([one.key for one in EVENT if one.key != "date"]), TEXTS))
def test_any_text_is_written_as_it_was_or_refused_in_words(tmp_path_factory, given):
    folder = tmp_path_factory.getbasetemp() / "any"
    if not folder.exists():
        write(folder)
    whole = {**WHOLE, **given}
    made = drafted(folder / "events", body(EVENT, **whole))
    if isinstance(made, str):
        assert made
        return
    assert made.path.parent.parent == folder / "events"
    written = yaml.load(made.text, yaml.BaseLoader)
    asked = answers(body(EVENT, **whole), EVENT)[0]
    assert written["title"] == " ".join(asked["title"].split())
    assert written.get("summary", "") == asked["summary"]
    assert written.get("date_note", "") == asked["date_note"]


CORRECTED = "2020/2020-05-06-visit.yml"
EVENTS = {
    CORRECTED: FILES[CORRECTED],
    # The same in other ways that YAML has: blocks, quotation marks, a value on the next line, no line at the end.
    "2020/2020-05-07-other.yml": (
        "date:\n  '2020-05-07'\nsummary: >-\n  One line,\n  # and no comment.\n\n  Another.\ntitle: \"Ann: \\\n  #1\"\n"
        "type: visit\nsources:\n- {title: T}\nstatus: occurred"
    ),
    "2020/2020-05-08-crlf.yml": (
        "title: Ann calls\r\ndate: 2020-05-08 # why\r\n\r\n# of the type\r\ntype: visit\r\nsummary: S.\r\n"
        "sources: [{title: T}]\r\n"
    ),
}
VALUES = (
    TEXTS | st.dates().map(str) | st.sampled_from(("Telephone call", "meeting", "2020-05~", "{2020-05-06, 2020-05-09}"))
)
NAMES = st.sampled_from(sorted(Path(path).stem for path in EVENTS))
ASKED = NAMES | st.builds("{} https://site.example/c/events/{}/".format, TEXTS, NAMES)


@given(ASKED, st.sampled_from((*PLAIN, "something else", "sources")), VALUES, TEXTS)
def test_a_correction_says_just_what_was_typed_in_one_field_or_is_refused_in_words(
    tmp_path_factory, asked, field, value, source
):
    folder = tmp_path_factory.getbasetemp() / "corrections"
    if not folder.exists():
        write(folder, EVENTS)
    issue = body(CORRECTION, event=asked, field=field, value=value, source=source)
    given = answers(issue, CORRECTION)[0]
    made = drafted(folder / "events", issue)
    assert {path: (folder / "events" / path).read_bytes().decode() for path in EVENTS} == EVENTS
    if isinstance(made, str):
        assert made
        return
    path = made.path.relative_to(folder / "events").as_posix()
    assert path in EVENTS
    assert Path(path).stem in given["event"]
    assert given["field"] in PLAIN
    before, after = (yaml.load(text, yaml.BaseLoader) for text in (EVENTS[path], made.text))
    wanted = given["value"]
    if field == "type":
        wanted = {"Telephone call": "telephone-call"}.get(wanted, wanted)
    assert after == before | {field: wanted}
    assert parse(made.text.encode(), path).findings == ()
    assert [line.strip() for line in made.text.splitlines() if line.startswith("#")] == [
        line for line in EVENTS[path].splitlines() if line.startswith("#")
    ]
    assert made.missing[0].startswith("The source of the correction is not in the file yet: ")


@given(st.text(max_size=300))
def test_any_issue_is_read_without_an_exception(tmp_path_factory, text):
    folder = tmp_path_factory.getbasetemp() / "any"
    if not folder.exists():
        write(folder)
    for whole in (text, f"### {EVENT[0].label}\n{text}", f"### {CORRECTION[0].label}\n{text}"):
        kind_of(whole)
        with pytest.raises(Undraftable):
            draft(folder / "events", whole)


def test_a_correction_changes_one_field_and_keeps_the_rest(events):
    given = {"event": "https://site.example/c/events/2020-05-06-visit/", "source": "The Daily"}
    made = draft(events, body(CORRECTION, **given, field="date", value="2020-05-06"))
    old = FILES["2020/2020-05-06-visit.yml"]
    assert made.path == events / "2020/2020-05-06-visit.yml"
    assert made.text == old.replace("date: 2020-05\n", "date: 2020-05-06\n")
    assert made.missing == ("The source of the correction is not in the file yet: The Daily",)
    made = draft(events, body(CORRECTION, **given, field="summary", value="Another: #1 summary."))
    assert "Another: #1 summary." in made.text
    assert "# of the paper\n" in made.text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"event": "2020-05-06-nothing"}, "“2020-05-06-nothing” names no event of this chronology."),
        ({"field": "something else"}, "Only these fields are changed by themselves: title, date, "),
        ({"field": "title"}, "A comment stands beside “title”; change it by hand to: 2020-05-06"),
        ({"value": ""}, "It does not say what is right."),
        ({"value": "soon"}, "The date “soon” cannot be read"),
    ],
)
def test_a_correction_that_needs_a_hand_is_told_of(given, said, events):
    whole = {"event": "2020-05-06-visit", "field": "date", "value": "2020-05-06", "source": "S", **given}
    with pytest.raises(Undraftable) as refused:
        draft(events, body(CORRECTION, **whole))
    assert str(refused.value).startswith(said)


def test_the_command_writes_a_draft_once_and_says_what_is_left(events):
    issue = events.parent / "issue.md"
    issue.write_text(body(EVENT, **WHOLE), encoding="utf-8")
    names = []
    for _ in range(2):
        told = run("chronology", "draft", "issue.md", "--report", "report.md", cwd=events.parent)
        assert (told.returncode, told.stderr) == (0, "")
        names.append(told.stdout.splitlines()[0])
    assert len(set(names)) == 2
    assert "Still to do:" in (events.parent / "report.md").read_text(encoding="utf-8")
    issue.write_bytes(b"\xff\xfe nothing")
    told = run("chronology", "draft", "issue.md", "--report", "report.md", cwd=events.parent)
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr == "Error: This was not made with one of the forms, or its headings were changed.\n"
