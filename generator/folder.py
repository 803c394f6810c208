"""Writes the pages into a folder, for any builder of Markdown: only what changed, and only where it may."""

from __future__ import annotations

from pathlib import Path

from generator import assets, exports, pages
from generator.chronology import Chronology
from generator.putting import refuse_links, swap_in

MARK = ".chronology-pages"
"""The file that says a folder was written by this module; it lists what stands in it."""


class FolderNotOurs(Exception):
    """Raised when the folder holds files that this module did not write."""


def write(folder: Path, chronology: Chronology, docs: Path | None) -> tuple[int, int, int]:
    """Write every page and asset; give how many files were written, left as they were, and removed.

    Raises FolderNotOurs before anything is touched, and OSError where the disk refuses.
    """
    ours = _ours(folder)
    files: dict[str, bytes] = dict((*assets.files(), *assets.made(chronology)))
    exported = tuple(exports.write(chronology, exports.Site(), files.__setitem__))
    files |= {page.path: page.markdown.encode() for page in pages.render(chronology, exported=exported)}
    files |= _hand_written(docs)
    places = {folder / path for path in (MARK, *files, *ours)}
    for place in sorted({place.parent for place in places} | {place for place in places if place.is_symlink()}):
        refuse_links(place, folder)
    written = kept = 0
    folder.mkdir(parents=True, exist_ok=True)
    # The mark goes first: a run that is cut short leaves a folder that the next run still knows as its own.
    swap_in(folder / MARK, "".join(f"{path}\n" for path in sorted(ours | files.keys())).encode())
    for path, content in files.items():
        target = folder / path
        if target.is_file() and target.read_bytes() == content:
            kept += 1
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        swap_in(target, content)
        written += 1
    gone = sorted(path for path in ours - files.keys() if (folder / path).is_file())
    for path in gone:
        (folder / path).unlink()
    swap_in(folder / MARK, "".join(f"{path}\n" for path in sorted(files)).encode())
    return written, kept, len(gone)


def _ours(folder: Path) -> set[str]:
    if folder.is_symlink():
        raise FolderNotOurs(f"{folder} is a symbolic link; name the folder itself.")
    if not folder.exists() or not any(folder.iterdir()):
        return set()
    mark = folder / MARK
    if not mark.is_file():
        raise FolderNotOurs(f"{folder} is not empty and was not written by “chronology pages”; name another folder.")
    listed = mark.read_text(encoding="utf-8").splitlines()
    return {path for path in listed if not Path(path).is_absolute() and ".." not in Path(path).parts}


def _hand_written(docs: Path | None) -> dict[str, bytes]:
    if docs is None or not docs.is_dir():
        return {}
    found = sorted(path for path in docs.rglob("*") if path.is_file() and not path.is_symlink())
    return {path.relative_to(docs).as_posix(): path.read_bytes() for path in found}
