"""Privacy only tightens after the first ballot (design law 12)."""

from sqlmodel import col, select

from app.actions.base import Tx
from app.errors import N_, Conflict
from app.models import Ballot, RegisterMark, Round, SealedBallot
from app.models.activity import SECRECY

ONLY_STRICTER = N_(
    "People have answered here under “{secrecy}”. A further round can only be as strict or "
    "stricter."
)


def refuse_looser(tx: Tx, activity_id: str, secrecy: str) -> None:
    """Refuse a further round that would say more than the answered ones of its activity promised.

    Raises Conflict `only_stricter`.
    """
    rounds = tx.conn.execute(
        select(Round.id, Round.secrecy).where(
            Round.activity_id == activity_id, col(Round.status) != "planned"
        )
    ).all()
    answered = [row.secrecy for row in rounds if _answered(tx, row.id)]
    strictest = max(answered, key=SECRECY.index, default=SECRECY[0])
    if SECRECY.index(secrecy) < SECRECY.index(strictest):
        raise Conflict("only_stricter", ONLY_STRICTER, field="secrecy", secrecy=strictest)


def anybody_answered(tx: Tx) -> bool:
    """Whether the workshop has a ballot at all."""
    rounds = tx.conn.execute(
        select(Round.id).where(Round.workshop_id == tx.workshop_id, col(Round.status) != "planned")
    )
    return any(_answered(tx, round_id) for round_id in rounds.scalars())


def _answered(tx: Tx, round_id: str) -> bool:
    # While a secret round is open its marks say it; after the close its ballots do.
    return any(
        tx.conn.execute(select(table.round_id).where(table.round_id == round_id).limit(1)).first()
        for table in (Ballot, RegisterMark, SealedBallot)
    )
