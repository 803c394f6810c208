"""Chronology: event files in YAML become a checked, searchable static site."""

__version__ = "0.1.0"
