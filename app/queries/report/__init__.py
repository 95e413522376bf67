"""Fills the report that exports are written from. Everything here holds for everybody: what the
attribution rule unlinks is unlinked before it leaves this package."""

from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app import clock
from app.models import Delegation, EvidenceItem, Participant
from app.queries.matrix import matrix
from app.queries.parking import parked
from app.queries.record import record
from app.queries.report import rounds, rows
from app.queries.report.lessons import lessons
from app.queries.report.notes import notes
from app.queries.report.shape import Item, LogEntry, MeetingFacts, ParkedMatter, Person, Report
from app.queries.report.words import TRIAL, Say, said
from app.queries.step import agenda_of, workshop_row


def report(conn: Connection, workshop_id: str, say: Say = str, language: str = "en") -> Report:
    """The whole meeting in one snapshot, its sentences in the reader's language."""
    workshop = workshop_row(conn, workshop_id)
    whole = matrix(conn, workshop_id)
    return Report(
        meeting=_facts(workshop, say),
        language=language,
        agenda=[_item(row) for row in agenda_of(conn, workshop_id)],
        participants=_annex(conn, workshop),
        components=rows.components(whole, say),
        conclusions=rows.concluded(whole, "conclusion", say),
        rows=rows.matrix_rows(whole, say),
        rounds=rounds.rounds(conn, workshop_id, say),
        decisions=rounds.decisions(conn, workshop_id, say),
        evidence=_evidence(conn, workshop_id),
        log=[
            LogEntry(line.number, line.at, line.kind, said(line.sentence, say))
            for line in record(conn, workshop_id)
        ],
        definitions=rows.concluded(whole, "definition", say),
        notes=notes(conn, workshop_id, say),
        parked=[
            ParkedMatter(one.number, one.at, one.item or "", one.text, one.status, one.answer)
            for one in parked(conn, workshop_id)
        ],
        lessons=lessons(conn, workshop_id, say),
    )


def open_report(conn: Connection, workshop_id: str, say: Say = str, language: str = "en") -> Report:
    """The matrix and the wordings above it as everybody in the room may have them: figures of
    published results alone, and nothing of rounds, people or the log."""
    whole = matrix(conn, workshop_id, published=True)
    return Report(
        meeting=_facts(workshop_row(conn, workshop_id), say),
        language=language,
        agenda=[],
        participants=[],
        components=rows.components(whole, say),
        conclusions=rows.concluded(whole, "conclusion", say),
        definitions=rows.concluded(whole, "definition", say),
        rows=rows.matrix_rows(whole, say),
        rounds=[],
        decisions=[],
        evidence=_evidence(conn, workshop_id),
        log=[],
    )


def _facts(workshop: Any, say: Say) -> MeetingFacts:
    same = ("id", "title", "starts_on", "ends_on", "place", "time_zone", "languages",
            "attribution", "seq", "head")  # fmt: skip
    trial = TRIAL[workshop.kind]
    return MeetingFacts(
        **{name: getattr(workshop, name) for name in same},
        trial=say(trial) if trial else "",
        made_at=clock.now(),
    )


def _item(row: Any) -> Item:
    names = ("id", "day", "start", "end", "kind", "setting", "title", "started_at", "finished_at")
    return Item(**{name: getattr(row, name) for name in names})


def _annex(conn: Connection, workshop: Any) -> list[Person]:
    """Who was invited: off unless switched on, and always off by default under non-attribution."""
    if not workshop.annex:
        return []
    rows: Any = conn.execute(
        select(Participant, Delegation.name)
        .join(Delegation, col(Delegation.id) == col(Participant.delegation_id), isouter=True)
        .where(Participant.workshop_id == workshop.id)
        .order_by(col(Participant.position), col(Participant.label))
    )
    return [
        Person(r.label, r.capacity, r.name or "", "; ".join(r.regions), "; ".join(r.roles))
        for r in rows
    ]


def _evidence(conn: Connection, workshop_id: str) -> list[dict[str, str]]:
    rows = conn.execute(
        select(EvidenceItem)
        .where(EvidenceItem.workshop_id == workshop_id, col(EvidenceItem.removed_at).is_(None))
        .order_by(col(EvidenceItem.position), col(EvidenceItem.id))
    )
    return [
        {"id": row.own_key or "", "kind": row.kind, "title": row.title, "gist": row.gist,
         "source": row.source}
        for row in rows
    ]  # fmt: skip
