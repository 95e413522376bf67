"""Moments as people read them: in the meeting's own time zone, in their own language."""

from collections.abc import Callable
from datetime import UTC, date, datetime, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time

from app.render.words import locale


def filters(lang: str) -> dict[str, Callable[..., Any]]:
    """clock, moment, day and weekday for one language."""
    spoken = locale(lang)

    def clock(value: datetime | None, zone: str | tzinfo = "UTC") -> str:
        return "" if value is None else format_time(at(value, zone), "HH:mm", locale=spoken)

    def moment(value: datetime | None, zone: str | tzinfo = "UTC") -> str:
        return "" if value is None else format_datetime(at(value, zone), "medium", locale=spoken)

    def day(value: date | None) -> str:
        return "" if value is None else format_date(value, "long", locale=spoken)

    def weekday(value: date | None) -> str:
        return "" if value is None else format_date(value, "EEEE d MMMM", locale=spoken)

    return {"clock": clock, "moment": moment, "day": day, "weekday": weekday}


def at(value: datetime, zone: str | tzinfo) -> datetime:
    """A moment on the clocks of a zone; SQLite's naive moments are in UTC."""
    aware = value if value.tzinfo else value.replace(tzinfo=UTC)
    return aware.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)
