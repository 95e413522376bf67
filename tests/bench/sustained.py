"""Ballots a second in a closed loop: who is acknowledged casts the next one. Ours beside the same
server acknowledging without storing, and beside one with an ORM session for every ballot."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, ExitStack, contextmanager
from dataclasses import dataclass, field

from tests.bench.line import Line
from tests.bench.measure import Figure, quantile, several
from tests.bench.posting import Posting
from tests.bench.rig import (
    SERVER_CORE,
    Room,
    durable_postgresql,
    emptied,
    move,
    processor,
    room,
    served,
)
from tests.support import postgresql
from tests.support.servers import Server

VOTERS = 200
SECONDS = 2.0
ROUNDS = 3


@dataclass
class Run:
    """One stretch of voting: what was acknowledged, how late, and at what cost."""

    seconds: float = 0.0
    delays: list[float] = field(default_factory=list)
    server: float = 0.0
    client: float = 0.0

    @property
    def rate(self) -> float:
        return len(self.delays) / self.seconds

    @property
    def cost(self) -> float:
        return 1e6 * self.server / len(self.delays)

    @property
    def load(self) -> float:
        return 1e6 * self.client / len(self.delays)

    def late(self, share: float) -> float:
        return quantile(self.delays, share)


class Loop:
    """Keeps one ballot of every voter in flight. Revisions go on from run to run."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.sent: dict[Line, float] = {}
        self.revisions = dict.fromkeys(room.lines, 0)
        self.delays: list[float] = []
        self.over = True
        for line in room.lines:
            line.acked = self._acked

    def _cast(self, line: Line) -> None:
        self.revisions[line] += 1
        self.sent[line] = time.perf_counter()
        line.send(self.room.ballot(self.revisions[line]))

    def _acked(self, line: Line, _payload: bytes) -> None:
        self.delays.append(time.perf_counter() - self.sent.pop(line))
        if not self.over:
            self._cast(line)

    async def run(self, seconds: float = SECONDS) -> Run:
        """Vote for so long, then wait until nothing is in flight."""
        self.delays, self.over = [], False
        began, server, client = time.perf_counter(), processor(self.room.pid), time.process_time()
        for line in self.room.lines:
            self._cast(line)
        await asyncio.sleep(seconds)
        self.over = True
        while self.sent:
            await asyncio.sleep(0.005)
            assert time.perf_counter() - began < seconds + 30, self.refusals()
        return Run(
            time.perf_counter() - began, self.delays, processor(self.room.pid) - server,
            time.process_time() - client,
        )  # fmt: skip

    def refusals(self) -> Sequence[bytes]:
        return [answer for line in self.room.lines for answer in line.refused][:3]


async def on_sqlite() -> list[Figure]:
    """Three servers, each with a file of its own."""
    with three(None) as servers:
        return await compared("SQLite", servers)


async def on_postgresql() -> list[Figure]:
    """With the database's server on the other core, then on the same."""
    with ExitStack() as stack:
        try:
            database = stack.enter_context(durable_postgresql())
        except postgresql.Unavailable as why:
            print(why)
            return []
        servers = stack.enter_context(three(database))
        figures = await compared("PostgreSQL", servers)
        move(database, SERVER_CORE)
        return figures + await compared("PostgreSQL on the same core", servers, goals=("", ""))


@contextmanager
def three(database: postgresql.PostgreSQL | None) -> Iterator[dict[str, Server]]:
    """Our server and its two variants, each on a database of its own."""
    with ExitStack() as stack:
        servers = {}
        for variant in ("", "unstored", "session_each"):
            url = stack.enter_context(emptied(database)) if database else None
            servers[variant] = stack.enter_context(served(url, variant))
        yield servers


async def compared(
    kind: str, servers: dict[str, Server], goals: tuple[str, str] = ("at least 0.4", "at least 8")
) -> list[Figure]:
    """Each in turn, some rounds, the first of which only warms up."""
    runs: dict[str, list[Run]] = {variant: [] for variant in servers}
    posted: list[float] = []
    async with AsyncExitStack() as stack:
        rooms = {
            variant: await stack.enter_async_context(room(server, VOTERS))
            for variant, server in servers.items()
        }
        for here in rooms.values():
            await here.seat(here.here.entries)
        loops = {variant: Loop(here) for variant, here in rooms.items()}
        for _ in range(1 + ROUNDS):
            for variant, loop in loops.items():
                runs[variant].append(await loop.run())
        for here in rooms.values():
            here.empty()
        posting = Posting(rooms[""], start=1 + max(loops[""].revisions.values()))
        posted = [await posting.run() for _ in range(1 + ROUNDS)][1:]
    ours, unstored, sessions = (list(runs[name][1:]) for name in ("", "unstored", "session_each"))
    return [
        several(f"{kind}: durable ballots by websocket", [run.rate for run in ours], "1/s"),
        several(f"{kind}: … beside one that stores nothing", ratios(ours, unstored), "×", goals[0]),
        several(f"{kind}: … beside a session a ballot", ratios(ours, sessions), "×", goals[1]),
        several(f"{kind}: … median to acknowledge", [1000 * run.late(0.5) for run in ours], "ms"),
        several(f"{kind}: … p99 to acknowledge", [1000 * run.late(0.99) for run in ours], "ms"),
        several(f"{kind}: … the server's processor a ballot", [run.cost for run in ours], "µs"),
        several(f"{kind}: … the load's processor a ballot", [run.load for run in ours], "µs"),
        several(f"{kind}: durable ballots by POST", posted, "1/s"),
    ]


def ratios(ours: Sequence[Run], theirs: Sequence[Run]) -> list[float]:
    """Each run beside the one that was made right after it."""
    return [mine.rate / other.rate for mine, other in zip(ours, theirs, strict=True)]
