"""The draft as a delegation takes it home: numbered lines, its own flags, and the private notes of
the member who takes it. For that member alone; nothing of it is pushed or kept."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from sqlmodel import col, select

from app.errors import N_
from app.models import Delegation, Flag, Participant
from app.policy import Actor
from app.queries.lines import Counter, Lines
from app.queries.matrix import Matrix, Row, matrix
from app.queries.private_notes import own_notes
from app.queries.report import open_report
from app.queries.report.rows import flag_said
from app.queries.report.shape import Report
from app.queries.report.words import AGREEMENT, Say

LOOSE = N_("Without a component")


@dataclass(frozen=True)
class DraftRow:
    """One text of the draft in its lines. `draft` is what was written since it was adopted; `own`
    are the flags of this delegation's voice, `others` those of everybody else, as kind and text."""

    id: str
    no: str
    lines: Lines
    state: str
    standing: str
    draft: Lines | None = None
    own: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    adopted: bool = False


@dataclass(frozen=True)
class Part:
    """Rows under one heading; an area is its own heading, in numbered lines."""

    heading: str
    level: int
    rows: list[DraftRow]
    area: Lines | None = None
    area_id: str = ""


@dataclass(frozen=True)
class CapitalDraft:
    """The whole draft, and the private notes of the one who takes it. `report` is the meeting as
    everybody may have it."""

    report: Report
    delegation: str
    parts: list[Part]
    notes: list[Any]

    @property
    def rows(self) -> list[DraftRow]:
        return [row for part in self.parts for row in part.rows]

    def lines_of(self, id_: str) -> Lines | None:
        """Where a row, or an area, stands in the draft."""
        areas = {part.area_id: part.area for part in self.parts if part.area}
        return areas.get(id_) or next((row.lines for row in self.rows if row.id == id_), None)

    @property
    def flagged(self) -> list[DraftRow]:
        """The rows that this delegation flagged."""
        return [row for row in self.rows if row.own]

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.report.meeting.time_zone)


def capital_draft(
    conn: Connection, workshop_id: str, actor: Actor, say: Say = str, language: str = "en"
) -> CapitalDraft:
    """What this member of a delegation takes home now."""
    voice = voice_of(conn, actor)
    own = _flags(conn, workshop_id, voice)
    drafting = _Drafting(say, own)
    return CapitalDraft(
        report=open_report(conn, workshop_id, say, language),
        delegation=_delegation(conn, actor),
        parts=list(drafting.parts(matrix(conn, workshop_id, actor, published=True))),
        notes=own_notes(conn, workshop_id, actor),
    )


def voice_of(conn: Connection, actor: Actor) -> set[str]:
    """Those with whom this person speaks as one: State representatives of a delegation are one
    voice, and what one of them flagged is theirs together; everybody else speaks alone."""
    if actor.capacity != "state_representative" or actor.delegation_id is None:
        return {actor.participant_id or ""}
    members = select(Participant.id).where(
        Participant.delegation_id == actor.delegation_id,
        Participant.capacity == "state_representative",
    )
    return set(conn.execute(members).scalars())


def _flags(conn: Connection, workshop_id: str, voice: set[str]) -> set[str]:
    standing = select(Flag.id).where(
        Flag.workshop_id == workshop_id,
        col(Flag.participant_id).in_(voice),
        col(Flag.withdrawn_at).is_(None),
    )
    return set(conn.execute(standing).scalars())


def _delegation(conn: Connection, actor: Actor) -> str:
    named = select(Delegation.name).where(Delegation.id == actor.delegation_id)
    return str(conn.execute(named).scalar() or "")


class _Drafting:
    """Writes the parts in their order, counting lines."""

    def __init__(self, say: Say, own: set[str]) -> None:
        self.say, self.own, self.count = say, own, Counter()

    def parts(self, whole: Matrix) -> Iterator[Part]:
        for heading, rows in (
            (N_("Conclusions"), whole.concluded("conclusion")),
            (N_("Working definitions, for this meeting alone"), whole.concluded("definition")),
            (N_("Framework components"), list(whole.component_rows.values())),
        ):
            if rows:
                yield Part(self.say(heading), 1, [self.row(row) for row in rows])
        for component, areas in whole.groups():
            if not areas:
                continue
            named = whole.component_rows[component.id].printed if component else self.say(LOOSE)
            yield Part(named, 1, [])
            for area in areas:
                lines = self.count.lines(area.text)
                cells = [self.row(cell) for cell in area.cells]
                yield Part(area.no, 2, cells, lines, area.row.id)

    def row(self, row: Row) -> DraftRow:
        lines = self.count.lines(row.printed)
        newer = row.text if row.adopted and row.text != row.printed else ""
        return DraftRow(
            id=row.id,
            no=(row.response.own_key or "") if row.response else "",
            lines=lines,
            state=row.state,
            standing=self.say(AGREEMENT[row.state]),
            draft=self.count.lines(newer) if newer else None,
            own=[self.flag(one) for one in row.flags if one.id in self.own],
            adopted=row.adopted is not None,
            others=[self.flag(one) for one in row.flags if one.id not in self.own],
        )

    def flag(self, flag: Any) -> str:
        by = "" if flag.own else flag.by
        return flag_said(self.say, flag.flag, by, flag.text, flag.passage, flag.wording)
