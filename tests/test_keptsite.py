"""A server's site folder between builds: what changed is written, what is stale is deleted, all else is left."""

from __future__ import annotations

from pathlib import Path

from mkdocs import utils

from generator.keptsite import KeptSite


def built(kept: KeptSite, folder: Path, files: dict[str, bytes]) -> None:
    kept.clean_directory(str(folder))
    for name, content in files.items():
        kept.write_file(content, str(folder / name))
    kept.finish()


def held(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_only_what_changed_is_written_and_only_what_is_stale_deleted(tmp_path):
    kept = KeptSite(utils.write_file, utils.clean_directory)
    (tmp_path / "old.html").write_bytes(b"from another time")
    built(kept, tmp_path, {"a/index.html": b"1", "b/index.html": b"2"})
    assert held(tmp_path) == {"a/index.html": b"1", "b/index.html": b"2"}
    (tmp_path / "search.json").write_bytes(b"by somebody else")
    before = (tmp_path / "a/index.html").stat().st_mtime_ns
    built(kept, tmp_path, {"a/index.html": b"1", "c/index.html": b"3"})
    assert held(tmp_path) == {"a/index.html": b"1", "c/index.html": b"3", "search.json": b"by somebody else"}
    assert (tmp_path / "a/index.html").stat().st_mtime_ns == before
    built(kept, tmp_path, {"a/index.html": b"changed", "c/index.html": b"3", "b/index.html": b"2"})
    assert held(tmp_path)["a/index.html"] == b"changed"
    assert held(tmp_path)["b/index.html"] == b"2"


def test_mkdocs_has_the_functions_that_are_stood_in_for():
    kept = KeptSite(utils.write_file, utils.clean_directory)
    assert kept.originals == (utils.write_file, utils.clean_directory)
