"""What the event files say, as frozen values.

Every piece of text is a `Text`: a str that remembers where the contributor typed it, so that any later stage
can point at file, line and column. Dates stand beside their text. The field names are those of the files.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import Any

from generator.dates import Date, Day
from generator.diagnostics import Position
from generator.links.record import Record
from generator.media import Picture
from generator.packing import packs_quickly


class Text(str):
    """Text from a file, with the line and column where it starts (both from 1)."""

    __slots__ = ("column", "line")
    line: int
    column: int

    def __new__(cls, value: str, line: int = 1, column: int = 1) -> Text:
        """Make a text that stands at the given place."""
        text = super().__new__(cls, value)
        text.line = line
        text.column = column
        return text

    def __reduce__(self) -> tuple[Any, ...]:
        """Keep the place when pickled."""
        return (Text, (str(self), self.line, self.column))


class Status(enum.StrEnum):
    """Whether an event took place (IPTC occurrence status, schema.org EventStatus)."""

    OCCURRED = "occurred"
    ONGOING = "ongoing"
    PLANNED = "planned"
    POSTPONED = "postponed"
    RELOCATED = "relocated"
    CANCELLED = "cancelled"
    ALLEGED = "alleged"


class Standing(enum.StrEnum):
    """How a claim stands."""

    CONFIRMED = "confirmed"
    REPORTED = "reported"
    CLAIMED = "claimed"
    DISPUTED = "disputed"
    DENIED = "denied"
    RETRACTED = "retracted"


class ActorKind(enum.StrEnum):
    """What an actor is (Popolo and FollowTheMoney, in plain words)."""

    PERSON = "person"
    STATE = "state"
    ORGANISATION = "organisation"
    PUBLIC_BODY = "public-body"
    IGO = "igo"
    ARMED_FORCE = "armed-force"
    GROUP = "group"
    MEDIA = "media"


class PlaceKind(enum.StrEnum):
    """What a place is."""

    CITY = "city"
    REGION = "region"
    COUNTRY = "country"
    BASE = "base"
    SITE = "site"
    ISLAND = "island"
    WATERS = "waters"


class SourceKind(enum.StrEnum):
    """What a source is; a digest is an automated or second-hand summary and counts as weak."""

    OFFICIAL = "official"
    WIRE = "wire"
    REPORT = "report"
    STATE_MEDIA = "state-media"
    NGO = "ngo"
    SOCIAL_POST = "social-post"
    DOCUMENT = "document"
    DATASET = "dataset"
    DIGEST = "digest"


class AccountField(enum.StrEnum):
    """What sources of one event can disagree about."""

    DATE = "date"
    TYPE = "type"
    STATUS = "status"
    PLACES = "places"
    PARTICIPANTS = "participants"
    TOLL = "toll"
    FIGURE = "figure"
    TERMS = "terms"
    RESPONSIBILITY = "responsibility"
    CONTENT = "content"


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """Anything read from a file: `position` is where it starts."""

    position: Position


@packs_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date as typed, and as understood."""

    text: Text
    value: Date


@packs_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Located):
    """A source (CSL-JSON's terms). `id` is what statements and accounts refer to; empty when none was given."""

    id: Text | None = None
    title: Text | None = None
    publisher: Text | None = None
    original_publisher: Text | None = None
    author: Text | None = None
    url: Text | None = None
    published: Dated | None = None
    accessed: Dated | None = None
    language: Text | None = None
    kind: SourceKind = SourceKind.REPORT
    archived: Text | None = None
    note: Text | None = None

    @property
    def origin(self) -> str:
        """Who first published it: two reposts of one agency text are not independent of each other."""
        return self.original_publisher or self.publisher or self.title or ""


@packs_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class Participation(Located):
    """An actor's part in an event."""

    actor: Text
    role: Text = field(default_factory=lambda: Text("participant"))
    on_behalf_of: Text | None = None
    note: Text | None = None


@packs_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class Statement(Located):
    """A short quotation."""

    speaker: Text
    text: Text
    source: Text
    language: Text | None = None


@packs_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class Account(Located):
    """What one source says differently from the event's own fields."""

    field: AccountField
    value: Text
    source: Text
    date: Date | None = None
    note: Text | None = None


@packs_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Located):
    """A relation from the event that states it to another."""

    type: Text
    event: Text
    note: Text | None = None


@packs_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class Media(Located):
    """A picture shown with an event: `file` is its name below events/media/, `url` the page it was taken from."""

    file: Text
    alt: Text
    credit: Text
    licence: Text
    caption: Text | None = None
    url: Text | None = None


@packs_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Located):
    """One event. `sources` holds sources described here and ids of shared ones, in the order written."""

    id: str
    title: Text
    date: Dated
    type: Text
    summary: Text
    sources: tuple[Source | Text, ...]
    date_note: Text | None = None
    status: Status = Status.OCCURRED
    standing: Standing | None = None
    participants: tuple[Participation, ...] = ()
    places: tuple[Text, ...] = ()
    topics: tuple[Text, ...] = ()
    statements: tuple[Statement, ...] = ()
    accounts: tuple[Account, ...] = ()
    relations: tuple[Relation, ...] = ()
    media: tuple[Media, ...] = ()


@packs_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class Name(Located):
    """Another spelling of an actor's or place's name; `language` is a BCP 47 tag."""

    name: Text
    language: Text | None = None


@packs_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class Office(Located):
    """A post and its tenure. An absent end is one that no source at hand dates."""

    title: Text
    of: Text | None = None
    since: Dated | None = None
    until: Dated | None = None
    acting: bool = False
    source: Source | Text | None = None
    note: Text | None = None


@packs_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class Actor(Located):
    """A person, state, organisation, armed force or group."""

    id: str
    name: Text
    kind: ActorKind
    description: Text | None = None
    names: tuple[Name, ...] = ()
    country: Text | None = None
    part_of: Text | None = None
    offices: tuple[Office, ...] = ()
    wikidata: Text | None = None


@packs_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class Place(Located):
    """A place; `lat` and `lon` are decimal degrees (WGS 84)."""

    id: str
    name: Text
    lat: float
    lon: float
    kind: PlaceKind = PlaceKind.CITY
    names: tuple[Name, ...] = ()
    country: Text | None = None
    note: Text | None = None


@packs_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class Topic(Located):
    """A thread through the events."""

    id: str
    title: Text
    introduction: Text


@packs_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class Group(Located):
    """A colour group of event types."""

    label: Text
    definition: Text
    colour: Text


@packs_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class EventType(Located):
    """A kind of event, with the codes that join it to PLOVER and CAMEO data."""

    label: Text
    definition: Text
    group: Text
    plover: Text | None = None
    plover_mode: Text | None = None
    cameo: tuple[Text, ...] = ()


@packs_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class Role(Located):
    """A part an actor can play; `side` says whether PLOVER counts it as actor, recipient or both."""

    label: Text
    definition: Text
    side: Text


@packs_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class RelationType(Located):
    """A relation between events; `inverse` is how the other end reads it, `order` how the two stand in time."""

    label: Text
    inverse: Text
    definition: Text
    acyclic: bool = False
    order: Text | None = None


@packs_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """The words a chronology uses, by id, in the order in which readers see them."""

    groups: dict[str, Group]
    event_types: dict[str, EventType]
    roles: dict[str, Role]
    relation_types: dict[str, RelationType]

    @property
    def coded(self) -> bool:
        """Whether any kind has a code that joins its events to PLOVER’s or CAMEO’s event data."""
        return any(kind.plover or kind.cameo for kind in self.event_types.values())


@packs_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(Located):
    """What chronology.yml says of the chronology as a whole."""

    title: Text
    description: Text
    language: Text
    licence: Text
    introduction: Text | None = None
    licence_url: Text | None = None
    editors: tuple[Text, ...] = ()
    groups: dict[str, Group] | None = None
    event_types: dict[str, EventType] | None = None
    roles: dict[str, Role] | None = None
    relation_types: dict[str, RelationType] | None = None


@packs_quickly
@dataclass(frozen=True, slots=True, kw_only=True)
class Corpus:
    """All that was read: entities by id, in the order of their ids.

    `references` are the ids of other files that any file names, as (path, folder of the other, id): also those of
    files that could not be read whole. `broken` are the ids, by kind, of files that are there and could not be
    read: a rule keeps silent about what they may hold. `pictures` are the files of media/, by name. `links` is the
    record of whether cited pages answer. `redirects` lead, by kind, from retired ids to living ones. `today` is the
    day against which “has occurred” is judged.
    """

    settings: Settings
    vocabulary: Vocabulary
    events: dict[str, Event]
    actors: dict[str, Actor]
    places: dict[str, Place]
    topics: dict[str, Topic]
    sources: dict[str, Source]
    redirects: dict[str, dict[str, Text]]
    today: Day
    broken: dict[str, set[str]] = field(default_factory=dict)
    references: tuple[tuple[str, str, Text], ...] = ()
    pictures: dict[str, Picture] = field(default_factory=dict)
    links: Record = field(default_factory=dict)
