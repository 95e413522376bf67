"""Doing what was asked for: one task at a time, in each process, by whoever takes it first."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager

from app import clock
from app.actions import tasks
from app.actions.exports import drop_exports
from app.actions.tasks import Claim, claim_task, due, keep_task, put_off_task
from app.db import Database
from app.errors import Busy, Refused
from app.policy import SYSTEM
from app.queries.tasks import any_past_exports

log = logging.getLogger(__name__)

# Brings a task's effect about and ends the task, or raises: Busy where it may be tried again.
Doing = Callable[[Database, Claim], Awaitable[None]]


async def do_tasks(db: Database, kinds: Mapping[str, Doing]) -> None:
    """Do what is due, until nothing is or others have the rest; drop files that are too old."""
    while await db.read(lambda conn: conn.execute(due(clock.now())).first()):
        claim = await db.change(None, claim_task, SYSTEM)
        if claim is None:
            break
        await do(db, claim, kinds[claim.kind])
    if await db.read(any_past_exports, clock.now()):
        await db.change(None, drop_exports, SYSTEM)


async def do(db: Database, claim: Claim, doing: Doing) -> None:
    """One task, its lease kept meanwhile; what stops it is written down as a code."""
    try:
        async with _kept(db, claim):
            await doing(db, claim)
    except Refused as refusal:
        await _put_off(db, claim, refusal.code, again=isinstance(refusal, Busy))
    except Exception:
        log.exception("task %s (%s) failed at attempt %s", claim.id, claim.kind, claim.attempts)
        await _put_off(db, claim, "unexpected", again=True)


async def _put_off(db: Database, claim: Claim, code: str, *, again: bool) -> None:
    await db.change(claim.workshop_id, put_off_task, SYSTEM, claim, code, again=again)


@asynccontextmanager
async def _kept(db: Database, claim: Claim) -> AsyncIterator[None]:
    keeping = asyncio.create_task(_keep(db, claim))
    try:
        yield
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)


async def _keep(db: Database, claim: Claim) -> None:
    """Renew the lease until it is lost: then another worker does the task, and its end counts."""
    held = True
    while held:
        await asyncio.sleep(tasks.LEASE.total_seconds() / 3)
        held = await db.change(None, keep_task, SYSTEM, claim)
