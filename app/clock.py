"""The one place that knows what time it is, so that tests can freeze it.

It is the time at which this process began and what has passed since, also while the machine slept:
somebody who sets the machine's clock in the middle of a meeting moves no deadline and gives no
line of the log an earlier time than the line before. A clock set right counts from the next start.
"""

import time
from datetime import UTC, datetime, timedelta

# What counts on while a laptop sleeps; elsewhere than on Linux the plain monotonic clock does.
_STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


def _passed() -> timedelta:
    return timedelta(seconds=time.clock_gettime(_STEADY))


_BEGAN = datetime.now(UTC) - _passed()


def now() -> datetime:
    """The present moment, aware and in UTC."""
    return _BEGAN + _passed()


def stamp(moment: datetime) -> str:
    """An aware moment as ISO 8601 in UTC with milliseconds, as log lines carry it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
