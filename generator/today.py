"""The day against which “has occurred” is judged."""

from __future__ import annotations

import datetime
import os

from generator.dates import Day


def today() -> Day:
    """Give the day of SOURCE_DATE_EPOCH (reproducible-builds.org) where that is set, else the clock's day in UTC.

    Raises ValueError for a SOURCE_DATE_EPOCH that is no number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        moment = (
            datetime.datetime.fromtimestamp(int(epoch), datetime.UTC) if epoch else datetime.datetime.now(datetime.UTC)
        )
    except (ValueError, OverflowError, OSError):
        raise ValueError(f"SOURCE_DATE_EPOCH must be a number of seconds since 1970; it is {epoch!r}.") from None
    return Day(moment.year, moment.month, moment.day)
