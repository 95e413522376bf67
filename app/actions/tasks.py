"""Tasks: asked for once, taken by one worker at a time, ended once.

Whoever takes a task holds a lease; a worker that dies loses it, and the next does the task again.
What a task brings about is written in the transaction that ends it, by the holder of the lease
alone, so that of two who did the same work one counts.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, or_, update
from sqlmodel import col, select

from app.actions.base import Tx, add, goes_on
from app.models import Task
from app.policy import Actor, may_work, require

LEASE = timedelta(seconds=30)
MOST_ATTEMPTS = 6
PATIENCE = 5  # seconds before the second attempt; five times as many before each further one


@dataclass(frozen=True)
class Claim:
    """A task in one worker's hands."""

    id: str
    workshop_id: str
    kind: str
    about: str
    payload: dict[str, Any]
    asked_at: datetime
    attempts: int
    lease: str


def add_task(
    tx: Tx, kind: str, about: str, payload: dict[str, Any], *, once: str | None = None
) -> str:
    """Write down what is to be done; returns its id. The caller has asked the policy."""
    task = Task(
        workshop_id=tx.workshop_id,
        kind=kind,
        about=about,
        payload=payload,
        once=once,
        asked_at=tx.now,
        due_at=tx.now,
    )
    return add(tx, task)


def due(now: datetime) -> Select[Any]:
    """The tasks that somebody may take now, the longest due first."""
    free = or_(col(Task.leased_until).is_(None), col(Task.leased_until) <= now)
    waiting = select(Task).where(Task.state == "waiting", col(Task.due_at) <= now, free)
    return waiting.order_by(col(Task.due_at), col(Task.id)).limit(1)


def claim_task(tx: Tx, actor: Actor) -> Claim | None:
    """Take a task that no other worker is just taking. One that was taken too often, and never
    came back, has failed."""
    require(may_work(actor))
    while task := tx.conn.execute(due(tx.now).with_for_update(skip_locked=True)).first():
        if task.attempts < MOST_ATTEMPTS:
            return _taken(tx, task)
        _set(tx, task.id, state="failed", last_error="gave_up", done_at=tx.now, lease=None)
    return None


def _taken(tx: Tx, task: Any) -> Claim:
    lease = secrets.token_hex(8)
    attempts = task.attempts + 1
    _set(tx, task.id, lease=lease, leased_until=tx.now + LEASE, attempts=attempts)
    return Claim(
        task.id, task.workshop_id, task.kind, task.about, task.payload, task.asked_at, attempts,
        lease,
    )  # fmt: skip


def keep_task(tx: Tx, actor: Actor, claim: Claim) -> bool:
    """Hold a task for longer; whether it is still in these hands."""
    require(may_work(actor))
    return _if_held(tx, claim, leased_until=tx.now + LEASE)


@goes_on
def finish_task(tx: Tx, actor: Actor, claim: Claim) -> bool:
    """End a task as done; False, and nothing may be written, where another worker has it."""
    require(may_work(actor))
    return _if_held(tx, claim, state="done", done_at=tx.now, last_error="", lease=None)


@goes_on
def put_off_task(tx: Tx, actor: Actor, claim: Claim, code: str, *, again: bool) -> bool:
    """Say why it could not be done, and try it later where that may help."""
    require(may_work(actor))
    if again and claim.attempts < MOST_ATTEMPTS:
        pause = timedelta(seconds=PATIENCE**claim.attempts)
        return _if_held(
            tx, claim, last_error=code, due_at=tx.now + pause, lease=None, leased_until=None
        )
    return _if_held(tx, claim, state="failed", last_error=code, done_at=tx.now, lease=None)


def _if_held(tx: Tx, claim: Claim, **values: Any) -> bool:
    held = (col(Task.id) == claim.id, col(Task.state) == "waiting", col(Task.lease) == claim.lease)
    return tx.conn.execute(update(Task).where(*held).values(**values)).rowcount == 1


def _set(tx: Tx, task_id: str, **values: Any) -> None:
    tx.conn.execute(update(Task).where(col(Task.id) == task_id).values(**values))
