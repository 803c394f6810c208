"""What each code of the reader and the schema means, for `chronology explain` and the site's rule pages.

Codes of rules stand in the rules' own modules; `explanations` gives both.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass

from generator.diagnostics import Severity
from generator.rules import RULES


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What a code requires and why (`text`, paragraphs)."""

    code: str
    name: str
    severity: Severity
    text: str
    waivable: bool = False


def _code(
    code: str, name: str, text: str, severity: Severity = Severity.ERROR, *, waivable: bool = False
) -> Explanation:
    return Explanation(code=code, name=name, severity=severity, text=inspect.cleandoc(text), waivable=waivable)


READING = (
    _code(
        "Y101",
        "not a regular file",
        """Event files are regular, readable files inside the project.

        A symbolic link, a device or a pipe could lead out of the project or never end.

        How to fix it: put the file itself in the place of the link.""",
    ),
    _code(
        "Y102",
        "file too large",
        """A file holds at most a million bytes.

        One event needs a few thousand; a larger file is a mistake or an attack on whoever must read it.

        How to fix it: one event a file, and sources that several events cite in events/sources/.""",
    ),
    _code(
        "Y103",
        "not UTF-8",
        """Files are UTF-8.

        It is the encoding that carries every script; a file in another one turns names into nonsense.

        How to fix it: save the file as UTF-8 (in most editors under “Save with encoding”).""",
    ),
    _code(
        "Y104",
        "byte order mark",
        """A byte order mark may stand only at the very start of a file, where it is ignored.

        Anywhere else it is an invisible character that spoils searches and comparisons.

        How to fix it: delete it; the message gives line and column.""",
    ),
    _code(
        "Y105",
        "control character",
        """Text holds no control characters, neither typed nor written as an escape.

        They are invisible to readers and can do harm in terminals and feeds.

        How to fix it: delete the character.""",
    ),
    _code(
        "Y106",
        "bidirectional control",
        """Text holds no characters that change the direction of the text around them.

        They can make a text look like another. The site sets Arabic, Persian, Urdu and Hebrew right to left by
        the language tag of a name.

        How to fix it: delete the character.""",
    ),
    _code(
        "Y107",
        "tab as indentation",
        """Lines are indented with spaces.

        YAML allows no tabs there, because every editor shows them at another width.

        How to fix it: replace the tab by spaces (two a level).""",
    ),
    _code(
        "Y108",
        "not YAML",
        """The file must be YAML: “key: value” fields, lists with “- ”.

        The message names the likely cause: text with a colon that needs quotation marks, a bracket or quotation
        mark that is never closed, a line that is indented differently from its neighbours.

        How to fix it: mend that line; compare it with an event file that works.""",
    ),
    _code(
        "Y109",
        "empty file",
        """A file says something.

        An empty one is a slip; its id would stand in the lists with nothing behind it.

        How to fix it: write the fields, or delete the file.""",
    ),
    _code(
        "Y110",
        "several documents",
        """A file holds one document; “---” in the middle would start another.

        One event a file keeps ids, histories and reviews apart.

        How to fix it: put each event into a file of its own.""",
    ),
    _code(
        "Y111",
        "no fields",
        """A file is a group of fields (“key: value”) at its top, not a list or a text.

        Only the key says what a value means.

        How to fix it: start with a line such as “title: …”.""",
    ),
    _code(
        "Y112",
        "duplicate key",
        """A key is given once in its group; keys that differ only in their Unicode form count as the same.

        Most YAML programs keep the last one in silence, so that half of what was written is lost.

        How to fix it: keep one, or join the values into a list where the field takes one.""",
    ),
    _code(
        "Y113",
        "anchor or alias",
        """Anchors (“&name”) and aliases (“*name”) are not used in event files.

        A reader of the file should see every value where it stands; nested aliases can also grow without bound.

        How to fix it: write the value out, or quote text that starts with & or *.""",
    ),
    _code(
        "Y114",
        "tag",
        """Tags (“!name”) are not used in event files.

        The schema alone decides what a value is.

        How to fix it: delete the tag, or quote text that starts with an exclamation mark.""",
    ),
    _code(
        "Y115",
        "merge key",
        """Merge keys (“<<”) are not used in event files.

        A reader of the file should see every value where it stands.

        How to fix it: write the fields out.""",
    ),
    _code(
        "Y116",
        "nested too deeply",
        """Fields are nested at most sixteen deep.

        Event files need four; more is a slip, or an attack on whoever must read it.

        How to fix it: look for brackets or indentation that should not be there.""",
    ),
    _code(
        "Y117",
        "text cut by a comment",
        """Unquoted text should not be followed by a blank, “#” and a word.

        A blank and “#” start a comment: “Talks on resolution #2231” ends after “resolution”, and nobody is told.

        How to fix it: quote the whole text; or, for a comment, put a blank after the “#”.""",
        Severity.WARNING,
        waivable=True,
    ),
    _code(
        "Y118",
        "nothing to check",
        """A check needs the folder of event files, its chronology.yml and at least one event.

        A check that looked at nothing must never count as a pass.

        How to fix it: run the command in the project’s folder, or start a chronology with “chronology init”.""",
    ),
    _code(
        "Y119",
        "not in composed form",
        """Text is in Unicode’s composed form (NFC).

        “é” can be one character or two that look the same. A search for the one does not find the other, and two ids
        that look alike would differ.

        How to fix it: type the character as one, or run “chronology check --fix”.""",
        Severity.WARNING,
        waivable=True,
    ),
)

SCHEMA = (
    _code(
        "S201",
        "unknown field",
        """Each kind of file has a fixed set of fields.

        A misspelt key would be lost without a word, so a key that is not known is an error. The field reference
        lists them all.

        How to fix it: use the field that the message suggests, or delete the line.""",
    ),
    _code(
        "S202",
        "missing field",
        """Some fields are required: an event has a title, a date, a type, a summary and a source.

        A source has a publisher and a url, or a title where there is no page.

        How to fix it: add the field. What is not known is left out, never made up; then ask whether the event
        can stand.""",
    ),
    _code(
        "S203",
        "wrong shape",
        """A field takes one value, a list or a group of fields, as the field reference says.

        Only so is it certain whether “Curie, Becquerel” are two people or the name of one.

        How to fix it: write a list with “- ” before each item, a group with “key: value” lines below the key.""",
    ),
    _code(
        "S204",
        "no value",
        """A field that is there has a value; “null” and “~” say nothing.

        An empty field may have been forgotten; one that is left out says that the value is not known.

        How to fix it: give the value, or leave the field out altogether.""",
    ),
    _code(
        "S205",
        "unknown word",
        """Some fields take one word of a vocabulary: the kind of event, a role, a status.

        Fixed words are what filters, colours and exports work with.

        How to fix it: use one of the listed words. A new word is added in chronology.yml, with its definition.""",
    ),
    _code(
        "S206",
        "too long",
        """Texts and lists are no longer than the field reference says.

        Pages stay readable that way, and no file can stall the build.

        How to fix it: shorten it; details belong to the sources.""",
    ),
    _code(
        "S207",
        "malformed id",
        """An id is lower-case ASCII words joined by hyphens, at most 100 characters; an event’s id starts with its
        date, and its file stands in the folder of its year.

        Ids are addresses for good: they must work in every file system, shell and browser.

        How to fix it: rename the file, or correct the reference.""",
    ),
    _code(
        "S208",
        "blanks and lines",
        """A one-line field holds one line, with no blank at its start or end.

        It becomes a heading, a label or a cell of a table; and a stray blank makes two names of one.

        How to fix it: delete the blanks, or join the lines.""",
    ),
    _code(
        "S209",
        "not a web address",
        """An address starts with http:// or https:// and names a host; blanks are percent-encoded.

        Readers follow it, so nothing but a page on the web may stand behind it.

        How to fix it: copy the address from the browser.""",
    ),
    _code(
        "S210",
        "markup",
        """Text is plain, with inline emphasis, code and http(s) links at most.

        Raw HTML, images, attribute lists, templating, includes and definitions of links are refused, so that
        nothing in a file can become active on the site.

        How to fix it: write the words without markup.""",
    ),
    _code(
        "S211",
        "not a number",
        """Latitude and longitude are decimal degrees (WGS 84) within their bounds.

        Minutes and seconds, or a decimal comma, would put the place elsewhere on the map.

        How to fix it: write a number like 33.68, with a point and without a degree sign.""",
    ),
    _code(
        "S212",
        "unknown code",
        """Languages are BCP 47 tags (en, fa, zh-Hant), countries are ISO 3166-1 two-letter codes (PK, IR).

        The codes of Wikidata (Q42), PLOVER (CONSULT) and CAMEO (041) have forms of their own. Each joins the
        chronology with other data, which only works with exact codes.

        How to fix it: write the code that the message names.""",
    ),
    _code(
        "S213",
        "source listed twice",
        """An event lists each source once: each id, and each address.

        A source that is counted twice would make an event look better attested than it is.

        How to fix it: delete one of the two, or give it another id.""",
    ),
    _code(
        "S214",
        "source not listed",
        """The source of a statement or an account is one of the event’s own sources, named by its id.

        A quotation or a claim without its source cannot be checked.

        How to fix it: list it under “sources” with that id, or correct the id.""",
    ),
    _code(
        "S215",
        "file out of place",
        """events/ holds chronology.yml, redirects.yml, links.csv, a folder for each year and the folders actors,
        places, topics, sources and media; every file in these is named <id>.yml.

        A file with another ending would be passed over in silence.

        How to fix it: rename or move the file.""",
    ),
    _code(
        "S216",
        "id used twice",
        """An id is used once, and ids do not differ in case alone.

        Some file systems cannot tell “A.yml” from “a.yml”.

        How to fix it: join the two files, or rename one of them.""",
    ),
    _code(
        "S217",
        "picture that cannot be shown",
        """events/media/ holds pictures: JPEG, PNG or WebP, whole, and not larger than a screen has use for.

        SVG and other formats can hold scripts and links to elsewhere; a damaged file would show nothing.

        How to fix it: save the picture anew in one of these formats and name the file in lower-case words.""",
    ),
    _code(
        "S218",
        "record of links out of form",
        """events/links.csv is what “chronology links” writes: for each cited page, what it answered and when.

        The site tells readers from it which pages are gone, so a line that was written by hand would be a claim that
        nothing stands behind.

        How to fix it: take back the change to the line that is named, or delete the file to begin anew.""",
    ),
    _code(
        "D301",
        "not a date",
        """Dates are EDTF, the Extended Date/Time Format of ISO 8601-2: 2026-02-11, 2026-02, 2026,
        2026-02-26/2026-02-28, [2026-02-10, 2026-02-11] for one of two days, 2026-02-11? for an uncertain and
        2026-02-11~ for an approximate date, 2026-03-01/.. for one that goes on.

        The message says what is wrong and at which character.

        How to fix it: write the date as far as it is known, and how it is known into date_note.""",
    ),
)


WAIVERS = (
    _code(
        "W101",
        "waiver without a code",
        """A waiver is a comment “# allow: CODE reason”, on the line of the finding or alone on the line above it.

        One that names no code, or one that does not exist, waives nothing and looks as if it did.

        How to fix it: write the code as the check prints it.""",
    ),
    _code(
        "W102",
        "cannot be waived",
        """What makes the site wrong or impossible cannot be waived.

        A reference that leads nowhere or a file that cannot be read stays an error, whatever a comment says. Rules of
        judgement can be waived; the page of each code says whether it can.

        How to fix it: mend what is reported, and delete the waiver.""",
    ),
    _code(
        "W103",
        "waiver without a reason",
        """A waiver says why.

        The next editor must be able to tell whether the reason still holds.

        How to fix it: write the reason after the code.""",
    ),
    _code(
        "W104",
        "unused waiver",
        """A waiver that waives nothing is deleted.

        It would hide the next finding of that kind on its line, for a reason that was meant for another.

        How to fix it: delete the comment, or move it to the line that it speaks of.""",
        Severity.WARNING,
    ),
)


LAYOUT = (
    _code(
        "F101",
        "cannot be laid out",
        """A layout changes nothing but layout.

        “chronology fmt” reads back what it is about to write. Where a comment or a value would not come back as it
        was, the file is left as it is.

        How to fix it: move comments out of the middle of values, and run it again.""",
    ),
)

PERMANENCE = (
    _code(
        "P501",
        "published id gone",
        """A published id stays valid.

        Others cite and link its page. With “chronology check --published REF”, every event, actor, place and topic of
        the state REF must still be there, or have a redirect to its successor.

        How to fix it: put the file back; or, when it was renamed or merged, write “old-id: successor” into
        events/redirects.yml (below “actors:”, “places:” or “topics:” for those).""",
    ),
    _code(
        "P502",
        "published redirect gone",
        """A redirect that was published stays.

        The retired id may stand in somebody’s footnote; only the redirect still leads from there to the page.

        How to fix it: put the line back into events/redirects.yml.""",
    ),
    _code(
        "P503",
        "drop in the number of events",
        """The number of events does not drop by more than a stated share (one in twenty, unless --max-drop says
        otherwise).

        A merge that went wrong, or a folder that was not checked out, looks to a program like a small chronology.

        How to fix it: see whether files were lost; when many were merged on purpose, state the share.""",
    ),
)


def explanations() -> dict[str, Explanation]:
    """Give every code’s explanation, by code, in the order in which the checks run."""
    rules = (
        Explanation(
            code=rule.CODE,
            name=rule.NAME,
            severity=rule.SEVERITY,
            text=inspect.cleandoc(rule.__doc__ or ""),
            waivable=rule.WAIVABLE,
        )
        for rule in RULES
    )
    return {entry.code: entry for entry in (*READING, *SCHEMA, *rules, *LAYOUT, *PERMANENCE, *WAIVERS)}


CODES = frozenset(explanations())
WAIVABLE = frozenset(code for code, entry in explanations().items() if entry.waivable)
