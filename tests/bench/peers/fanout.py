"""How soon the last of many screens has a change, beside other systems that tell one of
the same size: all of them run at the same time, and each round asks every one of them in turn.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field

from tests.bench.measure import Figure, several
from tests.bench.peers.crowd import WITHIN, Crowd, Gone
from tests.bench.peers.machine import memory, processor, undisturbed
from tests.bench.peers.ours import Ours, Pages
from tests.bench.peers.systems import Channels, Missing, Picows, SocketIO, System, Websockets

ROUNDS, WARM_UPS = 8, 2
TOGETHER = 20
MANY, SOME = 2000, 1000
PAUSE = 0.5  # between two changes of one system; all answer pings meanwhile


@dataclass
class Hall:
    """One system, everybody who looks at it, and what was measured."""

    system: System
    crowd: Crowd
    memory: float = 0.0
    last: list[float] = field(default_factory=list)
    between: list[float] = field(default_factory=list)
    server: list[float] = field(default_factory=list)
    size: int = 0

    def tell(self) -> None:
        """Make one change, and see it arrive at every screen."""
        one, missing = next(iter(self.crowd.lines.values())), len(self.crowd.lines)
        computed, began, first = processor(self.system.pid), time.perf_counter(), 0.0
        self.system.move(one)
        for _, message in self.crowd.hear(WITHIN):
            if message.startswith(self.system.change):
                first = first or time.perf_counter()
                missing -= 1
                if not missing:
                    break
        ended = time.perf_counter()
        if missing:
            raise Gone(f"{missing} were not told by {self.system.name}")
        self.system.rest()
        self.last.append(1000 * (ended - began))
        self.between.append(1000 * (ended - first))
        computed = processor(self.system.pid) - computed
        self.server.append(1e6 * computed / len(self.crowd.lines))
        self.size = len(message)


def run() -> list[Figure]:
    """2,000 screens beside the limits and python-socketio; 1,000 beside Django Channels."""
    many = told([Ours, Pages, Picows, Websockets, SocketIO], MANY)
    some = told([Ours, Channels], SOME)
    figures = [figure for hall in (*many, *some) for figure in costs(hall)]
    for halls, mine, other, goal in (
        (many, "Consilience", "picows", "at most 2"),
        (many, "Consilience's pages", "picows", ""),
        (many, "Consilience", "websockets", ""),
        (many, "python-socketio", "Consilience", "at least 3"),
        (some, "Django Channels", "Consilience", "at least 10"),
    ):
        named = {hall.system.name: hall for hall in halls}
        if mine in named and other in named:
            figures += beside(named[mine], named[other], goal)
    return figures


def beside(one: Hall, other: Hall, goal: str) -> list[Figure]:
    """One system's times as a multiple of another's, round by round."""
    what = f"{len(one.crowd.lines):,} screens, {one.system.name} ÷ {other.system.name}"
    return [
        several(f"{what}: {name}", [a / b for a, b in zip(mine, theirs, strict=True)], "×", goal)
        for name, mine, theirs, goal in (
            ("asked to the last", one.last, other.last, goal),
            ("first to last", one.between, other.between, ""),
            ("server's processor", one.server, other.server, ""),
        )
    ]


def told(kinds: Sequence[type[System]], screens: int) -> list[Hall]:
    """Every system's screens, all told in turn, some rounds, of which the first only warm up."""
    with ExitStack() as stack:
        stack.enter_context(undisturbed())
        halls = []
        for kind in kinds:
            with suppress(Missing):
                halls.append(stack.enter_context(started(kind(), screens)))
        filled(halls, screens)
        for _ in range(WARM_UPS + ROUNDS):
            for hall in halls:
                hall.tell()
                quiet(halls)
        for hall in halls:
            assert not hall.crowd.closed, f"{hall.system.name} closed {hall.crowd.closed}"
            for measured in (hall.last, hall.between, hall.server):
                del measured[:WARM_UPS]
    return halls


@contextmanager
def started(system: System, screens: int) -> Iterator[Hall]:
    """A system that expects so many screens. Raises Missing."""
    system.start(screens)
    crowd = Crowd()
    try:
        yield Hall(system, crowd)
    finally:
        system.stop()
        crowd.leave()


def filled(halls: Sequence[Hall], screens: int) -> None:
    """Seat so many in each hall, some here and some there: who sits answers the server's pings
    while others come in."""
    empty = [memory(hall.system.pid) for hall in halls]
    for first in range(0, screens, TOGETHER):
        for hall in halls:
            for number in range(first, min(first + TOGETHER, screens)):
                hall.crowd.add(hall.system.join(number))
            for other in halls:
                other.crowd.answer()
    for hall, before in zip(halls, empty, strict=True):
        hall.memory = (memory(hall.system.pid) - before) / screens / 1000


def costs(hall: Hall) -> list[Figure]:
    """How soon, at what cost of the server, and what a connection takes."""
    what = f"{len(hall.crowd.lines):,} × {hall.size} bytes, {hall.system.name}"
    return [
        several(f"{what}: the last after", hall.last, "ms"),
        several(f"{what}: from the first to the last", hall.between, "ms"),
        several(f"{what}: the server's processor a screen", hall.server, "µs"),
        Figure(f"{what}: memory a connection", hall.memory, "kB"),
    ]


def quiet(halls: Sequence[Hall]) -> None:
    """A pause in which everybody answers."""
    for hall in halls:
        for _ in hall.crowd.hear(PAUSE / len(halls)):
            pass
