"""What each kind of file holds: the fields, their shapes, and a sentence on each for messages and the reference.

These tables are the one definition of the format: the reader, the JSON Schema and the field reference on the
site are all made from them.
"""

from __future__ import annotations

from typing import Any

from generator import model
from generator.diagnostics import did_you_mean, quoted
from generator.schema.compound import Either, Field, ListOf, Record, Table
from generator.schema.forms import Code, Edtf, FileName, Flag, LineOrSet, Number, Pattern, Url, read_date
from generator.schema.shapes import (
    MISSING,
    Choice,
    Context,
    Identifier,
    Line,
    Prose,
    Term,
    Word,
    kind_of,
    unknown_word,
)
from generator.source import Mapping, Scalar


def _source_is_identifiable(values: dict[str, Any], node: Mapping, context: Context) -> bool:
    if "title" in node.pairs or ("publisher" in node.pairs and "url" in node.pairs):
        return True
    message = "A source needs a publisher and a url, or a title where there is no page."
    context.report("S202", node, message, "Add what is missing; leave out what is not known.", length=1)
    return False


def _account_value_fits(values: dict[str, Any], node: Mapping, context: Context) -> bool:
    """An account of a date is a date, of a type a word: they are drawn and compared like the event's own."""
    if "field" not in values or "value" not in values:
        return False
    text, given = values["value"], node.pairs["value"][1]
    if values["field"] is not model.AccountField.DATE and not isinstance(given, Scalar):
        message = f"“value” takes one line of text; here is {kind_of(given)}."
        context.report("S203", given, message, "Quote the text if the brackets belong to it.")
        return False
    match values["field"]:
        case model.AccountField.DATE:
            date = read_date(text, given, "value", context)
            if date is MISSING:
                return False
            values["date"] = date
        case model.AccountField.STATUS if text not in list(model.Status):
            unknown_word(text, "value", list(model.Status), context)
            return False
        case model.AccountField.TYPE if text not in context.terms.get("event_types", [text]):
            unknown_word(text, "value", context.terms["event_types"], context)
            return False
        case _:
            pass
    return True


def _local_references_resolve(values: dict[str, Any], node: Mapping, context: Context) -> bool:
    """Statements and accounts name a source that the event lists, by its id."""
    if "sources" not in values:
        return False
    listed: dict[str, model.Text] = {}
    pages: dict[str, model.Text] = {}
    for source in values["sources"]:
        name, url = (source, None) if isinstance(source, model.Text) else (source.id, source.url)
        for text, known in ((name, listed), (url, pages)):
            if text is not None and known.setdefault(str(text), text) is not text:
                message = f"A source may be listed once; {quoted(text)} is also on line {known[str(text)].line}."
                context.report("S213", text, message, "Delete one of the two, or correct its id or address.")
    for part, key in (("statements", "statement"), ("accounts", "account")):
        for item in values.get(part, ()):
            if str(item.source) not in listed:
                message = f"The source of this {key}, {quoted(item.source)}, is not among the event’s sources."
                remedy = "List it under “sources”, or give the source that is listed there this id (“id: …”)."
                if context.may_suggest():
                    remedy = did_you_mean(item.source, listed, remedy)
                context.report("S214", item.source, message, remedy)
    return True


SOURCE = Record(
    noun="A source",
    make=model.Source,
    extra=_source_is_identifiable,
    fields=(
        Field(
            "id", Identifier(), "What statements and accounts call it; needed only where they do.", example="gazette"
        ),
        Field("title", Line(limit=500), "Its headline as printed; left out when not known.", example="…"),
        Field("publisher", Line(limit=200), "Who published the page.", example="The Times"),
        Field(
            "original_publisher",
            Line(limit=200),
            "The agency or paper whose text the page reposts (CSL original-publisher).",
            example="Reuters",
        ),
        Field("author", Line(limit=300), "Who wrote it, as printed."),
        Field("url", Url(), "The address of the page.", example="https://…"),
        Field("published", Edtf(), "When it was published, as printed there.", example="2026-02-11"),
        Field("accessed", Edtf(), "When it was read.", example="2026-02-12"),
        Field("language", Code(table="languages"), "Its language, as a BCP 47 tag.", example="en"),
        Field(
            "kind", Word(words=model.SourceKind), "What it is; “digest” is second-hand or automated.", example="report"
        ),
        Field("archived", Url(), "The address of an archived copy.", example="https://…"),
        Field("note", Prose(limit=500), "What a reader should know about it."),
    ),
)

SOURCE_OR_ID = Either(identifier=Identifier(kind="sources"), record=SOURCE)

PARTICIPATION = Record(
    noun="A participant",
    make=model.Participation,
    short="actor",
    fields=(
        Field("actor", Identifier(kind="actors"), "The actor’s id.", required=True, example="ismail-pasha"),
        Field("role", Term(table="roles"), "The part played; left out when not known."),
        Field("on_behalf_of", Identifier(kind="actors"), "For an envoy or delegation: whom it represents."),
        Field("note", Line(limit=200), "A word on the part played, where the role does not say it."),
    ),
)

STATEMENT = Record(
    noun="A statement",
    make=model.Statement,
    fields=(
        Field("speaker", Identifier(kind="actors"), "The id of the actor who said it.", required=True),
        Field("text", Prose(limit=600), "The quotation, unaltered and short.", required=True),
        Field("source", Identifier(), "The id of the source that quotes it.", required=True),
        Field("language", Code(table="languages"), "The quotation’s language, if not the chronology’s."),
    ),
)

ACCOUNT = Record(
    noun="An account",
    make=model.Account,
    extra=_account_value_fits,
    fields=(
        Field("field", Word(words=model.AccountField), "What the source says differently.", required=True),
        Field("value", LineOrSet(limit=300), "What it says; a date is EDTF.", required=True),
        Field("source", Identifier(), "The id of the source that says it.", required=True),
        Field("note", Prose(limit=500), "How the difference may be read."),
    ),
)

RELATION = Record(
    noun="A relation",
    make=model.Relation,
    fields=(
        Field("type", Term(table="relation_types"), "How this event relates to the other.", required=True),
        Field("event", Identifier(kind="<year>"), "The other event’s id.", required=True),
        Field("note", Line(limit=200), "A word on the relation."),
    ),
)

MEDIA = Record(
    noun="A picture",
    make=model.Media,
    fields=(
        Field("file", FileName(folder="media"), "Its file in events/media/.", required=True, example="signing.jpg"),
        Field("alt", Line(limit=300), "What is to be seen, for those who do not see it.", required=True, example="…"),
        Field("credit", Line(limit=200), "Who made it, and where it comes from.", required=True, example="…"),
        Field("licence", Line(limit=100), "What allows it to be shown.", required=True, example="CC-BY-4.0"),
        Field("caption", Prose(limit=500), "What a reader should know beyond what is to be seen."),
        Field("url", Url(), "The page it was taken from.", example="https://…"),
    ),
)

EVENT = Record(
    noun="An event",
    make=model.Event,
    extra=_local_references_resolve,
    fields=(
        Field(
            "title",
            Line(limit=140),
            "One line that says who did what.",
            required=True,
            example="The Suez Canal is opened",
        ),
        Field("date", Edtf(), "When it happened, in EDTF.", required=True, example="1869-11-17"),
        Field("date_note", Prose(limit=500), "How the date is known, or why it is not."),
        Field("type", Term(table="event_types"), "The kind of event.", required=True),
        Field("status", Word(words=model.Status), "Whether it took place; “occurred” when left out."),
        Field("standing", Word(words=model.Standing), "How a claim stands, for events that are claims."),
        Field("participants", ListOf(item=PARTICIPATION), "Who took part, and how."),
        Field("places", ListOf(item=Identifier(kind="places")), "Where it happened, by the places' ids."),
        Field("topics", ListOf(item=Identifier(kind="topics")), "The threads it belongs to, by their ids."),
        Field("summary", Prose(limit=2000), "One to four sentences in your own words.", required=True, example="…"),
        Field("statements", ListOf(item=STATEMENT), "Short official quotations."),
        Field("accounts", ListOf(item=ACCOUNT), "What single sources say differently."),
        Field("relations", ListOf(item=RELATION), "How it relates to other events."),
        Field("media", ListOf(item=MEDIA), "Pictures to show with it."),
        Field("sources", ListOf(item=SOURCE_OR_ID, at_least=1), "How anyone knows.", required=True, example="\n  - …"),
    ),
)

NAME = Record(
    noun="A name",
    make=model.Name,
    short="name",
    fields=(
        Field("name", Line(limit=200), "The spelling.", required=True),
        Field("language", Code(table="languages"), "Its language, as a BCP 47 tag; sets the direction of script."),
    ),
)

OFFICE = Record(
    noun="An office",
    make=model.Office,
    fields=(
        Field("title", Line(limit=160), "The post.", required=True, example="Khedive of Egypt"),
        Field("of", Identifier(kind="actors"), "The state or body, by its id.", example="egypt"),
        Field("from", Edtf(), "When it was taken up; left out when no source says.", attr="since"),
        Field("to", Edtf(), "When it ended; left out when it lasts or no source says.", attr="until"),
        Field("acting", Flag(), "true for an acting holder."),
        Field("source", SOURCE_OR_ID, "How anyone knows."),
        Field("note", Line(limit=300), "A word on the tenure."),
    ),
)

ACTOR = Record(
    noun="An actor",
    make=model.Actor,
    fields=(
        Field("name", Line(limit=160), "The name readers see.", required=True, example="Isma’il Pasha"),
        Field("kind", Word(words=model.ActorKind), "What the actor is.", required=True, example="person"),
        Field("names", ListOf(item=NAME), "Other spellings and native script."),
        Field("country", Code(table="territories"), "Its country, as ISO 3166-1 alpha-2.", example="EG"),
        Field("part_of", Identifier(kind="actors"), "The larger body or state it belongs to, by its id."),
        Field("offices", ListOf(item=OFFICE), "The offices held, with their dates."),
        Field("wikidata", Pattern(regex=r"Q[1-9]\d{0,11}", form="a Wikidata id such as Q42"), "Its Wikidata id."),
        Field("description", Prose(limit=300), "One neutral sentence."),
    ),
)

PLACE = Record(
    noun="A place",
    make=model.Place,
    fields=(
        Field("name", Line(limit=160), "The name readers see.", required=True, example="Port Said"),
        Field("kind", Word(words=model.PlaceKind), "What the place is; “city” when left out."),
        Field("names", ListOf(item=NAME), "Other spellings and native script."),
        Field("country", Code(table="territories"), "Its country, as ISO 3166-1 alpha-2; none at sea.", example="EG"),
        Field("lat", Number(low=-90, high=90), "Latitude in decimal degrees.", required=True, example="31.26"),
        Field("lon", Number(low=-180, high=180), "Longitude in decimal degrees.", required=True, example="32.3"),
        Field("note", Prose(limit=300), "What a reader should know about it."),
    ),
)

TOPIC = Record(
    noun="A topic",
    make=model.Topic,
    fields=(
        Field("title", Line(limit=100), "Its name.", required=True, example="The talks"),
        Field(
            "introduction", Prose(limit=4000), "What the thread is about, in paragraphs.", required=True, example="…"
        ),
    ),
)

COLOURS = ("blue", "green", "amber", "red", "violet", "teal", "grey", "brown")

GROUP = Record(
    noun="A group",
    make=model.Group,
    fields=(
        Field("label", Line(limit=60), "What readers see.", required=True),
        Field("definition", Line(), "What belongs to it.", required=True),
        Field("colour", Choice(words=COLOURS), "Its colour.", required=True),
    ),
)

EVENT_TYPE = Record(
    noun="An event type",
    make=model.EventType,
    fields=(
        Field("label", Line(limit=60), "What readers see.", required=True),
        Field("definition", Line(), "What counts as one.", required=True),
        Field("group", Identifier(), "Its colour group.", required=True),
        Field("plover", Pattern(regex="[A-Z]+", form="a PLOVER type such as CONSULT"), "The PLOVER type."),
        Field("plover_mode", Identifier(), "The PLOVER mode."),
        Field("cameo", ListOf(item=Pattern(regex=r"\d{2,4}", form="a CAMEO code such as 041")), "CAMEO codes."),
    ),
)

ROLE = Record(
    noun="A role",
    make=model.Role,
    fields=(
        Field("label", Line(limit=60), "What readers see.", required=True),
        Field("definition", Line(), "What the part is.", required=True),
        Field("side", Choice(words=("actor", "recipient", "both")), "Which side PLOVER counts it on.", required=True),
    ),
)

RELATION_TYPE = Record(
    noun="A relation type",
    make=model.RelationType,
    fields=(
        Field("label", Line(limit=60), "How this event reads it.", required=True),
        Field("inverse", Line(limit=60), "How the other event reads it.", required=True),
        Field("definition", Line(), "What it means.", required=True),
        Field("acyclic", Flag(), "true when it may not lead round in a circle."),
        Field(
            "order",
            Choice(words=("after", "before", "within")),
            "How this event stands in time to the other; left out when it may be either way.",
        ),
    ),
)

VOCABULARY_FIELDS = (
    Field("groups", Table(record=GROUP), "Colour groups of event types."),
    Field("event_types", Table(record=EVENT_TYPE), "Kinds of event; in place of the default ones."),
    Field("roles", Table(record=ROLE), "Parts that actors play; in place of the default ones."),
    Field("relation_types", Table(record=RELATION_TYPE), "Relations between events; in place of the default ones."),
)

SETTINGS = Record(
    noun="A chronology",
    make=model.Settings,
    fields=(
        Field("title", Line(limit=120), "The chronology’s name.", required=True, example="…"),
        Field("description", Prose(limit=500), "One or two sentences on what it covers.", required=True, example="…"),
        Field("introduction", Prose(limit=4000), "What the front page says of it."),
        Field("language", Code(table="languages"), "The language it is written in.", required=True, example="en"),
        Field(
            "licence", Line(limit=100), "The licence of the data (an SPDX name).", required=True, example="CC-BY-4.0"
        ),
        Field("licence_url", Url(), "Where that licence can be read."),
        Field("editors", ListOf(item=Line(limit=100)), "Who is responsible for it."),
        *VOCABULARY_FIELDS,
    ),
)


def _vocabulary(**tables: Any) -> model.Vocabulary:
    tables.pop("position")
    return model.Vocabulary(**tables)


VOCABULARY = Record(noun="A vocabulary", make=_vocabulary, fields=VOCABULARY_FIELDS)

RECORDS = {
    "event": EVENT,
    "actor": ACTOR,
    "place": PLACE,
    "topic": TOPIC,
    "source": SOURCE,
    "chronology": SETTINGS,
}
"""The record of each kind of file, by the name of its JSON Schema."""

__all__ = ["RECORDS", "SETTINGS", "VOCABULARY"]
