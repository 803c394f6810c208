"""What a process does with memory that it needs no more."""

from __future__ import annotations

import ctypes
from contextlib import suppress

MMAP_THRESHOLD = -3
"""The parameter of that name in malloc.h of the GNU C library; see mallopt(3)."""

LARGE = 128 * 1024
"""From how many bytes on a buffer is large: what the library begins with."""


def give_back() -> None:
    """Have large buffers given back to the system as soon as they are free, where the C library can be told so.

    The GNU C library raises its notion of “large” with each large buffer that is freed, and then keeps their places: a
    process that has handed on a hundred packages of a megabyte holds tens of megabytes of nothing.
    """
    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(MMAP_THRESHOLD, LARGE)
