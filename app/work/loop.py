"""The process's own clockwork: closes and reveals what is due, counts what was closed, seals what
was secret, forgets who took part when the day for it has come. Beside it, so that no deadline waits
for a long file, it does the tasks that were asked for.

Every process wakes at the earliest deadline; under the lock the first finds the round open and the
others do nothing. A count left behind by a process that died is found in the database and done.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, func, or_, select

from app import clock
from app.actions.closing import close_due
from app.actions.outcomes import record_outcome
from app.actions.retention import forget_people
from app.actions.silence import reveal_due
from app.db import Database
from app.errors import Refused
from app.methods import count
from app.models import Activity, Outcome, Round, Workshop
from app.policy import SYSTEM
from app.queries.polls import poll_of
from app.queries.retention import due_to_forget
from app.settings import Mail
from app.work.exporting import make_export
from app.work.mailing import sender_of
from app.work.sealing import seal, unsealed_rounds
from app.work.tasks import Doing, do_tasks

log = logging.getLogger(__name__)

LONGEST_SLEEP = 2.0
GATHER = 0.05
BALLOTS = frozenset(("ballot_cast",))


class Work:
    """Runs beside the server in the same event loop."""

    def __init__(self, db: Database, mail: Mail | None = None) -> None:
        self.db = db
        self.kinds: dict[str, Doing] = {"export": make_export, "mail": sender_of(mail)}
        self._wakes = (asyncio.Event(), asyncio.Event())
        self._running: list[asyncio.Task[None]] = []
        db.on_change(self._heard)

    def start(self) -> None:
        for wake, once in zip(self._wakes, (self.once, self.tasks), strict=True):
            self._running.append(asyncio.create_task(_run(wake, once)))

    async def stop(self) -> None:
        for running in self._running:
            running.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)

    def _heard(self, _workshop_id: str, _seq: int, kinds: frozenset[str]) -> None:
        """Ballots alone leave nothing to do: a hall that votes would keep us looking for it."""
        if kinds != BALLOTS:
            self.hurry()

    def hurry(self) -> None:
        """Look at once what is to be done."""
        for wake in self._wakes:
            wake.set()

    async def once(self) -> datetime | None:
        """Do what is due now; returns the earliest deadline still ahead."""
        for workshop_id, round_id in await self.db.read(due_rounds, clock.now()):
            await self.db.change(workshop_id, close_due, SYSTEM, round_id)
        for workshop_id, activity_id in await self.db.read(due_reveals, clock.now()):
            await self.db.change(workshop_id, reveal_due, SYSTEM, activity_id)
        for workshop_id, round_id in await self.db.read(uncounted_rounds):
            await count_round(self.db, workshop_id, round_id)
        for workshop_id, round_id in await self.db.read(unsealed_rounds):
            await seal(self.db, workshop_id, round_id)
        for workshop_id in await self.db.read(due_to_forget, clock.now()):
            await self.db.change(workshop_id, forget_people, SYSTEM)
        return await self.db.read(earliest_deadline)

    async def tasks(self) -> datetime | None:
        """Do what was asked for, as far as no other process does it."""
        await do_tasks(self.db, self.kinds)
        return None


async def _run(wake: asyncio.Event, once: Callable[[], Awaitable[datetime | None]]) -> None:
    while True:
        try:
            earliest = await once()
        except Exception:
            log.exception("work failed; it is tried again")
            earliest = None
        await _sleep_until(wake, earliest)


async def _sleep_until(wake: asyncio.Event, earliest: datetime | None) -> None:
    seconds = LONGEST_SLEEP
    if earliest is not None:
        seconds = min(seconds, max(0.0, (earliest - clock.now()).total_seconds()))
    try:
        # Not wait_for: it swallows a cancellation that meets the wake-up, and never ends.
        async with asyncio.timeout(seconds):
            await wake.wait()
        wake.clear()
        await asyncio.sleep(GATHER)  # one look for a burst of ballots, not one for each
    except TimeoutError:
        pass


async def count_round(db: Database, workshop_id: str, round_id: str) -> None:
    """Count a closed round in a thread, outside the lock, and record its outcome."""
    poll = await db.read(poll_of, round_id)
    outcome = await asyncio.to_thread(count, poll)
    try:
        await db.change(
            workshop_id, record_outcome, SYSTEM, round_id, outcome.model_dump(mode="json")
        )
    except Refused as refusal:
        if refusal.code != "counted_other":  # reopened and closed again meanwhile: counted next
            raise


def due_rounds(conn: Connection, now: datetime) -> list[tuple[str, str]]:
    """Rounds whose deadline has passed and that are still open."""
    rows = conn.execute(
        select(Round.workshop_id, Round.id).where(
            col(Round.status).in_(("open", "closing")), col(Round.closes_at) <= now
        )
    )
    return [(row.workshop_id, row.id) for row in rows]


def earliest_deadline(conn: Connection) -> datetime | None:
    """The next moment at which a round closes, or a silence ends, by itself."""
    closes = conn.execute(
        select(func.min(Round.closes_at)).where(col(Round.status).in_(("open", "closing")))
    ).scalar_one()
    ends = [one.reveals_at for one in conn.execute(_silent())]
    return min([moment for moment in (closes, *ends) if moment], default=None)


def due_reveals(conn: Connection, now: datetime) -> list[tuple[str, str]]:
    """Activities whose silence has passed and that still hide what was written."""
    rows = conn.execute(_silent().where(col(Activity.reveals_at) <= now))
    return [(row.workshop_id, row.id) for row in rows]


def _silent() -> Any:
    return (
        select(Activity)
        .join(Workshop, col(Workshop.id) == col(Activity.workshop_id))
        .where(
            Activity.stage == "writing",
            col(Activity.reveals_at).is_not(None),
            col(Activity.removed_at).is_(None),
            col(Workshop.ended_at).is_(None),
        )
    )


def uncounted_rounds(conn: Connection) -> list[tuple[str, str]]:
    """Closed rounds without an outcome of their last close."""
    last = (
        select(Outcome.round_id, func.max(Outcome.number).label("number"))
        .group_by(col(Outcome.round_id))
        .subquery()
    )
    rows = conn.execute(
        select(Round.workshop_id, Round.id)
        .join(last, last.c.round_id == col(Round.id), isouter=True)
        .where(
            col(Round.status).in_(("closed", "sealed")),
            or_(last.c.number.is_(None), last.c.number < col(Round.closed_number)),
        )
    )
    return [(row.workshop_id, row.id) for row in rows]
