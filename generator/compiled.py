"""Compiled templates, kept in memory between a server’s builds, and in the user’s cache folder between processes."""

from __future__ import annotations

import contextlib
import os
import pickle
from pathlib import Path

import jinja2.bccache


class CompiledTemplates(jinja2.bccache.BytecodeCache):
    """Keeps compiled templates: every build makes new environments, ours and MkDocs' own, and most processes make one.

    What is kept of a template is used only while its source is the same; jinja2 looks.
    """

    def __init__(self) -> None:
        self.known: dict[str, bytes] = {}
        self._new = False

    def take(self, file: Path) -> None:
        """Take what an earlier process has kept in a file of the user’s cache folder."""
        with contextlib.suppress(Exception):  # gone, or damaged: then they are compiled anew
            self.known = {**pickle.loads(file.read_bytes()), **self.known}  # noqa: S301 - the user’s own

    def keep(self, file: Path) -> None:
        """Keep what is new for later processes."""
        if not self._new:
            return
        self._new = False
        with contextlib.suppress(OSError):
            beside = file.with_name(f".{file.name}.{os.getpid()}")
            beside.write_bytes(pickle.dumps(self.known, 5))
            os.replace(beside, file)

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Take a template's code from an earlier build."""
        if bucket.key in self.known:
            with contextlib.suppress(Exception):
                bucket.bytecode_from_string(self.known[bucket.key])

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Keep a template's code for the next build."""
        self.known[bucket.key] = bucket.bytecode_to_string()
        self._new = True


TEMPLATES = CompiledTemplates()
"""Those of this process: of our own environment and of MkDocs’."""
