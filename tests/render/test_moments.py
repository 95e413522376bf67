"""Moments: on the venue's clocks."""

from datetime import UTC, date, datetime

from app.render.moments import at, filters

NOON = datetime(2016, 5, 12, 7, 32, tzinfo=UTC)


def test_the_clock_is_the_venues() -> None:
    assert filters("en")["clock"](NOON, "Asia/Bangkok") == "14:32"


def test_a_moment_without_zone_is_universal_time() -> None:
    assert at(NOON.replace(tzinfo=None), "Asia/Bangkok") == at(NOON, "Asia/Bangkok")


def test_days_speak_the_readers_language() -> None:
    assert filters("fr")["weekday"](date(2016, 5, 12)) == "jeudi 12 mai"
