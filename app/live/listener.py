"""How a process learns that a workshop's log has grown, wherever it was written.

On SQLite there is one process, and `db.on_change` says it all. On PostgreSQL every commit also
notifies, on a channel heard here by a connection outside the pool. What was missed while it was
broken is read: LISTEN first, then the numbers; and the numbers once a second in any case.
"""

import asyncio
import logging
import re
from collections.abc import Callable, Collection, Mapping
from typing import Any

import asyncpg

from app.db import CHANNEL, Database
from app.live import neighbours
from app.live.neighbours import Neighbours

log = logging.getLogger(__name__)

EVERY = 1.0
AGAIN_AFTER = 1.0
PATIENCE = 5.0  # a database that is gone without a word never answers
KNOWN_AS = {"application_name": "consilience listener"}  # in pg_stat_activity
SAY = "SELECT pg_notify($1, $2)"
NUMBERS = "SELECT id, seq FROM workshop WHERE id = ANY($1::varchar[])"


class Listener:
    """Calls `wake(workshop_id, seq)` for every number heard or read, and lets the other processes
    know who is `here()`."""

    def __init__(
        self,
        db: Database,
        wake: Callable[[str, int], None],
        here: Callable[[], Mapping[str, Collection[str]]],
        neighbours: Neighbours,
    ) -> None:
        self.db = db
        self.wake = wake
        self.here = here
        self.neighbours = neighbours
        self.task: asyncio.Task[None] | None = None

    @property
    def all_said(self) -> bool:
        """Whether the other processes know who is here: also that somebody left."""
        return self.db.sqlite or not self.neighbours.stale

    def start(self) -> None:
        if not self.db.sqlite:
            self.task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        if self.task:
            self.task.cancel()
            await asyncio.gather(self.task, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            try:
                await self._listen()
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                log.warning("the listener lost its connection and tries again: %s", error)
            await asyncio.sleep(AGAIN_AFTER)

    async def _listen(self) -> None:
        connection = await asyncpg.connect(
            _address(self.db.url), command_timeout=PATIENCE, server_settings=KNOWN_AS
        )
        try:
            await connection.add_listener(CHANNEL, self._heard)
            await connection.add_listener(neighbours.CHANNEL, self._told)
            while not connection.is_closed():
                here = self.here()
                for row in await connection.fetch(NUMBERS, list(here)):
                    self.wake(row["id"], row["seq"])
                if self.neighbours.due():
                    for notice in self.neighbours.notices_of(here):
                        await connection.execute(SAY, neighbours.CHANNEL, notice)
                self.neighbours.fade()
                await asyncio.sleep(EVERY)
        finally:
            connection.terminate()

    def _heard(self, _connection: Any, _pid: int, _channel: str, payload: Any) -> None:
        workshop_id, _, seq = str(payload).partition(" ")
        if seq.isdecimal():
            self.wake(workshop_id, int(seq))

    def _told(self, _connection: Any, _pid: int, _channel: str, payload: Any) -> None:
        self.neighbours.heard(str(payload))


def _address(url: str) -> str:
    return re.sub(r"^postgres(ql)?(\+\w+)?:", "postgresql:", url)
