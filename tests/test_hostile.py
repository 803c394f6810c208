"""Careless and hostile input: whatever a file holds, the check ends soon, in words, at a place, without a traceback.

Three sources of input: files written for this (tests/cases, the rules' examples), events made by Hypothesis, and the
valid files of this repository with random damage.
"""

from __future__ import annotations

import random
import re
import sys
import time
from pathlib import Path

import pytest
import yaml
from conftest import ROOT, SETTINGS, run
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.check import Checked, check
from generator.corpus import default_vocabulary
from generator.diagnostics import BIDI_CONTROLS, has_errors
from generator.model import AccountField, SourceKind, Standing, Status
from generator.report import FORMATS, Report, describe, reader_of

SECONDS = 1.0
MEGABYTES = 200
MUTATIONS = 3_000
EXAMPLES = 600

VALID = sorted((ROOT / "events").glob("[0-9]*/*.yml"))
MATTER = [
    *(
        "\x00",
        "\x1b[31m",
        "\x85",
        "\u2028",
        "\ufeff",
        "\u202e",
        "\ud7ff",
        "\U0010ffff",
        "e\u0301",
        "🎉",
        "\t",
        "\r",
        "\n",
    ),
    *(
        "'",
        '"',
        ": ",
        " #",
        "# allow: R404",
        "- ",
        "? ",
        "!",
        "!!python/object/apply:os.system",
        "&a ",
        "*a",
        "<<: ",
        "%",
    ),
    *(
        "{",
        "}",
        "[",
        "]",
        "{" * 50,
        "[" * 5000,
        "|",
        ">-",
        "---\n",
        "...\n",
        "~",
        "null",
        "yes",
        "0x1F",
        "1e999",
        "-" * 999,
    ),
    *(
        "<script>",
        "]]>",
        "{{ x }}",
        "{% x %}",
        "javascript:alert(1)",
        "![x](y)",
        "::set-output name=x::",
        "$(x)",
        "`x`",
    ),
    *("2026-02-30", "[2026-01-01, {", "Y-999999999", "../../etc/passwd", "a" * 3000, "ا" * 300, "\u0300" * 400),
]


def judged(project: Path) -> Checked:
    """Check a project, in all forms of report; everything that is found must be located, printable and soon there."""
    start = time.perf_counter()
    checked = check(project / "events", "events")
    lines = reader_of(project)
    report = Report(findings=checked.findings, files=checked.files, events=0, seconds=0, lines=lines)
    for form in FORMATS.values():
        for block in form.render(report):
            assert not set(block) & (BIDI_CONTROLS | set(map(chr, [*range(9), *range(11, 32), *range(127, 160)]))), form
    assert time.perf_counter() - start < SECONDS
    for finding in checked.findings:
        assert finding.position.path.startswith("events")
        assert finding.message
        assert finding.remedy
        content = lines(finding.position.path)
        assert 1 <= finding.position.line <= max(1, len(content)), finding
        assert 1 <= finding.position.column <= len(content[finding.position.line - 1]) + 2, finding
    assert (checked.corpus is not None and not has_errors(checked.findings)) == checked.ok
    return checked


def damaged(text: str, chance: random.Random) -> str:
    """Do some of what keyboards, merges and attackers do to a file."""
    for _ in range(chance.randint(1, 4)):
        start = chance.randrange(len(text) + 1)
        end = min(len(text), start + chance.choice([0, 1, 1, 3, 20, 200]))
        lines = text.splitlines(keepends=True)
        match chance.randrange(6):
            case 0:
                text = text[:start] + text[end:]
            case 1 | 2:
                text = text[:start] + chance.choice(MATTER) + text[start:]
            case 3:
                text = text[:start] + text[start:end] * 3 + text[end:]
            case 4 if len(lines) > 1:
                one, two = chance.randrange(len(lines)), chance.randrange(len(lines))
                lines[one], lines[two] = lines[two], lines[one]
                text = "".join(lines)
            case _ if lines:
                number = chance.randrange(len(lines))
                lines[number] = chance.choice([" ", "  ", "\t", "- "]) + lines[number]
                text = "".join(lines)
            case _:
                text += chance.choice(MATTER)
    return text


def test_valid_files_with_random_damage(make):
    assert len(VALID) > 100
    chance = random.Random(7)
    project = make({"2026/2026-02-11-a.yml": ""})
    file = project / "events/2026/2026-02-11-a.yml"
    refused = 0
    before = peak(anew=True)
    for _ in range(MUTATIONS):
        text = damaged(chance.choice(VALID).read_text(encoding="utf-8"), chance)
        file.write_bytes(text.encode("utf-8", errors="replace"))
        refused += not judged(project).ok
    assert refused > MUTATIONS / 2
    assert peak() - before < MEGABYTES


def peak(*, anew: bool = False) -> float:
    """Give the most megabytes this process has had, as the kernel counts; with `anew`, from here on."""
    if anew:
        Path("/proc/self/clear_refs").write_text("5")
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) / 1024


WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=40) | st.sampled_from(MATTER)
DATES = st.sampled_from(
    ["2026-02-11", "2026-02", "2026-02-11/..", "[2026-02-11, 2026-02-12]", "2026~", "-0043", "soon"]
)
IDS = st.sampled_from(["ishaq-dar", "iran", "nobody", "Iran", "", "2026-02-11-a"]) | WORDS


def one_of(words) -> st.SearchStrategy[str]:
    return st.sampled_from(sorted(map(str, words))) | WORDS


VOCABULARY = default_vocabulary()
SOURCE = st.fixed_dictionaries(
    {},
    optional={
        "id": IDS,
        "title": WORDS,
        "publisher": WORDS,
        "url": st.just("https://example.org/a") | WORDS,
        "published": DATES,
        "language": one_of(["en", "fa", "ur-Latn"]),
        "kind": one_of(SourceKind),
        "archived": WORDS,
        "note": WORDS,
    },
)
EVENT = st.fixed_dictionaries(
    {"title": WORDS, "date": DATES, "type": one_of(VOCABULARY.event_types), "summary": WORDS},
    optional={
        "status": one_of(Status),
        "standing": one_of(Standing),
        "date_note": WORDS,
        "participants": st.lists(
            IDS
            | st.fixed_dictionaries({"actor": IDS}, optional={"role": one_of(VOCABULARY.roles), "on_behalf_of": IDS}),
            max_size=4,
        ),
        "places": st.lists(IDS, max_size=3) | WORDS,
        "topics": st.lists(IDS, max_size=3),
        "statements": st.lists(st.fixed_dictionaries({"speaker": IDS, "text": WORDS, "source": IDS}), max_size=2),
        "accounts": st.lists(
            st.fixed_dictionaries({"field": one_of(AccountField), "value": WORDS | DATES, "source": IDS}), max_size=2
        ),
        "relations": st.lists(
            st.fixed_dictionaries({"type": one_of(VOCABULARY.relation_types), "event": IDS}), max_size=2
        ),
        "sources": st.lists(IDS | SOURCE, max_size=3),
    },
)
ACTORS = {
    "actors/ishaq-dar.yml": "name: Ishaq Dar\nkind: person\npart_of: iran\n",
    "actors/iran.yml": "name: Iran\nkind: state\n",
}


@settings(max_examples=EXAMPLES, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(event=EVENT, style=st.sampled_from([None, True, False]), width=st.sampled_from([20, 80, 10_000]))
def test_events_of_every_shape(make, event, style, width):
    text = yaml.safe_dump(event, allow_unicode=True, default_flow_style=style, width=width, sort_keys=False)
    judged(make(ACTORS | {"2026/2026-02-11-a.yml": text}))


BOMBS = {
    "aliases": "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*b{n - 1}, *b{n - 1}]\n" for n in range(1, 50)),
    "brackets": "title: " + "[" * 100_000,
    "braces": "title: " + "{a: " * 100_000,
    "sequences": "- " * 100_000,
    "keys": "".join(f"k{n}: v\n" for n in range(50_000)),
    "one long line": "title: " + "x" * 900_000,
    "colons": ":" * 500_000,
    "question marks": "? " * 100_000,
    "quotes": "'" * 500_000,
    "anchors": "".join(f"k{n}: &a{n} v\n" for n in range(40_000)),
    "tags": "title: " + "!a" * 200_000,
    "comments": "# allow: R404 x\n" * 50_000,
    "blank lines": "\n" * 900_000,
    "indentation": "".join(" " * n + "a:\n" for n in range(1_300)),
    "participants": "participants: [" + "a, " * 300_000 + "a]",
    "sources": "sources:\n" + "  - {publisher: P, url: x}\n" * 30_000,
    "marks": "title: " + "e" + "\u0300" * 400_000,
    "unknown words": "type: x\n" + "".join(f"relations{n}: [{{type: y{n}}}]\n" for n in range(20_000)),
    "markdown": "summary: '" + "[" * 5_000 + "](" * 5_000 + "'",
    "dates": "date: [" + "2026-01-01, " * 70_000 + "2026-01-02]",
    "date digits": "date: Y" + "9" * 500_000,
    "date marks": "date: " + "2026?" * 100_000,
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_soon_and_in_little_memory(make, bomb):
    project = make({"2026/2026-02-11-a.yml": BOMBS[bomb]})
    # The kernel's own high-water mark: ru_maxrss would count the process that this one was forked from.
    # Its processor time, and the least of three: other processes may want the machine as well.
    program = (
        "import sys, time; from pathlib import Path; from generator.check import check; start = time.process_time();"
        "found = check(Path(sys.argv[1]), 'events').findings; print(round(time.process_time() - start, 3),"
        "int(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0]) // 1024, len(found))"
    )
    for _ in range(3):
        done = run(sys.executable, "-c", program, str(project / "events"))
        assert done.returncode == 0, done.stderr[-500:]
        seconds, megabytes, found = map(float, done.stdout.split())
        if seconds < SECONDS:
            break
    assert (seconds < SECONDS, megabytes < MEGABYTES, found > 0) == (True, True, True), done.stdout


def test_hostile_files_are_described_without_their_control_characters(make):
    project = make({"chronology.yml": SETTINGS, "2026/2026-02-11-a.yml": "title: \x1b]0;x\x07\ntype: \u202e\n"})
    for block in describe(check(project / "events", "events").findings, reader_of(project)):
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]", block)
