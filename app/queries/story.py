"""Why a row is here: first wordings, merges, votes, reservations, decision. In order, by number."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.activities.sentences import Sentence
from app.errors import N_, NotFound
from app.models import Decision, DecisionRow, MergeLink, Proposal, WordingVersion
from app.queries.matrix import AreaRows, Matrix, Row, matrix

RULED = {
    "consensus": N_("Adopted by consensus"),
    "no_objection": N_("Adopted, no objection"),
    "with_reservations": N_("Adopted with {n} reservations or flags"),
    "not_agreed": N_("Not agreed"),
}


@dataclass(frozen=True)
class Event:
    """One step of a row's story, with its number in the log."""

    number: int
    sentence: Sentence


@dataclass(frozen=True)
class Story:
    """A row and how it came to stand where it stands."""

    row: Row
    area: AreaRows
    events: list[Event]


def story(conn: Connection, workshop_id: str, row_id: str) -> Story:
    """The story of one cell of the matrix, or NotFound."""
    whole: Matrix = matrix(conn, workshop_id)
    for area in whole.areas:
        for row in area.cells:
            if row.id == row_id:
                return Story(row, area, _events(conn, row, area))
    raise NotFound


def _events(conn: Connection, row: Row, area: AreaRows) -> list[Event]:
    found = [
        *_wordings(conn, area.row, N_("Area put forward: “{text}”")),
        *_wordings(conn, row.response, N_("Response put forward: “{text}”")),
    ]
    if area.figures and area.figures.reference:
        said = N_("The area was rated: median {median}, IQR {iqr}, n {n}")
        figures = {name: getattr(area.figures, name) for name in ("median", "iqr", "n")}
        found.append(Event(area.figures.reference.number, Sentence(said, figures)))
    if row.support:
        said = N_("The response was approved by {approvals} of {cast}")
        values = {"approvals": row.support.approvals, "cast": row.support.cast}
        found.append(Event(row.support.reference.number, Sentence(said, values)))
    found += _rulings(conn, row.id)
    return sorted(found, key=lambda event: event.number)


def _rulings(conn: Connection, row_id: str) -> list[Event]:
    """Every ruling on the row, with how many flags it found."""
    rows = conn.execute(
        select(Decision.ruling, Decision.number, col(DecisionRow.flags))
        .join(DecisionRow, col(DecisionRow.decision_id) == col(Decision.id))
        .where(DecisionRow.row_id == row_id)
    )
    return [Event(row.number, Sentence(RULED[row.ruling], {"n": len(row.flags)})) for row in rows]


def _wordings(conn: Connection, proposal: Any, first: str) -> list[Event]:
    """A proposal's versions, and the originals that were merged into it with theirs."""
    found = []
    for version in conn.execute(
        select(WordingVersion)
        .where(WordingVersion.subject_id == proposal.id)
        .order_by(col(WordingVersion.n))
    ):
        merged = _originals(conn, proposal.id) if version.n == 1 else []
        message = first if version.n == 1 else N_("Reworded, version {n}: “{text}”")
        if merged:
            message = N_("Merged into: “{text}”")
        for original in merged:
            found += _wordings(conn, original, N_("First wording: “{text}”"))
        said = {"n": version.n, "text": version.text}
        found.append(Event(version.number, Sentence(message, said)))
    return found


def _originals(conn: Connection, merged_id: str) -> list[Any]:
    return list(
        conn.execute(
            select(Proposal)
            .join(MergeLink, col(MergeLink.original_id) == col(Proposal.id))
            .where(MergeLink.merged_id == merged_id, col(MergeLink.undone_at).is_(None))
            .order_by(col(Proposal.number))
        )
    )
