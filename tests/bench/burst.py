"""A full hall votes within five seconds: how late each acknowledgement comes, and how long after
the last of them every screen shows the last ballot."""

import asyncio
import random
import re
import time

from tests.bench.line import Line
from tests.bench.measure import Figure, quantile
from tests.bench.rig import Room, room, served

PEOPLE = 1000
WITHIN = 5.0
SEATED = 3.0  # they have all sat down
NUMBER = re.compile(rb'"number":(\d+)')


async def run() -> list[Figure]:
    """On SQLite: participants with their panels, the control page and the big screen."""
    with served() as server:
        async with room(server, PEOPLE) as here:
            await here.seat(here.here.entries)
            await here.seat([here.here.token("facilitator")], page="control")
            await here.seat([here.here.token("screen")], page="screen")
            await asyncio.sleep(SEATED)
            return await vote(here)


async def vote(here: Room) -> list[Figure]:
    """Everybody at a random moment of the five seconds, whether or not others wait."""
    sent: dict[Line, float] = {}
    delays: list[float] = []
    numbers: list[int] = []
    all_in = asyncio.Event()
    voters = here.lines[:PEOPLE]

    def acked(line: Line, payload: bytes) -> None:
        delays.append(time.perf_counter() - sent[line])
        if found := NUMBER.search(payload):
            numbers.append(int(found[1]))
        if len(delays) == len(voters):
            all_in.set()

    def cast(line: Line, ballot: bytes, due: float) -> None:
        sent[line] = due  # a late start of ours counts as the server's delay, never the reverse
        line.send(ballot)

    draw = random.Random(912)
    loop = asyncio.get_running_loop()
    for line in voters:
        line.acked = acked
        after = draw.uniform(0, WITHIN)
        due = time.perf_counter() + after
        loop.call_later(after, cast, line, here.ballot(1), due)
    await asyncio.wait_for(all_in.wait(), 60)
    last = time.perf_counter()
    shown = await here.settled(max(numbers)) - last
    what = f"{PEOPLE:,} vote within {WITHIN:g} s: acknowledged after"
    return [
        Figure(f"{what}, median", 1000 * quantile(delays, 0.5), "ms"),
        Figure(f"{what}, p95", 1000 * quantile(delays, 0.95), "ms", "at most 100"),
        Figure(f"{what}, p99", 1000 * quantile(delays, 0.99), "ms"),
        Figure(f"{what}, last", 1000 * max(delays), "ms"),
        Figure("… every screen shows the last ballot after", 1000 * max(shown, 0), "ms",
               "at most 500"),
    ]  # fmt: skip
