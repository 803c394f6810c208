"""Nodes → model, with every structural problem reported; also the JSON Schema that editors use."""

from __future__ import annotations

from generator.schema.publish import json_schemas
from generator.schema.records import RECORDS, SETTINGS, VOCABULARY
from generator.schema.shapes import MISSING, Context, Missing

__all__ = ["MISSING", "RECORDS", "SETTINGS", "VOCABULARY", "Context", "Missing", "json_schemas"]
