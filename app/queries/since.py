"""What changed in the draft since a number of the log: rows added, reworded, ruled on, flagged,
taken out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from sqlmodel import col, func, select

from app import clock
from app.models import Flag, LogLine, MatrixCell, TakenHome, WordingVersion
from app.policy import Actor
from app.queries.flags import FlagView
from app.queries.matrix import Row, matrix
from app.queries.step import workshop_row
from app.queries.tonight import days_of

ADDED = ("cell_added", "component_added", "conclusion_added")
REMOVED = ("cell_removed", "component_removed", "conclusion_removed")


@dataclass(frozen=True)
class Change:
    """One row that is not what it was. `before` is its earlier wording where that changed; `row` is
    None for what was taken out. An area is told of by its id and text alone."""

    id: str
    text: str
    row: Row | None = None
    area: str = ""
    before: str | None = None
    added: bool = False
    ruled: bool = False
    particulars: bool = False
    flags: list[FlagView] = field(default_factory=list)

    @property
    def removed(self) -> bool:
        return self.row is None and self.before is None and not self.added

    @property
    def any(self) -> bool:
        changed = self.before is not None or self.added or self.ruled or self.particulars
        return bool(changed or self.flags)


def changes_since(conn: Connection, workshop_id: str, actor: Actor, since: int) -> list[Change]:
    """In the order of the draft; what was taken out at the end."""
    then, now = _wordings(conn, workshop_id, since), matrix(conn, workshop_id, actor)
    lines = _lines(conn, workshop_id, since)
    flags = _flags(conn, workshop_id, since)
    found = [_change(row, "", then, lines, flags) for row in now.wordings]
    for area in now.areas:
        before = then.get(area.row.id)
        new = before is None
        worded = before if before != area.text else None
        found.append(Change(area.row.id, area.text, before=worded, added=new))
        found += [_change(row, area.text, then, lines, flags) for row in area.cells]
    gone = set(_ids(lines, REMOVED)) - {row.id for row in (*now.wordings, *now.cells)}
    return [*(one for one in found if one.any), *_gone(conn, then, gone)]


def _change(row: Row, area: str, then: dict[str, str], lines: list[Any], flags: set[str]) -> Change:
    before = then.get(row.wording.subject_id)
    added = row.id in _ids(lines, ADDED)
    reworded = before if before is not None and before != row.text else None
    edited = row.id in _ids(lines, ("cell_changed",)) and not reworded
    return Change(
        id=row.id,
        text=row.text,
        row=row,
        area=area,
        before=reworded,
        added=added,
        ruled=row.agreement is not None and row.id in _ruled(lines),
        particulars=edited and not added,
        flags=[flag for flag in row.flags if flag.id in flags],
    )


def _wordings(conn: Connection, workshop_id: str, since: int) -> dict[str, str]:
    """The wording of each subject as it stood then; in ascending order the last one holds."""
    rows = conn.execute(
        select(WordingVersion.subject_id, WordingVersion.text)
        .where(WordingVersion.workshop_id == workshop_id, WordingVersion.number <= since)
        .order_by(col(WordingVersion.n))
    )
    return {row.subject_id: row.text for row in rows}


def _lines(conn: Connection, workshop_id: str, since: int) -> list[Any]:
    kinds = (*ADDED, *REMOVED, "cell_changed", "decision_made")
    return list(
        conn.execute(
            select(LogLine.kind, col(LogLine.ids)).where(
                LogLine.workshop_id == workshop_id,
                LogLine.number > since,
                col(LogLine.kind).in_(kinds),
            )
        )
    )


def _ids(lines: list[Any], kinds: tuple[str, ...]) -> set[str]:
    """The rows that lines of these kinds are about."""
    about = [line.ids for line in lines if line.kind in kinds]
    names = ("cell", "component", "conclusion")
    return {ids[name] for ids in about for name in names if name in ids}


def _ruled(lines: list[Any]) -> set[str]:
    return {row for line in lines if line.kind == "decision_made" for row in line.ids["rows"]}


def _flags(conn: Connection, workshop_id: str, since: int) -> set[str]:
    raised = select(Flag.id).where(Flag.workshop_id == workshop_id, Flag.number > since)
    return set(conn.execute(raised).scalars())


def _gone(conn: Connection, then: dict[str, str], ids: set[str]) -> Iterator[Change]:
    cells = conn.execute(
        select(MatrixCell.id, MatrixCell.response_id).where(col(MatrixCell.id).in_(ids))
    )
    subjects = {id_: id_ for id_ in ids} | {row.id: row.response_id for row in cells}
    for id_, subject in sorted(subjects.items()):
        if subject in then:
            yield Change(id_, then[subject])


def taken_home(conn: Connection, delegation_id: str | None) -> list[Any]:
    """When a delegation took the draft home, the last time first."""
    return list(
        conn.execute(
            select(TakenHome)
            .where(TakenHome.delegation_id == delegation_id)
            .order_by(col(TakenHome.seq).desc(), col(TakenHome.at).desc())
        )
    )


def days_by_number(conn: Connection, workshop_id: str) -> list[tuple[date, int]]:
    """The days of the meeting with the log's number at which each began."""
    workshop = workshop_row(conn, workshop_id)
    zone = ZoneInfo(workshop.time_zone)
    return [
        (day, _number_at(conn, workshop_id, datetime.combine(day, time(), zone)))
        for day in days_of(conn, workshop, zone)
    ]


def _number_at(conn: Connection, workshop_id: str, moment: datetime) -> int:
    last = select(func.max(LogLine.number)).where(
        LogLine.workshop_id == workshop_id, LogLine.at < clock.stamp(moment)
    )
    return int(conn.execute(last).scalar() or 0)
