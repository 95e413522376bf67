"""What a meeting would leave unfinished if it ended now, and where each is finished."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, func, select

from app.activities.sentences import Sentence
from app.errors import N_
from app.models import Admission, AgendaItem, Group, Note, Parked, Proposal, Round
from app.queries.kept import kept_without_row
from app.queries.matrix import matrix
from app.queries.misreadings import misread
from app.queries.workshops import open_rounds


@dataclass(frozen=True)
class Unfinished:
    """One thing left over: what and how many, and where under /w/{id}/ one goes to finish it."""

    sentence: Sentence
    path: str


def unfinished(conn: Connection, workshop_id: str) -> list[Unfinished]:
    """Everything that is left over, the most urgent first; empty where all is done."""
    found = [
        Unfinished(Sentence(N_("A round is still open: {question}"), {"question": one.question}),
                   "control")
        for one in open_rounds(conn, workshop_id)
    ]  # fmt: skip
    counted = (*_counted(conn, workshop_id), *_of_the_matrix(conn, workshop_id))
    return found + [Unfinished(Sentence(said, {"n": n}), path) for said, n, path in counted if n]


def _counted(conn: Connection, workshop_id: str) -> Iterator[tuple[str, int, str]]:
    def count(model: Any, *where: Any) -> int:
        here = select(func.count()).select_from(model).where(model.workshop_id == workshop_id)
        return int(conn.execute(here.where(*where)).scalar_one())

    unpublished = (
        col(Round.status).in_(("closed", "sealed")),
        Round.results == "after_publish",
        col(Round.published_participants).is_(False),
        col(Round.published_screen).is_(False),
    )
    yield N_("Results not published: {n}"), count(Round, *unpublished), "control"
    yield N_("Rounds planned and never opened: {n}"), count(Round, Round.status == "planned"), (
        "desk/agenda"
    )  # fmt: skip
    waiting = count(Proposal, Proposal.status == "waiting")
    yield N_("Proposals neither accepted nor sent back: {n}"), waiting, "desk/proposals"
    said = len(misread(conn, workshop_id, None))
    yield N_("Wordings that their authors did not mean: {n}"), said, "desk/proposals"
    notes = count(Note, col(Note.released).is_(False))
    yield N_("Notes not released: {n}"), notes, "desk/notes"
    standing = (col(AgendaItem.removed_at).is_(None), col(AgendaItem.finished_at).is_(None))
    yield N_("Agenda items not finished: {n}"), count(AgendaItem, *standing), "desk/agenda"
    parked = count(Parked, Parked.status == "parked")
    yield N_("Matters still parked: {n}"), parked, "control"
    apart = count(Group, col(Group.current_activity_id).is_not(None))
    yield N_("Groups not called back: {n}"), apart, "control"
    at_the_door = count(Admission, Admission.status == "waiting")
    yield N_("People waiting at the door: {n}"), at_the_door, "control"


def _of_the_matrix(conn: Connection, workshop_id: str) -> Iterator[tuple[str, int, str]]:
    whole = matrix(conn, workshop_id)
    open_now = "desk/matrix?decided=no"
    rows = sum(not row.settled for row in whole.cells)
    yield N_("Rows of the matrix without a decision: {n}"), rows, open_now
    wordings = sum(not row.settled for row in whole.wordings)
    yield N_("Components and conclusions without a decision: {n}"), wordings, "desk/framework"
    kept = len(kept_without_row(conn, workshop_id))
    yield N_("Responses that were kept and stand in no row: {n}"), kept, "desk/matrix"
