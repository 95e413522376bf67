"""Flags that stand, signed only where their authors chose it."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import Connection
from sqlmodel import col, select

from app.models import Flag, Participant
from app.policy import Actor


@dataclass(frozen=True)
class FlagView:
    """A standing flag. `by` is given only if its author chose to be named, or to the author.
    `taken_up` says that the other wording it asked for stands in the row now."""

    id: str
    flag: str
    text: str
    by: str
    own: bool
    version: int
    asked_again: bool
    named: bool = False
    taken_up: bool = False


def flags_of(conn: Connection, workshop_id: str, viewer: Actor | None) -> dict[str, list[FlagView]]:
    """Row id to its standing flags, in the order of their ids: arrival says nothing."""
    found: dict[str, list[FlagView]] = defaultdict(list)
    rows = conn.execute(
        select(Flag, col(Participant.label))
        .join(Participant, col(Participant.id) == col(Flag.participant_id))
        .where(Flag.workshop_id == workshop_id, col(Flag.withdrawn_at).is_(None))
        .order_by(col(Flag.id))
    )
    for row in rows:
        own = viewer is not None and viewer.participant_id == row.participant_id
        found[row.row_id].append(
            FlagView(
                id=row.id,
                flag=row.flag,
                text=row.text,
                by=row.label if row.named or own else "",
                own=own,
                version=row.version,
                asked_again=row.asked_again_at is not None,
                named=row.named,
                taken_up=row.taken_up_at is not None,
            )
        )
    return found
