"""What authors said is not what they meant, as far as it waits for the moderators.

It waits while no answer was given and the wording that it was said of still stands: a rewording, a
return or an undone merge settles it by itself.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.models import Misreading, Proposal, WordingVersion
from app.policy import Actor
from app.queries.attribution import Attribution, authors, shown_as
from app.queries.step import workshop_row

STANDING = ("waiting", "accepted")


@dataclass(frozen=True)
class Misread:
    """What one author said: their words now and their own first wording, signed as far as the
    viewer may know."""

    row: Any
    meant: str
    by: Attribution


def misread(conn: Connection, workshop_id: str, viewer: Actor | None) -> dict[str, list[Misread]]:
    """Proposal id to what waits there, in the order of the ids: arrival says nothing. What was
    merged is listed under the proposal whose wording stands for it. For moderators."""
    rule = workshop_row(conn, workshop_id).attribution
    known = known_proposals(conn, workshop_id)
    everyone = authors(conn, workshop_id)
    found: dict[str, list[Misread]] = defaultdict(list)
    for told in _unanswered(conn, workshop_id):
        own = known[told.proposal_id]
        stands = standing_for(known, own)
        if stands.status in STANDING and stands.wording_version_id == told.wording_version_id:
            signed = shown_as(everyone.get(own.author_id), viewer, rule, own.shown)
            found[stands.id].append(Misread(told, told.meant, signed))
    return dict(found)


def known_proposals(conn: Connection, workshop_id: str) -> dict[str, Any]:
    """Every proposal's row by id."""
    rows = conn.execute(select(Proposal).where(Proposal.workshop_id == workshop_id))
    return {row.id: row for row in rows}


def standing_for(known: Mapping[str, Any], proposal: Any) -> Any:
    """The proposal whose wording stands for this one: itself, or what it was merged into."""
    while proposal.merged_into_id:
        proposal = known[proposal.merged_into_id]
    return proposal


def _unanswered(conn: Connection, workshop_id: str) -> Any:
    return conn.execute(
        select(Misreading, col(WordingVersion.text).label("meant"))
        .join(WordingVersion, col(WordingVersion.subject_id) == col(Misreading.proposal_id))
        .where(
            Misreading.workshop_id == workshop_id,
            WordingVersion.n == 1,
            col(Misreading.answered_at).is_(None),
        )
        .order_by(col(Misreading.id))
    )
