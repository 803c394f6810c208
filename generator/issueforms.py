"""Forms by which an event, or a correction, is reported on GitHub without git: what they ask, and their answers.

The forms are made from the vocabulary. An issue made from one is Markdown, with each question as a heading of the third
level; it may hold anything, and whoever wrote it may have edited it since.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from generator.model import Vocabulary

LABEL = "accepted"
"""The label by which a maintainer has a pull request made of an issue."""

NOTHING = "_No response_"
"""What GitHub writes for a question that was not answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question: `lines` for a longer answer, `choices` for one of a list."""

    key: str
    label: str
    help: str = ""
    example: str = ""
    required: bool = False
    lines: bool = False
    choices: tuple[str, ...] = ()


EVENT = (
    Question(
        key="date",
        label="When it happened",
        help="As far as it is known: a day 2026-02-11, a month 2026-02, a span 2026-02-26/2026-02-28 (EDTF).",
        example="2026-02-11",
        required=True,
    ),
    Question(key="date_note", label="How the date is known", help="Or why it is not certain.", lines=True),
    Question(key="title", label="What happened, in one line", help="Who did what, in neutral words.", required=True),
    Question(key="type", label="Kind of event", required=True),
    Question(key="actors", label="Who took part", help="One a line; their part after a colon, if known.", lines=True),
    Question(key="places", label="Where", help="One place a line.", lines=True),
    Question(key="topics", label="Topics it belongs to", help="One a line.", lines=True),
    Question(
        key="summary",
        label="Summary",
        help="What happened, in one to four sentences of your own. Say who claims what.",
        required=True,
        lines=True,
    ),
    Question(key="publisher", label="Who published the source", required=True),
    Question(key="headline", label="Headline of the source", help="As printed."),
    Question(key="url", label="Address of the source", example="https://", required=True),
    Question(key="published", label="When the source was published", example="2026-02-12"),
    Question(key="quote", label="A short quotation from the source", help="Unaltered.", lines=True),
    Question(key="speaker", label="Who is quoted"),
)
CORRECTION = (
    Question(key="event", label="Which event", help="The address of its page, or its id.", required=True),
    Question(
        key="field",
        label="What is wrong",
        choices=("title", "date", "date_note", "type", "status", "standing", "summary", "something else"),
        required=True,
    ),
    Question(key="value", label="What it should say", required=True, lines=True),
    Question(
        key="source", label="How this is known", help="Publisher, headline and address.", required=True, lines=True
    ),
)
FORMS = {"event": EVENT, "correction": CORRECTION}
"""The questions by what they are about."""

_ABOUT = {
    "event": ("An event", "Report an event that is missing", "No YAML and no git needed: say what you know."),
    "correction": ("A correction", "Report what is wrong with an event", "One correction a form is easiest to follow."),
}


def forms(vocabulary: Vocabulary) -> dict[str, str]:
    """Give the files of the forms, by name, for `.github/ISSUE_TEMPLATE`."""
    kinds = tuple(str(kind.label) for kind in vocabulary.event_types.values())
    files = {}
    for name, questions in FORMS.items():
        title, description, words = _ABOUT[name]
        body: list[dict[str, Any]] = [{"type": "markdown", "attributes": {"value": words}}]
        body += (_asked(question, kinds if question.key == "type" else question.choices) for question in questions)
        form = {"name": title, "description": description, "labels": [name], "body": body}
        files[f"{name}.yml"] = _dumped(form)
    return files | {"config.yml": _dumped({"blank_issues_enabled": True})}


def _asked(question: Question, choices: tuple[str, ...]) -> dict[str, Any]:
    attributes: dict[str, Any] = {"label": question.label}
    if question.help:
        attributes["description"] = question.help
    if choices:
        attributes["options"] = list(choices)
    elif question.example:
        attributes["placeholder"] = question.example
    kind = "dropdown" if choices else "textarea" if question.lines else "input"
    asked = {"type": kind, "id": question.key, "attributes": attributes}
    return asked | ({"validations": {"required": True}} if question.required else {})


def _dumped(value: Mapping[str, Any]) -> str:
    return yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=120)


def kind_of(body: str) -> str:
    """Tell which form an issue was made from; "" where it was none of them."""
    lines = set(_lines(body))
    found = [name for name, questions in FORMS.items() if f"### {questions[0].label}" in lines]
    return found[0] if len(found) == 1 else ""


def answers(body: str, questions: tuple[Question, ...]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Give the answers by key, and the labels of questions that were there more than once: the first counts.

    A heading within an answer belongs to the answer, unless it is that of a question that was still to come.
    """
    labels = {f"### {question.label}": question.key for question in questions}
    found: dict[str, list[str]] = {}
    repeated: list[str] = []
    current: list[str] | None = None
    for line in _lines(body):
        key = labels.get(line.rstrip())
        if key is not None and key not in found:
            current = found[key] = []
        elif current is not None:
            if key is not None:
                repeated.append(line[4:].rstrip())
            current.append(line)
    texts = {key: "\n".join(lines).strip() for key, lines in found.items()}
    return {key: "" if text == NOTHING else text for key, text in texts.items()}, tuple(dict.fromkeys(repeated))


def _lines(body: str) -> list[str]:
    return re.split(r"\r\n|\r|\n", body)
