"""One slow laptop delays nobody: it is left behind, then told the rest at once, or closed."""

import asyncio
import socket
import time
from typing import Any

import pytest

from app.live import client as clients
from app.live import hall, wire
from tests.support.meeting import Meeting
from tests.support.sockets import House, Visitor, house

BIG = "x" * 100_000
ENOUGH = 80  # to fill the kernel's own buffers, and ours


async def slow_visitor(place: House, room: Meeting, **hello: Any) -> Visitor:
    """Someone whose laptop takes almost nothing off the line until asked to."""
    line = socket.socket()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    line.setblocking(False)
    await asyncio.get_running_loop().sock_connect(line, ("127.0.0.1", place.port))
    how = {"sock": line, "max_queue": 1, "ping_interval": None}
    guest = Visitor(await place.connect(room.workshop_id, **how))
    token = await place.token(room.workshop_id, room.states[0])
    await guest.hello(token=token, **{"as": "data", "since": 1, **hello})
    guest.welcome = await guest.next("welcome")
    guest.number = 1
    return guest


async def shout(place: House, room: Meeting, times: int) -> int:
    """So many big changes, each told before the next one is made; the last number."""
    token = await place.token(room.workshop_id, role="facilitator")
    witness = await place.visit(room.workshop_id, token, since=1, page="control", **{"as": "data"})
    number = 0
    for n in range(times):
        number = await place.say(room.workshop_id, "timer_changed", n=n, big=BIG)
        await witness.reach(number)
    await witness.leave()
    return number


def the_slow_one(place: House, room: Meeting) -> clients.Client:
    everyone = place.hub.halls[room.workshop_id].clients
    return next(c for c in everyone if c.actor.participant_id == room.states[0])


@pytest.fixture(params=["direct", "queued"])
async def place(request: pytest.FixtureRequest, home: Any, sqlite_url: str) -> Any:
    """A house whose sockets are written to directly, and one where they have queues."""
    patch: pytest.MonkeyPatch = request.getfixturevalue("monkeypatch")
    patch.setattr(hall, "TICK", 0.0)
    if request.param == "queued":
        patch.setattr(wire, "_writes_plainly", lambda _: False)
    async with house(home, sqlite_url) as found:
        yield found


async def test_behind_then_drained_gets_one_range_for_the_rest(place: House) -> None:
    room = await place.meeting()
    slow = await slow_visitor(place, room)
    last = await shout(place, room, ENOUGH)
    client = the_slow_one(place, room)
    assert client.behind_since is not None
    assert client.wire.unsent < wire.LIMIT + 2 * len(BIG), "what is unsent is bounded"
    last = await place.say(room.workshop_id, "timer_changed")
    await slow.reach(last)
    told = [last_ - first + 1 for first, last_ in slow.ranges]
    assert sum(told) == last - 1
    assert told[-1] > 10, "what was missed comes as one range"
    await slow.leave()


async def test_a_slow_one_does_not_delay_the_others(place: House) -> None:
    room = await place.meeting()
    slow = await slow_visitor(place, room)
    await shout(place, room, ENOUGH)
    assert the_slow_one(place, room).behind_since is not None
    token = await place.token(room.workshop_id, room.states[1])
    other = await place.visit(room.workshop_id, token, since=1, **{"as": "data"})
    head = int(other.welcome["seq"])
    await other.reach(head)
    delays = []
    for n in range(30):
        began = time.monotonic()
        await other.reach(await place.say(room.workshop_id, "timer_changed", n=n))
        delays.append(time.monotonic() - began)
    assert sorted(delays)[-2] < 0.5  # a tick is 0.1 s; nobody waits for the slow one
    slow.socket.transport.abort()
    await other.leave()


async def test_who_stays_behind_is_closed(place: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hall, "PATIENCE", 0.5)
    monkeypatch.setattr(wire, "GRACE", 0.3)
    room = await place.meeting()
    slow = await slow_visitor(place, room)
    await shout(place, room, ENOUGH)
    async with asyncio.timeout(10):
        while place.hub.halls[room.workshop_id].clients:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    slow.socket.transport.abort()


async def test_commands_of_one_who_does_not_read_are_not_read(place: House) -> None:
    room = await place.meeting()
    slow = await slow_visitor(place, room)
    await shout(place, room, ENOUGH)
    for _ in range(5):
        await slow.send({"type": "ping"})
    unsent = the_slow_one(place, room).wire.unsent
    assert unsent < wire.LIMIT + 2 * len(BIG)
    slow.socket.transport.abort()
