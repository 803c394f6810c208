"""The site without Material and without MkDocs: Zensical and ProperDocs make the same pages of the same files."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin

import pytest
import yaml
from building import CONFIG, held
from click.testing import CliRunner
from conftest import ROOT, run
from PIL import Image

from generator import plugin
from generator.cli import main
from generator.engine import build, settings
from generator.engine.finishing import finished, untouched
from generator.rendering import squeezed

FRAME = "assets/javascripts/", "assets/stylesheets/"
"""Where the scripts and styles of the themes themselves stand, which differ in their names."""

VOID = ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")


class Shown(HTMLParser):
    """What a reader finds on a page: its title, and in its content the anchors, links and words, in their order."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.title, self.depth = address, "", 0
        self.anchors: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag == "div" and given.get("class") == "page":
            self.depth = 1
        elif self.depth and tag not in VOID:
            self.depth += 1
        if tag == "title" and not self.title:
            self.title = " "
        if not self.depth:
            return
        if given.get("id"):
            self.anchors.append(str(given["id"]))
        for name in ("href", "src", "action", "poster"):
            if given.get(name) is not None:
                self.links.append(urljoin(self.address, given[name]))
        self.links += [urljoin(self.address, way.split()[0]) for way in (given.get("srcset") or "").split(",") if way]

    def handle_endtag(self, tag: str) -> None:
        if self.depth and tag not in VOID:
            self.depth -= 1

    def handle_data(self, data: str) -> None:
        if self.title == " ":
            self.title = data
        if self.depth:
            self.words += data.split()


def shown(site: Path, path: str) -> tuple[str, list[str], list[str], str]:
    """Read a page as a browser far below the root of a host would."""
    reader = Shown(f"https://example.org/a/b/c/d/{path.removesuffix('index.html')}")
    reader.feed((site / path).read_text(encoding="utf-8"))
    return reader.title.strip(), reader.anchors, reader.links, "".join(reader.words)


def head(page: str) -> list[str]:
    """Give what the head of a page says, but for the theme's own styles and the names of the programs."""
    lines = squeezed(page[page.index("<head>") : page.index("</head>")]).split("\n")
    found = [line.replace('="./', '="') for line in lines]
    return [line for line in found if "assets/stylesheets/" not in line and 'name="generator"' not in line]


def content(page: str) -> str:
    """Give the bytes of a page's content."""
    start = page.index('<div class="page"')
    return page[start : page.index("</article>", start)]


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of this repository, made by Zensical."""
    folder = tmp_path_factory.mktemp("zensical") / "site"
    built = run(
        *("chronology", "build", "--engine", "zensical", "--strict", "--site-dir", str(folder)),
        CHRONOLOGY_REPO_URL="https://example.org/c/r",
    )
    assert (built.returncode, built.stdout, built.stderr) == (0, "", "")
    return folder


def test_the_site_is_the_same_in_its_pages_data_and_search(site, others):
    mine, theirs = held(site), held(others)
    strange = {path for path in mine.keys() ^ theirs.keys() if not path.startswith(FRAME)}
    assert strange == set()
    same = {path for path in mine if not path.endswith(".html") and not path.startswith(FRAME)}
    assert len(same) > 1000
    assert [path for path in sorted(same) if mine[path] != theirs[path]] == []
    pages = [path for path in mine if path.endswith("index.html") and path != "timeline/embed/index.html"]
    assert len(pages) > 800
    coloured = []
    for path in pages:
        one, other = mine[path].decode(), theirs[path].decode()
        assert head(one) == head(other), path
        if content(one) != content(other):
            assert shown(site, path) == shown(others, path)
            coloured.append(path)
    # Code has colours, a page’s link to itself is an anchor alone, and pages written by hand are not sanitised.
    generated = {path for path in coloured if not (ROOT / "docs" / f"{path.removesuffix('/index.html')}.md").exists()}
    assert {
        path for path in generated if not re.search('<div class="highlight">|href="#list-', theirs[path].decode())
    } == set()
    frame = mine["timeline/embed/index.html"].decode()
    assert squeezed(frame) == squeezed(theirs["timeline/embed/index.html"].decode())


PROJECT = {
    "mkdocs.yml": CONFIG,
    "docs/about.md": (
        "---\ntitle: About & more\n---\n# About\n\n[Home](index.md) <a href='x'>x</a> "
        '<a href="../data/">data</a> <img src="../a.png" srcset="../a.png 1x, ../b.png 2x" alt="">\n\n'
        '```html\n<a href="../data/">\n```\n'
    ),
    "docs/deep/own.md": "# Own\n\n<details><summary>More</summary>Text</details>\n\n| a |\n| --: |\n| 1 |\n",
    "events/chronology.yml": "title: T\ndescription: D.\nlanguage: en\nlicence: CC0-1.0\n",
    "events/actors/ann.yml": "name: Ann & “Bo”\nkind: person\n",
    "events/2020/2020-05-06-a.yml": (
        "title: Ann & Bo meet\ndate: 2020-05-06\ntype: meeting\nstanding: reported\nsummary: They met.\n"
        "participants:\n  - {actor: ann}\nmedia:\n  - {file: map.png, alt: A map, credit: P, licence: CC0-1.0}\n"
        "sources:\n  - {publisher: P, url: 'https://example.org/a'}\n"
    ),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Write a small project with pages by hand and a picture."""
    for name, text in PROJECT.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "events/media").mkdir()
    Image.new("RGB", (1200, 800), "blue").save(tmp_path / "events/media/map.png")
    return tmp_path


def test_pictures_front_matter_and_html_written_by_hand_come_out_alike(project):
    for name, make in (("mkdocs", plugin.build), ("zensical", build)):
        make(str(project / "mkdocs.yml"), site_dir=str(project / name), strict=False)
    for path in ("about/index.html", "deep/own/index.html", "events/2020-05-06-a/index.html", "actors/ann/index.html"):
        assert shown(project / "zensical", path) == shown(project / "mkdocs", path)
        one, other = (head((project / name / path).read_text(encoding="utf-8")) for name in ("mkdocs", "zensical"))
        assert one == other
    page = (project / "zensical/deep/own/index.html").read_text(encoding="utf-8")
    assert '<td class="at-right">1</td>' in page
    assert {path.name for path in (project / "zensical").iterdir()} == {
        path.name for path in (project / "mkdocs").iterdir()
    }
    for name in ("sitemap.xml", "data/timelinejs.json"):
        assert (project / "zensical" / name).read_bytes() == (project / "mkdocs" / name).read_bytes()


def test_the_old_site_stays_where_a_build_fails(project, monkeypatch):
    monkeypatch.chdir(project)
    build(None, site_dir="one", strict=True)
    before = held(project / "one")
    event = project / "events/2020/2020-05-06-a.yml"
    good = event.read_text(encoding="utf-8")
    event.write_text(good.replace("type: meeting", "type: meting"), encoding="utf-8")
    done = CliRunner().invoke(main, ["build", "--engine", "zensical", "-d", "one"])
    assert done.exit_code == 1
    assert done.output == (
        "events/2020/2020-05-06-a.yml:3:7: S205 “meting” is not a word that “type” knows.\n"
        "    3 | type: meting\n"
        "      |       ^^^^^^\n"
        "  → Did you mean “meeting”? The words are: " + done.output.partition("The words are: ")[2]
    )
    assert done.output.endswith("The site was not built, and what was built before is untouched.\n")
    event.write_text(good, encoding="utf-8")
    (project / "docs/about.md").write_text("# About\n\n[Nowhere](nowhere.md)\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["build", "--engine", "zensical", "--strict", "-d", "one"])
    assert done.exit_code == 1
    assert "nowhere.md" in done.output
    assert str(project) not in done.output.replace(str(project / "one"), "")
    assert done.output.endswith("Zensical made no site; the one before stays.\n")
    assert held(project / "one") == before
    assert sorted(path.name for path in project.iterdir() if path.name[0] == ".") == [".one.lock"]


def test_what_stood_on_a_day_can_be_built(project, monkeypatch):
    monkeypatch.chdir(project)
    event = project / "events/2020/2020-05-06-a.yml"
    for day, title in (("2026-02-01", "Ann speaks"), ("2026-03-01", "Ann & Bo meet")):
        lines = event.read_text(encoding="utf-8").split("\n", 1)
        event.write_text(f"title: {title}\n{lines[1]}", encoding="utf-8")
        who = {f"GIT_{name}_{what}": "a@example.org" for name in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        when = {f"GIT_{name}_DATE": f"{day}T12:00:00Z" for name in ("AUTHOR", "COMMITTER")}
        for command in (("init", "-q"), ("add", "events"), ("commit", "-q", "-m", title)):
            assert run("git", *command, cwd=project, **who, **when).returncode == 0
    done = CliRunner().invoke(main, ["build", "--engine", "zensical", "--as-of", "2026-02-15"])
    assert (done.exit_code, done.output) == (0, "")
    page = (project / "site-as-of-2026-02-15/events/2020-05-06-a/index.html").read_text(encoding="utf-8")
    assert "<h1" in page
    assert "Ann speaks" in page
    assert "This is the chronology as it stood on 15 February 2026." in page
    assert "Recorded on 1 February 2026" in page
    assert not (project / "site").exists()


REFUSED: dict[str, tuple[str, str]] = {
    "no file": ("", "Error: mkdocs.yml: No such file or directory.\n"),
    "no YAML": ("a: [", "Error: mkdocs.yml is no YAML: while parsing a flow node expected the node content"),
    "no settings": ("- a\n", "Error: mkdocs.yml holds no settings.\n"),
    "no name": ("plugins: [chronology]\n", "Error: mkdocs.yml: “site_name” is missing.\n"),
    "a policy that is none": (
        CONFIG.replace("{search: false}", "{policy: {script-src: [a b]}}"),
        "Error: chronology: policy: 'a b' is no source of script-src: a host, a scheme, or a keyword in quotes.\n",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_settings_that_cannot_be_used_are_refused_in_words(name, project, monkeypatch):
    text, message = REFUSED[name]
    monkeypatch.chdir(project)
    (project / "mkdocs.yml").write_text(text, encoding="utf-8")
    if not text:
        (project / "mkdocs.yml").unlink()
    done = CliRunner().invoke(main, ["build", "--engine", "zensical"])
    assert (done.exit_code, done.output[: len(message)]) == (2, message)
    assert not (project / "site").exists()


@pytest.mark.parametrize("options", [("--no-fast",), ("--scheduler", "tcp://127.0.0.1:1")])
def test_what_is_for_mkdocs_alone_is_refused(options, project, monkeypatch):
    monkeypatch.chdir(project)
    done = CliRunner().invoke(main, ["build", "--engine", "zensical", *options])
    assert done.exit_code == 2
    assert "Zensical renders all pages itself: --no-fast and --scheduler are for MkDocs." in done.output


def test_without_zensical_it_is_said_how_to_get_it(project, monkeypatch):
    monkeypatch.chdir(project)
    monkeypatch.setattr("generator.engine.making.find_spec", lambda _: None)
    done = CliRunner().invoke(main, ["build", "--engine", "zensical"])
    assert (done.exit_code, done.output) == (
        2,
        "Error: Zensical is not installed. Install it with: pip install chronology-site[zensical]\n",
    )


def test_neither_mkdocs_nor_material_is_asked_for(project):
    # A package that raises when it is imported stands before the real one.
    for name in ("mkdocs", "material"):
        (project / "without" / name).mkdir(parents=True)
        (project / "without" / name / "__init__.py").write_text("raise ImportError('gone')\n", encoding="utf-8")
    done = run(
        *(sys.executable, "-m", "generator", "build", "--engine", "zensical", "--strict"),
        cwd=project,
        PYTHONPATH=f"{project / 'without'}:{ROOT}",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "Ann &amp; Bo meet" in (project / "site/events/2020-05-06-a/index.html").read_text(encoding="utf-8")


def test_the_file_of_settings_is_read_as_mkdocs_reads_it(tmp_path, monkeypatch):
    monkeypatch.setenv("HERE", "https://example.org/here/")
    monkeypatch.delenv("NOT_THERE", raising=False)
    (tmp_path / "base.yml").write_text("site_name: Base\nextra: {a: 1, b: 2}\nplugins: [search]\n", encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text(
        "INHERIT: base.yml\nsite_url: !ENV HERE\nrepo_url: !ENV [NOT_THERE, HERE, x]\n"
        "edit_uri: !ENV [NOT_THERE, e/docs/]\ncopyright: !ENV NOT_THERE\nextra: {b: 3}\ntheme: material\n"
        "plugins:\n  - chronology: {events: data}\n"
        "markdown_extensions:\n  - toc: {slugify: !!python/name:markdown.extensions.toc.slugify_unicode }\n",
        encoding="utf-8",
    )
    found = settings.read(tmp_path / "mkdocs.yml")
    assert {name: found.values[name] for name in ("site_name", "site_url", "repo_url", "copyright", "extra")} == {
        "site_name": "Base",
        "site_url": "https://example.org/here/",
        "repo_url": "https://example.org/here/",
        "copyright": None,
        "extra": {"a": 1, "b": 3},
    }
    assert (found.plugin, found.theme, found.edit) == (
        {"events": "data"},
        {"name": "material"},
        "https://example.org/here/e/",
    )
    text = found.with_more(
        {"theme": {"name": "material", "variant": "classic"}, "extra": {"c": "<é “x”>"}}, ("copyright",)
    )
    assert "!ENV 'HERE'" in text or "!ENV HERE" in text
    assert "!!python/name:markdown.extensions.toc.slugify_unicode" in text
    plain = yaml.safe_load(re.sub(r"!ENV|!!python/\S*", "", text))
    assert plain["extra"] == {"a": 1, "b": 3, "c": "<é “x”>"}
    assert plain["theme"] == {"name": "material", "variant": "classic"}
    assert "copyright" not in plain
    assert "INHERIT" not in plain
    assert found.with_more({}) == found.with_more({})


@pytest.mark.parametrize(
    "body",
    [
        '<a href="../x/">x</a>',
        '<img src="./a.png" srcset="../a.png 1x, ../b.png 2x">',
        '`href="../x/"` in words',
        "nothing",
    ],
)
def test_addresses_in_html_are_given_back_as_they_were(body):
    assert finished(untouched(body), None) == body


@pytest.mark.parametrize("real", [False, True], ids=["made up", "the calendar"])
def test_properdocs_makes_the_same_site(real, project):
    folder = project
    if real:
        folder = project / "calendar"
        shutil.copytree(ROOT / "examples/calendar", folder)
    for name in ("mkdocs", "properdocs"):
        done = subprocess.run(
            [Path(sys.executable).parent / name, "build", "--strict", "-f", "mkdocs.yml", "-d", name],
            cwd=folder,
            env={"PATH": "/usr/bin:/bin", "NO_MKDOCS_2_WARNING": "1", "XDG_CACHE_HOME": str(project / "cache" / name)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    mine, theirs = held(folder / "mkdocs"), held(folder / "properdocs")
    assert len(mine) > (500 if real else 150)
    assert mine.keys() == theirs.keys()
    named = re.compile(rb'(<meta name="generator" content="Chronology(?: [\d.]+)?, )MkDocs (ProperDocs )?[\d.]+')
    assert [path for path in mine if named.sub(rb"\1", mine[path]) != named.sub(rb"\1", theirs[path])] == []
