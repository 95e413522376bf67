"""When the present item should be over: by the venue's clock on its day, else by its length."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from app.queries.now import planned_end

BANGKOK = SimpleNamespace(time_zone="Asia/Bangkok", starts_on=date(2016, 5, 11))


def item(day: int, started: datetime | None, start: str = "14:00", end: str = "15:30") -> Any:
    return SimpleNamespace(day=day, start=start, end=end, started_at=started)


@pytest.mark.parametrize(
    ("started", "ends"),
    [
        (datetime(2016, 5, 12, 7, 20, tzinfo=UTC), datetime(2016, 5, 12, 8, 30, tzinfo=UTC)),
        (datetime(2016, 5, 12, 7, 20), datetime(2016, 5, 12, 8, 30, tzinfo=UTC)),  # noqa: DTZ001
        (datetime(2016, 4, 1, 3, 0, tzinfo=UTC), datetime(2016, 4, 1, 4, 30, tzinfo=UTC)),
    ],
    ids=["late on its day", "as SQLite gives it", "at the rehearsal"],
)
def test_the_planned_end(started: datetime, ends: datetime) -> None:
    assert planned_end(BANGKOK, item(2, started)) == ends


def test_nothing_is_over_before_it_began() -> None:
    assert planned_end(BANGKOK, item(2, None)) is None
    assert planned_end(BANGKOK, None) is None


def test_a_meeting_without_dates_goes_by_length() -> None:
    undated = SimpleNamespace(time_zone="UTC", starts_on=None)
    began = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
    assert planned_end(undated, item(1, began)) == datetime(2026, 1, 5, 10, 30, tzinfo=UTC)
