"""The door in a time of its own: a hall gets in, a guesser gets nowhere, nobody waits for it."""

import asyncio
import heapq
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from app.actions.codes import ALPHABET, LENGTH
from app.errors import NotFound, Refused
from app.web.door import Door

HALL, ELSEWHERE = "192.0.2.7", "198.51.100."
TWO_MINUTES = 120.0
GUESSES = 12_000


@dataclass
class Time:
    """A clock that jumps to the next sleeper once everybody waits."""

    now: float = 0.0
    sleepers: list[tuple[float, int, asyncio.Event]] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.Event()
        heapq.heappush(self.sleepers, (self.now + seconds, id(woken), woken))
        await woken.wait()

    async def pass_until(self, done: Callable[[], bool]) -> None:
        while not done():
            for _ in range(3):  # whoever was woken goes on until they sleep again
                await asyncio.sleep(0)
            if self.sleepers:
                self.now, _, woken = heapq.heappop(self.sleepers)
                woken.set()


async def tried(door: Door, address: str, found: bool) -> str:
    """What one knock leads to: in, not_found or slow_down."""
    try:
        async with door.knock(address):
            if not found:
                raise NotFound
    except Refused as refusal:
        return refusal.code
    return "in"


async def test_a_hall_gets_in_while_others_guess() -> None:
    """Sixty people behind one address, in two minutes, with guessers there and at 20 others."""
    time, told = Time(), Counter[str]()
    door = Door(clock=lambda: time.now, sleep=time.sleep)
    joined: list[float] = []

    async def guesser(address: str, number: int) -> None:
        for _ in range(number):
            told[await tried(door, address, found=False)] += 1
            await time.sleep(0.1)

    async def guest(at: float) -> None:
        await time.sleep(at)
        while await tried(door, HALL, found=True) != "in":
            await time.sleep(1)  # told to wait a moment, and does
        joined.append(time.now)

    each = GUESSES // 40
    work: list[Coroutine[Any, Any, None]] = [guesser(HALL, each) for _ in range(20)]
    work += [guesser(f"{ELSEWHERE}{n}", each) for n in range(20)]
    people = [asyncio.create_task(guest(n)) for n in range(60)]
    tasks = [*people, *map(asyncio.create_task, work)]
    await time.pass_until(lambda: all(task.done() for task in tasks))
    assert (len(joined), max(joined) < TWO_MINUTES) == (60, True)
    assert (sum(told.values()), told["in"]) == (GUESSES, 0)


async def test_a_flood_from_one_address_is_sent_away() -> None:
    """More than wait there are told to slow down: at most ten in a minute, and thirty waiting ones
    every three seconds, look at all whether a code leads anywhere."""
    time = Time()
    door = Door(clock=lambda: time.now, sleep=time.sleep)
    flood = [asyncio.create_task(tried(door, HALL, found=False)) for _ in range(GUESSES)]
    await time.pass_until(lambda: all(task.done() for task in flood))
    told = Counter(task.result() for task in flood)
    assert told["slow_down"] > 0
    assert sum(told.values()) == GUESSES
    # Who is let look guesses one code of so many: the chance of a hit in a day, looking without a
    # pause at the fastest pace that the door allows for one address.
    looked_a_day = 30 / 3.0 * 86_400
    assert looked_a_day / len(ALPHABET) ** LENGTH < 1e-5


async def test_it_forgets_after_a_minute() -> None:
    time = Time()
    door = Door(clock=lambda: time.now, sleep=time.sleep)
    for _ in range(10):
        assert await tried(door, HALL, found=False) == "not_found"
    waits = asyncio.create_task(tried(door, HALL, found=True))
    await time.pass_until(waits.done)
    assert time.now > 0
    time.now += 61
    before = time.now
    assert (await tried(door, HALL, found=True), time.now) == ("in", before)
