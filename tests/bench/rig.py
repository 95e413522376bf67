"""What the load stands on: a server process on one core, the load on the other, people seated."""

import asyncio
import contextlib
import os
import secrets
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.bench.line import Line, frame, hello
from tests.support import databases, postgresql
from tests.support.gathering import Gathering, gathering
from tests.support.servers import Server

CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE, LOAD_CORE = CORES[0], CORES[-1]
PINNED = [sys.executable, "-m", "tests.bench.pinned"]
TICKS = os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def on_the_other_core() -> Iterator[None]:
    """This process leaves the server's core alone while the block runs."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {LOAD_CORE})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@contextlib.contextmanager
def served(database_url: str | None = None, variant: str = "") -> Iterator[Server]:
    """A server process on its core, ours or a variant, on an empty database."""
    with tempfile.TemporaryDirectory(prefix="consilience-bench-") as folder:
        server = Server(
            Path(folder), postgresql.free_port(), database_url, program=PINNED,
            environment={"PIN_TO": str(SERVER_CORE), "VARIANT": variant},
        )  # fmt: skip
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextlib.contextmanager
def durable_postgresql() -> Iterator[postgresql.PostgreSQL]:
    """A PostgreSQL that writes through to the disk, on the load's core. Raises Unavailable."""
    database = postgresql.start(durable=True)
    try:
        move(database, LOAD_CORE)
        yield database
    finally:
        database.stop()


@contextlib.contextmanager
def emptied(database: postgresql.PostgreSQL) -> Iterator[str]:
    """A new database in it, migrated; its address."""
    name = f"bench_{secrets.token_hex(4)}"
    database.execute(f"CREATE DATABASE {name}")
    databases.migrate(database.url(name))
    yield database.url(name)


def move(database: postgresql.PostgreSQL, core: int) -> None:
    """All processes of a PostgreSQL server onto one core, and whatever it starts from now on."""
    postmaster = int((database.folder / "data" / "postmaster.pid").read_text().split()[0])
    for pid in (postmaster, *children(postmaster)):
        with contextlib.suppress(ProcessLookupError):
            os.sched_setaffinity(pid, {core})


def children(parent: int) -> list[int]:
    """The processes that this one has started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            pid, rest = stat.read_text().rsplit(")", 1)
            if int(rest.split()[1]) == parent:
                found.append(int(pid.split()[0]))
    return found


def processor(pid: int) -> float:
    """The seconds of processor that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory(pid: int) -> float:
    """What a process has in memory now, in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


@dataclass
class Room:
    """A workshop with an open rating, and the connections of those who vote."""

    server: Server
    here: Gathering
    round_id: str
    options: list[str]
    lines: list[Line] = field(default_factory=list)

    @property
    def pid(self) -> int:
        assert self.server.process is not None
        return self.server.process.pid

    async def connect(self, greeting: bytes) -> Line:
        """One more connection, not yet welcomed."""
        host = f"127.0.0.1:{self.server.port}"
        _, line = await asyncio.get_running_loop().create_connection(
            lambda: Line(self.here.id, host, greeting), "127.0.0.1", self.server.port
        )
        return line

    async def seat(self, tokens: Iterable[str], at_once: int = 50, **said: Any) -> list[Line]:
        """A connection for each token, welcomed; so many come at the same moment."""
        turn = asyncio.Semaphore(at_once)

        async def one(token: str) -> Line:
            async with turn:
                line = await self.connect(hello(token, **said))
                await line.welcomed
                return line

        lines = await asyncio.gather(*(one(token) for token in tokens))
        self.lines += lines
        return lines

    def ballot(self, revision: int) -> bytes:
        """A frame with a complete rating under a key of its own."""
        values = ",".join(f'"{option}":{1 + revision % 9}' for option in self.options)
        return frame(
            b'{"type":"cast_ballot","key":"%s","round":"%s","revision":%d,"body":{"rating":{%s}}}'
            % (secrets.token_hex(16).encode(), self.round_id.encode(), revision, values.encode())
        )

    async def settled(self, number: int, within: float = 30.0) -> float:
        """Wait until every connection was told `number`; when the last one was."""
        deadline = time.perf_counter() + within
        while any(line.number < number for line in self.lines):
            if time.perf_counter() > deadline:
                raise TimeoutError(f"not every screen came to {number}")
            await asyncio.sleep(0.005)
        return max(line.told_at for line in self.lines)

    def empty(self) -> None:
        """Everybody leaves at once."""
        for line in self.lines:
            line.transport.abort()
        self.lines = []


@contextlib.asynccontextmanager
async def room(server: Server, people: int) -> AsyncIterator[Room]:
    """A meeting of so many voters before one open rating; nobody is connected yet."""
    async with gathering(server, people) as here:
        round_ = await here.voting("rate")
        made = Room(server, here, round_["id"], [one["id"] for one in round_["options"]])
        try:
            yield made
        finally:
            made.empty()
