"""What became of one person's proposals: for its author alone, never for anybody else's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.models import Misreading
from app.policy import Actor, Verdict, may_say_misread
from app.queries.matrix import AreaRows, Matrix, Row, matrix
from app.queries.misreadings import STANDING, known_proposals, standing_for
from app.queries.own_proposals import own_proposals
from app.queries.proposal_deeds import deeds, told, versions_of, worded
from app.queries.proposals import made_of
from app.queries.story import rulings
from app.queries.votes_on import Event, votes_on


@dataclass(frozen=True)
class OwnPath:
    """One proposal and its way. `stands` is the proposal whose wording stands for it now: itself or
    what it was merged into. `rows` are the rows of the matrix that it is in, each with its area;
    `said` is what its author said was not meant, the newest first."""

    row: Any
    stands: Any
    first: str
    now: str
    events: list[Event]
    rows: list[tuple[AreaRows, Row]]
    said: list[Any]
    may_say: Verdict
    split: bool = False

    @property
    def id(self) -> str:
        return str(self.row.id)

    @property
    def waits(self) -> Any:
        """What the author said of the present wording and nobody has answered, or None."""
        about, stands = self.stands.wording_version_id, self.stands.status in STANDING
        return next(
            (
                one
                for one in self.said
                if stands and one.answered_at is None and one.wording_version_id == about
            ),
            None,
        )

    @property
    def answers(self) -> list[Any]:
        return [one for one in self.said if one.answered_at]

    @property
    def adopted(self) -> bool:
        """Whether it stands in a row that was adopted: that text changes no more."""
        return any(row.adopted for _, row in self.rows)


def own_paths(conn: Connection, workshop_id: str, actor: Actor) -> list[OwnPath]:
    """The way of each of one's own proposals, the newest first."""
    own = own_proposals(conn, workshop_id, actor)
    if not own:
        return []
    known, whole = known_proposals(conn, workshop_id), matrix(conn, workshop_id)
    versions, done = versions_of(conn, workshop_id), deeds(conn, workshop_id)
    said, (_, parts) = _said(conn, [one.id for one in own]), made_of(conn, workshop_id)
    paths = []
    for one in own:
        stands = standing_for(known, one)
        chain, rows = _chain(known, one), _rows(whole, stands.id)
        events = [
            *worded(versions, chain),
            *told(done, versions, chain),
            *votes_on(conn, [*chain, *(row.id for _, row in rows)], actor),
            *rulings(conn, [row.id for _, row in rows]),
        ]
        paths.append(
            OwnPath(
                row=one,
                stands=stands,
                first=versions[one.id][0].text,
                now=versions[stands.id][-1].text,
                events=sorted(events, key=lambda event: event.number),
                rows=rows,
                said=said.get(one.id, []),
                may_say=may_say_misread(actor, one),
                split=one.id in parts,
            )
        )
    return paths


def _chain(known: dict[str, Any], proposal: Any) -> list[str]:
    """The proposal and what it was merged into, one after the other."""
    found = [proposal.id]
    while proposal.merged_into_id:
        proposal = known[proposal.merged_into_id]
        found.append(proposal.id)
    return found


def _rows(whole: Matrix, proposal_id: str) -> list[tuple[AreaRows, Row]]:
    """The rows of an area, or those in which a response stands."""
    return [
        (area, row)
        for area in whole.areas
        for row in area.cells
        if proposal_id in (area.row.id, row.response.id)
    ]


def _said(conn: Connection, proposal_ids: Sequence[str]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in conn.execute(
        select(Misreading)
        .where(col(Misreading.proposal_id).in_(proposal_ids))
        .order_by(col(Misreading.number).desc())
    ):
        found.setdefault(row.proposal_id, []).append(row)
    return found
