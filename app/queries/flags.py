"""Flags that stand, signed only where their authors chose it."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.activities.language import carried
from app.models import Flag, Participant, WordingVersion
from app.policy import Actor


@dataclass(frozen=True)
class FlagView:
    """A standing flag. `by` is given only if its author chose to be named, or to the author.
    `taken_up` says that the other wording it asked for stands in the row now, `set_aside` why the
    drafting group does not take it up. It concerns version `n` of the wording, which says `on`:
    there the `passage`, or the whole; `wording` is how the whole would read with an amendment."""

    id: str
    flag: str
    text: str
    by: str
    own: bool
    version: int
    asked_again: bool
    named: bool = False
    taken_up: bool = False
    passage: str = ""
    wording: str = ""
    n: int = 1
    on: str = ""
    set_aside: str = ""

    def stands(self, text: str) -> bool:
        """Whether the passage that it names still stands in the text, word for word."""
        return self.passage in text

    def amended(self, text: str) -> str | None:
        """What this text would say with the amendment; None where there is none to put in."""
        return carried(self.on, self.wording, text) if self.wording else None


def flags_of(conn: Connection, workshop_id: str, viewer: Actor | None) -> dict[str, list[FlagView]]:
    """Row id to its standing flags, in the order of their ids: arrival says nothing."""
    found: dict[str, list[FlagView]] = defaultdict(list)
    rows: Any = conn.execute(
        select(
            Flag,
            col(Participant.label),
            col(WordingVersion.n),
            col(WordingVersion.text).label("on"),
        )
        .join(Participant, col(Participant.id) == col(Flag.participant_id))
        .join(WordingVersion, col(WordingVersion.id) == col(Flag.wording_version_id))
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
                passage=row.passage,
                wording=row.wording if row.flag == "another_wording" else "",
                n=row.n,
                on=row.on,
                set_aside=row.set_aside_reason,
            )
        )
    return found
