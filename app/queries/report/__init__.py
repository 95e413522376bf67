"""Fills the report that exports are written from. Everything here holds for everybody: what the
attribution rule unlinks is unlinked before it leaves this package."""

from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app import clock
from app.models import Delegation, Participant
from app.queries.cells import cells as grid_of
from app.queries.judged import judged
from app.queries.parking import parked
from app.queries.record import record
from app.queries.report import rounds, rows
from app.queries.report.cells import cells
from app.queries.report.evidence import evidence
from app.queries.report.lessons import lessons
from app.queries.report.notes import notes
from app.queries.report.shape import Item, LogEntry, MeetingFacts, ParkedMatter, Person, Report
from app.queries.report.words import TRIAL, Say, said
from app.queries.step import agenda_of, workshop_row


def report(conn: Connection, workshop_id: str, say: Say = str, language: str = "en") -> Report:
    """The whole meeting in one snapshot, its sentences in the reader's language."""
    workshop = workshop_row(conn, workshop_id)
    return Report(
        meeting=_facts(workshop, say),
        language=language,
        agenda=[_item(row) for row in agenda_of(conn, workshop_id)],
        participants=_annex(conn, workshop),
        rounds=rounds.rounds(conn, workshop_id, say),
        decisions=rounds.decisions(conn, workshop_id, say),
        log=[
            LogEntry(line.number, line.at, line.kind, said(line.sentence, say))
            for line in record(conn, workshop_id)
        ],
        notes=notes(conn, workshop_id, say),
        parked=[
            ParkedMatter(one.number, one.at, one.item or "", one.text, one.status, one.answer)
            for one in parked(conn, workshop_id)
        ],
        lessons=lessons(conn, workshop_id, say),
        **_matrix(conn, workshop_id, say, published=False),
    )


def open_report(conn: Connection, workshop_id: str, say: Say = str, language: str = "en") -> Report:
    """The matrix and the wordings above it as everybody in the room may have them: figures of
    published results alone, and nothing of rounds, people or the log."""
    return Report(
        meeting=_facts(workshop_row(conn, workshop_id), say),
        language=language,
        agenda=[],
        participants=[],
        rounds=[],
        decisions=[],
        log=[],
        **_matrix(conn, workshop_id, say, published=True),
    )


def _matrix(conn: Connection, workshop_id: str, say: Say, *, published: bool) -> dict[str, Any]:
    """The matrix with its cells, the wordings above it, and the evidence below."""
    grid = grid_of(conn, workshop_id, published=published)
    found = judged(conn, workshop_id, published=published)
    return {
        "components": rows.components(grid.whole, say),
        "conclusions": rows.concluded(grid.whole, "conclusion", say),
        "definitions": rows.concluded(grid.whole, "definition", say),
        "rows": rows.matrix_rows(grid, found, say),
        "cells": cells(grid, say),
        "cell_counts": grid.counts,
        "evidence": evidence(conn, workshop_id, found, say),
    }


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
