"""Ballots a second in a closed loop: who is acknowledged casts the next one. Ours beside the same
server acknowledging without storing, and beside one with an ORM session for every ballot."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.bench.line import Line
from tests.bench.rig import Room, processor

VOTERS = 200
SECONDS = 2.0


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
