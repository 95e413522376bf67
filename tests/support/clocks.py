"""The application's clock, stopped."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pytest

from app import clock


@contextmanager
def standing(moment: datetime | str) -> Iterator[None]:
    """It is this moment until the block ends."""
    stands = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "now", lambda: stands)
        yield
