"""The file format as JSON Schema draft-07, the version that yaml-language-server supports."""

from __future__ import annotations

import json
from collections.abc import Mapping

from generator.model import Vocabulary
from generator.schema.records import RECORDS


def json_schemas(vocabulary: Vocabulary) -> dict[str, str]:
    """Give the schema of each kind of file as JSON text, by kind, with the vocabulary's words in it."""
    terms: Mapping[str, Mapping[str, str]] = {
        "event_types": {key: term.definition for key, term in vocabulary.event_types.items()},
        "roles": {key: term.definition for key, term in vocabulary.roles.items()},
        "relation_types": {key: term.definition for key, term in vocabulary.relation_types.items()},
    }
    schemas = {}
    for kind, record in RECORDS.items():
        schema = {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "title": f"Chronology: {record.noun.lower()}",
            **record.schema(terms),
        }
        schemas[kind] = json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
    return schemas
