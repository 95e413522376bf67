"""What the room chose and no row of the matrix holds yet."""

from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, func, select

from app.activities.thrift import parts_of
from app.models import MatrixCell, Outcome, Proposal, Round, RoundOption


def kept_without_row(conn: Connection, workshop_id: str) -> list[tuple[str, str]]:
    """(area, response) of each response that a published choice kept, and of each cell that a
    published rating agreed on, that never had a row: one that was taken out again stays out. In the
    order of the responses, then of the cells."""
    laid = select(MatrixCell.response_id).where(MatrixCell.workshop_id == workshop_id)
    rows: Any = conn.execute(
        select(RoundOption.round_id, Proposal.id, Proposal.area_id)
        .join(Proposal, col(Proposal.id) == col(RoundOption.id))
        .join(Round, col(Round.id) == col(RoundOption.round_id))
        .where(
            Round.workshop_id == workshop_id,
            Round.shape == "approval",
            col(Round.published_participants).is_(True),
            Proposal.kind == "response",
            Proposal.status == "accepted",
            col(Proposal.area_id).is_not(None),
            col(Proposal.id).not_in(laid),
        )
        .order_by(col(Proposal.position), col(Proposal.number))
    ).all()
    winners = {id_: _winners(conn, id_) for id_ in {row.round_id for row in rows}}
    kept = ((row.area_id, row.id) for row in rows if row.id in winners[row.round_id])
    return list(dict.fromkeys([*kept, *_rated_in(conn, workshop_id)]))


def _rated_in(conn: Connection, workshop_id: str) -> list[tuple[str, str]]:
    """The cells that a published rating agreed on before they had a row, in the round's order."""
    laid = select(MatrixCell.area_id, MatrixCell.response_id).where(
        MatrixCell.workshop_id == workshop_id
    )
    had = {(row.area_id, row.response_id) for row in conn.execute(laid)}
    rows: Any = conn.execute(
        select(RoundOption.round_id, RoundOption.id)
        .join(Round, col(Round.id) == col(RoundOption.round_id))
        .where(
            Round.workshop_id == workshop_id,
            Round.shape == "rating",
            RoundOption.source_kind == "pair",
            col(Round.published_participants).is_(True),
        )
        .order_by(col(Round.opened_number), col(RoundOption.position))
    ).all()
    winners = {id_: _winners(conn, id_) for id_ in {row.round_id for row in rows}}
    agreed = [parts_of(row.id) for row in rows if row.id in winners[row.round_id]]
    standing = _accepted(conn, workshop_id)
    return [pair for pair in agreed if pair and pair not in had and {*pair} <= standing]


def _accepted(conn: Connection, workshop_id: str) -> set[str]:
    found = select(Proposal.id).where(
        Proposal.workshop_id == workshop_id, Proposal.status == "accepted"
    )
    return {*conn.execute(found).scalars()}


def _winners(conn: Connection, round_id: str) -> set[str]:
    last = select(func.max(Outcome.n)).where(Outcome.round_id == round_id).scalar_subquery()
    found = conn.execute(
        select(Outcome.result).where(Outcome.round_id == round_id, Outcome.n == last)
    ).scalar()
    return set(found["winners"]) if found else set()
