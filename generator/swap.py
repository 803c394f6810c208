"""Two folders change places in one step, so that there is no moment without either of them."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
import sys
from pathlib import Path

_HERE = -100
"""AT_FDCWD: paths are relative to the working folder."""

_EXCHANGE = 2
"""RENAME_EXCHANGE of renameat2 (Linux 3.15), and RENAME_SWAP of renamex_np (macOS 10.12)."""


def swap(new: Path, site: Path) -> None:
    """Put the folder `new` in the place of `site`, which then stands where `new` stood, if there was one.

    Raises OSError where the disk refuses; `site` is then whole. Where a system cannot exchange folders, there is a
    moment between two renamings; where `site` is a disk of its own, its files are replaced one by one.
    """
    if not site.exists():
        new.rename(site)
        return
    if site.is_mount():
        _replace_files(new, site)
    elif not _exchange(new, site):
        aside = site.with_name(f".{site.name}.old")
        shutil.rmtree(aside, ignore_errors=True)
        site.rename(aside)
        try:
            new.rename(site)
        except OSError:
            aside.rename(site)
            raise
        with contextlib.suppress(OSError):
            aside.rename(new)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders at once; tell whether the system can."""
    try:
        library = ctypes.CDLL(None, use_errno=True)
        paths = os.fsencode(one), os.fsencode(other)
        if sys.platform == "darwin":
            failed = library.renamex_np(*paths, _EXCHANGE)
        else:
            failed = library.renameat2(_HERE, paths[0], _HERE, paths[1], _EXCHANGE)
    except (AttributeError, OSError, TypeError):
        return False
    if not failed:
        return True
    number = ctypes.get_errno()
    if number in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        return False
    raise OSError(number, os.strerror(number), str(other))


def _replace_files(new: Path, site: Path) -> None:
    wanted = {path.relative_to(new) for path in new.rglob("*") if not path.is_dir()}
    for path in sorted(wanted):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        beside = site / path.with_name(f".{path.name}.part")
        shutil.copy2(new / path, beside)
        os.replace(beside, site / path)
    for path in sorted(site.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            with contextlib.suppress(OSError):
                path.rmdir()
        elif path.relative_to(site) not in wanted:
            path.unlink()
