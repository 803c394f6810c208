"""`python -m generator` is the same as `chronology`."""

from generator.cli import run

run()
