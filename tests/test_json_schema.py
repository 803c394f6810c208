"""The published JSON Schema: a valid draft-07, true to the reader, and up to date in schema/."""

from __future__ import annotations

import json
import re

import pytest
import yaml
from conftest import ROOT
from jsonschema import Draft7Validator

from generator.corpus import default_vocabulary
from generator.schema import RECORDS, json_schemas

SCHEMAS = json_schemas(default_vocabulary())
FOLDERS = {"actor": "actors", "place": "places", "topic": "topics", "source": "sources", "event": "20*"}


@pytest.mark.parametrize("kind", RECORDS)
def test_the_schema_is_draft_07_and_the_committed_one_is_current(kind):
    Draft7Validator.check_schema(json.loads(SCHEMAS[kind]))
    assert (ROOT / f"schema/{kind}.schema.json").read_text(encoding="utf-8") == SCHEMAS[kind]


@pytest.mark.parametrize("kind", FOLDERS)
def test_the_real_files_are_valid_by_the_schema_too(kind):
    validator = Draft7Validator(json.loads(SCHEMAS[kind]))
    files = sorted((ROOT / "events").glob(f"{FOLDERS[kind]}/*.yml"))
    assert files
    # An editor's YAML parser gives text, numbers and nothing else for these files: no YAML 1.1 dates.
    wrong = {
        file.name: [error.message for error in validator.iter_errors(yaml.load(file.read_text(), _Core))]
        for file in files
    }
    assert {name: errors for name, errors in wrong.items() if errors} == {}


class _Core(yaml.SafeLoader):
    """YAML 1.2's core types, as editors read them: dates stay text, and so does Norway's code, NO."""

    yaml_implicit_resolvers = {
        key: [pair for pair in pairs if pair[0] not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")]
        for key, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


_Core.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("true|false"), ["t", "f"])


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("event", {"type": "no-such-kind"}),
        ("event", {"titel": "x"}),
        ("event", {"sources": []}),
        ("event", {"participants": [{"role": "caller"}]}),
        ("event", {"sources": [{"url": "javascript:alert(1)"}]}),
        ("actor", {"kind": "man"}),
        ("place", {"lat": 91}),
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(kind, change):
    good = {
        "event": {"title": "T", "date": "2020", "type": "meeting", "summary": "S", "sources": ["a"]},
        "actor": {"name": "A", "kind": "person"},
        "place": {"name": "P", "lat": 1, "lon": 1},
    }[kind]
    validator = Draft7Validator(json.loads(SCHEMAS[kind]))
    assert list(validator.iter_errors(good)) == []
    assert list(validator.iter_errors(good | change)) != []


def test_every_field_is_described():
    def undescribed(schema: object, where: str) -> list[str]:
        if isinstance(schema, list):
            return [found for item in schema for found in undescribed(item, where)]
        if not isinstance(schema, dict):
            return []
        missing = [
            f"{where}.{name}" for name, field in schema.get("properties", {}).items() if not field.get("description")
        ]
        return missing + [found for key, item in schema.items() for found in undescribed(item, f"{where}.{key}")]

    assert [found for kind in RECORDS for found in undescribed(json.loads(SCHEMAS[kind]), kind)] == []
