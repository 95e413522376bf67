"""What a long test saw, as a row of the table that `make soak` prints and keeps.

It is told to pytest's own report; `tests/soak/table.py` reads it there.
"""

from collections.abc import Callable

import pytest

Saw = Callable[[int, str], None]


@pytest.fixture
def saw(record_property: Callable[[str, object], None]) -> Saw:
    """`saw(150, "0 violations")`: so many trials, and what came of them."""

    def note(trials: int, result: str) -> None:
        record_property("trials", trials)
        record_property("result", result)

    return note
