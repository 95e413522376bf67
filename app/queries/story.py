"""Why a row is here: first wordings, merges, votes, reservations, decision. In order, by number."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.activities.sentences import Sentence
from app.activities.thrift import cell_id
from app.errors import N_, NotFound
from app.models import Decision, DecisionRow, MergeLink, Proposal, WordingVersion
from app.policy import MODERATOR, Actor
from app.queries.matrix import AreaRows, Matrix, Row, matrix
from app.queries.votes_on import Event, votes_on

RULED = {
    "consensus": N_("Adopted by consensus"),
    "no_objection": N_("Adopted, no objection"),
    "with_reservations": N_("Adopted with {n} reservations or flags"),
    "not_agreed": N_("Not agreed"),
}
AMENDED = N_("An amendment was taken up, version {n}: “{text}”")
MERGED = N_("Merged into: “{text}”")
SPLIT = N_("Split off as: “{text}”")
FIRST = N_("Put forward: “{text}”")


@dataclass(frozen=True)
class Story:
    """A row and how it came to stand where it stands; a component or a conclusion has no area."""

    row: Row
    area: AreaRows | None
    events: list[Event]

    @property
    def about(self) -> list[str]:
        """The ids of the row and of the proposals that meet in it."""
        return [self.row.id, *([self.area.row.id, self.row.response.id] if self.area else [])]

    def lines(self, line: str) -> list[Event]:
        """What belongs to one of the lines that a story is told in."""
        return [event for event in self.events if event.line == line]


def story(conn: Connection, workshop_id: str, row_id: str, viewer: Actor = MODERATOR) -> Story:
    """The story of one row of the matrix as the viewer may know it, or NotFound."""
    whole: Matrix = matrix(conn, workshop_id)
    for area in whole.areas:
        for row in area.cells:
            if row.id == row_id:
                return Story(row, area, _of_cell(conn, row, area, viewer))
    for row in whole.wordings:
        if row.id == row_id:
            found = [*_versions(conn, row.id, FIRST), *_ruled_on(conn, row.id, viewer)]
            return Story(row, None, _in_order(found))
    raise NotFound


def _of_cell(conn: Connection, row: Row, area: AreaRows, viewer: Actor) -> list[Event]:
    return _in_order(
        [
            *_wordings(conn, area.row, N_("Area put forward: “{text}”")),
            *_wordings(conn, row.response, N_("Response put forward: “{text}”")),
            *votes_on(conn, _options(row, area), viewer),
            *_ruled_on(conn, row.id, viewer),
        ]
    )


def _options(row: Row, area: AreaRows) -> tuple[str, ...]:
    """By which ids ballots name what meets in a row: its area, its response, and the cell before it
    had a row."""
    return area.row.id, row.response.id, cell_id(area.row.id, row.response.id)


def _ruled_on(conn: Connection, row_id: str, viewer: Actor) -> list[Event]:
    return [*votes_on(conn, (row_id,), viewer), *rulings(conn, (row_id,))]


def _in_order(events: list[Event]) -> list[Event]:
    return sorted(events, key=lambda event: event.number)


def rulings(conn: Connection, row_ids: Collection[str]) -> list[Event]:
    """Every ruling on these rows, with how many flags it found."""
    rows = conn.execute(
        select(Decision.ruling, Decision.number, col(DecisionRow.flags))
        .join(DecisionRow, col(DecisionRow.decision_id) == col(Decision.id))
        .where(col(DecisionRow.row_id).in_(row_ids))
    )
    return [
        Event(row.number, Sentence(RULED[row.ruling], {"n": len(row.flags)}), "ruling")
        for row in rows
    ]


def _wordings(conn: Connection, proposal: Any, first: str) -> list[Event]:
    """A proposal's versions, and the originals that were merged into it with theirs."""
    originals = _originals(conn, proposal.id)
    found = [
        event
        for original in originals
        for event in _wordings(conn, original, N_("First wording: “{text}”"))
    ]
    merged = SPLIT if any(_parts(conn, original.id) > 1 for original in originals) else MERGED
    return [*found, *_versions(conn, proposal.id, merged if originals else first, bool(originals))]


def _versions(conn: Connection, subject_id: str, first: str, merged: bool = False) -> list[Event]:
    """The versions of one wording; `first` says how it came to be."""
    rows = conn.execute(
        select(WordingVersion)
        .where(WordingVersion.subject_id == subject_id)
        .order_by(col(WordingVersion.n))
    )
    return [_version(row, first, merged) for row in rows]


def _version(row: Any, first: str, merged: bool) -> Event:
    said = {"n": row.n, "text": row.text}
    if row.amendment_id:
        return Event(row.number, Sentence(AMENDED, said), "wording")
    if row.n > 1:
        return Event(row.number, Sentence(N_("Reworded, version {n}: “{text}”"), said), "wording")
    return Event(row.number, Sentence(first, said), "merge" if merged else "wording")


def _originals(conn: Connection, merged_id: str) -> list[Any]:
    return list(
        conn.execute(
            select(Proposal)
            .join(MergeLink, col(MergeLink.original_id) == col(Proposal.id))
            .where(MergeLink.merged_id == merged_id, col(MergeLink.undone_at).is_(None))
            .order_by(col(Proposal.number))
        )
    )


def _parts(conn: Connection, original_id: str) -> int:
    """How many proposals stand for an original: more than one if it was split."""
    standing = select(MergeLink.id).where(
        MergeLink.original_id == original_id, col(MergeLink.undone_at).is_(None)
    )
    return len(conn.execute(standing).all())
