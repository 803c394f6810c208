"""Chronology → Markdown pages: the published intermediate that MkDocs, or any other builder, turns into a site."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from generator import changes, overview, reference, worldmap
from generator.chronology import Chronology, Citation, Year, by_year, events_with_actors
from generator.dates import Date
from generator.encounters import Encounters, encounters
from generator.exports import Written
from generator.exports.queries import QUERIES
from generator.links import record as links
from generator.markdown import Markdown, attribute, escape
from generator.model import Actor, ActorKind, Event, Located, Place, Topic
from generator.overview import Unit
from generator.paths import (
    actor_path,
    changes_path,
    event_path,
    kind_path,
    month_path,
    place_path,
    portion_path,
    publisher_path,
    topic_path,
    year_path,
)
from generator.portions import MOST, NEWEST, Portion, numbered, portions
from generator.publishers import Publisher, publishers
from generator.writer import Page, PageNameTaken, Writer

FEW = 5
"""Up to how many events of a year the list of years shows at once."""

LISTED = 240
"""How many events the page of a long year lists at most, and how many a list on the page of sources."""

QUOTED = 50
"""How many statements the page of an actor shows at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A page that can be made. `of` are the entities that it is made of, with all that they refer to; None is all.

    `made_of` is the event whose own page this is; `moved` tells that the page leads to another and says nothing else.
    `title` is known for pages that stand in a navigation; a page is `late` that tells of files made meanwhile.
    """

    path: str
    make: Callable[[], Page]
    of: tuple[Located, ...] | None = None
    made_of: Event | None = None
    moved: bool = False
    title: str = ""
    late: bool = False


def render(chronology: Chronology, site_url: str = "", exported: Sequence[Written] = ()) -> Iterator[Page]:
    """Yield every page, each kind together, in a stable order; `site_url` is the site’s address, where it has one.

    `exported` is what the page on data tells of.
    """
    return (planned.make() for planned in plan(Writer(chronology), site_url, lambda: exported))


def plan(writer: Writer, site_url: str, exported: Callable[[], Sequence[Written]]) -> Iterator[Plan]:
    """Yield what `render` yields, before it is rendered. Raises PageNameTaken where two pages would have one path."""
    seen: set[str] = set()
    for planned in _plan(writer, site_url, exported):
        if planned.path in seen:
            raise PageNameTaken(planned.path)
        seen.add(planned.path)
        yield planned


def _plan(writer: Writer, site_url: str, exported: Callable[[], Sequence[Written]]) -> Iterator[Plan]:
    chronology, say = writer.chronology, writer.words.say
    yield Plan(path="index.md", make=partial(_home, writer), title=str(chronology.settings.title))
    name = attribute(say("Timeline"))
    frame = f'<iframe src="{site_url}timeline/embed/" width="100%" height="520" title="{name}"></iframe>'
    yield _whole(writer, "timeline/index.md", "timeline", title=say("Timeline"), frame=frame)
    yield _whole(writer, "search/index.md", "search", title=say("Search"))
    embed = {"template": "embed.html", "search": {"exclude": True}}
    yield _whole(writer, "timeline/embed.md", "timeline_embed", title=say("Timeline"), meta=embed)
    yield from _lists(writer)
    for event in chronology.events:
        yield Plan(path=event_path(event), make=partial(event_page, writer, event), of=(event,), made_of=event)
    yield from _people(writer)
    yield from _indexes(writer)
    yield Plan(path="data/index.md", make=lambda: _data(writer, site_url, exported()), title=say("Data"), late=True)
    yield from _changes(writer)
    yield from _redirects(writer)
    for path, make in reference.pages(writer):
        yield Plan(path=path, make=make, of=())


def _whole(writer: Writer, path: str, template: str, **values: Any) -> Plan:
    """Plan a page that is made of everything."""
    return Plan(path=path, make=partial(writer.page, path, template, **values), title=str(values.get("title", "")))


def event_page(writer: Writer, event: Event) -> Page:
    """Render the page of an event."""
    return writer.page(event_path(event), "event", event, title=event.title, description=event.summary, event=event)


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


def _lists(writer: Writer) -> Iterator[Plan]:
    years = writer.chronology.years
    yield _whole(writer, "chronology/index.md", "years", title=writer.words.say("Chronology"), years=years, few=FEW)
    for number, year in enumerate(years):
        around = (years[number - 1] if number else None, years[number + 1] if number + 1 < len(years) else None)
        split = len(year.events) > MOST
        values: dict[str, Any] = {"year": year, "around": around, "split": split}
        values |= {"title": writer.year_label(year.year), "most": max(5, LISTED // len(year.months))}
        path = year_path(year.year)
        neighbours = (near.events[0] for near in around if near)
        yield Plan(path=path, make=partial(writer.page, path, "year", **values), of=(*year.events, *neighbours))
        for month, events in year.months.items() if split else ():
            yield from _month(writer, year, month, events)


def _month(writer: Writer, year: Year, month: int, events: Sequence[Event]) -> Iterator[Plan]:
    pieces = numbered(events)
    paths = [month_path(year.year, month, number) for number in range(1, len(pieces) + 1)]
    for number, (path, piece) in enumerate(zip(paths, pieces, strict=True)):
        title = _numbered_title(writer, writer.month_name(year.year, month), number + 1)
        turns = [(paths[other], other + 1) for other in (number - 1, number + 1) if 0 <= other < len(paths)]
        values: dict[str, Any] = {"title": title, "year": year, "month": month, "events": piece, "turns": turns}
        yield Plan(path=path, make=partial(writer.page, path, "month", **values), of=(*piece,))


def _numbered_title(writer: Writer, name: str, number: int) -> str:
    return writer.words.say("{name}, part {number}", name=name, number=str(number)) if number > 1 else name


def portion_title(writer: Writer, portion: Portion[Any]) -> str:
    """Say which part of a list this is: a year, some months, or a part of a month."""
    if portion.month is None:
        return writer.year_label(portion.year)
    name = writer.month_name(portion.year, portion.month)
    if portion.last is not None and portion.last != portion.month:
        last = writer.month_name(portion.year, portion.last)
        return writer.words.say("{first} – {last}", first=name, last=last)
    return _numbered_title(writer, name, portion.number)


def _in_portions(
    writer: Writer,
    whole: Plan,
    title: str,
    found: Sequence[Portion[Any]],
    *,
    template: str = "portion",
    of: Callable[[Any], tuple[Located, ...]] = lambda event: (event,),
    note: Callable[[Event], Markdown] = lambda _: Markdown(),
) -> Iterator[Plan]:
    """Plan a page and those of the portions of its list, if it has some."""
    yield whole
    for number, portion in enumerate(found):
        path = portion_path(whole.path, portion.name)
        around = [
            (portion_path(whole.path, found[other].name), portion_title(writer, found[other]))
            if 0 <= other < len(found)
            else None
            for other in (number - 1, number + 1)
        ]
        shown = f"{title}: {portion_title(writer, portion)}"
        values: dict[str, Any] = {"whole": (whole.path, title), "portion": portion, "around": around, "note": note}
        make = partial(writer.page, path, template, title=shown, **values)
        yield Plan(path=path, make=make, of=tuple(entity for item in portion.items for entity in of(item)))


def _event_date(event: Event) -> Date:
    return event.date.value


def _people(writer: Writer) -> Iterator[Plan]:
    say, chronology = writer.words.say, writer.chronology
    groups = (
        ("people", say("People"), chronology.actors_of(ActorKind.PERSON)),
        ("states", say("States"), chronology.actors_of(ActorKind.STATE)),
        (
            "bodies",
            say("Organisations and public bodies"),
            chronology.actors_of(ActorKind.ORGANISATION, ActorKind.PUBLIC_BODY, ActorKind.IGO, ActorKind.MEDIA),
        ),
        (
            "forces",
            say("Armed forces and groups"),
            chronology.actors_of(ActorKind.ARMED_FORCE, ActorKind.GROUP),
        ),
    )
    heads = []
    for name, title, actors in groups:
        paths: list[str] = []
        if len(actors) > MOST:
            by_name = sorted(actors, key=lambda actor: (actor.name.casefold(), actor.id))
            pieces = numbered(by_name)
            paths = [f"actors/{name}/{number}.md" for number in range(1, len(pieces) + 1)]
            ways = [(path, piece[0].name, piece[-1].name) for path, piece in zip(paths, pieces, strict=True)]
            for path, piece in zip(paths, pieces, strict=True):
                yield _whole(writer, path, "names", title=title, actors=piece, ways=ways)
            heads.append((title, actors[:NEWEST], ways))
        else:
            heads.append((title, actors, []))
    yield _whole(writer, "actors/index.md", "actors", title=say("Actors"), groups=heads)
    yield Plan(path="actors/encounters.md", make=partial(_encounters, writer))
    for actor in chronology.actors.values():
        yield from _actor(writer, actor)


def _encounters(writer: Writer) -> Page:
    say = writer.words.say
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

    title = say("Who deals with whom")
    return writer.page("actors/encounters.md", "encounters", title=title, tables=tables, cell=cell)


def _actor(writer: Writer, actor: Actor) -> Iterator[Plan]:
    chronology = writer.chronology
    events = chronology.events_of(actor)
    quotes = chronology.quotes[actor.id]
    found = portions(events, _event_date)
    path = actor_path(actor)
    whole = Plan(
        path=path,
        make=partial(_actor_page, writer, actor, events, found),
        of=(actor, *events, *(quote.event for quote in quotes)),
    )
    others = {event.id: names for event, names in events_with_actors(chronology.by_body.get(actor.id, ()))}
    roles = {part.event.id: part.participation.role for part in chronology.by_actor[actor.id]} if found else {}

    def note(event: Event) -> Markdown:
        """Say what the actor’s part was, or who took it."""
        if event.id in roles:
            role = roles[event.id]
            return escape(chronology.vocabulary.roles[role].label) if role != "participant" else Markdown("")
        return escape(", ".join(other.name for other in others.get(event.id, ())))

    yield from _in_portions(writer, whole, actor.name, found, note=note)


def _actor_page(writer: Writer, actor: Actor, events: tuple[Event, ...], found: Sequence[Portion[Event]]) -> Page:
    chronology = writer.chronology
    return writer.page(
        actor_path(actor),
        "actor",
        actor,
        title=actor.name,
        description=actor.description or str(actor.name),
        actor=actor,
        years=by_year(chronology.by_actor[actor.id]),
        others=events_with_actors(chronology.by_body.get(actor.id, ())),
        events=events,
        quotes=chronology.quotes[actor.id],
        most_quoted=QUOTED,
        portions=_ways(writer, actor_path(actor), found),
        newest=events[-NEWEST:],
    )


def _ways(writer: Writer, whole: str, found: Sequence[Portion[Any]]) -> list[tuple[str, str, int]]:
    """Give the path, the title and the length of each portion."""
    return [(portion_path(whole, item.name), portion_title(writer, item), len(item.items)) for item in found]


def _indexes(writer: Writer) -> Iterator[Plan]:
    chronology, say = writer.chronology, writer.words.say
    yield Plan(path="places/index.md", make=partial(_places, writer), title=say("Places"))
    for place in chronology.places_in_order():
        events = chronology.by_place[place.id]
        yield from _listed(writer, place_path(place), "place", place.name, events, entity=place, place=place)
    yield _whole(writer, "topics/index.md", "topics", title=say("Topics"))
    for topic in chronology.topics_in_order():
        events = chronology.by_topic[topic.id]
        yield from _listed(writer, topic_path(topic), "topic", topic.title, events, entity=topic, topic=topic)
    yield _whole(writer, "kinds/index.md", "kinds", title=say("Kinds of event"))
    for name, events in chronology.by_type.items():
        if events:
            kind = chronology.vocabulary.event_types[name]
            yield from _listed(writer, kind_path(name), "kind", kind.label, events, name=name, kind=kind)
    yield from _sources(writer)


def _listed(
    writer: Writer,
    path: str,
    template: str,
    title: str,
    events: tuple[Event, ...],
    *,
    entity: Place | Topic | None = None,
    **values: Any,
) -> Iterator[Plan]:
    """Plan the page of what has a list of events."""
    found = portions(events, _event_date)
    values |= {"events": events, "portions": _ways(writer, path, found), "newest": events[-NEWEST:]}
    make = partial(writer.page, path, template, entity, title=title, **values)
    whole = Plan(path=path, make=make, of=(*((entity,) if entity else ()), *events))
    yield from _in_portions(writer, whole, title, found)


def _places(writer: Writer) -> Page:
    chronology = writer.chronology
    counted = tuple((place, len(chronology.by_place[place.id])) for place in chronology.places_in_order())
    pictures = [worldmap.draw(frame, counted, writer.words) for frame in worldmap.maps(counted)]
    countries = chronology.places_by_country()
    title = writer.words.say("Places")
    return writer.page("places/index.md", "places", title=title, countries=countries, pictures=pictures)


def _sources(writer: Writer) -> Iterator[Plan]:
    known = publishers(writer.chronology)
    yield Plan(path="sources/index.md", make=partial(_sources_page, writer, known), title=writer.words.say("Sources"))
    for publisher in known:
        title = publisher.name or writer.words.say("Publisher not known")
        path = publisher_path(publisher.slug)
        found = portions(publisher.pages, _first_date)
        values: dict[str, Any] = {"publisher": publisher, "portions": _ways(writer, path, found)}
        values["newest"] = publisher.pages[-NEWEST:] if found else publisher.pages
        make = partial(writer.page, path, "publisher", title=title, **values)
        whole = Plan(path=path, make=make, of=tuple(event for _, events in publisher.pages for event in events))
        yield from _in_portions(writer, whole, title, found, template="publisher_portion", of=lambda item: item[1])


def _first_date(item: tuple[Citation, tuple[Event, ...]]) -> Date:
    return item[1][0].date.value


def _sources_page(writer: Writer, known: Sequence[Publisher]) -> Page:
    chronology = writer.chronology
    differing, single, weak = (
        {event.id for event in events} for events in (chronology.differing, chronology.single_origin, chronology.weak)
    )
    topics = []
    for topic in chronology.topics_in_order():
        events = {event.id for event in chronology.by_topic[topic.id]}
        topics.append((topic, len(events), len(events & differing), len(events & single), len(events & weak)))
    gone = [
        (citation, events)
        for publisher in known
        for citation, events in publisher.pages
        if chronology.gone(citation.source)
    ]
    values: dict[str, Any] = {"publishers": known, "topics": topics, "most": LISTED // 4, "gone": gone}
    values["links"], values["asked"] = _answers(chronology)
    return writer.page("sources/index.md", "sources", title=writer.words.say("Sources"), **values)


def _answers(chronology: Chronology) -> tuple[dict[str, int], datetime.date | None]:
    """Give how many cited pages are in each state, and when one was asked last."""
    record, cited = chronology.corpus.links, chronology.pages_cited
    last = max((record[url][-1].last for url in cited if url in record), default=None)
    return {str(state): number for state, number in links.counted(record, cited).items()}, last


def _changes(writer: Writer) -> Iterator[Plan]:
    """Plan the page of the newest changes, and one for each year."""
    days = changes.days(writer.chronology)
    years = changes.by_year(days)
    values: dict[str, Any] = {
        "headings": changes.HEADINGS,
        "kinds": changes.KINDS,
        "corrections": any(record.corrections for record in writer.chronology.history.records.values()),
    }
    counts = [(year, len(own)) for year, own in years.items()]
    title = writer.words.say("Changes")
    newest = {"days": days[:NEWEST], "year": None, "years": counts, "around": (None, None)}
    yield _whole(writer, changes_path(), "changes", title=title, **values, **newest)
    order = sorted(years)
    for number, year in enumerate(order):
        around = (order[number - 1] if number else None, order[number + 1] if number + 1 < len(order) else None)
        name = writer.words.say("Changes of {year}", year=writer.year_label(year))
        own = {"days": years[year], "year": year, "years": (), "around": around}
        yield _whole(writer, changes_path(year), "changes", title=name, **values, **own)


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


def _redirects(writer: Writer) -> Iterator[Plan]:
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
            path = f"{kind}s/{old}.md"
            make = partial(writer.page, path, "redirect", title=title, meta=meta, target=f"{kind}s/{new}.md")
            yield Plan(path=path, make=make, moved=True)
