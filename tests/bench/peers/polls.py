"""One question to a hall of voters, beside other systems: what was acknowledged, stored and lost,
how late the acknowledgements come, and how many messages a ballot costs.
"""

import math
import random
import time
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field

from tests.bench.measure import Figure, quantile, several
from tests.bench.peers.fanout import Hall, filled, quiet, started
from tests.bench.peers.machine import undisturbed
from tests.bench.peers.otree import OTree
from tests.bench.peers.ours import Ours
from tests.bench.peers.systems import Channels, Missing, SocketIO, System

KINDS: tuple[type[System], ...] = (Ours, SocketIO, Channels, OTree)
VOTERS, FEW, MANY = 100, 40, 120
SPREAD_OVER = 5.0
ROUNDS = 3
SILENCE = 1.0  # after which no more messages of a poll are expected, if all were acknowledged
LOST = 10.0  # and if some were not
BEATS = (b'{"type":"heartbeat"', b"2")


@dataclass
class Poll:
    """One question: when each ballot was sent and acknowledged, what came of it, and the memory
    that a connection takes."""

    sent: int
    memory: float
    stored: int = 0
    messages: int = 0
    delays: list[float] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def acknowledged(self) -> int:
        return len(self.delays)

    @property
    def rate(self) -> float:
        return self.acknowledged / self.seconds if self.seconds else 0.0

    def late(self, share: float) -> float:
        return 1000 * quantile(self.delays, share) if self.delays else math.inf


def run() -> list[Figure]:
    """At once and over five seconds; and the messages of a ballot before few and many screens."""
    figures = []
    at_once, slowly = polled(VOTERS, 0.0), polled(VOTERS, SPREAD_OVER)
    for when, polls in (("at once", at_once), (f"over {SPREAD_OVER:g} s", slowly)):
        for name, found in polls.items():
            figures += told(f"{VOTERS} vote {when}, {name}", found)
    for name, found in list(at_once.items())[1:]:
        pairs = list(zip(at_once[Ours.name], found, strict=True))
        rates = [mine.rate / theirs.rate for mine, theirs in pairs]
        figures.append(several(f"Ballots a second at once, Consilience ÷ {name}", rates, "×"))
        late = [theirs.late(0.95) / mine.late(0.95) for mine, theirs in pairs]
        figures.append(several(f"p95 at once, {name} ÷ Consilience", late, "×"))
    few, many = polled(FEW, 0.0, 1), polled(MANY, 0.0, 1)
    for name in (name for name in few if name in many):
        for screens, polls in ((FEW, few), (MANY, many)):
            counts = [poll.messages / poll.sent for poll in polls[name]]
            figures.append(several(f"{screens} screens, {name}: messages a ballot", counts, "1"))
    return figures


def polled(voters: int, within: float, rounds: int = ROUNDS) -> dict[str, list[Poll]]:
    """Every system's polls, all in turn; the first warms up."""
    with ExitStack() as stack:
        stack.enter_context(undisturbed())
        halls = []
        for kind in KINDS:
            with suppress(Missing):
                halls.append(stack.enter_context(started(kind(), voters)))
        filled(halls, voters)
        found: dict[str, list[Poll]] = {hall.system.name: [] for hall in halls}
        for number in range(1 + rounds):
            for hall in halls:
                quiet(halls)
                hall.system.ask()
                quiet(halls)
                poll = put(hall, halls, within, random.Random(number))
                found[hall.system.name] += [poll] if number else []
    return found


def put(hall: Hall, halls: Sequence[Hall], within: float, draw: random.Random) -> Poll:
    """Everybody in a hall votes, each at a moment of their own, whether or not others wait. The
    other halls answer their pings meanwhile."""
    system, crowd = hall.system, hall.crowd
    lines = list(crowd.lines.values())
    due = sorted((draw.uniform(0, within), number) for number in range(len(lines)))
    poll, sent = Poll(len(lines), hall.memory), dict[int, float]()
    ballots = [system.ballot(number) for number in range(len(lines))]
    began = heard = time.perf_counter()
    while due or time.perf_counter() < heard + (LOST if sent else SILENCE):
        while due and began + due[0][0] <= time.perf_counter():
            _, number = due.pop(0)
            line = lines[number]
            sent[line.fd] = time.perf_counter()
            with suppress(OSError):  # a closed line: never acknowledged
                line.send(ballots[number])
        wait = began + due[0][0] - time.perf_counter() if due else SILENCE
        for line, message in crowd.hear(max(0.0, min(wait, SILENCE / 4))):
            if message.startswith(BEATS):
                continue
            poll.messages += 1
            heard = time.perf_counter()
            if line.fd in sent and message.startswith(system.ack):
                poll.delays.append(heard - sent.pop(line.fd))
                poll.seconds = heard - began
        for other in halls:
            if other is not hall:
                other.crowd.answer()
    poll.stored = system.stored()
    return poll


def told(what: str, polls: Sequence[Poll]) -> list[Figure]:
    """What came of a system's polls."""
    acknowledged = sum(poll.acknowledged for poll in polls)
    stored = sum(poll.stored for poll in polls)
    lost = sum(max(0, poll.acknowledged - poll.stored) for poll in polls)
    return [
        Figure(f"{what}: sent", sum(poll.sent for poll in polls), ""),
        Figure(f"{what}: acknowledged", acknowledged, ""),
        Figure(f"{what}: stored", stored, ""),
        Figure(f"{what}: acknowledged and lost", lost, ""),
        several(f"{what}: ballots a second", [poll.rate for poll in polls], "1/s"),
        *(several(f"{what}: acknowledged after, {name}", [poll.late(share) for poll in polls], "ms")
          for name, share in (("median", 0.5), ("p95", 0.95), ("p99", 0.99))),
        several(f"{what}: messages a ballot", [poll.messages / poll.sent for poll in polls], "1"),
        Figure(f"{what}: memory a connection", polls[0].memory, "kB"),
    ]  # fmt: skip
