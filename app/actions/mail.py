"""Mail to people: each their own link, at an address that only the organisers know."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import col, select

from app.actions.base import Done, Tx, add, change, load
from app.actions.tasks import add_task
from app.db import Key, derived_token
from app.models import Participant, Task, Token
from app.policy import Actor, may_organise, require
from app.queries.tokens import token_hash


def mailed_link(secret: bytes, task_id: str, participant_id: str) -> str:
    """The link's secret that a task mails: only its hash is stored, and whoever does the task
    makes it again."""
    return derived_token(secret, Key(task_id, b""), participant_id, "mail")


def send_links(
    tx: Tx,
    actor: Actor,
    participants: Sequence[str] | None,
    address: str,
    *,
    again: bool = False,
) -> Done:
    """Have these people (None: all) sent a link of their own; `address` begins it.

    Who has got one, or is about to, is written to only `again`; who could not be reached is tried
    anew under the same message id. Returns the ids of those who are written to.
    """
    require(may_organise(actor))
    found = [
        person
        for person in _people(tx, participants)
        if person.email and _ask(tx, person, address, again)
    ]
    return Done(" ".join(person.id for person in found), tx.seq)


def _people(tx: Tx, ids: Sequence[str] | None) -> Sequence[Any]:
    if ids is not None:
        return [load(tx, Participant, one) for one in dict.fromkeys(ids)]
    here = select(Participant).where(Participant.workshop_id == tx.workshop_id)
    return tx.conn.execute(here.order_by(col(Participant.position))).all()


def _ask(tx: Tx, person: Any, address: str, again: bool) -> bool:
    before = _letters(tx, person.id)
    last = before[-1] if before else None
    if last is None or last.last_error == "dead_link" or (again and last.state == "done"):
        _write_down(tx, person.id, address, len(before) + 1)
        return True
    if last.state != "failed":
        return False
    change(
        tx, Task, last.id, state="waiting", attempts=0, due_at=tx.now, done_at=None,
        last_error="", leased_until=None, payload={**last.payload, "address": address},
    )  # fmt: skip
    return True


def _letters(tx: Tx, participant_id: str) -> Sequence[Any]:
    return tx.conn.execute(
        select(Task)
        .where(
            Task.workshop_id == tx.workshop_id, Task.kind == "mail", Task.about == participant_id
        )
        .order_by(col(Task.asked_at))
    ).all()


def _write_down(tx: Tx, participant_id: str, address: str, n: int) -> None:
    once = f"link {participant_id} {n}"
    task_id = add_task(tx, "mail", participant_id, {"address": address}, once=once)
    token = Token(
        hash=token_hash(mailed_link(tx.secret, task_id, participant_id)),
        kind="access",
        workshop_id=tx.workshop_id,
        participant_id=participant_id,
        created_at=tx.now,
    )
    add(tx, token)
    tx.log("token_made", token=token.id, participant=participant_id)
