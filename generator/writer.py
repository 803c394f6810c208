"""Renders one template to one page: what templates may call, and how a page's file looks."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import quote, urlencode

import jinja2
import yaml
from babel.dates import get_month_names

from generator import changes, charts, compiled, translations
from generator.chronology import Chronology, Citation
from generator.dates import Date, describe, describe_year, iso_bounds
from generator.exports import calendars
from generator.labels import label
from generator.markdown import Markdown, attribute, escape, finalize, link, plain, prose
from generator.model import (
    Account,
    AccountField,
    Actor,
    Event,
    Media,
    Name,
    Place,
    Source,
    SourceKind,
    Status,
    Topic,
)
from generator.paths import (
    actor_path,
    changes_path,
    event_path,
    kind_path,
    month_path,
    place_path,
    publisher_path,
    relative,
    topic_path,
    year_path,
)

try:
    from yaml import CSafeDumper as _Dumper
except ImportError:  # PyYAML built without libyaml: slower, the same values
    from yaml import SafeDumper as _Dumper  # type: ignore[assignment]


FEW = 6
"""How many names a cell of a table lists at most."""

GUIDES = ("contribute", "field_reference", "rules", "rule")
"""The templates of the contributors' guide, whose words have a catalogue of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page. `path` is relative to the docs folder; `source` is the file an editor changes, if there is one.

    `meta` is its front matter, with its `kind` among it, and `body` the Markdown that follows.
    """

    path: str
    meta: Mapping[str, Any]
    body: str
    source: str | None = None

    @property
    def markdown(self) -> str:
        """The page’s file."""
        head = yaml.dump(dict(self.meta), Dumper=_Dumper, allow_unicode=True, sort_keys=True, width=10**6)
        return f"---\n{head}---\n\n{self.body}"


class PageNameTaken(Exception):
    """Raised when two pages would have one path: an error of ours, not of a contributor."""


class Writer:
    """Renders templates for one chronology. A template gets `to(path)` for links from the page it writes."""

    def __init__(self, chronology: Chronology) -> None:
        self.chronology = chronology
        self.language = str(chronology.settings.language)
        self.locale = self.language.replace("-", "_")
        self.words = chronology.words
        self.guide = translations.words(self.language, translations.GUIDE)
        self.territories = dict(self.words.locale.territories)
        arrows = ("→", "←") if translations.right_to_left(self.language) else ("←", "→")
        self._said: dict[str, Markdown] = {}
        self._badges: dict[str, Markdown] = {}
        self._entries: dict[str, tuple[str, str]] = {}
        self._span: tuple[charts.Span | None] | None = None
        self.environment = jinja2.Environment(
            loader=jinja2.PackageLoader("generator"),
            auto_reload=False,
            bytecode_cache=compiled.TEMPLATES,
            undefined=jinja2.StrictUndefined,
            finalize=finalize,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self.environment.filters.update(prose=prose, prose_line=prose_line, trusted=Markdown, joined=joined)
        self.environment.globals.update(
            chronology=chronology,
            settings=chronology.settings,
            vocabulary=chronology.vocabulary,
            _=self.say,
            when=self.when,
            badge=self.badge,
            entry=self.entry,
            date_text=lambda date: describe(date, self.locale),
            month_name=self.month_name,
            year_label=self.year_label,
            label=lambda member: label(self.words, member),
            capitalised=lambda text: text[:1].upper() + text[1:],
            code=lambda text: Markdown(f"<code>{escape(text)}</code>"),
            number=self.words.number,
            arrow_back=arrows[0],
            arrow_on=arrows[1],
            event_links=lambda events, to_event: joined([to_event(event) for event in events], "; "),
            many=self.many,
            said=self.words.say,
            guide=self.guide.say,
            picture=self.picture,
            to_web=link,
            bytes=self.size,
            any_days=calendars.any_days,
            any_records=lambda events: any(chronology.record(event) for event in events),
            country=lambda code: self.territories.get(str(code), str(code)),
            name_tag=name_tag,
            said_in=lambda language: Markdown(f" {_direction(str(language))}" if language else ""),
            activity=lambda events, within=None: charts.activity(events, self.words, within),
            whole_span=self.whole_span,
            cite=cite,
            own_value=self.own_value,
            source_line=self.source_line,
            office_source=chronology.office_source,
            first_paragraph=lambda text: str(text).split("\n\n")[0],
            coordinates=self.coordinates,
            year_path=year_path,
            month_path=month_path,
            kind_path=kind_path,
            publisher_path=publisher_path,
            changes_path=changes_path,
            record_of=chronology.record,
            day_words=partial(changes.day_words, self.words),
            day_anchor=changes.anchor,
            corrected_fields=lambda record: changes.named(self.words, record.fields),
        )
        # Imported by each template, its macros would be made anew for each page.
        self.environment.globals["m"] = self.environment.get_template("_macros.md.jinja").module

    def whole_span(self) -> charts.Span | None:
        """Give the span of the whole chronology."""
        if self._span is None:
            self._span = (charts.span(self.chronology.events),)
        return self._span[0]

    def page(
        self,
        path: str,
        template: str,
        entity: Event | Actor | Place | Topic | None = None,
        *,
        title: str,
        description: str = "",
        meta: dict[str, Any] | None = None,
        **values: Any,
    ) -> Page:
        """Render one template to one page."""
        front = {"title": str(title), "kind": template, **(meta or {})}
        if description:
            front["description"] = _shortened(description)
        if entity is None and template not in GUIDES:
            # Lists repeat what their entries say; a search should find the entries.
            front["search"] = {"exclude": True}
        guide = template in GUIDES
        body = self.environment.get_template(f"{template}.md.jinja").render(
            **_targets(path), **({"_": self.advise} if guide else {}), page=path, title=title, **values
        )
        if guide and not self.guide.translated and self.words.locale.language != "en":
            body = f'<div dir="ltr" lang="en" markdown="1">\n\n{body}\n\n</div>\n'
        source = entity.position.path if entity is not None else None
        return Page(path=path, meta=front, body=_tidy(body), source=source)

    def when(self, date: Date) -> Markdown:
        """Give a date in plain language: a day as a time element, what is less certain marked as soft.

        HTML knows no element for a span of days, and no year before 1; both are set like a day where they are certain.
        """
        text = escape(describe(date, self.locale))
        if date.is_exact_day and date.earliest is not None and date.earliest.year > 0:
            return Markdown(f'<time datetime="{iso_bounds(date)[0]}">{text}</time>')
        ends = (date,) if date.is_exact_day else (date.start, date.end)
        if all(end is not None and end.is_exact_day for end in ends):
            return Markdown(f'<span class="when">{text}</span>')
        return Markdown(f'<span class="when-soft" title="{attribute(date.text)}">{text}</span>')

    def badge(self, event: Event) -> Markdown:
        """Give the kind of an event, coloured by its group, with its status and standing."""
        known = self._badges.get(event.id)
        if known is None:
            kind = self.chronology.vocabulary.event_types[event.type]
            colour = self.chronology.vocabulary.groups[kind.group].colour
            parts = [f'<span class="kind kind--{escape(colour)}">{escape(kind.label)}</span>']
            if event.status is not Status.OCCURRED:
                parts.append(f'<span class="status">{escape(label(self.words, event.status))}</span>')
            if event.standing is not None:
                parts.append(f'<span class="status">{escape(label(self.words, event.standing))}</span>')
            known = self._badges[event.id] = Markdown(" ".join(parts))
        return known

    def entry(
        self,
        event: Event,
        to_event: Callable[[Event], Markdown],
        summary: bool = True,
        note: str = "",
        anchor: bool = True,
    ) -> Markdown:
        """Give one event of a list: date, title, kind, a note on it, and its summary.

        What is the same in every list is kept: an event stands in a dozen of them.
        """
        known = self._entries.get(event.id)
        if known is None:
            text = f' <span class="entry-summary">{prose_line(event.summary)}</span>'
            known = self._entries[event.id] = (self.when(event.date.value), text)
        own = f'<span class="entry" id="{escape(event.id)}"></span>' if anchor else ""
        noted = f' <span class="entry-note">{finalize(note)}</span>' if note else ""
        body = f"{to_event(event)} {self.badge(event)}{noted}{known[1] if summary else ''}"
        return Markdown(f'- {own}{known[0]} <span class="entry-body">{body}</span>\n')

    def month_name(self, year: int, month: int) -> str:
        """Give “February 2026”; for month 0, words for a date that belongs to no single month."""
        if month == 0:
            return self.words.say("{year}, without a month", year=self.year_label(year))
        name = get_month_names("wide", "stand-alone", self.locale)[month]
        return self.words.say("{month} {year}", month=name, year=self.year_label(year))

    def month_short(self, month: int) -> str:
        """Give “Feb”."""
        return str(get_month_names("abbreviated", "stand-alone", self.locale)[month])

    def own_value(self, event: Event, account: Account) -> Markdown:
        """Give what the event itself says about the field of an account; “see summary” where it is prose."""
        match account.field:
            case AccountField.DATE:
                return self.when(event.date.value)
            case AccountField.TYPE:
                return escape(self.chronology.vocabulary.event_types[event.type].label)
            case AccountField.STATUS:
                return escape(label(self.words, event.status))
            case AccountField.PLACES if event.places:
                return joined([self.chronology.places[place].name for place in event.places])
            case AccountField.PARTICIPANTS if len(event.participants) > FEW:
                return self.many(len(event.participants), "{n} participant", "{n} participants")
            case AccountField.PARTICIPANTS if event.participants:
                return joined([self.chronology.actors[part.actor].name for part in event.participants])
            case _:
                return escape(self.words.say("see the summary"))

    def year_label(self, year: int) -> str:
        """Give a year for readers."""
        return describe_year(year, self.locale)

    def say(self, message: str, **values: object) -> Markdown:
        """Give a message of the site; what fills it in is escaped unless it is Markdown already."""
        if values:
            return filled(self.words.say(message), values)
        known = self._said.get(message)
        if known is None:
            known = self._said[message] = filled(self.words.say(message), values)
        return known

    def advise(self, message: str, **values: object) -> Markdown:
        """Give a message of the guide, which is Markdown of ours; what fills it in is escaped."""
        said = {name: finalize(value) for name, value in values.items()}
        return Markdown(self.guide.say(message, **said))

    def many(self, number: int, one: str, many: str, **values: object) -> Markdown:
        """Give a message of the site for a number."""
        return filled(self.words.many(number, one, many), values)

    def coordinates(self, place: Place) -> str:
        """Give latitude and longitude as readers write them."""
        say = self.words.say
        north, east = f"{abs(place.lat):g}", f"{abs(place.lon):g}"
        lat = say("{degrees}° N", degrees=north) if place.lat >= 0 else say("{degrees}° S", degrees=north)
        lon = say("{degrees}° E", degrees=east) if place.lon >= 0 else say("{degrees}° W", degrees=east)
        return f"{lat}, {lon}"

    def size(self, octets: int) -> str:
        """Give a number of bytes as readers say it."""
        for unit, factor in (("MB", 1e6), ("kB", 1e3)):
            if octets >= 10 * factor:
                return f"{self.words.number(round(octets / factor))} {unit}"
            if octets >= factor:
                return f"{octets / factor:.1f} {unit}"
        return f"{octets} B"

    def picture(self, item: Media) -> Markdown:
        """Give a picture in all its sizes; the page says how wide it is shown, so that nothing jumps."""
        shown = self.chronology.corpus.pictures[str(item.file)]
        sizes = shown.sizes()
        ways = [(f"../../{shown.path(width)}", width) for width, _ in sizes]
        middle = min(range(len(sizes)), key=lambda number: abs(sizes[number][0] - 960))
        width, height = sizes[middle]
        return Markdown(
            f'<img src="{ways[middle][0]}" srcset="{", ".join(f"{way} {wide}w" for way, wide in ways)}" '
            f'sizes="(min-width: 60em) 44rem, 100vw" width="{width}" height="{height}" '
            f'alt="{attribute(item.alt)}" loading="lazy" decoding="async">'
        )

    def source_line(self, citation: Citation | Source, by: bool = True) -> Markdown:
        """Give a source as readers cite it: title, publisher (unless not `by`), date, kind, archived copy."""
        source = citation.source if isinstance(citation, Citation) else citation
        say = self.words.say
        publisher = source.publisher or ""
        name = source.title or (say("Page of {publisher}", publisher=publisher) if publisher else say("Untitled"))
        parts = [link(name, source.url) if source.url else escape(name)]
        if source.author is not None:
            parts.insert(0, escape(source.author))
        if by and publisher and source.title is not None:
            parts.append(Markdown(f'<span class="publisher">{escape(publisher)}</span>'))
        if source.original_publisher is not None:
            parts.append(escape(say("text of {publisher}", publisher=source.original_publisher)))
        if source.published is not None:
            parts.append(escape(describe(source.published.value, self.locale)))
        # A report is what most sources are, and what one is taken for of which nothing is said.
        tail = [label(self.words, source.kind)] if source.kind is not SourceKind.REPORT else []
        if source.language is not None:
            tail.append(str(source.language))
        line: str = joined(parts)
        if tail:
            line += Markdown(f' <span class="source-kind">{escape(" · ".join(tail))}</span>')
        if source.archived is not None:
            line += " " + link(say("archived copy"), source.archived)
        if gone := self.chronology.gone(source):
            words = say("no longer answers (since {day})", day=changes.day_words(self.words, gone.first))
            line += Markdown(f' <span class="gone">{escape(words)}</span>')
            if source.archived is None and gone.archived:
                line += " " + link(say("copy in a web archive"), gone.archived)
        return Markdown(line)


def _targets(path: str) -> dict[str, Callable[..., Markdown]]:
    """Give the functions that write links from the page at `path`."""
    folder = posixpath.dirname(path)
    path_of_page = path.removesuffix("index.md") if path.endswith("index.md") else f"{path.removesuffix('.md')}/"

    def to(target: str, text: str, anchor: str = "") -> Markdown:
        return link(text, relative(target, folder) + (f"#{anchor}" if anchor else ""))

    def to_event(event: Event) -> Markdown:
        return to(event_path(event), event.title)

    def to_actor(actor: Actor) -> Markdown:
        return to(actor_path(actor), actor.name)

    def data_link(text: str, path: str) -> Markdown:
        # MkDocs knows nothing of these files: the way to them is written as browsers follow it.
        depth = path_of_page.count("/")
        return Markdown(f'<a href="{"../" * depth}{path}">{escape(text)}</a>')

    def to_query(target: str, text: str, **query: str) -> Markdown:
        words = {key: value for key, value in query.items() if value}
        return link(text, f"{relative(target, folder)}?{urlencode(words, quote_via=quote)}")

    return {
        "to": to,
        "to_query": to_query,
        "data_link": data_link,
        "to_event": to_event,
        "to_actor": to_actor,
        "to_place": lambda place: to(place_path(place), place.name),
        "to_topic": lambda topic: to(topic_path(topic), topic.title),
    }


_FILLED = re.compile(r"\{(\w+)\}")


def filled(message: str, values: Mapping[str, object]) -> Markdown:
    """Fill a message in, each part escaped unless it is Markdown already."""
    pieces = _FILLED.split(message)
    parts = [
        (finalize(values[piece]) if piece in values else escape(f"{{{piece}}}")) if number % 2 else plain(piece)
        for number, piece in enumerate(pieces)
    ]
    return Markdown("".join(parts))


def joined(parts: Sequence[str], separator: str = ", ") -> Markdown:
    """Join parts into one piece of Markdown, escaping those that are not Markdown yet."""
    return Markdown(separator.join(finalize(part) for part in parts))


def cite(citation: Citation) -> Markdown:
    """Give the number of a source as a link to it."""
    return Markdown(f'<sup class="cite-number">[{citation.number}](#source-{citation.number})</sup>')


def prose_line(text: str) -> Markdown:
    """Give running text on one line, for lists and table cells."""
    return Markdown(prose(text).replace("\n\n", " "))


def name_tag(name: Name) -> Markdown:
    """Give a name set in its own language and direction."""
    if name.language is None:
        return escape(name.name)
    return Markdown(f"<bdi {_direction(str(name.language))}>{escape(name.name)}</bdi>")


def _direction(language: str) -> str:
    """Give the attributes of text in a language."""
    return f'lang="{language}" dir="{"rtl" if translations.right_to_left(language) else "ltr"}"'


def _shortened(text: str, limit: int = 300) -> str:
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rsplit(" ", 1)[0] + "…"


def _tidy(body: str) -> str:
    """Part blocks by one blank line, keep the items of a list together, and end with one newline.

    Templates' loops leave blank lines as they fall; between items of a list these would change what it means.
    """
    lines: list[str] = []
    for line in body.splitlines():
        if not line.strip():
            if lines and lines[-1]:
                lines.append("")
            continue
        if len(lines) > 1 and not lines[-1] and _is_item(line) and _is_item(lines[-2]):
            lines.pop()
        lines.append(line.rstrip())
    return "\n".join(lines).strip("\n") + "\n"


_ITEM = re.compile(r"- |\d+\. ")


def _is_item(line: str) -> bool:
    return _ITEM.match(line) is not None
