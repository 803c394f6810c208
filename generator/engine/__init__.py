"""A site made by Zensical from the same mkdocs.yml, pages and overrides, without MkDocs or Material being there."""

from generator.engine.making import NotBuilt, build
from generator.engine.settings import Unusable

__all__ = ["NotBuilt", "Unusable", "build"]
