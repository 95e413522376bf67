"""The log as sockets follow it: which numbers came, and of what kind."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.models import LogLine

# Who stands at the door, who was let in, and notes not yet released: those who run the meeting
# alone are told. Others see that a number passed, and of their own person also what it was.
BACKSTAGE = frozenset(
    (
        "admission_asked", "admission_decided", "device_asked", "device_answered",
        "note_added", "note_changed", "participant_added",
        "participant_arrived", "participant_changed", "participant_removed",
        "participant_erased", "people_imported",
        "token_made", "token_revoked", "participant_left", "participant_returned", "proxy_named",
        "proxy_ended",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Change:
    """One line of the log, without what is salted."""

    number: int
    kind: str
    ids: dict[str, Any]

    def known_to(self, participant_id: str | None, runs_the_meeting: bool) -> bool:
        """Whether a viewer may know more of it than its number."""
        if runs_the_meeting or self.kind not in BACKSTAGE:
            return True
        return participant_id is not None and self.ids.get("participant") == participant_id


def changes_after(conn: Connection, workshop_id: str, number: int) -> list[Change]:
    """All lines after a number, in their order."""
    rows = conn.execute(
        select(LogLine.number, LogLine.kind, col(LogLine.ids))
        .where(LogLine.workshop_id == workshop_id, LogLine.number > number)
        .order_by(col(LogLine.number))
    )
    return [Change(row.number, row.kind, row.ids) for row in rows]


def recorded_at(conn: Connection, workshop_id: str, number: int) -> str:
    """When a line was written, as the line itself says it."""
    return str(
        conn.execute(
            select(LogLine.at).where(LogLine.workshop_id == workshop_id, LogLine.number == number)
        ).scalar_one()
    )
