"""Who may vote in the open round and has lost the line: told before the round is closed on them."""

from typing import Any

from sqlalchemy import Connection, or_, select
from sqlmodel import col

from app.models import Delegation, Participant, RegisterEntry
from app.queries.polls import heard_entries
from app.queries.step import step_now
from app.queries.turnout import OPEN


def cut_off(conn: Connection, workshop_id: str, connected: frozenset[str]) -> dict[str, Any]:
    """Voices none of whose people is connected although somebody had arrived, by name.

    Where a round may not show who has answered, all of them stand there, whether they have
    answered or not; elsewhere those who are not in yet (`missing`).
    """
    round_ = step_now(conn, workshop_id).round
    if round_ is None or round_.status not in OPEN:
        return {"cut_off": [], "missing": True}
    missing = round_.secrecy in ("named", "delegation")
    answered = heard_entries(conn, round_) if missing else frozenset()
    people: dict[str, list[Any]] = {}
    for row in conn.execute(_voices(round_.id)):
        people.setdefault(row.id, []).append(row)
    lost = [
        rows[0].name or rows[0].label
        for entry, rows in people.items()
        if entry not in answered
        and any(row.arrived for row in rows)
        and not any(row.who in connected for row in rows)
    ]
    return {"cut_off": lost, "missing": missing}


def _voices(round_id: str) -> Any:
    """Every voice of the register with each person who may speak for it."""
    return (
        select(
            col(RegisterEntry.id),
            col(Participant.id).label("who"),
            col(Participant.label),
            col(Participant.arrived_at).is_not(None).label("arrived"),
            col(Delegation.name).label("name"),
        )
        .join(
            Participant,
            or_(
                col(Participant.id) == col(RegisterEntry.participant_id),
                col(Participant.delegation_id) == col(RegisterEntry.delegation_id),
            ),
        )
        .join(Delegation, col(Delegation.id) == RegisterEntry.delegation_id, isouter=True)
        .where(col(RegisterEntry.round_id) == round_id, col(Participant.left_at).is_(None))
        .order_by(col(Participant.position), col(Participant.label))
    )
