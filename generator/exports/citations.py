"""How to cite an event of the chronology: BibTeX, RIS and CSL-JSON, all events in one file each, and one an event."""

from __future__ import annotations

from collections.abc import Iterator

from generator.chronology import Chronology
from generator.dates import describe
from generator.exports.asset import Asset, Export
from generator.exports.outline import Outline
from generator.exports.plain import Json, line, lines
from generator.exports.site import Site
from generator.model import Event

ROOT = "data/citations"
BIBTEX, RIS = "application/x-bibtex", "application/x-research-info-systems"
CSL = "application/vnd.citationstyles.csl+json"

TEXT = """Each event as a reference, for Zotero, LaTeX and others: the title of the event, the chronology as its
container, its address, and when the record was last changed. The event’s own date stands in the note."""

USE = """curl -sO {base}data/citations/all.bib"""

_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def render(outline: Outline) -> Iterator[Asset]:
    """Yield all events in one file a format, and one of BibTeX and RIS for each event; its JSON holds its CSL."""
    bibtex, ris = outline.in_order("bibtex"), outline.in_order("ris")
    yield Asset(path=f"{ROOT}/all.bib", content=b"\n".join(bibtex), media_type=BIBTEX)
    yield Asset(path=f"{ROOT}/all.ris", content=b"".join(ris), media_type=RIS)
    yield Asset(path=f"{ROOT}/all.json", content=lines(outline.in_order("csl")), media_type=CSL)
    if outline.chronology.large:
        return
    for name, bib, reference in zip(outline.events, bibtex, ris, strict=True):
        yield Asset(path=f"{ROOT}/{name}.bib", content=bib, media_type=BIBTEX)
        yield Asset(path=f"{ROOT}/{name}.ris", content=reference, media_type=RIS)


def piece(chronology: Chronology, site: Site, event: Event) -> tuple[bytes, bytes, bytes]:
    """Give an event in BibTeX, in RIS and in CSL-JSON."""
    item = csl(chronology, site, event)
    return _bibtex(item).encode(), _ris(item).encode(), line(item)


def csl(chronology: Chronology, site: Site, event: Event) -> Json:
    """Give an event as a CSL-JSON item."""
    settings, record = chronology.settings, chronology.record(event)
    locale = str(settings.language).replace("-", "_")
    value: Json = {
        "id": event.id,
        "type": "entry",
        "title": str(event.title),
        "container-title": str(settings.title),
        "language": str(settings.language),
        "note": describe(event.date.value, locale),
    }
    if settings.editors:
        value["editor"] = [{"literal": str(name)} for name in settings.editors]
    if site.base:
        value["URL"] = site.address(f"events/{event.id}/")
    if record:
        changed = record.changed
        value["issued"] = {"date-parts": [[changed.year, changed.month, changed.day]]}
    return value


def _bibtex(item: Json) -> str:
    fields = {
        "title": f"{{{tex(item['title'])}}}",
        "booktitle": tex(item["container-title"]),
        "editor": " and ".join(f"{{{tex(name['literal'])}}}" for name in item.get("editor", ())),
        "url": item.get("URL", "").replace("{", "%7B").replace("}", "%7D"),
        "note": tex(item["note"]),
        "langid": item["language"],
    }
    if "issued" in item:
        fields["year"] = str(item["issued"]["date-parts"][0][0])
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{item['id']},", *lines, "}", ""])


def tex(text: str) -> str:
    """Give text for LaTeX: no character of it means anything but itself."""
    return "".join(_TEX.get(char, char) for char in " ".join(text.split()))


def _ris(item: Json) -> str:
    lines = [("TY", "ELEC"), ("ID", item["id"]), ("TI", item["title"]), ("T2", item["container-title"])]
    lines += [("ED", name["literal"]) for name in item.get("editor", ())]
    if "issued" in item:
        year, month, day = item["issued"]["date-parts"][0]
        lines += [("PY", str(year)), ("DA", f"{year:04}/{month:02}/{day:02}")]
    lines += [("UR", item["URL"])] if "URL" in item else []
    lines += [("N1", item["note"]), ("LA", item["language"]), ("ER", "")]
    return "".join(f"{name}  - {' '.join(str(value).split())}\r\n" for name, value in lines) + "\r\n"


EXPORT = Export(
    name="citations",
    title="BibTeX, RIS, CSL-JSON",
    text=TEXT,
    render=render,
    use=USE,
    more=(f"{ROOT}/all.ris", f"{ROOT}/all.json"),
    fields=("bibtex", "ris", "csl"),
    piece=piece,
)
