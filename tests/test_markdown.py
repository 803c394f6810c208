"""A contributor's text on a page shows every character as typed and becomes no element."""

from __future__ import annotations

from html.parser import HTMLParser

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from generator.markdown import escape, finalize, prose

EXTENSIONS = [
    "md_in_html",
    "tables",
    "toc",
    "attr_list",
    "def_list",
    "footnotes",
    "abbr",
    "admonition",
    "smarty",
    "pymdownx.superfences",
    "pymdownx.magiclink",
    "pymdownx.tilde",
    "pymdownx.caret",
    "pymdownx.mark",
    "pymdownx.keys",
    "pymdownx.tasklist",
    "pymdownx.details",
    "pymdownx.critic",
]
"""What a site's owner may have switched on besides the extensions that the pages need."""

HOSTILE = [
    "<script>alert(1)</script>",
    "a <b>bold</b> & c",
    "![x](https://example.org/x.png)",
    "[x](javascript:alert(1))",
    "{: onclick=alert(1) }",
    "{{ config }} {% raw %} {# x #}",
    "# heading",
    "- item",
    "1. one",
    "1986) year",
    "+ plus",
    "> quote",
    "=====",
    "-----",
    "a | b | c",
    "*em* **strong** _em_ `code`",
    "~~del~~ ==mark== ^^ins^^ ++ctrl+alt++",
    "[^1]: note",
    "*[HTML]: x",
    "https://example.org www.example.org a@example.org @name",
    ":smile: :material-account: a:b :::",
    "--8<-- 'pyproject.toml'",
    "&lt; &#60; &amp;amp;",
    "\\*not em\\* \\",
    "``` python",
    "~~~ sh",
    "!!! note",
    "??? note",
    "\"quotes\" and 'apostrophes' -- and --- dashes ...",
    "[x]: https://example.org",
    "{--del--}{++ins++}",
    "- [ ] task",
    "term\n: definition",
    "<!-- comment -->",
    "<?php ?>",
    "ابوبكر",
    "(c) (r) (tm)",
    "$x^2$ $$y$$",
]


class Reader(HTMLParser):
    """Collects the elements and the text of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def python_markdown(text: str) -> Reader:
    return read(markdown.markdown(text, extensions=EXTENSIONS))


def commonmark(text: str) -> Reader:
    return read(MarkdownIt("gfm-like", {"linkify": False}).render(text))


BUILDERS = pytest.mark.parametrize("render", [python_markdown, commonmark], ids=["Python-Markdown", "CommonMark"])
PRINTABLE = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=60)


@BUILDERS
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_typed(text, render):
    page = render(escape(text))
    assert (page.text.strip(), page.elements) == (" ".join(text.split()), ["p"])


@BUILDERS
@given(text=PRINTABLE)
def test_any_text_is_shown_as_typed(render, text):
    page = render(f"before {escape(text)} after")
    assert page.text.split() == ["before", *text.split(), "after"]
    assert page.elements == ["p"]


@BUILDERS
@given(text=PRINTABLE)
def test_any_text_at_the_start_of_a_line_stays_a_paragraph(render, text):
    page = render(escape(text))
    assert page.text.split() == text.split()
    assert page.elements in ([], ["p"])


@BUILDERS
@given(cells=st.lists(PRINTABLE, min_size=2, max_size=2))
def test_text_in_a_table_stays_in_its_cell(render, cells):
    rows = f"| a | b |\n| --- | --- |\n| {escape(cells[0])} | {escape(cells[1])} |\n"
    page = render(rows)
    assert page.elements.count("td") == 2
    assert set(page.elements) == {"table", "thead", "tbody", "tr", "th", "td"}
    assert page.text.split() == ["a", "b", *cells[0].split(), *cells[1].split()]


@BUILDERS
def test_prose_keeps_emphasis_code_and_links_alone(render):
    page = render(
        prose("He said *no*, **never**, `x = 1`; see [the post](https://example.org/a_b?c=1&d=(2)#e).\n\nNext.")
    )
    assert page.elements == ["p", "em", "strong", "code", "p"]
    page = render(prose("See [the post](https://example.org/a_b?c=1&d=2#e)."))
    assert page.elements == ["p", "a"]
    assert page.text.strip() == "See the post."


@BUILDERS
@pytest.mark.parametrize(
    ("text", "elements"),
    [
        ("%*.*s", ["p", "em"]),
        ("a**.**b", ["p", "strong"]),
        ("*a *b", ["p", "em"]),
        ("** **", ["p"]),
        ("** ** **", ["p"]),
        ("a ** ** b", ["p"]),
    ],
)
def test_renderers_agree_on_what_is_emphasis(render, text, elements):
    assert render(prose(text)).elements == elements


@BUILDERS
@given(text=PRINTABLE)
def test_prose_makes_no_other_element(render, text):
    assert set(render(prose(text)).elements) <= {"p", "em", "strong", "code", "a"}


def test_a_template_escapes_what_is_not_marked_as_markdown():
    assert finalize("*a*") == "&#42;a&#42;"
    assert finalize(prose("*a*")) == "<em>a</em>"
    assert finalize(12) == "12"
