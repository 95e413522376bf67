"""Frames are encoded once, as the websocket library itself would; broken panels stay alone."""

import json
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.frames import Frame as Reference
from websockets.frames import Opcode

from app.live import panels, telling
from app.live.frames import encode, together
from app.live.panels import Region
from app.live.regions import REGIONS
from app.live.wire import DirectWire, QueuedWire
from tests.support.sockets import House, Visitor, house


@pytest.mark.parametrize("size", [0, 1, 100, 125, 126, 127, 65_535, 65_536, 70_000])
def test_bytes_are_those_of_the_protocol(size: int) -> None:
    frame = encode({"content": "é" * size})
    reference = Reference(Opcode.TEXT, frame.texts[0].encode()).serialize(mask=False)
    assert frame.data == reference
    assert json.loads(frame.texts[0]) == {"content": "é" * size}


def test_several_frames_are_written_as_one() -> None:
    one, other = encode({"type": "one"}), encode({"type": "other", "x": "é" * 200})
    both = together([one, other])
    assert (both.texts, both.data) == (one.texts + other.texts, one.data + other.data)


async def test_the_server_we_pin_is_written_to_directly(small_house: House) -> None:
    room = await small_house.meeting()
    token = await small_house.token(room.workshop_id, room.states[0])
    guest = await small_house.visit(room.workshop_id, token)
    (client,) = small_house.hub.halls[room.workshop_id].clients
    assert isinstance(client.wire, DirectWire)
    await guest.leave()


async def test_a_compressed_connection_has_a_queue(home: Path, sqlite_url: str) -> None:
    async with house(home, sqlite_url, ws_per_message_deflate=True) as found:
        room = await found.meeting()
        token = await found.token(room.workshop_id, room.states[0])
        url = f"ws://127.0.0.1:{found.port}/ws/workshops/{room.workshop_id}"
        guest = Visitor(await connect(url, proxy=None))
        await guest.hello(token=token)
        guest.welcome = await guest.next("welcome")
        (client,) = found.hub.halls[room.workshop_id].clients
        assert isinstance(client.wire, QueuedWire)
        await guest.reach(await found.say(room.workshop_id, "timer_changed"))
        await guest.leave()


@pytest.mark.parametrize("step", ["query", "tally", "draw"])
async def test_a_panel_that_fails_silences_no_other(
    small_house: House, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def failing(region: Region, *of: Any) -> Any:
        if step != "draw" or region.name == "thread":
            raise ValueError("a slip")
        return draw(region, *of)

    draw = panels.draw
    if step == "draw":
        monkeypatch.setattr(telling, "draw", failing)
    else:
        monkeypatch.setitem(REGIONS["thread"].__dict__, step, failing)
    room = await small_house.meeting()
    token = await small_house.token(room.workshop_id, room.states[0])
    guest = await small_house.visit(room.workshop_id, token)
    await guest.reach(1)
    assert "#region-thread" not in guest.panels
    assert "#region-timer" in guest.panels
    await guest.leave()
