"""Whatever comes over the socket, drawn by Hypothesis: never a failure, every refusal in words, and
the line stays good for the next ballot."""

import asyncio
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from websockets.exceptions import ConnectionClosed

from app.live.frames import LARGEST
from tests.live.test_odd_frames import OVER, said_to
from tests.support.meeting import Meeting
from tests.support.sockets import House, Visitor

NO_TEXT, TOO_BIG = 1003, 1009
TEXTS = st.one_of(
    st.text(max_size=30),
    st.sampled_from(("\u202e", "\ufeff", "é" * 40, "\U0001f9d1\u200d\U0001f33e", "x" * 70_000)),
)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXTS)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
TYPES = st.sampled_from(("hello", "cast_ballot", "propose", "ping", "welcome", "ack", ""))
FIELDS = (
    "key", "round", "revision", "body", "reasons", "ballot_key", "activity", "kind", "text", "area",
    "shown", "v", "since", "as", "page", "group", "lang", "build", "token", "participant",
)  # fmt: skip
NEAR = st.builds(
    lambda type_, fields: {"type": type_, **fields},
    TYPES,
    st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=8),
)
# As text: JSON of any value, doubled keys, lone surrogates, too deep, cut off, and none at all.
FRAMES: st.SearchStrategy[str | bytes] = st.one_of(
    (NEAR | VALUES).map(json.dumps),
    NEAR.map(lambda frame: f'{{"type": "ping", {json.dumps(frame)[1:]}'),
    st.integers(1, 9_000).map(lambda depth: "[" * depth + "]" * depth),
    st.sampled_from(('{"type": "\\ud800"}', '"\\udfff"', '{"a": 1e999}', "", "nul", "{", "\x00")),
    st.tuples(NEAR.map(json.dumps), st.integers(0, 60)).map(lambda cut: cut[0][: cut[1]]),
    st.binary(max_size=200),
)


@pytest.mark.parametrize(
    "each", [10, pytest.param(1500, marks=pytest.mark.soak)], ids=["some", "all"]
)
async def test_no_frame_is_a_failure(small_house: House, each: int) -> None:
    room = await small_house.meeting(experts=1)
    round_id = await room.open()
    token = await small_house.token(room.workshop_id, room.experts[0])
    loop, revisions = asyncio.get_running_loop(), iter(range(1, 10 * each))

    @settings(
        max_examples=each, deadline=None, database=None, derandomize=each < 100,
        suppress_health_check=list(HealthCheck), phases=(Phase.generate, Phase.shrink),
    )  # fmt: skip
    @given(st.lists(FRAMES, min_size=1, max_size=6))
    def sent(frames: list[str | bytes]) -> None:
        talk = talked(small_house, room, token, frames, round_id, next(revisions))
        asyncio.run_coroutine_threadsafe(talk, loop).result(60)

    await asyncio.to_thread(sent)


async def talked(
    house: House, room: Meeting, token: str, frames: list[str | bytes], round_id: str, n: int
) -> None:
    """Send the frames; then, on the same line unless it was ended for a reason, a good ballot."""
    hello: dict[str, Any] = {"since": 1, "as": "data"}
    guest = await house.visit(room.workshop_id, token, **hello)
    for frame in frames:
        if isinstance(frame, bytes):
            await guest.send(frame)
            assert await guest.closed() == NO_TEXT
        elif len(frame.encode()) > LARGEST:
            await guest.send(frame)  # a heartbeat that comes first is no answer to it
            assert await guest.closed() == TOO_BIG
        elif (code := await said_to(guest, frame)) is not None:
            assert code in OVER, (code, frame[:300])
        else:
            continue
        guest = await house.visit(room.workshop_id, token, **hello)
    ballot = {"round": round_id, "revision": n, "body": room.rating(7, 5)}
    await guest.send({"type": "cast_ballot", "key": f"good-{n}", **ballot})
    assert await answered(guest, f"good-{n}") == "ack"
    await guest.leave()


async def answered(guest: Visitor, key: str) -> str:
    """What became of a command."""
    try:
        while (answer := await guest.receive()).get("key") != key:
            pass
    except ConnectionClosed:
        return f"closed {await guest.closed()}"
    return str(answer["type"])
