"""A hotel's line: a TCP proxy of one person's own, with delay, resets, outages and half-open ends.

During an outage nothing arrives and nothing is told; when the line is back, what was under way
arrives late, as TCP sends it again. A half-open connection never carries a byte again, and
neither end is told.
"""

import asyncio
import contextlib
import random
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

CHUNK = 65536
Arriving = asyncio.Queue[tuple[float, bytes]]


@dataclass(frozen=True)
class Weather:
    """How bad a line is: seconds each way, resets a minute, seconds of calm and of outage."""

    delay: float
    resets: float
    calm: tuple[float, float]
    outage: tuple[float, float]
    half_open: float = 0.5


@dataclass(eq=False)
class Through:
    """One connection on its way through the line."""

    ends: tuple[asyncio.StreamWriter, asyncio.StreamWriter]
    dead: bool = False

    def reset(self) -> None:
        for end in self.ends:
            end.transport.abort()


@dataclass
class Line:
    """The line between one person and the server."""

    to: int
    weather: Weather
    draw: random.Random
    up: asyncio.Event = field(default_factory=asyncio.Event)
    through: set[Through] = field(default_factory=set)
    tasks: set["asyncio.Task[None]"] = field(default_factory=set)
    outages: list[tuple[float, float]] = field(default_factory=list)
    resets: int = 0
    port: int = 0

    @contextlib.asynccontextmanager
    async def open(self) -> AsyncIterator["Line"]:
        """Carry connections on a free port until the block ends."""
        self.up.set()
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            self.up.set()
            for task in (tasks := list(self.tasks)):
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def storm(self, seconds: float) -> None:
        """Calm and outages in turn, with resets in between, for so long; ends with the line up."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            await self._calm(self.draw.uniform(*self.weather.calm))
            self.cut()
            await asyncio.sleep(self.draw.uniform(*self.weather.outage))
            self.mend()

    async def _calm(self, seconds: float) -> None:
        if self.draw.random() < self.weather.resets * seconds / 60:
            before = self.draw.uniform(0, seconds)
            await asyncio.sleep(before)
            self.resets += 1
            self.reset()
            seconds -= before
        await asyncio.sleep(seconds)

    def cut(self) -> None:
        """Nothing arrives any more; some connections will never hear of each other again."""
        self.up.clear()
        self.outages.append((time.monotonic(), 0.0))
        for one in self.through:
            one.dead = one.dead or self.draw.random() < self.weather.half_open

    def mend(self) -> None:
        """The line is back."""
        began, _ = self.outages.pop()
        self.outages.append((began, time.monotonic()))
        self.up.set()

    def reset(self) -> None:
        """Both ends of everything under way are told that it is over."""
        for one in list(self.through):
            one.reset()

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._carry(reader, writer))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self.up.wait()
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.to)
        except OSError:
            writer.transport.abort()
            return
        one = Through((writer, far_writer))
        self.through.add(one)
        ways = [
            asyncio.create_task(self._way(one, reader, far_writer)),
            asyncio.create_task(self._way(one, far_reader, writer)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            self.through.discard(one)
            one.reset()
            await asyncio.gather(*ways, return_exceptions=True)

    async def _way(
        self, one: Through, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """Carry bytes one way. What is under way does not hold up what comes behind it."""
        arriving: Arriving = asyncio.Queue()
        async with asyncio.TaskGroup() as both:
            both.create_task(self._take(reader, arriving))
            both.create_task(self._deliver(one, arriving, writer))

    async def _take(self, reader: asyncio.StreamReader, arriving: Arriving) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(CHUNK):
                arriving.put_nowait((time.monotonic() + self.weather.delay, data))
        arriving.put_nowait((time.monotonic() + self.weather.delay, b""))

    async def _deliver(
        self, one: Through, arriving: Arriving, writer: asyncio.StreamWriter
    ) -> None:
        while True:
            due, data = await arriving.get()
            await asyncio.sleep(max(0.0, due - time.monotonic()))
            await self.up.wait()
            if one.dead:
                await asyncio.Event().wait()  # nobody is told that nothing comes
            if not data:
                return
            with contextlib.suppress(OSError):
                writer.write(data)
                await writer.drain()
