"""How many frames that get no ack one socket may send: refused ones, pings, repeated hellos."""

import asyncio
import time

BURST = 100.0
A_SECOND = 5.0
PAUSE = 0.05  # a flood is read no faster than this
LAST_STRAW = 100


class Patience:
    """A bucket that refills. Empty, each further frame is slowed down; at last it is enough."""

    def __init__(self) -> None:
        self.left = BURST
        self.at = time.monotonic()
        self.too_fast = 0

    def spend(self) -> None:
        """One more frame that gets no ack."""
        now = time.monotonic()
        self.left = min(BURST, self.left + (now - self.at) * A_SECOND)
        self.at = now
        if self.left >= BURST / 2:
            self.too_fast = 0
        if self.left >= 1:
            self.left -= 1
        else:
            self.too_fast += 1

    @property
    def slow_down(self) -> bool:
        return self.too_fast > 0

    async def breathe(self) -> None:
        """Wait a little before reading on, if it went too fast."""
        if self.slow_down:
            await asyncio.sleep(PAUSE)

    def lost(self) -> bool:
        return self.too_fast > LAST_STRAW
