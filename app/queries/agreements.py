"""How rows stand: the decision that holds for each, with exactly what it pinned."""

from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.models import Decision, DecisionRow, Participant


@dataclass(frozen=True)
class Agreement:
    """The decision that holds for a row, with the text and values it pinned. `refused` is the
    wording version of a later draft that was not agreed: the earlier text stays agreed."""

    ruling: str
    number: int
    text: str
    at: Any
    decision_id: str
    wording_version_id: str = ""
    flags: list[dict[str, Any]] = field(default_factory=list)
    pinned: dict[str, Any] = field(default_factory=dict)
    refused: str = ""

    @property
    def adopted(self) -> bool:
        return self.ruling != "not_agreed"


def agreements_of(conn: Connection, workshop_id: str) -> dict[str, Agreement]:
    """Row id to the decision that holds. A draft that was not agreed leaves the text agreed before
    it; "not agreed" on the agreed wording itself takes it back."""
    labels = _labels(conn, workshop_id)
    found: dict[str, Agreement] = {}
    rows = conn.execute(
        select(DecisionRow, col(Decision.ruling), col(Decision.number), col(Decision.at))
        .join(Decision, col(Decision.id) == col(DecisionRow.decision_id))
        .where(Decision.workshop_id == workshop_id)
        .order_by(col(Decision.number))
    )
    for row in rows:
        before = found.get(row.row_id)
        new = Agreement(
            ruling=row.ruling,
            number=row.number,
            text=row.pinned["text"],
            at=row.at,
            decision_id=row.decision_id,
            wording_version_id=row.wording_version_id,
            flags=[{**flag, "by": labels.get(flag["by"], "")} for flag in row.flags],
            pinned=row.pinned,
        )
        stays = (
            before is not None
            and before.adopted
            and not new.adopted
            and before.wording_version_id != new.wording_version_id
        )
        if before is not None and stays:
            new = replace(before, refused=new.wording_version_id)
        found[row.row_id] = new
    return found


def _labels(conn: Connection, workshop_id: str) -> dict[str, str]:
    """Labels by id, for flags whose authors chose to be named."""
    rows: Any = conn.execute(
        select(Participant.id, Participant.label).where(Participant.workshop_id == workshop_id)
    )
    return {row.id: row.label for row in rows}
