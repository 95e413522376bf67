"""Files made in the background: asked for, kept for a day for whoever asked, dropped."""

import hashlib
from dataclasses import dataclass

from sqlalchemy import delete
from sqlmodel import col, func, select

from app.actions.base import Done, Tx, add, goes_on
from app.actions.tasks import Claim, add_task, finish_task
from app.errors import N_, Conflict
from app.models import MadeExport, Task
from app.policy import Actor, may_have_made, may_work, require
from app.queries.tasks import past_exports

MOST_WAITING = 9
TOO_MANY = N_("You are waiting for {number} files already. Take those first.")


@dataclass(frozen=True)
class File:
    """A file as it was made, and the log's number that it was made at."""

    seq: int
    name: str
    media_type: str
    content: bytes


@goes_on
def ask_export(tx: Tx, actor: Actor, format_: str, language: str) -> Done:
    """Have a file made for this actor alone, the whole meeting for its owner alone. Raises Conflict
    `too_many`."""
    require(may_have_made(actor, format_))
    waiting = select(func.count()).where(
        Task.workshop_id == tx.workshop_id,
        Task.kind == "export",
        Task.about == actor.identity,
        Task.state == "waiting",
    )
    if (number := tx.conn.execute(waiting).scalar_one()) >= MOST_WAITING:
        raise Conflict("too_many", TOO_MANY, number=number)
    wish = {"format": format_, "language": language}
    return Done(add_task(tx, "export", actor.identity, wish))


@goes_on
def keep_export(tx: Tx, actor: Actor, claim: Claim, file: File) -> Done:
    """End the task with its file; where another worker ended it, this file is not needed."""
    require(may_work(actor))
    if not finish_task(tx, actor, claim):
        return Done()
    made = MadeExport(
        task_id=claim.id,
        workshop_id=tx.workshop_id,
        seq=file.seq,
        name=file.name,
        media_type=file.media_type,
        sha256=hashlib.sha256(file.content).hexdigest(),
        content=file.content,
    )
    add(tx, made)
    return Done(claim.id)


def drop_exports(tx: Tx, actor: Actor) -> Done:
    """Remove the files whose day is over, and that they were asked for."""
    require(may_work(actor))
    ids = list(tx.conn.execute(past_exports(tx.now)).scalars())
    tx.conn.execute(delete(MadeExport).where(col(MadeExport.task_id).in_(ids)))
    tx.conn.execute(delete(Task).where(col(Task.id).in_(ids)))
    return Done(" ".join(ids))
