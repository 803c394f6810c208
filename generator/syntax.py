"""What libyaml says about a file that is not YAML → a finding in a contributor's words, where the mistake is."""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml

from generator.diagnostics import Diagnostic, Position, Related, quoted

LINE_BREAK = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class _Case:
    """What one of libyaml's sentences means here; `opened` points at where the text or bracket begins."""

    message: str
    remedy: str
    code: str = "Y108"
    opened: bool = False


_CASES = {
    "found a tab character": _Case("Lines are indented with spaces; here is a tab.", "Replace it by spaces.", "Y107"),
    "mapping values are not allowed": _Case(
        "A colon followed by a blank starts a value, and this line already has one.",
        'Quote the text, for example title: "Trump: the deal".',
    ),
    "a colon in the first place": _Case(
        "A colon followed by a blank starts a value, but this line continues the one above.",
        "Quote the whole text if the colon belongs to it. Otherwise indent this line like its neighbours, and see "
        "whether the line above lacks a colon.",
    ),
    "cannot start any token": _Case("Unquoted text may not start with one of the characters @ ` %.", "Quote the text."),
    "found unexpected end of stream": _Case(
        "A quotation mark is opened here and never closed.",
        'Close it; inside double quotes write \\" for a quotation mark.',
        opened=True,
    ),
    "found unexpected document indicator": _Case(
        "A quotation mark is opened here and not closed before “---” or “...” on a line of its own.",
        "Close it.",
        opened=True,
    ),
    "could not find expected ':'": _Case(
        "A line at this place must be “key: value”; this one has no colon.",
        "Indent it if it continues the text above, or add the colon.",
        opened=True,
    ),
    "text after quoted text": _Case(
        "Quoted text ends at its closing quotation mark; here more text follows.",
        "Put the whole text into quotation marks, and write '' for a single one inside: 'Iran''s minister'.",
    ),
    "did not find expected key": _Case(
        "A new “key: value” was expected here.", "Look for wrong indentation, or for a bracket that closes nothing."
    ),
    "an item in another column": _Case(
        "The items of a list stand in one column, each with “- ” before it; this one does not.",
        "Indent it like the items above.",
    ),
    "did not find expected '-' indicator": _Case(
        "The next item of the list, or a line of the item above, was expected in this place.",
        "Indent this line like the lines it belongs to.",
    ),
    "did not find expected ',' or": _Case(
        "The items inside brackets are parted by commas, and the bracket is closed.",
        "Add the comma or the closing bracket, or quote text that holds brackets.",
    ),
    "a bracket to the end": _Case(
        "A bracket is opened here and never closed.", "Close it, or quote text that holds brackets.", opened=True
    ),
    "the end below a bracket": _Case(
        "The file ends here, and a bracket above is not closed.", "Close it, or quote text that holds brackets."
    ),
    "did not find expected node content": _Case(
        "A value was expected here.", "Delete the bracket or comma that is too many, or quote the text."
    ),
    "block sequence entries are not allowed": _Case(
        "A list item (“- ”) is not allowed on the line of its key.", "Start the list on the next line."
    ),
    "comment or line break": _Case(
        "After a “|” or “>” the text starts on the next line.",
        "Write it there, indented; or quote a text that starts with that character.",
        opened=True,
    ),
    "found an indentation indicator": _Case(
        "After a “|” or “>” the text starts on the next line.", "Write nothing else on this line.", opened=True
    ),
    "found unknown escape character": _Case(
        "Inside double quotes a backslash starts an escape.", "Write \\\\ to mean a backslash."
    ),
    "hexdecimal": _Case(
        "The escape needs more hexadecimal digits.", "Type the character itself; write \\\\ for a backslash."
    ),
    "invalid Unicode character": _Case("The escape names no Unicode character.", "Type the character itself."),
    "scanning an alias": _Case("Unquoted text may not start with “*”.", "Quote the text.", "Y113", opened=True),
    "scanning an anchor": _Case("Unquoted text may not start with “&”.", "Quote the text.", "Y113", opened=True),
    "tag": _Case("Unquoted text may not start with “!”.", "Quote the text.", "Y114", opened=True),
    "directive": _Case("A line may not start with “%”.", "Delete it, or indent and quote the text.", opened=True),
    "incompatible YAML": _Case("Files are YAML 1.1 or 1.2; this one says it is another.", "Delete the line."),
    "expected <document start>": _Case("Text stands after the end of the document (“...”).", "Delete it."),
}


def explain(error: yaml.YAMLError, path: str, text: str) -> Diagnostic:
    """Say what is wrong and where; a sentence of libyaml's that is not in the table is quoted."""
    lines = LINE_BREAK.split(text)
    problem = f"{getattr(error, 'context', None) or ''}: {getattr(error, 'problem', None) or error}"
    place = _position(getattr(error, "problem_mark", None), path)
    begun = _position(getattr(error, "context_mark", None), path)
    line = lines[place.line - 1] if place.line <= len(lines) else ""
    case = next((case for words, case in _CASES.items() if words in _refined(problem, line, place, lines)), None)
    indentation = line[: len(line) - len(line.lstrip())]
    if "\t" in indentation[: place.column]:
        case, place = _CASES["found a tab character"], place._replace(column=line.index("\t") + 1)
    if case is None:
        case = _Case(f"This is not YAML: {quoted(problem.strip(' :'))}.", "Compare it with an event file that works.")
    if place.line > len(lines):  # libyaml counts a line behind the end of a file without a line break
        place = place._replace(line=len(lines), column=len(lines[-1]) + 1)
    related: tuple[Related, ...] = ()
    if case.opened:
        place = begun
    elif "parsing a flow" in problem and begun.line != place.line:
        related = (Related(begun, "the bracket was opened here"),)
    return Diagnostic(code=case.code, message=case.message, remedy=case.remedy, position=place, related=related)


def _position(mark: yaml.Mark | None, path: str) -> Position:
    return Position(path, mark.line + 1, mark.column + 1) if mark else Position(path, 1, 1)


def _refined(problem: str, line: str, place: Position, lines: list[str]) -> str:
    """Tell apart what libyaml says in the same words."""
    before = line[: place.column - 1].rstrip()
    if "mapping values" in problem and ": " not in before:
        return "a colon in the first place"
    if "expected key" in problem and before.endswith(("'", '"')):
        return "text after quoted text"
    if "expected key" in problem and line[place.column - 1 :].startswith("- "):
        return "an item in another column"
    if "parsing a flow" in problem and not any(lines[place.line - 1 :]):
        return "the end below a bracket" if "flow node" in problem else "a bracket to the end"
    return problem
