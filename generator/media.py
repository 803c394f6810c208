"""Pictures in events/media/: whether a file is one that can be shown, and the sizes in which the site shows it.

Only what has no scripts and no links is taken: JPEG, PNG and WebP. A picture is drawn anew for the site, so that
nothing else that its file holds (where it was taken, by which camera, an earlier version) is published.
"""

from __future__ import annotations

import hashlib
import os
import stat
import warnings
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

FOLDER = "media"
FORMATS = {"JPEG": (".jpg", ".jpeg"), "PNG": (".png",), "WEBP": (".webp",)}
MAX_BYTES = 20_000_000
MAX_PIXELS = 60_000_000
WIDTHS = (480, 960, 1600)
"""In how many pixels of width a picture is published; never in more than it has."""

QUALITY = 80
SMALLER = "Make it smaller: no more than 1,600 pixels of width are shown."


class Unusable(Exception):
    """Raised with words for the contributor and a remedy when a file cannot be shown."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture that can be shown: its file, a digest of its bytes, its size in pixels as it is seen."""

    file: Path
    digest: str
    width: int
    height: int

    def sizes(self) -> tuple[tuple[int, int], ...]:
        """Give the widths and heights in which it is published, smallest first."""
        widths = [width for width in WIDTHS if width < self.width] or [self.width]
        if self.width > widths[-1] and len(widths) < len(WIDTHS):
            widths.append(self.width)
        return tuple((width, max(1, round(self.height * width / self.width))) for width in widths)

    def path(self, width: int) -> str:
        """Give where a size is published, below the site’s root; other bytes under the same name get another path."""
        return f"assets/media/{self.file.stem}-{width}-{self.digest}.webp"


def read(file: Path) -> Picture:
    """Read and decode a picture whole. Raises Unusable."""
    content = _bytes(file)
    with _opened(content) as image:
        kind = image.format or ""
        if file.suffix not in FORMATS[kind]:
            right = file.with_suffix(FORMATS[kind][0]).name
            raise Unusable(f"The name says {file.suffix}, and the file is a {kind} picture.", f"Rename it to {right}.")
        width, height = _upright(image).size
    digest = hashlib.blake2b(content, digest_size=4).hexdigest()
    return Picture(file=file, digest=digest, width=width, height=height)


@lru_cache(maxsize=256)
def published(picture: Picture, width: int, height: int) -> bytes:
    """Give a picture in one size, as WebP and without anything but its pixels and their colour profile."""
    from PIL import Image

    with _opened(_bytes(picture.file)) as image:
        profile = image.info.get("icc_profile")
        flat = _upright(image)
        flat = flat.convert("RGBA" if "A" in flat.getbands() or "transparency" in flat.info else "RGB")
        small = flat.resize((width, height), Image.Resampling.LANCZOS) if flat.width != width else flat
    buffer = BytesIO()
    small.save(buffer, "WEBP", quality=QUALITY, method=4, icc_profile=profile, exif=b"", xmp=b"")
    return buffer.getvalue()


def _bytes(file: Path) -> bytes:
    """Read a regular file; a link, device or pipe is never followed or waited for."""
    try:
        handle = os.open(file, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        if file.is_symlink():
            raise Unusable(
                "A picture must be a regular file, and this is a link.", "Put the file itself here."
            ) from None
        raise Unusable(f"The file cannot be read: {error.strerror}.", "Make it a readable regular file.") from None
    with os.fdopen(handle, "rb") as stream:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode):
            raise Unusable("A picture must be a regular file, and this is not one.", "Remove it.")
        if status.st_size > MAX_BYTES:
            message = f"A picture may have at most {MAX_BYTES:,} bytes; this one has {status.st_size:,}."
            raise Unusable(message, SMALLER)
        return stream.read(MAX_BYTES + 1)


def _opened(content: bytes) -> Image:
    """Decode a picture of one of the formats. Raises Unusable."""
    from PIL import Image

    large = f"A picture may have {MAX_PIXELS:,} pixels at most; this one has more."
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the limit is ours, below
            image = Image.open(BytesIO(content), formats=list(FORMATS))
            if image.width * image.height > MAX_PIXELS:
                raise Unusable(large, SMALLER)
            image.load()
    except Image.DecompressionBombError:
        raise Unusable(large, SMALLER) from None
    except (OSError, ValueError, SyntaxError):
        message = "The file is not a whole JPEG, PNG or WebP picture."
        raise Unusable(message, "Save it anew as JPEG, PNG or WebP.") from None
    return image


def _upright(image: Image) -> Image:
    """Turn a picture as its camera says it is to be seen."""
    from PIL import ImageOps

    return ImageOps.exif_transpose(image)
