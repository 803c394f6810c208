"""The flow of the program: a module imports only from what stands before it, and MkDocs only at the adapter."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT

GENERATOR = ROOT / "generator"

FLOW = (
    "__init__",
    "packing",
    "diagnostics",
    "comments",
    "waivers",
    "syntax",
    "source",
    "translations",
    "dates",
    "media",
    "addresses",
    "links",
    "model",
    "today",
    "schema",
    "corpus",
    "rules",
    "codes",
    "check",
    "cache",
    "git",
    "published",
    "history",
    "asof",
    "labels",
    "chronology",
    "publishers",
    "changes",
    "encounters",
    "search",
    "indexer",
    "pagefind",
    "markdown",
    "paths",
    "overview",
    "previews",
    "charts",
    "worldmap",
    "exports",
    "timeline",
    "describing",
    "compiled",
    "writer",
    "portions",
    "reference",
    "pages",
    "assets",
    "sanitise",
    "rendering",
    "policy",
    "press",
    "leaves",
    "shell",
    "keys",
    "pieces",
    "swap",
    "tree",
    "looking",
    "place",
    "staging",
    "memory",
    "workers",
    "jobs",
    "printing",
    "state",
    "sitemap",
    "putting",
    "folder",
    "fmt",
    "draft",
    "interview",
    "issueforms",
    "scaffold",
    "importing",
    "fixes",
    "report",
    "review",
    "drafting",
    "plugin",
    "engine",
    "commands",
    "cli",
    "__main__",
)
"""From the bytes of a file to the command line; a package counts as one module."""

MKDOCS = {"plugin": "all of it", "commands": "mkdocs.exceptions"}
FILES = sorted(file for file in GENERATOR.rglob("*.py") if "starter" not in file.parts)


def module_of(file: Path) -> str:
    return file.relative_to(GENERATOR).parts[0].removesuffix(".py")


def imported(file: Path) -> Iterator[str]:
    """Yield the full name of everything that a file imports, anywhere in it."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are written in full"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_the_flow_names_every_module_once():
    assert len(FLOW) == len(set(FLOW))
    assert set(FLOW) == {module_of(file) for file in FILES}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(GENERATOR).as_posix())
def test_a_module_imports_only_from_what_stands_before_it(file):
    own = module_of(file)
    inside = [name.split(".") for name in imported(file) if name.split(".")[0] == "generator"]
    units = {parts[1] if len(parts) > 1 and parts[1] in FLOW else "__init__" for parts in inside} - {own}
    assert [unit for unit in units if FLOW.index(unit) > FLOW.index(own)] == []


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(GENERATOR).as_posix())
def test_only_the_adapter_imports_mkdocs(file):
    names = [name for name in imported(file) if name.split(".")[0] in ("mkdocs", "material")]
    if (allowed := MKDOCS.get(module_of(file))) != "all of it":
        assert [name for name in names if not (allowed and name.startswith(allowed))] == []
