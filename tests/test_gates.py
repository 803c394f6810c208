"""The second gate as if the first were not there: what reaches the sanitiser as it was typed leaves it as plain HTML.

The first gate is two things, the check of each field and the escaping on the way to a page. Here both are off, and the
sanitiser, which most pages pass without being parsed, is compared with its own library on whatever it may be given.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import nh3
import pytest
from building import CONFIG
from conftest import ENGINE, SETTINGS
from hostile import STRINGS, written
from hypothesis import example, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from generator import engine, markdown, plugin, previews
from generator.engine.finishing import BEGIN, END
from generator.rendering import render, sanitised
from generator.sanitise import _PLAIN, POLICY, _nested, clean
from generator.schema import shapes

ATTACKS = (
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "<svg><script>x</script>"),
    *(
        "<iframe src='javascript:alert(1)'></iframe>",
        "<object data='x'></object>",
        "<embed src='x'>",
        "<base href='/'>",
    ),
    *(
        "<a href='javascript:alert(1)'>x</a>",
        "<a href='JaVaScRiPt&colon;alert(1)'>x</a>",
        "<a href='data:text/html,x'>",
    ),
    *("<a href=' javascript:alert(1)'>x</a>", "<a href='java&#9;script:alert(1)'>x</a>", "<a href='vbscript:x'>x</a>"),
    *("<style>*{color:red}</style>", "<p style='position:fixed'>x</p>", "<link rel=stylesheet href='//evil.example'>"),
    *("<meta http-equiv=refresh content='0;url=//evil.example'>", "<form action='//evil.example'><input></form>"),
    *("<math><mtext></mtext><mglyph><style></math><img src onerror=alert(1)>", "<noscript><p title='</noscript><b>'>"),
    *(
        "<!--><img src=x onerror=alert(1)>-->",
        "<![CDATA[<script>x</script>]]>",
        "<?php x ?>",
        "<p onclick=alert(1)>x</p>",
    ),
    *("<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>", "<svg><use href='//evil.example#x'/></svg>"),
    *("<svg><foreignObject><body onload=alert(1)></foreignObject></svg>", "<svg><animate attributeName=href values=x>"),
    *(
        "<table><td><script>x</script>",
        "</div></div></main></body><script>x</script>",
        "<textarea></textarea><button>x",
    ),
    *("<video src='//evil.example' autoplay></video>", "<audio src=x></audio>", "<details open ontoggle=alert(1)>x"),
    *(f"{END}<script>alert(1)</script>", f"{END}<p onclick=alert(1)>x</p>{BEGIN}", f"{BEGIN}<b>x</b>", "{{ config }}"),
    *("[x](javascript:alert(1))", "![x](javascript:alert(1))", "<javascript:alert(1)>", "[x]: javascript:alert(1)"),
    *(
        '<a href="https://example.org/"onclick="alert(1)">x</a>',
        '<div markdown="1" onclick="x">',
        "<p>x</p></div></div>",
    ),
)
"""What must not come through, in HTML and in Markdown."""

# Pieces of HTML as the pages have them and as they should not be, so that chance puts together much that is plain.
NAMES = sorted(POLICY["tags"] | {"script", "b"})
WORDS = st.sampled_from(
    ["", " ", "\n", "x", "a\u00a0b", "\r", "\x00", "&", "&amp;", "&lt;b&gt;", "&quot;", "&#60;", '"', ">"]
)
VALUES = st.sampled_from(["", "x", "a b", "a&amp;b", "a&b", "\u00a0", "\r", "\x00", "'", "<", "&quot;", "{x}"])
WAYS = st.sampled_from(
    [
        *("https://example.org/a?b=1&amp;c#d", "http://example.org", "https://EXAMPLE.org/", "https://[", "https://"),
        *("https://1.2.3.999/", "https://xn--a.example/", "https://a..b/", "https://example.org:99999/", "../a/", "./"),
        *("#a", "//evil.example", "javascript:alert(1)", " javascript:x", "mailto:a@example.org", "data:x", "x:y"),
        *(
            "https://a_b.example/",
            "https://exa mple.org/",
            "https://例え.jp/",
            "https://example.org\\@x.org/",
            "#\u00a0",
        ),
    ]
)
ATTRIBUTES = st.one_of(
    st.tuples(st.sampled_from(["class", "id", "lang", "dir", "title", "datetime", "style", "onclick"]), VALUES),
    st.tuples(st.just("href"), WAYS),
)
STARTS = st.builds(
    lambda name, attributes: "".join((f"<{name}", *(f' {own}="{value}"' for own, value in attributes), ">")),
    st.sampled_from(NAMES),
    st.lists(ATTRIBUTES, max_size=3),
)
ENDS = st.builds("</{}>".format, st.sampled_from(NAMES))
PIECES = st.lists(st.one_of(STARTS, ENDS, WORDS, st.sampled_from(STRINGS), st.sampled_from(ATTACKS)), max_size=8)

PLAIN_NAMES = ["p", "div", "span", "a", "em", "ul", "li", "h2", "table", "tbody", "tr", "td", "q", "blockquote", "time"]
"""Elements that pass without being parsed where they stand as they should."""

LEAVES = st.sampled_from(["x", " ", "\n", "&amp;", "&lt;"])


def around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    attributes = st.sampled_from(
        ["", ' class="a"', ' class="a" id="b"', ' class="a" class="b"', ' href="#a"', ' title=""']
    )
    whole = st.builds(
        lambda name, own, within: f"<{name}{own}>{''.join(within)}</{name}>",
        st.sampled_from(PLAIN_NAMES),
        attributes,
        st.lists(inner, max_size=3),
    )
    link = st.builds(lambda way, within: f'<a href="{way}">{within}</a>', WAYS, inner)
    table = st.builds(
        lambda blank, within: f"<table>{blank}<tbody>\n<tr><td>{within}</td>{blank}</tr></tbody></table>",
        st.sampled_from(["", "\n", " ", "x"]),
        inner,
    )
    return st.one_of(whole, link, table)


TREES = st.lists(st.recursive(LEAVES, around, max_leaves=12), max_size=3).map("".join)
"""HTML in which every element ends, most of it plain, and much of it where no parser would leave it."""

MARK = ' markdown="1"'


def passes(text: str) -> bool:
    """Tell whether HTML passes without being parsed."""
    return _PLAIN.fullmatch(text) is not None and _nested(text)


def library(text: str) -> str:
    """Give what the library alone would give; the marks for Python-Markdown are taken from text as well."""
    return nh3.clean(text.replace(MARK, ""), **POLICY)


@settings(max_examples=1_500)
@given(text=st.one_of(TREES, PIECES.map("".join)))
@example(text="\ufeff<p>x</p>")
@example(text="</div></div>")
@example(text="<plaintext>&quot;<a>")
@example(text="<p><p>x")
@example(text="<td>x</td>")
@example(text='<p class="a" class="b">x</p>')
@example(text='<p class="a\u00a0">x</p>')
@example(text='<a href="https://[">x</a>')
@example(text="<table>x</table>")
@example(text="<h1><h2>x</h2></h1>")
@example(text='<a href="#a"><span><a href="#b">x</a></span></a>')
def test_what_passes_without_being_parsed_is_what_the_library_would_give(text):
    assert clean(text) == library(text)


def test_the_comparison_meets_much_that_passes_without_being_parsed():
    found: Counter[bool] = Counter()

    @settings(max_examples=300, database=None, derandomize=True)
    @given(text=TREES)
    def meet(text: str) -> None:
        found[passes(text)] += "<" in text

    meet()
    assert min(found[True], found[False]) > 20


@pytest.mark.parametrize("text", ATTACKS)
def test_no_attack_is_taken_for_plain_html(text):
    for own in (text, f"<p>{text}</p>", f"<div>\n{text}\n</div>"):
        assert clean(own) == library(own)


SEEN = """texts => texts.map(text => {
  const page = new DOMParser().parseFromString(text, "text/html"), found = [];
  for (const one of page.body.querySelectorAll("*"))
    found.push([one.localName, ...Array.from(one.attributes, own => [own.name, own.value])]);
  return found;
})"""
ACTIVE = ("href", "src", "srcset")


def active(elements: list[list[Any]]) -> list[list[Any]]:
    """Give the elements, of those that a browser finds, that the policy does not allow, or not with an attribute."""
    found = []
    for name, *attributes in elements:
        allowed = POLICY["attributes"]["*"] | POLICY["attributes"].get(name, set())
        for own, value in attributes:
            scheme = urlsplit(value.strip()).scheme if own in ACTIVE else ""
            if own not in allowed or scheme not in ("", "http", "https", "mailto"):
                found.append([name, own, value])
        if name not in POLICY["tags"]:
            found.append([name])
    return found


def framing(elements: list[list[Any]]) -> Counter[str]:
    """Count the elements that the policy does not allow, and the attributes."""
    return Counter(" ".join(one[:2]) for one in active(elements))


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


def test_nothing_active_comes_of_attacks_in_html_and_in_markdown(page):
    texts = [
        shown
        for text in (*ATTACKS, *STRINGS)
        for shown in (
            clean(text),
            sanitised(f"<p>{text}</p>"),
            render("a.md", text, permalinks=True, ascii_ids=True).html,
            render(
                "a.md", f"# {text}\n\n- {text}\n\n| a |\n| - |\n| {text} |\n", permalinks=True, ascii_ids=False
            ).html,
        )
    ]
    assert len(texts) > 2_500
    found = {text: bad for text, seen in zip(texts, page.evaluate(SEEN, texts), strict=True) if (bad := active(seen))}
    assert found == {}


def unescaped(patch: pytest.MonkeyPatch) -> None:
    """Take the first gate away: fields take anything, and nothing is escaped on its way to a page."""
    patch.setattr(shapes, "_ACTIVE", ())
    patch.setattr(markdown, "_reference", lambda match: match[0])
    patch.setattr(markdown, "escape_html", str)
    patch.setattr(previews, "draw", lambda *_: iter(()))
    markdown.escape.cache_clear()
    assert markdown.prose("<b>&") == "<b>&"


def made(folder: Path, texts: list[str]) -> dict[str, str]:
    """Build a site with each of the texts in the prose of an event, an actor, a place and a topic; give its pages."""

    def save(path: str, value: dict[str, Any]) -> None:
        target = folder / "events" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(written(value), encoding="utf-8")

    (folder / "events").mkdir()
    (folder / "events/chronology.yml").write_text(SETTINGS, encoding="utf-8")
    for number, text in enumerate(texts):
        own, title = f"n{number}", text[:90].strip()
        save(f"actors/{own}.yml", {"name": title, "kind": "person", "description": text[:300]})
        save(f"places/{own}.yml", {"name": title, "lat": "1.5", "lon": "2.5", "note": text[:300]})
        save(f"topics/{own}.yml", {"title": title, "introduction": text})
        source = {"id": "own", "title": title, "publisher": title, "url": f"https://example.org/{number}", "note": text}
        event = {"title": title, "date": "2020-05-06", "type": "visit", "summary": text, "sources": [source]}
        event |= {"participants": [{"actor": own, "note": title}], "places": [own], "topics": [own]}
        event["statements"] = [{"speaker": own, "text": text, "source": "own"}]
        event["accounts"] = [{"field": "terms", "value": text[:300], "source": "own", "note": text}]
        save(f"2020/2020-05-06-{own}.yml", event)
    (folder / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (folder / "docs").mkdir()
    (folder / "docs/about.md").write_text("# About\n", encoding="utf-8")
    build = plugin.build if ENGINE == "mkdocs" else engine.build
    build(str(folder / "mkdocs.yml"), site_dir=str(folder / "site"), strict=False)
    files = (folder / "site").rglob("*.html")
    return {file.relative_to(folder / "site").as_posix(): file.read_text(encoding="utf-8") for file in files}


def test_a_site_without_escaping_has_nothing_active_on_any_page(tmp_path, page):
    for name in ("plain", "hostile"):
        (tmp_path / name).mkdir()
    plain = made(tmp_path / "plain", ["Plain words"])
    with pytest.MonkeyPatch.context() as patch:
        unescaped(patch)
        try:
            hostile = made(tmp_path / "hostile", [*ATTACKS])
        finally:
            markdown.escape.cache_clear()
    # What the theme has around a page is not of the policy, and the same on both.
    frames = {path: framing(seen) for path, seen in zip(plain, page.evaluate(SEEN, list(plain.values())), strict=True)}
    more = {}
    for path, seen in zip(hostile, page.evaluate(SEEN, list(hostile.values())), strict=True):
        own = re.sub(r"n\d+/", "n0/", path)
        if found := framing(seen) - frames[own if own in frames else "sources/plain-words/index.html"]:
            more[path] = found
    assert len(hostile) > 300
    assert more == {}
