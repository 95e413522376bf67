"""What can't be read is answered in one sentence and a code, and the line stays open."""

import json
from typing import Any

import pytest

from tests.support.sockets import House, Visitor

HELLO = {"type": "hello", "v": 1, "since": 0, "as": "data", "page": "room"}
BALLOT = {"type": "cast_ballot", "key": "k1", "round": "r", "revision": 1, "body": {}}
PROPOSE = {
    "type": "propose", "key": "k1", "activity": "a", "kind": "response", "text": "t"
}  # fmt: skip


def without(frame: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in frame.items() if key != name}


# (what is sent, the code, the field)
BAD: list[tuple[Any, str, str | None]] = [
    ("", "bad_json", None),
    ("{", "bad_json", None),
    ("hello", "bad_json", None),
    ("{} {}", "bad_json", None),
    ("[]", "bad_json", None),
    ("null", "bad_json", None),
    ({}, "bad_json", None),
    ({"type": 5}, "bad_json", None),
    ({"type": "shout"}, "unknown_command", None),
    ("[" * 30 + "]" * 30, "too_deep", None),
    ('{"type": "ping", "type": "ping"}', "duplicate_key", "type"),
    ('{"type": "ping", "n": NaN}', "not_a_number", None),
    ('{"type": "ping", "n": 1e999}', "not_a_number", None),
    ('{"type": "ping", "n": ' + "9" * 5000 + "}", "not_a_number", None),
    ('{"type": "ping", "n": "\\ud800"}', "bad_characters", "n"),
    ({"type": "ping", "n": 1}, "unknown_field", "n"),
    ({**BALLOT, "user": "someone"}, "unknown_field", "user"),
    ({**BALLOT, "role": "facilitator"}, "unknown_field", "role"),
    (without(BALLOT, "key"), "key_missing", "key"),
    ({**BALLOT, "key": ""}, "key_missing", "key"),
    ({**BALLOT, "key": "k" * 201}, "key_missing", "key"),
    ({**BALLOT, "revision": "1"}, "not_a_number", "revision"),
    ({**BALLOT, "revision": True}, "not_a_number", "revision"),
    ({**BALLOT, "revision": 1.5}, "not_a_number", "revision"),
    ({**BALLOT, "revision": 0}, "out_of_range", "revision"),
    ({**BALLOT, "revision": 2**31}, "out_of_range", "revision"),
    (without(BALLOT, "round"), "missing_field", "round"),
    ({**BALLOT, "body": []}, "bad_field", "body"),
    ({**BALLOT, "round": "nowhere"}, "not_found", None),
    ({**PROPOSE, "kind": "idea"}, "unknown_value", "kind"),
    ({**PROPOSE, "activity": "nowhere"}, "not_found", None),
    (HELLO, "hello_twice", None),
]


@pytest.mark.parametrize("form", ["html", "data"])
async def test_bad_frames_are_refused_and_the_line_stays_open(
    small_house: House, form: str
) -> None:
    room = await small_house.meeting(experts=1)
    token = await small_house.token(room.workshop_id, room.experts[0])
    guest = await small_house.visit(room.workshop_id, token, since=1, **{"as": form})
    answers = []
    for sent, _, _ in BAD:
        await guest.send(sent if isinstance(sent, str) else json.dumps(sent))
        answer = await guest.next("refused")
        assert answer["message"].endswith((".", "!", "?")), answer
        answers.append((sent, answer["code"], answer.get("field")))
    assert answers == BAD
    await guest.send({"type": "ping"})
    assert (await guest.next("heartbeat"))["seq"] == 1
    await guest.leave()


async def test_a_refusal_names_the_command_it_is_about(small_house: House) -> None:
    room = await small_house.meeting(experts=1)
    token = await small_house.token(room.workshop_id, room.experts[0])
    guest = await small_house.visit(room.workshop_id, token, since=1)
    await guest.send({**BALLOT, "key": "mine", "revision": "x"})
    assert (await guest.next("refused"))["key"] == "mine"
    await guest.leave()


@pytest.mark.parametrize("since", [-1, "abc", None, 1.5, True])
async def test_a_bad_cursor_is_refused_and_may_be_mended(small_house: House, since: Any) -> None:
    room = await small_house.meeting(experts=1)
    token = await small_house.token(room.workshop_id, room.experts[0])
    guest = Visitor(await small_house.connect(room.workshop_id))
    await guest.send({**HELLO, "since": since, "token": token})
    assert (await guest.receive())["code"] == "bad_cursor"
    await guest.hello(token=token)
    assert (await guest.receive())["type"] == "welcome"
    await guest.leave()


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({**HELLO, "v": 2}, 4426),
        (BALLOT, 4401),
        ({"type": "ping"}, 4401),
        (HELLO, 4401),
        ({**HELLO, "token": "wrong"}, 4401),
        (b"\x00\x01", 1003),
        ("x" * 70_000, 1009),
    ],
    ids=["version", "ballot first", "ping first", "no token", "wrong token", "binary", "too big"],
)
async def test_what_ends_the_conversation(small_house: House, sent: Any, code: int) -> None:
    room = await small_house.meeting(experts=1)
    guest = Visitor(await small_house.connect(room.workshop_id))
    await guest.send(sent)
    assert await guest.closed() == code


async def test_a_flood_of_nonsense_ends_with_1008(small_house: House) -> None:
    room = await small_house.meeting(experts=1)
    token = await small_house.token(room.workshop_id, room.experts[0])
    guest = await small_house.visit(room.workshop_id, token, since=1, **{"as": "data"})
    codes = set()
    for _ in range(150):
        await guest.send("nonsense")
        codes.add((await guest.next("refused"))["code"])
    assert codes == {"bad_json", "slow_down"}
    for _ in range(100):
        await guest.send("nonsense")
    assert await guest.closed() == 1008
