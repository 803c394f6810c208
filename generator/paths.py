"""Where each page stands: paths relative to the docs folder, which are also the site's addresses."""

from __future__ import annotations

from generator.model import Actor, Event, Place, Topic


def event_path(event: Event) -> str:
    """Give the path of an event's page."""
    return f"events/{event.id}.md"


def actor_path(actor: Actor) -> str:
    """Give the path of an actor's page."""
    return f"actors/{actor.id}.md"


def place_path(place: Place) -> str:
    """Give the path of a place's page."""
    return f"places/{place.id}.md"


def topic_path(topic: Topic) -> str:
    """Give the path of a topic's page."""
    return f"topics/{topic.id}.md"


def kind_path(name: str) -> str:
    """Give the path of a kind of event's page."""
    return f"kinds/{name}.md"


def publisher_path(slug: str) -> str:
    """Give the path of a publisher's page."""
    return f"sources/{slug}.md"


def year_path(year: int) -> str:
    """Give the path of a year's page; years before 1 are named by their distance from it."""
    return f"chronology/{year_name(year)}/index.md"


def month_path(year: int, month: int, number: int = 1) -> str:
    """Give the path of a month's page; month 0 holds what belongs to no single month, `number` counts a long one's."""
    return f"chronology/{year_name(year)}/{month:02}" + (f"-{number}.md" if number > 1 else ".md")


def portion_path(whole: str, name: str) -> str:
    """Give the path of a portion of the list that the page at `whole` would be too long for."""
    return f"{whole.removesuffix('.md')}/{name}.md"


def changes_path(year: int | None = None) -> str:
    """Give the path of the page on what changed in a year, or of the newest changes."""
    return f"changes/{year:04}.md" if year is not None else "changes/index.md"


def year_name(year: int) -> str:
    """Give a year as it stands in a path and an event's id: 2026, 0987, bce44."""
    return f"{year:04}" if year > 0 else f"bce{1 - year}"


def relative(target: str, folder: str) -> str:
    """Give the way from a folder to a path, both relative to the docs folder and free of “..”."""
    here, there = folder.split("/") if folder else [], target.split("/")
    shared = 0
    while shared < len(here) and shared < len(there) - 1 and here[shared] == there[shared]:
        shared += 1
    return "../" * (len(here) - shared) + "/".join(there[shared:])
