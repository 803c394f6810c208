"""A site takes the whole place of a folder: one that holds anything else is refused, and nothing in it is touched."""

from __future__ import annotations

import shutil

import pytest
from building import held, project
from conftest import run

from generator.place import NotOurs, claim

ENGINES = ((), ("--engine", "zensical"))
PAGES = {
    "mkdocs": '<meta name="generator" content="mkdocs-1.6.1, mkdocs-material-9.8.1">',
    "mkdocs-theme": "<!--\nMkDocs version : 1.6.1\n-->",
    "zensical": '<meta name="generator" content="zensical-0.0.50">',
}


@pytest.mark.parametrize("engine", ENGINES, ids=("mkdocs", "zensical"))
@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("foreign", "foreign is not empty, and no site that was built before."),
        ("events", "The site would take the place of "),
        ("events/site", "The site would stand inside "),
        ("docs", "The site would take the place of "),
        (".", "The site would take the place of "),
        ("..", "The site would take the place of "),
        ("link", "link is a symbolic link; name the folder itself."),
        ("foreign/mine.txt", "Directory 'foreign/mine.txt' is a file."),
    ],
)
def test_a_folder_that_is_no_site_is_refused(engine, named, said, tmp_path):
    folder = tmp_path / "project"
    folder.mkdir()
    project(folder, events=3)
    (folder / "foreign").mkdir()
    (folder / "foreign/mine.txt").write_text("mine", encoding="utf-8")
    (tmp_path / "elsewhere").mkdir()
    (folder / "link").symlink_to(tmp_path / "elsewhere")
    before = held(tmp_path)
    done = run("chronology", "build", "-d", named, *engine, cwd=folder)
    # MkDocs has words of its own for folders inside each other; a call that is wrong in itself ends with 2.
    theirs = "'docs_dir' should not be within the 'site_dir'" in done.stderr or "'site_dir' should not" in done.stderr
    assert theirs or said in done.stderr, done.stderr
    assert done.returncode == (2 if "Usage" in done.stderr else 1), done.stderr
    assert held(tmp_path) == before


@pytest.mark.parametrize("engine", ENGINES, ids=("mkdocs", "zensical"))
def test_a_site_of_another_theme_is_known_again(engine, tmp_path):
    folder = project(tmp_path, events=3)
    config = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "mkdocs.yml").write_text(config.replace("font: false", "font: false, language: de"), encoding="utf-8")
    for _ in range(2):
        done = run("chronology", "build", *engine, cwd=folder, XDG_CACHE_HOME=str(tmp_path / "cache"))
        assert done.returncode == 0, done.stderr
        shutil.rmtree(tmp_path / "cache", ignore_errors=True)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_what_the_builders_made_alone_may_be_replaced(page, tmp_path):
    (tmp_path / "index.html").write_text(f"<html><head>{page}</head></html>", encoding="utf-8")
    claim(tmp_path, ())
    (tmp_path / "index.html").write_text("<html><head></head>MkDocs</html>", encoding="utf-8")
    with pytest.raises(NotOurs):
        claim(tmp_path, ())
