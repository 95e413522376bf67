"""The present moment of the meeting: the day as one line, and the clock that runs."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from sqlmodel import col, select

from app import clock
from app.models import Activity, Round
from app.queries.step import agenda_of, group_apart, workshop_row
from app.queries.workshops import ended_number


@dataclass(frozen=True)
class Segment:
    """One agenda item of the day's line, as long as it was planned. `state`: done, now, ahead."""

    id: str
    title: str
    start: str
    end: str
    state: str

    @property
    def begins(self) -> int:
        """Minutes after midnight at the venue."""
        return _minutes(self.start)

    @property
    def ends(self) -> int:
        return self.begins + self.minutes

    @property
    def minutes(self) -> int:
        return max(1, _minutes(self.end) - self.begins)


@dataclass(frozen=True)
class Thread:
    """The day before the room. It follows the facilitator: what is now is the item they started.
    `ended` is the number with which the whole meeting ended, or None."""

    day: int
    time_zone: str
    segments: list[Segment]
    ended: int | None = None
    ended_at: datetime | None = None
    workshop_id: str = ""

    @property
    def now(self) -> Segment | None:
        return next((segment for segment in self.segments if segment.state == "now"), None)


def thread(conn: Connection, workshop_id: str) -> Thread:
    """The agenda of the present item's day; of the first day that still lies ahead before that."""
    workshop = workshop_row(conn, workshop_id)
    items = agenda_of(conn, workshop_id)
    present = next((item for item in items if item.id == workshop.current_item_id), None)
    ahead = next((item for item in items if item.finished_at is None), None)
    at = present or ahead or (items[-1] if items else None)
    ended = ended_number(conn, workshop_id) if workshop.ended_at else None
    if at is None:
        return Thread(1, workshop.time_zone, [], ended, workshop.ended_at, workshop_id)
    today = [item for item in items if item.day == at.day]
    return Thread(
        at.day,
        workshop.time_zone,
        [
            Segment(item.id, item.title, item.start, item.end, _state(item, workshop))
            for item in today
        ],
        ended,
        workshop.ended_at,
        workshop_id,
    )


def _state(item: Any, workshop: Any) -> str:
    if item.id == workshop.current_item_id:
        return "now"
    return "done" if item.finished_at is not None else "ahead"


def planned_end(workshop: Any, item: Any) -> datetime | None:
    """When the item should be over: as planned if it was started on its day, else so long after
    its start as it was planned to take; None before it has begun."""
    if item is None or item.started_at is None:
        return None
    moment = item.started_at if item.started_at.tzinfo else item.started_at.replace(tzinfo=UTC)
    started: datetime = moment.astimezone(ZoneInfo(workshop.time_zone))
    end = _minutes(item.end)
    planned = datetime.combine(started, time(end // 60 % 24, end % 60), started.tzinfo)
    if workshop.starts_on and started.date() == workshop.starts_on + timedelta(item.day - 1):
        return planned
    return started + timedelta(minutes=max(1, end - _minutes(item.start)))


def _minutes(clock_time: str) -> int:
    hours, _, minutes = clock_time.partition(":")
    return int(hours) * 60 + int(minutes)


@dataclass(frozen=True)
class Timer:
    """What is counted down, if anything. `kind`: closing (of a round, announced), round (its
    planned end) or timer (the facilitator's own). A paused timer has `left` seconds and no end."""

    kind: str
    zone: str
    ends_at: datetime | None = None
    left: int | None = None
    closes: bool = False

    @property
    def ends(self) -> str:
        """The end as ISO 8601 in UTC, for the clock in the page to count down to."""
        return clock.stamp(self.ends_at) if self.ends_at else ""


def timer(conn: Connection, workshop_id: str, group: str | None = None) -> Timer | None:
    """The one clock to show: a round that is closing, else the facilitator's, else a round's. A
    group that works apart has its own rounds' clocks, the plenary its own."""
    workshop = workshop_row(conn, workshop_id)
    zone = workshop.time_zone
    apart = group_apart(conn, workshop_id, group)
    ending = conn.execute(
        select(Round)
        .join(Activity, col(Activity.id) == col(Round.activity_id))
        .where(
            Round.workshop_id == workshop_id,
            col(Activity.group_id) == apart.id if apart else col(Activity.group_id).is_(None),
            col(Round.status).in_(("open", "closing")),
            col(Round.closes_at).is_not(None),
        )
        .order_by(col(Round.closes_at))
    ).all()
    closing = next((round_ for round_ in ending if round_.status == "closing"), None)
    if closing is not None:
        return Timer("closing", zone, closing.closes_at, closes=True)
    if workshop.timer:
        return _set_by_hand(workshop.timer, zone)
    if ending:
        return Timer("round", zone, ending[0].closes_at, closes=True)
    return None


def _set_by_hand(stored: dict[str, Any], zone: str) -> Timer:
    """The facilitator's timer: so many seconds since a moment, or standing still without one."""
    if since := stored.get("since"):
        ends_at = datetime.fromisoformat(since) + timedelta(seconds=stored["seconds"])
        return Timer("timer", zone, ends_at)
    return Timer("timer", zone, left=stored["seconds"])
