"""The application's clock, stopped or moved on: it keeps its own, and no clock of the machine
moves it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest

from app import clock


@contextmanager
def standing(moment: datetime | str) -> Iterator[None]:
    """It is this moment until the block ends."""
    stands = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: stands)
        yield


@contextmanager
def later(much: timedelta) -> Iterator[None]:
    """As if so much more had passed (or less), until the block ends."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "_BEGAN", clock._BEGAN + much)
        yield
