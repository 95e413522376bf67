"""The chair's rulings: on which exact wordings, who ruled, who recorded it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.errors import N_
from app.models import Activity, Decision, DecisionRow

UNREAD = N_("The draft has not been put to the room. Open it for reading first.")


@dataclass(frozen=True)
class DecisionView:
    """One ruling and the rows it settled, in the order in which they were listed."""

    row: Any
    rows: list[Any]

    @property
    def id(self) -> str:
        return str(self.row.id)


def decisions(conn: Connection, workshop_id: str) -> list[DecisionView]:
    """All rulings, first to last."""
    settled: dict[str, list[Any]] = {}
    for row in conn.execute(
        select(DecisionRow)
        .join(Decision, col(Decision.id) == col(DecisionRow.decision_id))
        .where(Decision.workshop_id == workshop_id)
        .order_by(col(DecisionRow.position))
    ):
        settled.setdefault(row.decision_id, []).append(row)
    ruled = conn.execute(
        select(Decision).where(Decision.workshop_id == workshop_id).order_by(col(Decision.number))
    )
    return [DecisionView(row, settled.get(row.id, [])) for row in ruled]


def put_to_the_room(conn: Connection, workshop_id: str) -> bool:
    """Whether the draft was opened to the room: nobody consents to what they could not read. A
    meeting that plans no exercise to agree has its draft before it at any time."""
    stages = conn.execute(
        select(Activity.stage).where(
            Activity.workshop_id == workshop_id,
            Activity.type == "agree",
            col(Activity.removed_at).is_(None),
        )
    ).scalars()
    return set(stages) != {"planned"}
