"""What the site says in other languages: whole catalogues, right numbers, a page that turns round."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from html import unescape

import pytest
from babel.messages.pofile import read_po
from conftest import ROOT, served, violations, watched

from generator import translations
from generator.exports import EXPORTS
from generator.translations import LOCALE, for_scripts, right_to_left, words

sys.path.insert(0, str(ROOT / "scripts"))
from catalogue import SAID

LANGUAGES = list(translations.languages())


def test_the_catalogues_are_up_to_date_and_nothing_in_them_is_left_untranslated():
    done = subprocess.run(
        [sys.executable, ROOT / "scripts/catalogue.py", "--check"], capture_output=True, text=True, check=False
    )
    assert done.stdout + done.stderr == ""
    assert done.returncode == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_fills_in_what_its_message_fills_in(language):
    for file in (LOCALE / language).glob("*.po"):
        with file.open("rb") as stream:
            for message in read_po(stream, locale=language):
                if not message.id:
                    continue
                asked = message.id if isinstance(message.id, str) else message.id[1]
                said = (message.string,) if isinstance(message.id, str) else message.string
                for text in said:
                    assert sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", asked)), message.id


def test_there_is_a_language_that_is_written_from_right_to_left():
    assert any(right_to_left(language) for language in LANGUAGES)


DIRECTIONS = {"ur": True, "ar-EG": True, "fa": True, "pa-PK": True, "az-Arab": True, "dv": True}
DIRECTIONS |= {"pa": False, "ur-Latn": False, "en": False, "zh-Hant": False, "xx": False}


@pytest.mark.parametrize(("language", "right"), DIRECTIONS.items())
def test_the_direction_is_that_of_the_script(language, right):
    assert right_to_left(language) is right


def test_numbers_take_the_plural_and_the_grouping_of_their_language():
    assert words("en").many(1, "{n} event", "{n} events") == "1 event"
    assert words("en").many(12345, "{n} event", "{n} events") == "12,345 events"
    assert words("ur").many(1, "{n} event", "{n} events") == "1 واقعہ"
    assert words("ur-PK").many(2, "{n} event", "{n} events") == "2 واقعات"
    assert words("xx").many(2, "{n} event", "{n} events") == "2 events"


def test_the_scripts_get_every_message_that_they_say():
    known = json.loads(for_scripts("ur"))
    spoken = 0
    for file in (ROOT / "generator/theme/scripts").glob("*/*.ts"):
        text = file.read_text(encoding="utf-8")
        calls = re.findall(r"(?<!function )\b(?:say|many)\(", text)
        said = [found.groups() for found in SAID.finditer(text)]
        assert len(said) == len(calls), file
        assert {json.loads(other or one) for one, _, other in said} <= known.keys()
        spoken += len(said)
    assert spoken > 50


@pytest.fixture(scope="module")
def urdu(tmp_path_factory):
    """Build the site of a chronology in Urdu and give its folder."""
    folder = tmp_path_factory.mktemp("urdu")
    shutil.copytree(ROOT / "tests/cases/urdu", folder, dirs_exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-m", "generator", "build", "--strict"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1", "PATH": "/usr/bin:/bin", "HOME": str(folder)},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "site"


ENGLISH = re.compile(r"[A-Za-z]{4,}")
QUOTED = re.compile(
    r'<(\w+) [^>]*lang="en"[^>]*>.*?</\1>|<a href="(?:https?:|(?:\.\./)*data/)[^>]*>.*?</a>'
    r"|<code.*?</code>|<svg.*?</svg>",
    re.DOTALL,
)
NAMES = {"PLOVER", "CAMEO", "Chronology", "Material", "MkDocs", "News", "Diplomatic", "Insight", "Oman", "Agency"}
OFFICIAL = {"CONSULT", "ASSAULT", "phone", "airstrike", "Enter"}
FORMATS = set(re.findall(r"\w+", " ".join(export.title for export in EXPORTS)))
FORMATS |= {"Frictionless", "Data", "Package", "Datasette", "Zotero", "LaTeX", "schema", "ICEWS", "POLECAT", "DuckDB"}
FORMATS |= {"Polars", "pandas", "Spark"}


def test_no_page_says_anything_in_english_but_names(urdu):
    pages = [
        page
        for page in sorted(urdu.rglob("index.html"))
        if not {"contribute", "embed"} & set(page.relative_to(urdu).parts) and "kinds" not in page.parts
    ]
    assert len(pages) > 15
    found = {}
    for page in pages:
        html = page.read_text(encoding="utf-8")
        article = html[html.index("<article") : html.index("</article>")]
        text = unescape(re.sub(r"<[^>]+>", " ", QUOTED.sub(" ", article)))
        if strange := set(ENGLISH.findall(text)) - NAMES - OFFICIAL - FORMATS:
            found[page.relative_to(urdu).as_posix()] = strange
    assert found == {}


def test_the_guide_that_nobody_translated_is_marked_as_english(urdu):
    html = (urdu / "contribute/index.html").read_text(encoding="utf-8")
    assert '<div dir="ltr" lang="en">' in html or '<div lang="en" dir="ltr">' in html


@pytest.fixture
def visit_urdu(urdu, browser, tmp_path):
    """Give a function that opens a page of that site."""
    with served(urdu, tmp_path) as address, watched(browser, address) as open_page:
        yield open_page


def test_a_page_runs_from_right_to_left_and_so_does_the_timeline(visit_urdu):
    page = visit_urdu("timeline/?lanes=kind")
    assert page.locator("body").get_attribute("dir") == "rtl"
    assert page.locator("label[for=choice-type]").inner_text() == "قسم"
    page.locator(".timeline-list li").first.wait_for()
    assert "واقعات نظر میں" in page.locator(".timeline-count").inner_text()
    found = page.locator(".timeline-list li a").first.bounding_box()
    dated = page.locator(".timeline-list li .timeline-date").first.bounding_box()
    assert dated["x"] > found["x"]
    # The last event is a strike: its mark is the only red one, and later is further left.
    reds, blues = page.evaluate(
        """() => {
          const shown = document.querySelector('.timeline-stage canvas');
          const {width, height} = shown;
          const copy = new OffscreenCanvas(width, height).getContext('2d');
          copy.drawImage(shown, 0, 0);
          const data = copy.getImageData(0, 0, width, height).data;
          return ['--c-red', '--c-blue'].map(name => {
            const wanted = getComputedStyle(shown).getPropertyValue(name).trim();
            const [r, g, b] = [1, 3, 5].map(at => parseInt(wanted.slice(at, at + 2), 16));
            let sum = 0, count = 0;
            for (let at = 0; at < data.length; at += 4)
              if (data[at] === r && data[at + 1] === g && data[at + 2] === b) { sum += (at / 4) % width; count++; }
            return count ? sum / count / width : -1;
          });
        }"""
    )
    assert 0 <= reds < blues
    stage = page.locator(".timeline-stage")
    stage.focus()
    page.keyboard.press("ArrowLeft")
    page.locator(".timeline-said a").wait_for()
    first = page.locator(".timeline-said a").inner_text()
    page.keyboard.press("ArrowLeft")
    page.wait_for_function("old => document.querySelector('.timeline-said a').innerText !== old", arg=first)


def test_axe_finds_nothing_on_pages_that_run_from_right_to_left(visit_urdu):
    found = []
    page = visit_urdu("", 390)
    address = page.url
    for path in ("", "events/2026-02-11-dar-araghchi-call/", "timeline/", "sources/", "actors/", "places/", "search/"):
        page.emulate_media(color_scheme="light")
        page.goto(address + path)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path
        found += [(path, *each) for each in violations(page)]
    assert found == []
