"""Coming in: joins a second, a hall that comes back after its server was killed, and what a
connection that says nothing takes of memory."""

import asyncio
import time

from tests.bench.line import Line, hello
from tests.bench.measure import Figure
from tests.bench.rig import Room, memory, room, served

IDLE = (1000, 2000)
LAPTOPS = 300


async def run() -> list[Figure]:
    """All on SQLite."""
    figures = []
    with served() as server:
        async with room(server, max(IDLE)) as here:
            empty, began = memory(here.pid), time.perf_counter()
            for people in IDLE:
                await here.seat(here.here.entries[len(here.lines) : people])
                if people == IDLE[0]:
                    rate = people / (time.perf_counter() - began)
                    figures.append(Figure("laptops let in, with all their panels", rate, "1/s"))
                await here.settled(1)
                each = 1024 * (memory(here.pid) - empty) / people
                figures.append(Figure(f"memory an idle connection, of {people:,}", each, "kB"))
    with served() as server:
        async with room(server, LAPTOPS) as here:
            await here.seat(here.here.entries)
            await here.settled(1)
            seconds = await come_back(here)
    what = f"{LAPTOPS} laptops are back after kill -9, the start included"
    return [*figures, Figure(what, seconds, "s", "at most 5")]


async def come_back(here: Room) -> float:
    """Kill, start, and let everybody try again ten times a second until they are welcome."""
    head = max(line.number for line in here.lines)
    here.lines = []
    began = time.perf_counter()
    here.server.kill()
    starting = asyncio.create_task(asyncio.to_thread(here.server.start))
    tokens = here.here.entries
    here.lines = list(await asyncio.gather(*(again(here, token, head) for token in tokens)))
    seconds = max(line.welcomed.result() for line in here.lines) - began
    await starting
    return seconds


async def again(here: Room, token: str, since: int) -> Line:
    """Until it is welcomed, as the page's own script does it."""
    while True:
        try:
            line = await here.connect(hello(token, since=since))
            await line.welcomed
            return line
        except OSError:
            await asyncio.sleep(0.1)
