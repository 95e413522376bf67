"""The day on one page, made from the record: what was decided, what is open, what comes, and what
is owed for it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from sqlmodel import col, func, select

from app.activities.sentences import Sentence
from app.errors import N_
from app.models import LogLine, Proposal, Round
from app.policy import Actor, may_facilitate, may_park
from app.queries.agreements import agreements_of
from app.queries.decisions import decisions
from app.queries.duties import Duty, all_duties, own_duties
from app.queries.matrix import Row, matrix
from app.queries.mentions import result_words
from app.queries.parking import parked
from app.queries.step import agenda_of, workshop_row
from app.queries.workshops import open_rounds


@dataclass(frozen=True)
class Ruled:
    """A row as a ruling of the day pinned it; `flags` are those attached to it."""

    id: str
    text: str
    ruling: str
    number: int
    flags: list[dict[str, Any]]


@dataclass(frozen=True)
class Tonight:
    """One day of the meeting. `left` says in a sentence each what is open beside rounds and rows;
    `everyone` is what anybody owes, for those who run the meeting, else None."""

    day: date
    days: list[date]
    decided: list[Ruled]
    results: list[str]
    rounds: list[Any]
    flagged: list[Row]
    undecided: list[Row]
    parked: list[Any]
    left: list[Sentence]
    agenda: list[Any]
    own: list[Duty]
    everyone: list[Duty] | None


def tonight(conn: Connection, workshop_id: str, actor: Actor, day: date | None = None) -> Tonight:
    """The page of a day, or of the last one on which anything was recorded."""
    workshop = workshop_row(conn, workshop_id)
    zone = ZoneInfo(workshop.time_zone)
    days = days_of(conn, workshop, zone)
    wanted = day or days[-1]
    whole = matrix(conn, workshop_id, actor)
    waiting = [row for row in (*whole.cells, *whole.wordings) if not row.settled]
    lot = [one for one in parked(conn, workshop_id) if one.status == "parked"]
    return Tonight(
        day=wanted,
        days=days,
        decided=list(_decided(conn, workshop_id, zone, wanted)),
        results=_results(conn, workshop_id, actor, zone, wanted),
        rounds=open_rounds(conn, workshop_id),
        flagged=[row for row in waiting if row.flags],
        undecided=[row for row in waiting if not row.flags],
        parked=lot if may_park(actor) else [],
        left=list(_left(conn, workshop_id, 0 if may_park(actor) else len(lot))),
        agenda=_tomorrow(conn, workshop, wanted),
        own=own_duties(conn, workshop_id, actor),
        everyone=all_duties(conn, workshop_id, actor) if may_facilitate(actor) else None,
    )


def days_of(conn: Connection, workshop: Any, zone: ZoneInfo) -> list[date]:
    """The days of the meeting that have begun, first to last: those on which something was
    recorded, as long as they are its own where it has dates."""
    ends = select(func.min(LogLine.at), func.max(LogLine.at))
    first, last = conn.execute(ends.where(LogLine.workshop_id == workshop.id)).one()
    begun, ended = (datetime.fromisoformat(at).astimezone(zone).date() for at in (first, last))
    start = min(max(begun, workshop.starts_on or begun), ended)
    return [ended - timedelta(days=n) for n in reversed(range(min((ended - start).days, 30) + 1))]


def _decided(conn: Connection, workshop_id: str, zone: ZoneInfo, day: date) -> Iterator[Ruled]:
    named = agreements_of(conn, workshop_id)
    for one in decisions(conn, workshop_id):
        if one.row.at.astimezone(zone).date() != day:
            continue
        for row in one.rows:
            holds = named[row.row_id]
            flags = (
                holds.flags
                if holds.decision_id == one.id
                else [{**flag, "by": ""} for flag in row.flags]
            )
            yield Ruled(row.row_id, row.pinned["text"], one.row.ruling, one.row.number, flags)


def _results(
    conn: Connection, workshop_id: str, actor: Actor, zone: ZoneInfo, day: date
) -> list[str]:
    """The results of the day's rounds that this reader may see."""
    closed = conn.execute(
        select(Round)
        .where(Round.workshop_id == workshop_id, col(Round.closed_at).is_not(None))
        .order_by(col(Round.closed_number))
    ).all()
    of_the_day = [row for row in closed if row.closed_at.astimezone(zone).date() == day]
    return [words for row in of_the_day if (words := result_words(conn, actor, row))]


def _left(conn: Connection, workshop_id: str, parked_elsewhere: int) -> Iterator[Sentence]:
    waiting = conn.execute(
        select(func.count())
        .select_from(Proposal)
        .where(Proposal.workshop_id == workshop_id, Proposal.status == "waiting")
    ).scalar_one()
    if waiting:
        yield Sentence(N_("Proposals neither accepted nor sent back: {n}"), {"n": waiting})
    if parked_elsewhere:
        yield Sentence(N_("Matters still parked: {n}"), {"n": parked_elsewhere})


def _tomorrow(conn: Connection, workshop: Any, day: date) -> list[Any]:
    """The agenda of the day after, where the meeting has dates."""
    if workshop.starts_on is None:
        return []
    next_one = (day - workshop.starts_on).days + 2
    return [item for item in agenda_of(conn, workshop.id) if item.day == next_one]
