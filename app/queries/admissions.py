"""Who stands at the door."""

from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.errors import NotFound
from app.models import Admission


def admissions(conn: Connection, workshop_id: str, *, waiting: bool = False) -> list[Any]:
    """All who knocked, in their order; or only those who still wait."""
    query = select(Admission).where(Admission.workshop_id == workshop_id)
    if waiting:
        query = query.where(Admission.status == "waiting")
    return list(conn.execute(query.order_by(col(Admission.asked_at), col(Admission.id))))


def admission(conn: Connection, workshop_id: str, admission_id: str) -> Any:
    """One of them, or NotFound."""
    found = conn.execute(
        select(Admission).where(Admission.id == admission_id, Admission.workshop_id == workshop_id)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found
