"""Who stands at the door."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.errors import NotFound
from app.models import Admission, Token
from app.policy import Actor
from app.queries.tokens import valid_tokens


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


def asked_of(conn: Connection, workshop_id: str, actor: Actor) -> list[Any]:
    """Devices that wait with the link of whoever looks: is it them?"""
    if actor.participant_id is None:
        return []
    return list(
        conn.execute(
            select(Admission)
            .join(Token, col(Token.id) == col(Admission.token_id))
            .where(
                Admission.workshop_id == workshop_id,
                Admission.participant_id == actor.participant_id,
                Admission.status == "waiting",
                col(Token.opened_by).is_not(None),
                col(Token.revoked_at).is_(None),
            )
            .order_by(col(Admission.asked_at), col(Admission.id))
        )
    )


def waits_already(conn: Connection, held: Sequence[str], participant_id: str) -> str | None:
    """The admission with which a browser waits already to be let in as this person."""
    waiting = [row.id for row in valid_tokens(conn, held) if row.kind == "admission"]
    found = select(Admission.id).where(
        col(Admission.token_id).in_(waiting),
        Admission.participant_id == participant_id,
        Admission.status == "waiting",
    )
    return conn.execute(found).scalars().first()


def came_by_link(conn: Connection, admission: Any) -> bool:
    """Whether somebody waits with a personal link, so that another device of theirs is asked."""
    opened_by = select(Token.opened_by).where(Token.id == admission.token_id)
    return conn.execute(opened_by).scalar_one_or_none() is not None
