"""Every export, read by somebody else's program: on the real events, and on a corpus full of hard values."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import duckdb
import feedparser
import icalendar
import jsonschema
import pytest
import rdflib
import rispy
import yaml
from conftest import ROOT, run
from openapi_spec_validator import validate as validate_openapi
from pybtex.database import parse_string as parse_bibtex

from generator import exports, fmt, history, importing
from generator.check import check
from generator.chronology import Chronology
from generator.dates import parse
from generator.exports import api, calendars, citations, csvs, database, eventdata, feeds, interchange, linked, parquet
from generator.exports.queries import QUERIES
from generator.exports.tables import TABLES, day_numbers, rows_of
from generator.model import Text

SITE = exports.Site(base="https://example.org/c/")
HARD = ROOT / "tests/cases/hard/events"


@pytest.fixture(scope="module")
def hard() -> Chronology:
    """A chronology of hard values, without a history."""
    return Chronology(_read(HARD).corpus)


@pytest.fixture(scope="module")
def recorded() -> Chronology:
    """The chronology that this repository publishes, with the history of its files."""
    return _read(ROOT / "events")


def _read(folder: Path) -> Chronology:
    checked = check(folder, "events")
    assert checked.ok, checked.findings
    assert checked.corpus is not None
    return Chronology(checked.corpus, history.read(folder))


@pytest.fixture(params=["recorded", "hard"])
def any_chronology(request) -> Chronology:
    return request.getfixturevalue(request.param)


def files(chronology: Chronology, module: Any) -> dict[str, bytes]:
    return {asset.path: asset.content for asset in module.render(exports.outlined(chronology, SITE))}


def scalars(value: Any) -> Iterator[str]:
    """Yield every word of a value, with the names of what a contributor named himself."""
    if isinstance(value, dict):
        for each in value.values():
            yield from scalars(each)
    elif isinstance(value, list):
        for each in value:
            yield from scalars(each)
    else:
        yield {True: "true", False: "false"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def test_nothing_that_a_contributor_typed_is_lost_on_the_way(any_chronology):
    own = files(any_chronology, api)
    root = ROOT / "events" if len(any_chronology.events) > 100 else HARD
    count = 0
    for kind, entities in (
        ("events", any_chronology.corpus.events),
        ("actors", any_chronology.actors),
        ("places", any_chronology.places),
        ("topics", any_chronology.topics),
        ("sources", any_chronology.corpus.sources),
    ):
        for name, entity in entities.items():
            relative = str(entity.position.path).removeprefix("events/")
            text = (root / relative).read_text(encoding="utf-8")
            typed = yaml.load(text, Loader=yaml.BaseLoader)
            published = set(scalars(json.loads(own[f"{api.ROOT}/{kind}/{name}.json"])))
            joined = "\0".join(published)
            for scalar in scalars(typed):
                assert scalar in published or (re.match(r"[-\d]", scalar) and scalar in joined), (relative, scalar)
                count += 1
    assert count > 50
    index = set(scalars(json.loads(own[f"{api.ROOT}/index.json"])))
    for name in ("chronology.yml", "redirects.yml"):
        if (root / name).is_file():
            text = (root / name).read_text(encoding="utf-8")
            assert set(scalars(yaml.load(text, Loader=yaml.BaseLoader))) <= index


def test_the_json_is_what_its_schemas_say_and_the_description_is_openapi(any_chronology):
    own = files(any_chronology, api)
    checkers = {}
    for name, document in api.schemas().items():
        jsonschema.Draft202012Validator.check_schema(document)
        checkers[name] = jsonschema.Draft202012Validator(document)
        assert json.loads(own[f"{api.ROOT}/schema/{name}.json"]) == document
    seen = set()
    for path, content in own.items():
        parts = path.removeprefix(f"{api.ROOT}/").removesuffix(".json").split("/")
        if parts[0] in ("schema", "index", "openapi"):
            continue
        kind = parts[0] if len(parts) == 1 else {"months": "events"}.get(parts[0], parts[0].removesuffix("s"))
        checkers[kind].validate(json.loads(content))
        seen.add(kind)
    assert {"events", "event", "actor", "actors", "place", "topic"} <= seen
    described = json.loads(own[f"{api.ROOT}/openapi.json"])
    validate_openapi({**described, "paths": json.loads(json.dumps(described["paths"]).replace('"$ref"', '"x-ref"'))})
    for path in described["paths"]:
        pattern = re.compile(f"{api.ROOT}{re.sub('{[^}]+}', '[^/]+', path)}$")
        assert any(pattern.match(known) for known in own) or path.startswith("/sources"), path


def test_events_stand_in_the_months_in_which_they_may_lie(hard):
    own = files(hard, api)
    months = {path.rpartition("/")[2][:-5]: json.loads(content) for path, content in own.items() if "/months/" in path}
    assert [event["id"] for event in months["2020-12"]] == ["2020-one-of"]
    assert [event["id"] for event in months["2021-01"]] == ["2020-one-of"]
    assert [event["id"] for event in months["bce44-03"]] == ["bce44-ides"]


def cells(content: bytes) -> list[dict[str, str]]:
    """Read a CSV file as a program does that knows of the apostrophe."""
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    return [
        {
            name: value[1:] if value.startswith("'") and value[1:2] in csvs.FORMULA else value
            for name, value in row.items()
        }
        for row in rows
    ]


def test_the_tables_hold_in_csv_what_they_hold(any_chronology):
    own = files(any_chronology, csvs)
    for table in TABLES:
        wanted = [
            {column.name: "" if value is None else str(value) for column, value in zip(table.columns, row, strict=True)}
            for row in rows_of(table, exports.outlined(any_chronology, SITE))
        ]
        assert cells(own[f"{csvs.ROOT}/{table.name}.csv"]) == wanted
        assert len({tuple(row[name] for name in table.key) for row in wanted}) == len(wanted)


NUMBER = re.compile(r"-?\d+(\.\d+)?")


def test_no_cell_is_a_formula(hard):
    for path, content in files(hard, csvs).items():
        if path.endswith(".csv"):
            for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
                cells_that_run = [cell for cell in row if cell[:1] in csvs.FORMULA and not NUMBER.fullmatch(cell)]
                assert cells_that_run == [], path
    assert b"'=1+1 came first." in files(hard, csvs)[f"{csvs.ROOT}/events.csv"]
    assert b"'-0043-03-15" in files(hard, csvs)[f"{csvs.ROOT}/events.csv"]


def test_the_descriptor_tells_the_truth_of_every_file(any_chronology):
    own = files(any_chronology, csvs)
    package = json.loads(own[f"{csvs.ROOT}/datapackage.json"])
    tables = {resource["name"]: resource for resource in package["resources"]}
    assert len(tables) == len(TABLES)
    keys = {
        name: {row["id"] for row in cells(own[f"{csvs.ROOT}/{name}.csv"])} for name in ("events", "actors", "places")
    }
    keys["topics"] = {row["id"] for row in cells(own[f"{csvs.ROOT}/topics.csv"])}
    for name, resource in tables.items():
        content = own[f"{csvs.ROOT}/{resource['path']}"]
        rows = cells(content)
        assert resource["bytes"] == len(content)
        header = next(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
        assert [field["name"] for field in resource["schema"]["fields"]] == header
        for field in resource["schema"]["fields"]:
            values = [row[field["name"]] for row in rows]
            if field.get("constraints"):
                assert all(values), (name, field)
            parse = {"string": str, "integer": int, "number": float}[field["type"]]
            assert len([parse(value) for value in values if value]) <= len(rows)
        for foreign in resource["schema"].get("foreignKeys", ()):
            (column,) = foreign["fields"]
            assert {row[column] for row in rows} - {""} <= keys[foreign["reference"]["resource"]], (name, column)


def test_duckdb_reads_the_tables_and_answers_what_the_page_asks(recorded, tmp_path):
    for path, content in files(recorded, csvs).items():
        (tmp_path / path.rpartition("/")[2]).write_bytes(content)
    found = duckdb.sql(f"select id, title, publishers from read_csv('{tmp_path}/events.csv') order by id").fetchall()
    assert found == sorted((event.id, str(event.title), len(recorded.origins(event))) for event in recorded.events)
    pairs = duckdb.sql(
        f"select count(*) from read_csv('{tmp_path}/participants.csv') a join read_csv('{tmp_path}/participants.csv') b"
        " using (event) where a.actor = 'ishaq-dar' and b.actor = 'abbas-araghchi'"
    ).fetchall()
    both = [e for e in recorded.events if {"ishaq-dar", "abbas-araghchi"} <= {str(p.actor) for p in e.participants}]
    assert pairs == [(len(both),)]


def test_the_database_keeps_its_keys_and_finds_words(any_chronology, tmp_path):
    (content,) = files(any_chronology, database).values()
    (tmp_path / "x.sqlite").write_bytes(content)
    with sqlite3.connect(tmp_path / "x.sqlite") as base:
        assert base.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert base.execute("pragma foreign_key_check").fetchall() == []
        assert base.execute("pragma foreign_key_list(participants)").fetchall()
        for table in TABLES:
            order = ", ".join(f'"{name}"' for name in table.key)
            rows = base.execute(f'select * from "{table.name}" order by {order}').fetchall()
            places = [[column.name for column in table.columns].index(name) for name in table.key]
            wanted = sorted(
                rows_of(table, exports.outlined(any_chronology, SITE)),
                key=lambda row: tuple(row[place] for place in places),
            )
            assert rows == wanted
    word = "truce" if len(any_chronology.events) > 100 else "perhaps"
    found = base.execute("select id from events_search where events_search match ?", (word,)).fetchall()
    texts = {
        e.id: f"{e.title} {e.summary} {' '.join(str(s.text) for s in e.statements)}" for e in any_chronology.events
    }
    assert {name for (name,) in found} == {
        name for name, text in texts.items() if re.search(rf"\b{word}\b", text, re.IGNORECASE)
    }
    assert files(any_chronology, database) == {database.PATH: content}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("-0043-03-15", (1_705_428, 1_705_428)),
        ("2026-02/..", (2_461_073, None)),
        ("Y170000002", (62_092_946_791, 62_092_947_155)),
        ("Y999999999999999999", (None, None)),  # more days than a database counts
    ],
)
def test_days_have_numbers_by_which_any_era_sorts(text, numbers):
    assert day_numbers(parse(text)) == numbers


def test_feeds_speak_of_the_record_and_not_of_the_event(recorded):
    own = files(recorded, feeds)
    assert f"{feeds.ROOT}/actors/ishaq-dar.atom" in own
    assert f"{feeds.ROOT}/topics/pakistan-mediation.json" in own
    for path, content in own.items():
        if path.endswith(".atom"):
            read = feedparser.parse(content)
            assert not read.bozo, (path, read.get("bozo_exception"))
            twin = json.loads(own[path.removesuffix("atom") + "json"])
            assert twin["version"] == "https://jsonfeed.org/version/1.1"
            assert [entry.id for entry in read.entries] == [item["id"] for item in twin["items"]]
            assert [entry.title for entry in read.entries] == [item["title"] for item in twin["items"]]
            assert [entry.summary for entry in read.entries] == [item["content_text"] for item in twin["items"]]
            assert len({entry.id for entry in read.entries}) == len(read.entries) <= feeds.MOST
    (first, *_) = feedparser.parse(own[f"{feeds.ROOT}/newest.atom"]).entries
    name = first.id.rpartition("events/")[2]
    record = recorded.record(recorded.corpus.events[name])
    assert first.published == record.added.isoformat()
    assert first.id == f"tag:example.org,2026:events/{name}"
    assert f"{feeds.ROOT}/topics/pakistan-mediation-corrections.json" in own
    assert all(
        recorded.record(recorded.corpus.events[entry.id.rpartition("/")[2]]).corrections
        for entry in feedparser.parse(own[f"{feeds.ROOT}/corrections.atom"]).entries
    )


def test_without_a_history_there_are_no_feeds(hard):
    assert files(hard, feeds) == {}


def test_hard_words_pass_through_a_feed(hard):
    records = {
        path: record for path, record in [("2020/2020-05-06-a.yml", history.read(ROOT / "events").records)] for _ in ()
    }
    some = next(iter(history.read(ROOT / "events").records.values()))
    known = history.History(records={"2020/2020-05-06-a.yml": some, **records})
    own = files(Chronology(hard.corpus, known), feeds)
    (entry,) = feedparser.parse(own[f"{feeds.ROOT}/newest.atom"], sanitize_html=False).entries
    event = hard.corpus.events["2020-05-06-a"]
    assert entry.title == f"6 May 2020: {event.title}"
    assert entry.summary == str(event.summary)


def days(component: icalendar.Event) -> tuple[date, date]:
    return component["DTSTART"].dt, component["DTEND"].dt - timedelta(days=1)


def test_calendars_hold_whole_days_with_an_exclusive_end(any_chronology):
    own = files(any_chronology, calendars)
    read = icalendar.Calendar.from_ical(own[f"{calendars.ROOT}/all.ics"])
    found = {str(entry["UID"]).partition("@")[0]: entry for entry in read.walk("VEVENT")}
    for event in any_chronology.events:
        first, last = event.date.value.earliest, event.date.value.latest
        if first is None or last is None or first.year < 1:
            assert event.id not in found
            continue
        entry = found[event.id]
        assert days(entry) == (date(*first[:3]), date(*last[:3])), event.id
        assert str(entry["SUMMARY"]).startswith(str(event.title))
        assert str(entry["DESCRIPTION"]).endswith(str(event.summary))
        assert str(entry["X-EDTF"]).replace("\\,", ",") == str(event.date.text)
    for content in own.values():
        assert all(len(line) <= 75 for line in content.split(b"\r\n"))
        assert content.count(b"\n") == content.count(b"\r\n")


def test_a_calendar_says_where_a_day_is_not_certain_and_counts_corrections(hard, recorded):
    read = icalendar.Calendar.from_ical(files(hard, calendars)[f"{calendars.ROOT}/all.ics"])
    found = {str(entry["UID"]).partition("@")[0]: entry for entry in read.walk("VEVENT")}
    assert str(found["2020-one-of"]["SUMMARY"]) == "One of two (one of 31 December 2020 or 1 January 2021)"
    assert str(found["2020-one-of"]["STATUS"]) == "CANCELLED"
    assert str(found["2020-05-06-a"]["SUMMARY"]) == str(hard.corpus.events["2020-05-06-a"].title)
    read = icalendar.Calendar.from_ical(files(recorded, calendars)[f"{calendars.ROOT}/all.ics"])
    for entry in read.walk("VEVENT"):
        record = recorded.record(recorded.corpus.events[str(entry["UID"]).partition("@")[0]])
        assert entry["SEQUENCE"] == record.corrections
        assert entry["LAST-MODIFIED"].dt == record.changed


def test_references_are_read_by_reference_managers(any_chronology):
    own = files(any_chronology, citations)
    read = parse_bibtex(own[f"{citations.ROOT}/all.bib"].decode(), "bibtex")
    assert list(read.entries) == [event.id for event in any_chronology.events]
    references = rispy.loads(own[f"{citations.ROOT}/all.ris"].decode())
    csl = json.loads(own[f"{citations.ROOT}/all.json"])
    for event, reference, item in zip(any_chronology.events, references, csl, strict=True):
        assert reference["id"] == item["id"] == event.id
        assert reference["title"] == item["title"] == str(event.title)
        assert reference["secondary_title"] == str(any_chronology.settings.title)
        assert reference["urls"] == [f"https://example.org/c/events/{event.id}/"]
        single = own[f"{citations.ROOT}/{event.id}.bib"].decode()
        assert (
            parse_bibtex(single, "bibtex").entries[event.id].fields["title"] == read.entries[event.id].fields["title"]
        )


def test_hard_words_stay_words_in_bibtex(hard):
    entry = parse_bibtex(files(hard, citations)[f"{citations.ROOT}/2020-05-06-a.bib"].decode(), "bibtex")
    title = entry.entries["2020-05-06-a"].fields["title"]
    assert r"\textbackslash{} \_x\_ 50\% \& more \#1" in title


SDO = rdflib.Namespace("https://schema.org/")
CONTEXT = {"@vocab": str(SDO), "id": "@id"}


def graph(chronology: Chronology) -> rdflib.Graph:
    """Read the linked data with rdflib; its vocabulary stands in for schema.org's context, for want of a network."""
    (content,) = files(chronology, linked).values()
    document = json.loads(content)
    assert document["@context"] == "https://schema.org/"
    return rdflib.Graph().parse(data=json.dumps({**document, "@context": CONTEXT}), format="json-ld")


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_the_linked_data_are_rdf_in_words_that_schema_org_has(any_chronology):
    read = graph(any_chronology)
    words = {str(term) for term in rdflib.SDO.__annotations__} | {str(term) for term in dir(rdflib.SDO)}
    known = {word.rpartition("/")[2] for word in words}
    used = {str(p).removeprefix(str(SDO)) for p in read.predicates() if str(p).startswith(str(SDO))}
    kinds = {str(o).removeprefix(str(SDO)) for o in read.objects(None, rdflib.RDF.type)}
    assert used | kinds <= known, (used | kinds) - known
    events = set(read.subjects(rdflib.RDF.type, SDO.Event))
    assert len(events) == len(any_chronology.events)
    for event in any_chronology.events:
        subject = rdflib.URIRef(f"https://example.org/c/events/{event.id}/#event")
        assert str(read.value(subject, SDO.name)) == str(event.title)
        day = read.value(subject, SDO.startDate)
        if event.date.value.is_exact_day:
            assert str(day) == event.date.value.earliest.isoformat()
        assert str(read.value(subject, SDO.temporalCoverage)) == event.date.value.text
        actors = {
            str(actor).rpartition("/actors/")[2].partition("/")[0] for actor in read.objects(subject, SDO.attendee)
        }
        assert actors == {str(part.actor) for part in event.participants}
        (page,) = [
            each for each in read.objects(subject, SDO.subjectOf) if (each, rdflib.RDF.type, SDO.WebPage) in read
        ]
        assert len(list(read.objects(page, SDO.citation))) == len(event.sources)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_an_uncertain_day_is_never_stated_as_one(hard):
    read = graph(hard)
    for name in ("2020-one-of", "2020-soft"):
        subject = rdflib.URIRef(f"https://example.org/c/events/{name}/#event")
        assert read.value(subject, SDO.startDate) is None
        assert read.value(subject, SDO.endDate) is None


def test_nothing_ends_the_script_element_that_holds_linked_data():
    said = linked.embedded({"name": "</script><script>alert(1)</script><!-- & \u2028"})
    assert "<" not in said
    assert ">" not in said
    assert "&" not in said
    assert json.loads(said)["name"] == "</script><script>alert(1)</script><!-- & \u2028"


def test_every_page_of_an_entity_describes_it_and_leads_to_its_data(site):
    for kind, name in (
        ("events", "2026-02-11-dar-araghchi-call"),
        ("actors", "iran"),
        ("topics", "pakistan-mediation"),
    ):
        html = (site / kind / name / "index.html").read_text(encoding="utf-8")
        (said,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
        assert json.loads(said)["@context"] == "https://schema.org/"
        links = re.findall(r'<link rel="alternate" type="[^"]+" title="[^"]+" href="([^"]+)">', html)
        assert len(links) >= 3
        for link in links:
            assert (site / kind / name / link).is_file(), link
        for link in re.findall(r'<a href="((?:\.\./)+data/[^"]+\.\w+)"', html):
            assert (site / kind / name / link).is_file(), link
    assert 'name="citation_title" content="Dar and Araghchi speak again and stress dialogue"' in (
        site / "events/2026-02-11-dar-araghchi-call/index.html"
    ).read_text(encoding="utf-8")


def test_the_page_on_data_tells_of_every_export(site):
    html = (site / "data/index.html").read_text(encoding="utf-8")
    for export in exports.EXPORTS:
        assert export.title in html
    for path in re.findall(r'<a href="\.\./(data/[^"]+)"', html):
        assert (site / path).is_file(), path
    assert "CC-BY-4.0" in html


def test_two_renderings_give_the_same_bytes(recorded, tmp_path):
    found = []
    for name in ("one", "other"):
        list(exports.write(recorded, SITE, exports.to_folder(tmp_path / name)))
        paths = [path for path in (tmp_path / name).rglob("*") if path.is_file()]
        found.append({path.relative_to(tmp_path / name): path.read_bytes() for path in paths})
    assert found[0] == found[1]
    assert len(found[0]) > 1000


@pytest.fixture
def tables(any_chronology, tmp_path) -> Path:
    """Write the Parquet files and give their folder."""
    own = files(any_chronology, parquet)
    listed = own.pop(parquet.LIST).decode().splitlines()
    assert listed == [f"https://example.org/c/{path}" for path in own]
    for path, content in own.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    return tmp_path / parquet.ROOT


def test_duckdb_reads_from_parquet_what_the_tables_hold(any_chronology, tables):
    for table in TABLES:
        wanted = sorted(rows_of(table, exports.outlined(any_chronology, SITE)), key=repr)
        place = f"{tables}/events/*/*.parquet" if table.name == "events" else f"{tables}/{table.name}.parquet"
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        found = duckdb.sql(f"select {names} from read_parquet('{place}', hive_partitioning = true)").fetchall()
        assert sorted(found, key=repr) == wanted
    years = duckdb.sql(
        f"select distinct year from read_parquet('{tables}/events/*/*.parquet', hive_partitioning = true)"
    ).fetchall()
    assert {int(year) for (year,) in years} == {year.year for year in any_chronology.years}


@pytest.mark.parametrize(("question", "query"), QUERIES)
def test_the_questions_on_the_page_are_answered(any_chronology, tables, question, query):
    answer = duckdb.sql(query.replace("{tables}", str(tables))).fetchall()
    assert answer or len(any_chronology.events) < 100
    if question.startswith("How much"):
        for topic, events, alone in answer:
            own = any_chronology.by_topic[topic]
            assert (events, alone) == (len(own), sum(len(any_chronology.origins(event)) == 1 for event in own))


def test_timelinejs_gets_slides_whose_words_are_no_markup(any_chronology):
    document = json.loads(files(any_chronology, interchange)[interchange.TIMELINEJS])
    slides = {slide["unique_id"]: slide for slide in document["events"]}
    for event in any_chronology.events:
        slide = slides[event.id]
        assert unescape(slide["text"]["headline"]) == str(event.title)
        assert not re.search(r"<(?!/?(p|a)\b)", slide["text"]["text"])
        first = event.date.value.earliest
        assert slide["start_date"] == {"year": first.year, "month": first.month, "day": first.day}
        last = event.date.value.latest
        assert ("end_date" in slide) == (last is not None and last != first)


def test_event_data_name_the_pairs_that_plover_would(hard):
    rows = cells(files(hard, eventdata)[eventdata.PATH])
    pairs = [(row["event"], row["actor"], row["recipient"], row["plover"]) for row in rows]
    assert ("2020-05-06-a", "Land", "=HYPERLINK(1)", "CONSULT") in pairs  # a host is who receives
    assert all(row["cameo"] for row in rows)


def test_a_timeline_that_was_taken_away_comes_back_as_drafts(recorded, tmp_path):
    for path, kind in ((interchange.TIMELINEJS, "timelinejs"), (interchange.MARKWHEN, "markwhen")):
        entries = importing.read(files(recorded, interchange)[path], kind)
        assert len(entries) == len(recorded.events)
        for entry, event in zip(entries, recorded.events, strict=True):
            drafted = importing.draft(entry)
            typed = yaml.load(drafted.text, Loader=yaml.BaseLoader)
            assert typed["title"] == str(event.title)
            read = parse(typed["date"])
            assert read.earliest == event.date.value.earliest
            if event.date.value.latest is not None or kind == "markwhen":  # TimelineJS knows no open end
                assert read.latest == event.date.value.latest, event.id
            assert fmt.formatted(drafted.text.encode(), "x.yml", "event") == drafted.text
            assert "type" in drafted.missing
    entries = importing.read(files(recorded, csvs)[f"{csvs.ROOT}/events.csv"], "csv")
    assert [(entry.title, entry.date, entry.text) for entry in entries] == [
        (str(event.title), str(event.date.text), " ".join(str(event.summary).split())) for event in recorded.events
    ]


SHEET = """Year,Month,Day,Time,End Year,End Month,End Day,Display Date,Headline,Text,Media
1869,11,17,,,,,,The canal opens,<p>It was <b>opened</b> &amp; used.</p>,https://example.org/p.jpg
-43,3,15,,-43,3,16,,The Ides,,
2026,,,,,,,sometime,A year alone,,
,,,,,,,,No date,,
2026,2,11,,,,,,,no title,
2026,13,1,,,,,,A thirteenth month,,
"""


def test_a_sheet_made_for_timelinejs_is_drafted_and_what_cannot_be_read_is_named(make):
    folder = make({})
    (folder / "sheet.csv").write_text(SHEET, encoding="utf-8")
    taken = folder / "events/1869/1869-11-17-canal-opens.yml"
    taken.parent.mkdir()
    taken.write_text("mine", encoding="utf-8")
    done = run("chronology", "import", "sheet.csv", cwd=folder)
    assert done.returncode == 1
    for line in (
        "sheet.csv: line 5: “” is no date that can be read.",
        "sheet.csv: line 6: there is no title.",
        "sheet.csv: line 7: “2026-13-01” is no date that can be read.",
    ):
        assert line in done.stderr
    assert "3 drafted, 3 refused." in done.stdout
    assert taken.read_text(encoding="utf-8") == "mine"
    second = (folder / "events/1869/1869-11-17-canal-opens-2.yml").read_text(encoding="utf-8")
    assert "summary: It was opened & used." in second
    assert "date: -0043-03-15/-0043-03-16" in (folder / "events/bce44/bce44-ides.yml").read_text(encoding="utf-8")
    assert "date: 2026\n" in (folder / "events/2026/2026-year-alone.yml").read_text(encoding="utf-8")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", b"[]"),
        ("a.json", b'{"events": 1}'),
        ("a.json", b"\xff\xfe"),
        ("a.json", b'{"events": [1, null, {"text": 3, "start_date": []}]}'),
        ("a.csv", b"x,y\n1,2\n"),
        ("a.mw", b"nothing here"),
        ("a.json", b"[" * 100_000),
    ],
)
def test_a_file_that_is_something_else_is_refused_in_words(make, name, content):
    folder = make({})
    (folder / name).write_bytes(content)
    done = run("chronology", "import", name, cwd=folder)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Error: {name}: ")
    assert "Traceback" not in done.stderr
    assert run("chronology", "import", "missing.json", cwd=folder).returncode == 2


def test_a_disk_that_refuses_is_told_of(recorded, tmp_path):
    (tmp_path / "data/v1/events").mkdir(parents=True)
    (tmp_path / "data/v1/events/2026-02-11-dar-araghchi-call.json").mkdir()
    with pytest.raises(IsADirectoryError):
        list(exports.write(recorded, SITE, exports.to_folder(tmp_path)))


BROKEN = "\ufffe\x0b]]>\r\nBEGIN:VEVENT\u2028" + "ä€😀" * 60


def test_what_no_file_may_hold_breaks_no_export_either(hard):
    """The check refuses such characters; an export does not rely on that."""
    some = next(iter(history.read(ROOT / "events").records.values()))
    event = hard.corpus.events["2020-05-06-a"]
    bad = replace(event, title=Text(f"T{BROKEN}"), summary=Text(f"S{BROKEN}"))
    corpus = replace(hard.corpus, events={**hard.corpus.events, event.id: bad})
    known = Chronology(corpus, history.History(records={"2020/2020-05-06-a.yml": some}))
    read = feedparser.parse(files(known, feeds)[f"{feeds.ROOT}/newest.atom"])
    assert not read.bozo, read.get("bozo_exception")
    assert read.entries[0].title.endswith("ä€😀" * 60)
    content = files(known, calendars)[f"{calendars.ROOT}/all.ics"]
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    (entry,) = [
        each
        for each in icalendar.Calendar.from_ical(content).walk("VEVENT")
        if str(each["UID"]).startswith("2020-05-06-a@")
    ]
    assert str(entry["SUMMARY"]).endswith("ä€😀" * 60)
    assert content.count(b"\r\nBEGIN:VEVENT\r\n") == len(known.events) - 2  # one is open, one before the year 1
    for module in (api, csvs, database, linked, citations, interchange, eventdata):
        assert files(known, module)
