"""How many ballots a server takes, alone and in a burst, and what one costs the processor."""

import asyncio
import secrets
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from app.db import Database
from tests.bench.measure import Figure
from tests.support import databases, postgresql
from tests.support.meeting import Meeting, meeting

VOTERS = 100
BURSTS = 20


async def run() -> list[Figure]:
    """On SQLite, and on PostgreSQL where there is one."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        databases.migrate(url)
        figures = await on("SQLite", url)
    with ExitStack() as stack:
        try:
            server = postgresql.start()
        except postgresql.Unavailable:
            return figures
        stack.callback(server.stop)
        databases.migrate(server.url())
        return figures + await on("PostgreSQL", server.url())


async def on(kind: str, url: str) -> list[Figure]:
    db = Database(url, secrets.token_bytes(32))
    try:
        room = await meeting(db, states=0, experts=VOTERS)
        return [await alone(kind, room), *await together(kind, room)]
    finally:
        await db.close()


async def alone(kind: str, room: Meeting) -> Figure:
    """One ballot after the other: each is its own transaction."""
    round_id = await room.open()
    started = time.perf_counter()
    for voter in room.voters:
        await room.cast(voter, round_id, room.rating(5, 6, 7, 8))
    each = (time.perf_counter() - started) / VOTERS
    return Figure(f"{kind}: one ballot at a time, to its acknowledgement", 1000 * each, "ms")


async def together(kind: str, room: Meeting) -> list[Figure]:
    """Everybody at once, again and again, each time with a changed answer."""
    round_id = await room.open()
    wall, processor = time.perf_counter(), time.process_time()
    for revision in range(1, BURSTS + 1):
        body = room.rating(1 + revision % 9, 6, 7, 8)
        await asyncio.gather(*(room.cast(voter, round_id, body, revision) for voter in room.voters))
    ballots = VOTERS * BURSTS
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    return [
        Figure(f"{kind}: {VOTERS} at once, ballots a second", ballots / wall, "1/s"),
        Figure(f"{kind}: {VOTERS} at once, processor per ballot", 1e6 * processor / ballots, "µs"),
    ]
