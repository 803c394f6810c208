"""The wheel carries all it needs: a second chronology in an empty folder, with nothing of this repository near."""

from __future__ import annotations

import sys
import venv
from pathlib import Path

from conftest import ROOT, run


def test_a_second_chronology_is_made_from_the_wheel_alone(tmp_path: Path):
    built = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist"))
    assert built.returncode == 0, built.stderr
    (wheel,) = (tmp_path / "dist").glob("chronology_site-*.whl")
    venv.create(tmp_path / "venv", with_pip=True)
    binaries = tmp_path / "venv/bin"
    pip = (str(binaries / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    for arguments in (("--require-hashes", "-r", str(ROOT / "requirements/site.txt")), ("--no-deps", str(wheel))):
        installed = run(*pip, *arguments, cwd=tmp_path)
        assert installed.returncode == 0, installed.stderr
    folder = tmp_path / "mine"
    folder.mkdir()
    options = ("--title", "Mine", "--description", "A chronology of mine.")
    started = run(str(binaries / "chronology"), "init", *options, cwd=folder)
    assert started.returncode == 0, started.stderr
    site = run(str(binaries / "mkdocs"), "build", "--strict", cwd=folder)
    assert site.returncode == 0, site.stderr
    page = (folder / "site/events/1869-11-17-suez-canal-opens/index.html").read_text(encoding="utf-8")
    assert "The Suez Canal is opened" in page
    assert (folder / "site/assets/chronology/chronology.css").stat().st_size > 1000
