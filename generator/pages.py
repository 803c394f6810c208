"""Chronology → Markdown pages: the published intermediate that MkDocs, or any other builder, turns into a site."""

from __future__ import annotations

from collections.abc import Iterator

from generator import reference, worldmap
from generator.chronology import Chronology, by_year, events_with_actors, grouped_by_page
from generator.encounters import Encounters, encounters
from generator.markdown import Markdown, attribute
from generator.model import Actor, ActorKind, Event, Topic
from generator.paths import actor_path, event_path, kind_path, month_path, place_path, topic_path, year_path
from generator.writer import Page, Writer, year_label

MONTH_PAGES_FROM = 400
"""A year with more events than this gets a page for each month."""


def render(chronology: Chronology, site_url: str = "") -> Iterator[Page]:
    """Yield every page, each kind together, in a stable order; `site_url` is the site’s address, where it has one."""
    writer = Writer(chronology)
    yield writer.page(
        "index.md",
        "home",
        title=chronology.settings.title,
        description=chronology.settings.description,
        people=chronology.actors_of(ActorKind.PERSON),
        states=chronology.actors_of(ActorKind.STATE),
    )
    frame = f'<iframe src="{site_url}timeline/embed/" width="100%" height="520" title="Timeline"></iframe>'
    yield writer.page("timeline/index.md", "timeline", title="Timeline", frame=frame)
    yield writer.page("search/index.md", "search", title="Search")
    embed = {"template": "embed.html", "search": {"exclude": True}}
    yield writer.page("timeline/embed.md", "timeline_embed", title="Timeline", meta=embed)
    yield from _lists(writer)
    for event in chronology.events:
        yield writer.page(event_path(event), "event", event, title=event.title, description=event.summary, event=event)
    yield from _people(writer)
    yield from _indexes(writer)
    yield from _redirects(writer)
    yield from reference.pages(writer)


def _lists(writer: Writer) -> Iterator[Page]:
    years = writer.chronology.years
    yield writer.page("chronology/index.md", "years", title="Chronology", years=years)
    for number, year in enumerate(years):
        around = (years[number - 1] if number else None, years[number + 1] if number + 1 < len(years) else None)
        split = len(year.events) > MONTH_PAGES_FROM
        title = year_label(year.year)
        yield writer.page(year_path(year.year), "year", title=title, year=year, around=around, split=split)
        if split:
            for month, events in year.months.items():
                name = writer.month_name(year.year, month)
                path = month_path(year.year, month)
                yield writer.page(path, "month", title=name, year=year, month=month, events=events)


def _people(writer: Writer) -> Iterator[Page]:
    groups = (
        ("People", writer.chronology.actors_of(ActorKind.PERSON)),
        ("States", writer.chronology.actors_of(ActorKind.STATE)),
        (
            "Organisations and public bodies",
            writer.chronology.actors_of(ActorKind.ORGANISATION, ActorKind.PUBLIC_BODY, ActorKind.IGO, ActorKind.MEDIA),
        ),
        ("Armed forces and groups", writer.chronology.actors_of(ActorKind.ARMED_FORCE, ActorKind.GROUP)),
    )
    yield writer.page("actors/index.md", "actors", title="Actors", groups=groups)
    tables = [
        (title, table)
        for title, kind in (("States", ActorKind.STATE), ("People", ActorKind.PERSON))
        if len((table := encounters(writer.chronology, kind)).actors) > 1
    ]
    yield writer.page("actors/encounters.md", "encounters", title="Who deals with whom", tables=tables, cell=_cell)
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


def _cell(table: Encounters, one: Actor, other: Actor) -> Markdown:
    """Give the cell of two actors: how many events they share, shaded, leading to them."""
    count = table.count(one, other) if one.id != other.id else 0
    if not count:
        return Markdown("")
    way = f"../timeline/index.md?actor={one.id}&other={other.id}"
    words = attribute(f"{one.name} and {other.name}")
    return Markdown(f'<span class="shade-{table.shade(one, other)}" title="{words}">[{count}](<{way}>)</span>')


def _indexes(writer: Writer) -> Iterator[Page]:
    chronology = writer.chronology
    counted = tuple((place, len(chronology.by_place[place.id])) for place in chronology.places_in_order())
    pictures = [
        worldmap.draw(frame, counted, "Places, by how many events they saw") for frame in worldmap.maps(counted)
    ]
    countries = chronology.places_by_country()
    yield writer.page("places/index.md", "places", title="Places", countries=countries, pictures=pictures)
    for place in chronology.places_in_order():
        yield writer.page(place_path(place), "place", place, title=place.name, place=place)
    yield writer.page("topics/index.md", "topics", title="Topics")
    for topic in chronology.topics_in_order():
        yield writer.page(topic_path(topic), "topic", topic, title=topic.title, topic=topic)
    yield writer.page("kinds/index.md", "kinds", title="Kinds of event")
    for name, events in chronology.by_type.items():
        if events:
            kind = chronology.vocabulary.event_types[name]
            yield writer.page(kind_path(name), "kind", title=kind.label, name=name, kind=kind, events=events)
    yield writer.page("sources/index.md", "sources", title="Sources", publishers=grouped_by_page(chronology))


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
