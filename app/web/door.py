"""Guessing codes is slowed down without locking a hall out.

A whole meeting often shares one address, so a limit for each address would shut out the very
people it protects. Wrong codes are counted for each address and for all together; whoever knocks
after too many of them waits a little, right or wrong, and only a crowd of waiting guesses is sent
away for a moment.
"""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from app.errors import N_, Refused

WINDOW = 60.0
PER_ADDRESS = 10
FOR_ALL = 100
STEP = 0.2
LONGEST = 3.0
WAITING = 30
SLOW_DOWN = N_("Too many wrong codes came from here. Wait a moment and try again.")


@dataclass
class _Misses:
    limit: int
    clock: Callable[[], float]
    at: deque[float] = field(default_factory=deque)
    waiting: int = 0

    def excess(self) -> int:
        """How many misses of the last minute are too many."""
        now = self.clock()
        while self.at and self.at[0] < now - WINDOW:
            self.at.popleft()
        return max(0, len(self.at) + 1 - self.limit)


class Door:
    """Counts wrong codes in this process. Each miss too many costs `step` seconds more.

    `clock` and `sleep` are the time it lives in.
    """

    def __init__(
        self,
        step: float = STEP,
        longest: float = LONGEST,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.step = step
        self.longest = longest
        self.clock = clock
        self.sleep = sleep
        self._all = _Misses(FOR_ALL, clock)
        self._by_address: dict[str, _Misses] = {}

    @asynccontextmanager
    async def knock(self, address: str) -> AsyncIterator[None]:
        """Wait one's turn; a NotFound raised inside counts as a wrong code.

        Raises Refused `slow_down` where too many guesses wait already.
        """
        here = self._by_address.setdefault(address, _Misses(PER_ADDRESS, self.clock))
        excess = max(here.excess(), self._all.excess())
        if excess:
            await self._wait(here, min(self.longest, self.step * excess))
        try:
            yield
        except Refused as refusal:
            if refusal.code == "not_found":
                self._missed(here)
            raise
        finally:
            if not here.at and not here.waiting:
                self._by_address.pop(address, None)

    async def _wait(self, here: _Misses, delay: float) -> None:
        if here.waiting >= WAITING:
            raise Refused("slow_down", SLOW_DOWN)
        here.waiting += 1
        try:
            await self.sleep(delay)
        finally:
            here.waiting -= 1

    def _missed(self, here: _Misses) -> None:
        now = self.clock()
        here.at.append(now)
        self._all.at.append(now)
