"""Ballots and proposals over the socket: acknowledged after the commit, and the same as by POST."""

import asyncio
import contextlib
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed

from app.actions.activities import add_activity
from app.policy import Actor
from tests.support.meeting import Meeting
from tests.support.sockets import House, Visitor


def ballot(room: Meeting, round_id: str, key: str, revision: int, *values: int) -> dict[str, Any]:
    return {
        "type": "cast_ballot",
        "key": key,
        "round": round_id,
        "revision": revision,
        "body": room.rating(*values),
    }


async def voter(house: House, room: Meeting, **hello: Any) -> tuple[Visitor, str]:
    token = await house.token(room.workshop_id, room.experts[0])
    return await house.visit(room.workshop_id, token, **{"as": "data", **hello}), token


async def test_an_ack_tells_number_revision_and_time(house: House) -> None:
    room = await house.meeting()
    round_id = await room.open()
    guest, _ = await voter(house, room)
    await guest.send(ballot(room, round_id, "a", 1, 7, 5))
    ack = await guest.next("ack")
    assert ack == {
        "type": "ack",
        "key": "a",
        "round": round_id,
        "number": 4,
        "revision": 1,
        "recorded_at": ack["recorded_at"],
        "replayed": False,
        "receipt": ack["receipt"],
    }
    await guest.reach(4)
    assert guest.kinds[4] == "ballot_cast"
    await guest.leave()


async def test_a_repeat_gets_the_same_answer_over_the_socket_and_by_post(house: House) -> None:
    room = await house.meeting()
    round_id = await room.open()
    guest, token = await voter(house, room)
    sent = ballot(room, round_id, "a", 1, 7, 5)
    await guest.send(sent)
    first = await guest.next("ack")
    await guest.send(sent)
    assert await guest.next("ack") == {**first, "replayed": True}
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "a"}
    async with httpx.AsyncClient(base_url=house.origin, headers=headers) as client:
        body = {"revision": 1, "body": sent["body"]}
        posted = await client.post(f"/api/v1/rounds/{round_id}/ballots", json=body)
        other = {"revision": 2, "body": sent["body"]}
        reused = await client.post(f"/api/v1/rounds/{round_id}/ballots", json=other)
    assert posted.json()["number"] == first["number"]
    assert posted.json()["replayed"] is True
    assert (reused.status_code, reused.json()["error"]["code"]) == (422, "key_reused")
    await guest.send({**sent, "revision": 2})
    assert (await guest.next("refused"))["code"] == "key_reused"
    await guest.leave()


async def test_a_stale_revision_brings_back_what_is_stored(house: House) -> None:
    room = await house.meeting()
    round_id = await room.open()
    guest, _ = await voter(house, room)
    await guest.send(ballot(room, round_id, "a", 3, 7, 5))
    await guest.next("ack")
    await guest.send(ballot(room, round_id, "b", 3, 1, 1))
    refusal = await guest.next("refused")
    assert (refusal["code"], refusal["key"]) == ("stale_revision", "b")
    assert (refusal["revision"], refusal["body"]) == (3, room.rating(7, 5))
    await guest.leave()


async def test_what_is_sent_at_once_is_all_acknowledged(house: House) -> None:
    """More commands than are worked on at a time: the others wait in the line, none is lost."""
    room = await house.meeting()
    round_id = await room.open()
    guest, _ = await voter(house, room)
    for n in range(1, 101):
        await guest.send(ballot(room, round_id, f"k{n}", n, 1 + n % 9))
    answers = [await _answer(guest) for _ in range(100)]
    assert {answer["key"] for answer in answers} == {f"k{n}" for n in range(1, 101)}
    last = next(answer for answer in answers if answer["key"] == "k100")
    assert (last["type"], last["revision"]) == ("ack", 100)
    await guest.leave()


async def test_a_ballot_right_behind_the_hello_is_acknowledged(house: House) -> None:
    room = await house.meeting()
    round_id = await room.open()
    token = await house.token(room.workshop_id, room.experts[0])
    guest = Visitor(await house.connect(room.workshop_id))
    await guest.hello(token=token, participant=room.experts[0], **{"as": "data"})
    await guest.send(ballot(room, round_id, "a", 1, 7, 5))
    assert (await guest.receive())["type"] == "welcome"
    assert (await guest.next("ack"))["key"] == "a"
    await guest.leave()


@pytest.mark.parametrize(
    ("hello", "code"),
    [
        ({"token": "wrong"}, 4401),
        ({"page": "control"}, 4403),
        ({"v": 2}, 4426),
        ({"participant": "somebody else"}, 4426),
        ({"since": "x"}, 4401),
    ],
)
async def test_what_follows_a_refused_hello_is_not_done(
    small_house: House, hello: dict[str, Any], code: int
) -> None:
    """Nor is anything said of it: it stays in the outbox, and goes again under its key."""
    room = await small_house.meeting()
    round_id = await room.open()
    token = await small_house.token(room.workshop_id, room.experts[0])
    guest = Visitor(await small_house.connect(room.workshop_id))
    await guest.hello(**{"token": token, "as": "data", **hello})
    await guest.send(ballot(room, round_id, "a", 1, 7, 5))
    told = []
    with contextlib.suppress(ConnectionClosed):
        while True:
            told.append(await guest.receive())
    assert (await guest.closed(), [one for one in told if "key" in one]) == (code, [])
    again = await small_house.visit(room.workshop_id, token, **{"as": "data"})
    await again.send(ballot(room, round_id, "a", 1, 7, 5))
    assert (await again.next("ack"))["replayed"] is False
    await again.leave()


async def _answer(guest: Visitor) -> dict[str, Any]:
    while True:
        frame = await guest.receive()
        if frame["type"] in ("ack", "refused"):
            return frame


async def test_a_ballot_is_finished_though_its_sender_is_gone(house: House) -> None:
    room = await house.meeting()
    round_id = await room.open()
    witness = await house.visit(
        room.workshop_id, await house.token(room.workshop_id, room.experts[1]), **{"as": "data"}
    )
    guest, token = await voter(house, room)
    await guest.send(ballot(room, round_id, "a", 1, 7, 5))
    await guest.leave()
    await witness.reach(4)
    again = await house.visit(room.workshop_id, token, since=4, **{"as": "data"})
    await again.send(ballot(room, round_id, "a", 1, 7, 5))
    assert (await again.next("ack"))["replayed"] is True
    await again.leave()
    await witness.leave()


async def test_a_proposal_by_socket_and_again_by_post(house: House) -> None:
    room = await house.meeting()
    staff = Actor(room.workshop_id, roles=frozenset({"facilitator"}), token_id="f")
    made = await house.db.change(
        room.workshop_id, add_activity, staff, {"type": "propose", "title": "Name areas"}
    )
    guest, token = await voter(house, room)
    sent = {"activity": made.id, "kind": "priority_area", "text": "Weak border posts"}
    await guest.send({"type": "propose", "key": "p", **sent})
    answer = await _answer(guest)
    assert (answer["type"], answer.get("replayed")) == ("ack", False)
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "p"}
    async with httpx.AsyncClient(base_url=house.origin, headers=headers) as client:
        path = f"/api/v1/workshops/{room.workshop_id}/proposals"
        posted = await client.post(path, json=sent)
    assert posted.json()["id"] == answer["proposal"]
    await asyncio.wait_for(guest.reach(answer["number"]), 5)
    await guest.leave()
