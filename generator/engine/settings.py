"""mkdocs.yml, read without MkDocs: what a build needs of it, and the same file with more in it for another engine.

The file is kept as a tree of YAML nodes, so that tags that only its reader understands (`!ENV`, `!!python/name:…`)
pass through as they stand.
"""

from __future__ import annotations

import copy
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

PLUGIN = "chronology"


class Unusable(Exception):
    """Raised with words for the user where a file of settings cannot be used."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What mkdocs.yml says, as a tree and as values; paths in it are relative to `base`."""

    base: Path
    tree: MappingNode
    values: Mapping[str, Any]

    def text(self, name: str, default: str = "") -> str:
        """Give a value of the file that is text."""
        value = self.values.get(name)
        return str(value) if value else default

    def folder(self, name: str, default: str) -> Path:
        """Give a folder that the file names."""
        return (self.base / self.text(name, default)).absolute()

    @property
    def plugin(self) -> Mapping[str, Any]:
        """What stands below `- chronology:`."""
        plugins = self.values.get("plugins") or []
        if isinstance(plugins, dict):
            return plugins.get(PLUGIN) or {}
        found = next((entry[PLUGIN] for entry in plugins if isinstance(entry, dict) and PLUGIN in entry), None)
        return found or {}

    @property
    def theme(self) -> Mapping[str, Any]:
        """What stands below `theme:`."""
        theme = self.values.get("theme") or {}
        return theme if isinstance(theme, dict) else {"name": theme}

    @property
    def ascii_ids(self) -> bool:
        """Whether headings get ids as English pages have them."""
        extensions = self.values.get("markdown_extensions") or []
        settings = (entry.get("toc") for entry in extensions if isinstance(entry, dict))
        return not any("slugify" in own for own in settings if own)

    @property
    def edit(self) -> str:
        """The address below which files of the project are edited, "" where the repository is not known."""
        repository = self.text("repo_url")
        if not repository:
            return ""
        edit = self.text("edit_uri", "edit/main/docs/")
        root = edit.rsplit("docs/", 1)[0] if "docs/" in edit else edit
        return f"{repository.rstrip('/')}/{root.strip('/')}/"

    def with_more(self, more: Mapping[str, Any], left_out: tuple[str, ...] = ()) -> str:
        """Give the file's text with more in it: groups are joined, other values take the place of those there."""
        tree = copy.deepcopy(self.tree)
        tree.value = [(key, value) for key, value in tree.value if key.value not in left_out]
        _join(tree, more)
        text: str = yaml.serialize(tree, Dumper=yaml.SafeDumper, allow_unicode=True, width=1000)
        return text


def read(file: Path) -> Settings:
    """Read a file of settings, with the one that it inherits from. Raises Unusable."""
    tree = _tree(file)
    parent = _get(tree, "INHERIT")
    if isinstance(parent, ScalarNode):
        whole = read(file.parent / parent.value).tree
        tree.value = [(key, value) for key, value in tree.value if key.value != "INHERIT"]
        tree = _joined(whole, tree)
    values = _Values("").construct_document(tree)
    if not values.get("site_name"):
        raise Unusable(f"{file}: “site_name” is missing.")
    return Settings(base=file.parent.absolute(), tree=tree, values=values)


def _tree(file: Path) -> MappingNode:
    try:
        tree = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except OSError as error:
        raise Unusable(f"{file}: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise Unusable(f"{file} is not in UTF-8.") from None
    except yaml.YAMLError as problem:
        raise Unusable(f"{file} is no YAML: {' '.join(str(problem).split())}.") from None
    if not isinstance(tree, MappingNode):
        raise Unusable(f"{file} holds no settings.")
    return tree


class _Values(yaml.SafeLoader):
    """Gives values of a tree; what names a part of a program is left as its name."""


def _environment(loader: yaml.SafeLoader, node: Node) -> Any:
    """Give what `!ENV NAME` or `!ENV [NAME, …, default]` means, as MkDocs has it."""
    if isinstance(node, ScalarNode):
        return os.environ.get(node.value)
    if not isinstance(node, SequenceNode):
        return None
    *names, default = node.value if len(node.value) > 1 else [*node.value, ScalarNode("tag:yaml.org,2002:null", "")]
    given = next((os.environ[name.value] for name in names if name.value in os.environ), None)
    if given is None:
        return loader.construct_object(default, deep=True)
    return yaml.safe_load(given) if given else given


_Values.add_constructor("!ENV", _environment)
_Values.add_multi_constructor("tag:yaml.org,2002:python/", lambda _, suffix, __: suffix)


def _get(tree: MappingNode, name: str) -> Node | None:
    return next((value for key, value in tree.value if key.value == name), None)


def _put(tree: MappingNode, name: str, node: Node) -> None:
    pairs = [(key, value) for key, value in tree.value if key.value != name]
    tree.value = [*pairs, (ScalarNode("tag:yaml.org,2002:str", name), node)]


def _joined(one: MappingNode, other: MappingNode) -> MappingNode:
    """Join two trees: groups are joined, other values of the second take the place of those of the first."""
    whole = MappingNode(tag=one.tag, value=list(one.value))
    for key, value in other.value:
        old = _get(whole, key.value)
        both = isinstance(old, MappingNode) and isinstance(value, MappingNode)
        _put(whole, key.value, _joined(old, value) if both else value)  # type: ignore[arg-type]
    return whole


def _join(tree: MappingNode, more: Mapping[str, Any]) -> None:
    for name, value in more.items():
        old = _get(tree, name)
        if isinstance(value, Mapping) and not isinstance(old, MappingNode):
            old = MappingNode(tag="tag:yaml.org,2002:map", value=[])
            _put(tree, name, old)
        if isinstance(value, Mapping) and isinstance(old, MappingNode):
            _join(old, value)
        else:
            _put(tree, name, value if isinstance(value, Node) else _represented(value))


def _represented(value: Any) -> Node:
    node = yaml.compose(yaml.safe_dump(value, allow_unicode=True), Loader=yaml.SafeLoader)
    assert node is not None
    return node
