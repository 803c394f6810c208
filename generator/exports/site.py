"""Where the site will stand, as files of data say it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """Where the site will stand: `base` ends in a slash, or is empty where that is not known."""

    base: str = ""

    def address(self, path: str) -> str:
        """Give the address of a path below the site’s root: absolute where the site’s own is known."""
        return f"{self.base}{path}"

    @property
    def authority(self) -> str:
        """The host, and what stands before the path, for identifiers that outlive addresses (RFC 4151)."""
        host = self.base.partition("://")[2].partition("/")[0].partition(":")[0]
        return host or "chronology.invalid"
