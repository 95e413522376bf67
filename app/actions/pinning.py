"""What a decision pins: the exact wording, and for a cell its values and what stood beside it."""

from typing import Any

from sqlmodel import col, select

from app.actions.base import Tx, load
from app.actions.matrix import CELL_VALUES
from app.actions.rewording import wording_of
from app.models import EvidenceItem, Proposal

OF_THE_AREA = ("problem_statement", "regional_context")


def pinned_row(tx: Tx, kind: str, row: Any, version: str) -> dict[str, Any]:
    """The row as it is adopted, in plain values; later changes do not reach it."""
    words = wording_of(tx, version).text
    if kind != "cell":
        return {"text": words}
    area = load(tx, Proposal, row.area_id)
    response = load(tx, Proposal, row.response_id)
    return {
        "text": words,
        "area": wording_of(tx, area.wording_version_id).text,
        **{name: getattr(area, name) for name in OF_THE_AREA},
        **{name: getattr(row, name) or getattr(response, name, "") for name in CELL_VALUES},
        "evidence": list(row.evidence),
        "evidence_references": _references(tx, row.evidence),
    }


def _references(tx: Tx, items: list[str]) -> list[str]:
    rows = tx.conn.execute(select(EvidenceItem).where(col(EvidenceItem.id).in_(items)))
    named = {row.id: row.own_key or row.title for row in rows}
    return [named[item] for item in items if item in named]
