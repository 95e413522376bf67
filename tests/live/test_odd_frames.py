"""Whatever comes over the socket is answered by a sentence with a code, and never ends in 1011."""

import json
from random import Random
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from tests.support.meeting import Meeting
from tests.support.odd import odd_versions
from tests.support.sockets import House, Visitor

A_FEW = 40  # frames of one connection: more nonsense than that is told to slow down
ANSWERS = ("ack", "refused", "heartbeat")
OVER = {1008, 1009, 4426}  # too fast, too big, another version of the protocol


@pytest.mark.parametrize("each", [4, pytest.param(20, marks=pytest.mark.soak)], ids=["some", "all"])
async def test_odd_frames_are_answered_in_a_sentence(small_house: House, each: int) -> None:
    room = await small_house.meeting(experts=1)
    frames = [frame for whole in await whole_frames(room) for frame in odd(whole, each)]
    for start in range(0, len(frames), A_FEW):
        token = await small_house.token(room.workshop_id, room.experts[0])
        guest = await small_house.visit(room.workshop_id, token, since=1, **{"as": "data"})
        for frame in frames[start : start + A_FEW]:
            if (code := await said_to(guest, frame)) is not None:
                assert code in OVER, (code, frame[:300])
                guest = await small_house.visit(room.workshop_id, token, since=1, **{"as": "data"})
        await guest.leave()


async def whole_frames(room: Meeting) -> list[dict[str, Any]]:
    """One of each kind, as it is understood."""
    round_id = await room.open()
    body = room.rating(7, 5)
    return [
        {"type": "cast_ballot", "key": "k", "round": round_id, "revision": 1, "body": body},
        {"type": "propose", "key": "p", "kind": "response", "text": "Words"},
        {"type": "ping"},
        {"type": "hello", "v": 1, "since": 0, "as": "data", "page": "room"},
    ]


def odd(whole: dict[str, Any], each: int) -> list[str]:
    """Odd values, and the text of the frame with a piece cut out, doubled or overwritten."""
    draw = Random(whole["type"])
    found = [json.dumps(frame) for frame in odd_versions(whole, draw, each)]
    text = json.dumps(whole)
    for _ in range(5 * each):
        start = draw.randrange(len(text))
        end = draw.randrange(start, len(text))
        piece = draw.choice(("", 2 * text[start:end], "\u0000", '"', "]}", "é🙂"))
        found.append(text[:start] + piece + text[end:])
    return found


async def said_to(guest: Visitor, frame: str) -> int | None:
    """The code that ended the conversation, or nothing where the frame was answered."""
    try:
        await guest.send(frame)
        while (answer := await guest.receive()).get("type") not in ANSWERS:
            pass
    except ConnectionClosed:
        return await guest.closed()
    if answer["type"] == "refused":
        assert answer["code"] != "unexpected", frame[:300]
        assert answer["message"].endswith((".", "!", "?")), answer
    return None
