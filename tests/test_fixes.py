"""What `chronology check --fix` mends, and what it leaves."""

from __future__ import annotations

import pytest
from click.testing import CliRunner, Result

from generator.cli import main

EVENT = """title: A meets B
date: 2020-05-06
type: meeting
standing: reported
participants: [{actor}]
summary: They met.
sources:
  - publisher: P
    url: https://example.org/a
    language: {language}
"""
ANN = "name: Ann\nkind: person\n"
REDIRECTS = "actors:\n  anne: ann\n"


@pytest.fixture
def project(make, monkeypatch):
    def build(files: dict[str, str]):
        folder = make({"actors/ann.yml": ANN, "redirects.yml": REDIRECTS, **files})
        monkeypatch.chdir(folder)
        return folder

    return build


def fix(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", "--fix", "--format", "concise", *arguments], catch_exceptions=False)


FIXED = {
    "a renamed actor": (EVENT.format(actor="anne", language="en"), EVENT.format(actor="ann", language="en")),
    "a renamed actor in quotation marks": (
        EVENT.format(actor="'anne'", language="en"),
        EVENT.format(actor="ann", language="en"),
    ),
    "a renamed actor named twice": (
        EVENT.format(actor="{actor: anne, role: host, on_behalf_of: anne}", language="en"),
        EVENT.format(actor="ann", language="en").replace(
            "participants: [ann]", "participants:\n  - {actor: ann, role: host, on_behalf_of: ann}"
        ),
    ),
    "a code in the wrong case": (EVENT.format(actor="ann", language="EN"), EVENT.format(actor="ann", language="en")),
    "a language by its name": (EVENT.format(actor="ann", language="Urdu"), EVENT.format(actor="ann", language="ur")),
    "blanks around a text": (
        EVENT.format(actor="ann", language="en").replace("A meets B", "'  A meets B '"),
        EVENT.format(actor="ann", language="en"),
    ),
    "decomposed letters": (
        EVENT.format(actor="ann", language="en").replace("They met.", "They met at the cafe\u0301.  # e\u0301"),
        EVENT.format(actor="ann", language="en").replace("They met.", "They met at the caf\u00e9.  # \u00e9"),
    ),
    "order and blanks at the ends of lines": (
        "date:   2020-05-06  \r\n" + EVENT.format(actor="ann", language="en").replace("date: 2020-05-06\n", ""),
        EVENT.format(actor="ann", language="en"),
    ),
}


@pytest.mark.parametrize("case", FIXED)
def test_what_is_mechanical_is_mended(project, case):
    before, after = FIXED[case]
    folder = project({"2020/2020-05-06-a.yml": before})
    result = fix()
    assert (folder / "events/2020/2020-05-06-a.yml").read_text(encoding="utf-8") == after
    assert result.exit_code == 0, result.output
    assert "no problem found" in result.output
    again = fix()
    assert "mended" not in again.output
    assert "formatted" not in again.output


def test_a_chain_of_redirects_is_led_to_its_end(project):
    event = EVENT.format(actor="ann", language="en")
    redirects = "2019-a: 2019-b\n2019-b: 2020-05-06-a\n"
    folder = project({"2020/2020-05-06-a.yml": event, "redirects.yml": redirects})
    assert fix().exit_code == 0
    assert (folder / "events/redirects.yml").read_text() == "2019-a: 2020-05-06-a\n2019-b: 2020-05-06-a\n"


LEFT = {
    "what needs a judgement": EVENT.format(actor="anna", language="en"),
    "a file that is not YAML": EVENT.format(actor="anne", language="en").replace("They met.", "They: met."),
}


@pytest.mark.parametrize("case", LEFT)
def test_what_is_not_is_reported_and_left(project, case):
    folder = project({"2020/2020-05-06-a.yml": LEFT[case]})
    result = fix()
    assert (folder / "events/2020/2020-05-06-a.yml").read_text() == LEFT[case]
    assert result.exit_code == 1


def test_a_fix_that_would_change_more_than_its_value_is_not_made(project):
    # The escape makes the text on the line longer than the value: the place cannot be trusted until it is laid out.
    folder = project({"2020/2020-05-06-a.yml": EVENT.format(actor='"\\x61nne"', language="en")})
    assert fix().exit_code == 1
    assert "[anne]" in (folder / "events/2020/2020-05-06-a.yml").read_text()
    assert fix().exit_code == 0
    assert "[ann]" in (folder / "events/2020/2020-05-06-a.yml").read_text()
