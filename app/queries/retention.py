"""Until when a meeting remembers who took part."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from sqlmodel import col, select

from app.models import Workshop
from app.queries.workshops import workshop

WARNED = timedelta(days=14)


@dataclass(frozen=True)
class Retention:
    """What the desk says: how many days are left until people are forgotten, or since when they
    are."""

    until: date | None
    days: int
    forgotten_at: datetime | None


def is_over(day: date, zone: str, now: datetime) -> bool:
    """Whether this day has ended where the meeting is."""
    return now.astimezone(ZoneInfo(zone)).date() > day


def due_to_forget(conn: Connection, now: datetime) -> list[str]:
    """The workshops whose last day of remembering is over, and that have not forgotten."""
    near = now.date() + timedelta(days=1)  # the world's clocks are no further apart
    rows = conn.execute(
        select(Workshop).where(
            col(Workshop.retain_until) <= near, col(Workshop.forgotten_at).is_(None)
        )
    )
    return [row.id for row in rows if is_over(row.retain_until, row.time_zone, now)]


def retention(conn: Connection, workshop_id: str, now: datetime) -> Retention | None:
    """What the desk has to say of it now, if anything: from two weeks before."""
    found = workshop(conn, workshop_id)
    if found.forgotten_at:
        return Retention(found.retain_until, 0, found.forgotten_at)
    if found.retain_until is None:
        return None
    left = found.retain_until - now.astimezone(ZoneInfo(found.time_zone)).date()
    return Retention(found.retain_until, max(0, left.days), None) if left <= WARNED else None
