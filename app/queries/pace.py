"""How long what is planned takes, by this meeting's own pace, and what no longer fits the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from sqlmodel import col, func, select

from app.activities import EXERCISES, terms_of
from app.activities.blocks import Coverage
from app.activities.day import Need, Slot, minutes_of, what_to_cut
from app.activities.pace import Paced, Prediction, pace_of, predicted
from app.activities.thrift import Sharing
from app.methods import METHODS
from app.models import RegisterEntry, Reopening, Round, RoundOption
from app.queries.activities import activities
from app.queries.day import begun_late, date_of, rest_of_day
from app.queries.sharing import raters_ahead, share
from app.queries.step import agenda_of, workshop_row

STAYS = ("break", "closing")


@dataclass(frozen=True)
class Against:
    """An item's plan against what happened: by how much it began late (None: not on its day), and
    how long it was planned to take and took (None: not over yet)."""

    late: int | None
    planned: int
    took: int | None

    @property
    def over(self) -> int | None:
        return None if self.took is None else self.took - self.planned


@dataclass(frozen=True)
class DayPlan:
    """One day of the plan against what happened, over the items that are over."""

    planned: int
    took: int
    done: int


def against_plan(
    conn: Connection, workshop_id: str
) -> tuple[dict[str, Against], dict[int, DayPlan]]:
    """Plan against actual, by item and by day."""
    workshop = workshop_row(conn, workshop_id)
    items = agenda_of(conn, workshop_id)
    found = {item.id: _against(workshop, item) for item in items}
    days = {}
    for day in {item.day for item in items}:
        over = [found[item.id] for item in items if item.day == day]
        over = [one for one in over if one.took is not None]
        days[day] = DayPlan(
            sum(one.planned for one in over), sum(one.took or 0 for one in over), len(over)
        )
    return found, days


def _against(workshop: Any, item: Any) -> Against:
    took = None
    if item.started_at and item.finished_at:
        took = round((item.finished_at - item.started_at).total_seconds() / 60)
    planned = minutes_of(item.end) - minutes_of(item.start)
    return Against(begun_late(workshop, item), planned, took)


def predictions(conn: Connection, workshop_id: str) -> dict[str, Prediction]:
    """How long each activity takes whose items are known, by activity."""
    shown = _paced(conn, workshop_id)
    found = {}
    for one in activities(conn, workshop_id):
        exercise = EXERCISES.get(one.row.type)
        if exercise and exercise.votes and one.options:
            terms = terms_of(exercise, one.row.title, one.row.settings)
            criteria = len(terms.criteria or ()) or 1
            shape = METHODS[terms.method].shape if terms.method in METHODS else exercise.shape
            ahead = cells_ahead(conn, workshop_id, one.row, terms, one.options)
            items = ahead.a_rater[1] if ahead else len(one.options)
            items = terms.comparing["mine"] if terms.comparing else items
            found[one.id] = predicted(pace_of(shape, terms.thrift), items, criteria, shown)
    return found


def cells_ahead(
    conn: Connection, workshop_id: str, activity: Any, terms: Any, options: Sequence[Any]
) -> Coverage | None:
    """What sharing the cells out would come to if the round opened now; None where all are put to
    everybody."""
    sharing = Sharing.of(terms.thrift)
    if sharing is None:
        return None
    raters = raters_ahead(conn, workshop_id, terms, activity.group_id)
    return share(conn, sharing, options, raters, activity.id)[1]


def coverages(conn: Connection, workshop_id: str) -> dict[str, Coverage]:
    """What sharing out comes to, by activity, where there is something to share out."""
    found = {}
    for one in activities(conn, workshop_id):
        terms = terms_of(EXERCISES[one.row.type], one.row.title, one.row.settings)
        ahead = cells_ahead(conn, workshop_id, one.row, terms, one.options)
        if ahead is not None and one.options:
            found[one.id] = ahead
    return found


def prediction(
    conn: Connection, workshop_id: str, shape: str, items: int, criteria: int = 1
) -> Prediction:
    """The minutes that so many items take in this meeting."""
    return predicted(shape, items, criteria, _paced(conn, workshop_id))


def to_cut(conn: Connection, workshop_id: str, now: datetime) -> list[str]:
    """The titles of what no longer fits the day, at the pace of this meeting."""
    workshop = workshop_row(conn, workshop_id)
    slots = rest_of_day(conn, workshop_id)
    if not slots:
        return []
    items = {item.id: item for item in agenda_of(conn, workshop_id)}
    minutes = predictions(conn, workshop_id)
    by_item: dict[str, int] = {}
    for one in activities(conn, workshop_id):
        if one.row.agenda_item_id and one.id in minutes:
            at = one.row.agenda_item_id
            by_item[at] = by_item.get(at, 0) + minutes[one.id].minutes
    at = _minute(workshop, items[slots[0].id].day, now, slots)
    needs = [_need(slot, items[slot.id], by_item.get(slot.id), now) for slot in slots]
    cut = set(what_to_cut(needs, max(slot.end for slot in slots) - at))
    return [slot.title for slot in slots if slot.id in cut]


def _need(slot: Slot, item: Any, takes: int | None, now: datetime) -> Need:
    """What runs has used some of its time; what is before the room is not cut."""
    minutes = takes or slot.end - slot.start
    if slot.begun:
        minutes -= int((now - item.started_at).total_seconds() // 60)
    return Need(slot.id, max(0, minutes), slot.begun or item.kind in STAYS)


def _minute(workshop: Any, day: int, now: datetime, slots: list[Slot]) -> int:
    """Now as minutes after midnight at the venue; on any other day the time planned to begin."""
    here = now.astimezone(ZoneInfo(workshop.time_zone))
    if workshop.starts_on is None or here.date() != date_of(workshop, day):
        return slots[0].start
    return here.hour * 60 + here.minute


def _paced(conn: Connection, workshop_id: str) -> list[Paced]:
    """The closed rounds of this meeting that were open once, without a break."""
    again = select(Reopening.round_id)
    put_up = (
        select(RoundOption.round_id, func.count().label("items"))
        .group_by(col(RoundOption.round_id))
        .subquery()
    )
    rows: Any = conn.execute(
        select(Round, put_up.c["items"])
        .join(put_up, put_up.c.round_id == col(Round.id))
        .where(
            Round.workshop_id == workshop_id,
            col(Round.status).in_(("closed", "sealed")),
            col(Round.opened_at).is_not(None),
            col(Round.id).not_in(again),
        )
    )
    asked = _asked(conn, workshop_id)
    return [_round(row, asked.get(row.id)) for row in rows]


def _asked(conn: Connection, workshop_id: str) -> dict[str, int]:
    """Round → the most cells that one voice was asked for, where they were shared out."""
    rows: Any = conn.execute(
        select(RegisterEntry.round_id, RegisterEntry.asked)
        .join(Round, col(Round.id) == col(RegisterEntry.round_id))
        .where(Round.workshop_id == workshop_id, col(RegisterEntry.asked).is_not(None))
    )
    most: dict[str, int] = {}
    for row in rows:
        most[row.round_id] = max(most.get(row.round_id, 0), len(row.asked))
    return most


def _round(row: Any, asked: int | None) -> Paced:
    took: timedelta = row.closed_at - row.opened_at
    criteria = len(row.criteria or ()) if row.shape == "criteria" else 1
    shape = pace_of(row.shape, row.thrift)
    items = row.items if asked is None else asked
    items = row.comparing["mine"] if row.comparing else items
    return Paced(shape, items, took.total_seconds(), criteria)
