"""Closing a secret round, and the sealing after it: until nothing joins a voter to a ballot."""

import secrets
from collections import Counter, defaultdict
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, insert, text, update
from sqlmodel import col, select

from app.actions.base import Done, Tx, add, change, goes_on, load
from app.ballots import ITEMWISE, merge_items
from app.errors import N_, Refused
from app.models import RegisterMark, Round, SealedBallot, Sealing, StagedBallot, StagedKey
from app.models.base import new_id
from app.policy import FEWEST, Actor, may_facilitate, require

LEASE = timedelta(seconds=30)


def unlink_ballots(tx: Tx, round_: Any) -> None:
    """In the closing transaction: copy the ballots, shuffled and with new ids, into the sealed
    table, empty the staging table, and write the marks anew in another order."""
    rows = [
        {"id": new_id(), "round_id": round_.id, **ballot} for ballot in _whole_ballots(tx, round_)
    ]
    marks = [
        {"entry_id": entry_id, "round_id": round_.id}
        for entry_id in tx.conn.execute(
            select(RegisterMark.entry_id).where(RegisterMark.round_id == round_.id)
        ).scalars()
    ]
    tx.conn.execute(delete(StagedBallot).where(col(StagedBallot.round_id) == round_.id))
    tx.conn.execute(delete(RegisterMark).where(col(RegisterMark.round_id) == round_.id))
    if rows:
        tx.conn.execute(insert(SealedBallot), _shuffled(rows))
    if len(marks) >= FEWEST:  # so few ballots with their voters' names beside them are no secret
        tx.conn.execute(insert(RegisterMark), _shuffled(marks))
    add(tx, Sealing(round_id=round_.id, asked_at=tx.now))


def _whole_ballots(tx: Tx, round_: Any) -> list[dict[str, Any]]:
    """One ballot for each voice; its kind only where every kind that voted is large enough."""
    staged = select(StagedBallot).where(StagedBallot.round_id == round_.id)
    bodies: dict[str, list[dict[str, Any]]] = defaultdict(list)
    kinds: dict[str, str] = {}
    for row in tx.conn.execute(staged.order_by(col(StagedBallot.item))):
        bodies[row.voice].append(row.body)
        kinds[row.voice] = row.capacity
    sizes = Counter(kinds.values())
    apart = all(size >= FEWEST for size in sizes.values())
    join = merge_items if round_.shape in ITEMWISE else lambda found: found[0]
    return [
        {"capacity": kinds[voice] if apart else "", "body": join(found)}
        for voice, found in bodies.items()
    ]


def _shuffled(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """In an order that nobody can foretell, from the operating system's own chance."""
    return secrets.SystemRandom().sample(rows, len(rows))


@goes_on
def begin_sealing(tx: Tx, actor: Actor, round_id: str) -> Done:
    """Take the task for a while and delete the round's keys; with the id of the last transaction
    whose traces are to go. Answers with no id while another process has it, or it is done."""
    round_ = load(tx, Round, round_id)
    require(may_facilitate(actor))
    task = _task(tx, round_id)
    if round_.status != "closed" or (task.leased_until and task.leased_until > tx.now):
        return Done()
    tx.conn.execute(delete(StagedKey).where(col(StagedKey.round_id) == round_id))
    transaction = "0"
    if tx.conn.dialect.name == "postgresql":
        found = tx.conn.execute(text("SELECT CAST(pg_current_xact_id() AS text)"))
        transaction = str(found.scalar_one())
    _keep(tx, round_id, leased_until=tx.now + LEASE, transaction=transaction,
          attempts=task.attempts + 1)  # fmt: skip
    return Done(transaction)


@goes_on
def put_off_sealing(tx: Tx, actor: Actor, round_id: str) -> Done:
    """Give the task back: something still needs the traces."""
    load(tx, Round, round_id)
    require(may_facilitate(actor))
    _keep(tx, round_id, leased_until=None)
    return Done(round_id)


@goes_on
def seal_round(tx: Tx, actor: Actor, round_id: str) -> Done:
    """The traces are gone: only now the round is called sealed."""
    round_ = load(tx, Round, round_id)
    require(may_facilitate(actor))
    if round_.status == "sealed":
        return Done(round_id)
    if round_.status != "closed" or _task(tx, round_id).transaction is None:
        raise Refused("not_closed", N_("Only a closed round can be sealed."))
    number = tx.log("round_sealed", round=round_id, activity=round_.activity_id)
    _keep(tx, round_id, sealed_at=tx.now, leased_until=None)
    change(tx, Round, round_id, status="sealed", version=round_.version + 1)
    return Done(round_id, number)


def _task(tx: Tx, round_id: str) -> Any:
    return tx.conn.execute(select(Sealing).where(Sealing.round_id == round_id)).one()


def _keep(tx: Tx, round_id: str, **values: Any) -> None:
    tx.conn.execute(update(Sealing).where(col(Sealing.round_id) == round_id).values(**values))
