"""Chronology → Markdown pages: the published intermediate that MkDocs, or any other builder, turns into a site."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator import overview, reference, worldmap
from generator.chronology import Chronology, by_year, events_with_actors
from generator.encounters import Encounters, encounters
from generator.exports import Written
from generator.exports.queries import QUERIES
from generator.markdown import Markdown, attribute, escape
from generator.model import Actor, ActorKind, Event, Topic
from generator.overview import Unit
from generator.paths import (
    actor_path,
    event_path,
    kind_path,
    month_path,
    place_path,
    publisher_path,
    topic_path,
    year_path,
)
from generator.publishers import publishers
from generator.writer import Page, Writer

MONTH_PAGES_FROM = 200
"""A year with more events than this gets a page for each month, and lists its own events without their summaries."""

LISTED = 240
"""How many events the page of such a year lists at most, and how many a list on the page of sources."""


def render(chronology: Chronology, site_url: str = "", exported: Sequence[Written] = ()) -> Iterator[Page]:
    """Yield every page, each kind together, in a stable order; `site_url` is the site’s address, where it has one.

    `exported` is what the page on data tells of.
    """
    writer = Writer(chronology)
    yield _home(writer)
    say = writer.words.say
    name = attribute(say("Timeline"))
    frame = f'<iframe src="{site_url}timeline/embed/" width="100%" height="520" title="{name}"></iframe>'
    yield writer.page("timeline/index.md", "timeline", title=say("Timeline"), frame=frame)
    yield writer.page("search/index.md", "search", title=say("Search"))
    embed = {"template": "embed.html", "search": {"exclude": True}}
    yield writer.page("timeline/embed.md", "timeline_embed", title=say("Timeline"), meta=embed)
    yield from _lists(writer)
    for event in chronology.events:
        yield writer.page(event_path(event), "event", event, title=event.title, description=event.summary, event=event)
    yield from _people(writer)
    yield from _indexes(writer)
    yield _data(writer, site_url, exported)
    yield from _redirects(writer)
    yield from reference.pages(writer)


def _home(writer: Writer) -> Page:
    chronology = writer.chronology
    years = {year.year for year in chronology.years}
    months = {(year.year, month) for year in chronology.years for month in year.months}

    def unit_link(unit: Unit, first: bool) -> Markdown:
        """Give a unit of the picture as a link to its part of the list, if it has one."""
        year = f'<span class="unit-year">{writer.year_label(unit.year)}</span>' if first or unit.month <= 1 else ""
        name = writer.month_short(unit.month) if unit.month else ""
        target = year_path(unit.year) + (f"#m{unit.month:02}" if unit.month else "")
        known = (unit.year, unit.month) in months or (unit.years == 1 and not unit.month and unit.year in years)
        words = f"{escape(name)}{year}"
        return Markdown(f"[{words}](<{target}>)" if known else words)

    return writer.page(
        "index.md",
        "home",
        title=chronology.settings.title,
        description=chronology.settings.description,
        people=chronology.actors_of(ActorKind.PERSON),
        states=chronology.actors_of(ActorKind.STATE),
        picture=overview.overview(chronology),
        lane_picture=overview.drawn,
        unit_link=unit_link,
    )


def _lists(writer: Writer) -> Iterator[Page]:
    years = writer.chronology.years
    yield writer.page("chronology/index.md", "years", title=writer.words.say("Chronology"), years=years)
    for number, year in enumerate(years):
        around = (years[number - 1] if number else None, years[number + 1] if number + 1 < len(years) else None)
        split = len(year.events) > MONTH_PAGES_FROM
        title = writer.year_label(year.year)
        most = max(5, LISTED // len(year.months))
        yield writer.page(year_path(year.year), "year", title=title, year=year, around=around, split=split, most=most)
        if split:
            for month, events in year.months.items():
                name = writer.month_name(year.year, month)
                path = month_path(year.year, month)
                yield writer.page(path, "month", title=name, year=year, month=month, events=events)


def _people(writer: Writer) -> Iterator[Page]:
    say = writer.words.say
    groups = (
        (say("People"), writer.chronology.actors_of(ActorKind.PERSON)),
        (say("States"), writer.chronology.actors_of(ActorKind.STATE)),
        (
            say("Organisations and public bodies"),
            writer.chronology.actors_of(ActorKind.ORGANISATION, ActorKind.PUBLIC_BODY, ActorKind.IGO, ActorKind.MEDIA),
        ),
        (say("Armed forces and groups"), writer.chronology.actors_of(ActorKind.ARMED_FORCE, ActorKind.GROUP)),
    )
    yield writer.page("actors/index.md", "actors", title=say("Actors"), groups=groups)
    tables = [
        (title, table)
        for title, kind in ((say("States"), ActorKind.STATE), (say("People"), ActorKind.PERSON))
        if len((table := encounters(writer.chronology, kind)).actors) > 1
    ]

    def cell(table: Encounters, one: Actor, other: Actor) -> Markdown:
        """Give the cell of two actors: how many events they share, shaded, leading to them."""
        count = table.count(one, other) if one.id != other.id else 0
        if not count:
            return Markdown("")
        way = f"../timeline/index.md?actor={one.id}&other={other.id}"
        both = attribute(say("{one} and {other}", one=one.name, other=other.name))
        return Markdown(f'<span class="shade-{table.shade(one, other)}" title="{both}">[{count}](<{way}>)</span>')

    yield writer.page("actors/encounters.md", "encounters", title=say("Who deals with whom"), tables=tables, cell=cell)
    for actor in writer.chronology.actors.values():
        description = actor.description or str(actor.name)
        others = writer.chronology.by_body.get(actor.id, ())
        yield writer.page(
            actor_path(actor),
            "actor",
            actor,
            title=actor.name,
            description=description,
            actor=actor,
            years=by_year(writer.chronology.by_actor[actor.id]),
            others=events_with_actors(others),
            events=writer.chronology.events_of(actor),
        )


def _indexes(writer: Writer) -> Iterator[Page]:
    chronology, say = writer.chronology, writer.words.say
    counted = tuple((place, len(chronology.by_place[place.id])) for place in chronology.places_in_order())
    pictures = [worldmap.draw(frame, counted, writer.words) for frame in worldmap.maps(counted)]
    countries = chronology.places_by_country()
    yield writer.page("places/index.md", "places", title=say("Places"), countries=countries, pictures=pictures)
    for place in chronology.places_in_order():
        yield writer.page(place_path(place), "place", place, title=place.name, place=place)
    yield writer.page("topics/index.md", "topics", title=say("Topics"))
    for topic in chronology.topics_in_order():
        yield writer.page(topic_path(topic), "topic", topic, title=topic.title, topic=topic)
    yield writer.page("kinds/index.md", "kinds", title=say("Kinds of event"))
    for name, events in chronology.by_type.items():
        if events:
            kind = chronology.vocabulary.event_types[name]
            yield writer.page(kind_path(name), "kind", title=kind.label, name=name, kind=kind, events=events)
    yield from _sources(writer)


def _sources(writer: Writer) -> Iterator[Page]:
    chronology = writer.chronology
    differing, single, weak = (
        {event.id for event in events} for events in (chronology.differing, chronology.single_origin, chronology.weak)
    )
    topics = []
    for topic in chronology.topics_in_order():
        events = {event.id for event in chronology.by_topic[topic.id]}
        topics.append((topic, len(events), len(events & differing), len(events & single), len(events & weak)))
    known = publishers(chronology)
    title = writer.words.say("Sources")
    yield writer.page("sources/index.md", "sources", title=title, publishers=known, topics=topics, most=LISTED // 3)
    for publisher in known:
        name = publisher.name or writer.words.say("Publisher not known")
        yield writer.page(publisher_path(publisher.slug), "publisher", title=name, publisher=publisher)


def _data(writer: Writer, site_url: str, exported: Sequence[Written]) -> Page:
    events = writer.chronology.events
    example = events[-1].id if events else ""

    def filled(text: str) -> Markdown:
        return Markdown(text.strip().replace("{base}", site_url or "https://…/").replace("{event}", example))

    title = writer.words.say("Data")
    return writer.page(
        "data/index.md", "data", title=title, exported=exported, filled=filled, fenced=fenced, queries=QUERIES
    )


def fenced(text: str) -> Markdown:
    """Give text as a block of code: the fence is longer than any in it."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return Markdown(f"{fence}text\n{text.rstrip()}\n{fence}")


def _redirects(writer: Writer) -> Iterator[Page]:
    corpus = writer.chronology.corpus
    for kind, entities in (
        ("event", corpus.events),
        ("actor", corpus.actors),
        ("place", corpus.places),
        ("topic", corpus.topics),
    ):
        for old, new in sorted(corpus.redirects[kind].items()):
            entity = entities[new]
            title = entity.title if isinstance(entity, Event | Topic) else entity.name
            meta = {"redirect": f"../{new}/", "search": {"exclude": True}}
            yield writer.page(f"{kind}s/{old}.md", "redirect", title=title, meta=meta, target=f"{kind}s/{new}.md")
