"""The day as it goes: how late it runs, what of it remains, and what became of its plan.

Nothing of this is stored: planned times are the venue's, actual ones moments, and the difference
is derived wherever it is asked for.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from sqlmodel import col, select

from app import clock
from app.activities.day import Slot, minutes_of, replanned
from app.models import LogLine
from app.queries.step import agenda_of, workshop_row


@dataclass(frozen=True)
class Lateness:
    """How late the meeting runs: `minutes` since the present item began late, or as many as have
    passed since the moment `since`, whichever is more."""

    minutes: int
    since: datetime

    def at(self, now: datetime) -> int:
        """The minutes at a moment."""
        return max(self.minutes, int((now - self.since).total_seconds() // 60))

    @property
    def from_(self) -> str:
        """The moment, for the clock in the page."""
        return clock.stamp(self.since)


def lateness(conn: Connection, workshop_id: str) -> Lateness | None:
    """What runs should have ended then; if nothing does, what comes should have begun then. None
    for a meeting without dates, on another day than was planned, and once the day is over."""
    workshop = workshop_row(conn, workshop_id)
    items = agenda_of(conn, workshop_id)
    here = next((one for one in items if one.id == workshop.current_item_id), None)
    if workshop.starts_on is None:
        return None
    if here is not None and here.finished_at is None:
        if (late := begun_late(workshop, here)) is None:
            return None
        return Lateness(max(0, late), _planned(workshop, here.day, here.end))
    ahead = [one for one in items if one.finished_at is None and (not here or _after(one, here))]
    if not ahead:
        return None
    return Lateness(0, _planned(workshop, ahead[0].day, ahead[0].start))


def begun_late(workshop: Any, item: Any) -> int | None:
    """By how many minutes an item began later than planned; None before, and on another day."""
    if item.started_at is None or workshop.starts_on is None:
        return None
    began: datetime = item.started_at.astimezone(ZoneInfo(workshop.time_zone))
    if began.date() != date_of(workshop, item.day):
        return None
    return began.hour * 60 + began.minute - minutes_of(item.start)


def date_of(workshop: Any, day: int) -> date:
    """The date of a day of the agenda."""
    found: date = workshop.starts_on + timedelta(days=day - 1)
    return found


def rest_of_day(conn: Connection, workshop_id: str) -> list[Slot]:
    """What remains of the present day: the item that runs, and those after it."""
    workshop = workshop_row(conn, workshop_id)
    items = agenda_of(conn, workshop_id)
    here = next((one for one in items if one.id == workshop.current_item_id), None)
    waiting = [one for one in items if one.finished_at is None]
    if here is not None:
        waiting = [one for one in waiting if one.id == here.id or _after(one, here)]
    elif waiting:
        here = waiting[0]
    return [_slot(workshop, one) for one in waiting if here and one.day == here.day]


def preview(
    conn: Connection, workshop_id: str, by: int, shorten: bool, keep_breaks: bool
) -> list[tuple[Slot, Slot]]:
    """What remains of the day as it is planned, and as it would be. Raises as `replanned` does."""
    before = {slot.id: slot for slot in rest_of_day(conn, workshop_id)}
    after = replanned(list(before.values()), by, shorten=shorten, keep_breaks=keep_breaks)
    return [(before[slot.id], slot) for slot in after]


def last_move(conn: Connection, workshop_id: str) -> Any:
    """The last line that says how the day was moved, unless that was taken back already."""
    last = conn.execute(
        select(LogLine)
        .where(
            LogLine.workshop_id == workshop_id,
            col(LogLine.kind).in_(("day_moved", "day_moved_back")),
        )
        .order_by(col(LogLine.number).desc())
        .limit(1)
    ).one_or_none()
    return last if last and last.kind == "day_moved" else None


def _slot(workshop: Any, item: Any) -> Slot:
    late = None if item.started_at is None else begun_late(workshop, item) or 0
    times = minutes_of(item.start), minutes_of(item.end)
    running = item.id == workshop.current_item_id
    return Slot(item.id, item.title, *times, item.kind == "break", late if running else None)


def _after(item: Any, other: Any) -> bool:
    return (item.day, item.start, item.position, item.id) > (
        other.day, other.start, other.position, other.id,
    )  # fmt: skip


def _planned(workshop: Any, day: int, clock_time: str) -> datetime:
    midnight = datetime.combine(date_of(workshop, day), datetime.min.time())
    at = midnight + timedelta(minutes=minutes_of(clock_time))
    return at.replace(tzinfo=ZoneInfo(workshop.time_zone))
