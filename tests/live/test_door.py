"""Who may open a socket: Origin, token, role, and how many at once."""

import json
from typing import Any

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from app.web.guards.headers import HEADERS
from tests.support.sockets import House, Visitor

# Origin of the handshake, token in the hello, cookie; what comes of it.
MATRIX = [
    ("own", True, False, "welcome"),
    ("own", False, True, "welcome"),
    ("own", False, False, 4401),
    (None, True, False, "welcome"),
    (None, False, True, 4401),
    (None, False, False, 4401),
    ("http://evil.example", True, True, 403),
    ("http://127.0.0.1.evil.example", True, True, 403),
    ("https://own", True, True, 403),
    ("http://127.0.0.1:1", True, True, 403),
    ("null", True, True, 403),
]


@pytest.mark.parametrize(("origin", "in_hello", "in_cookie", "expected"), MATRIX)
async def test_origins(
    small_house: House, origin: str | None, in_hello: bool, in_cookie: bool, expected: Any
) -> None:
    room = await small_house.meeting(experts=1)
    token = await small_house.token(room.workshop_id, room.experts[0])
    own = small_house.origin
    if origin is not None:
        origin = own if origin == "own" else origin.replace("https://own", f"https{own[4:]}")
    headers = {"Cookie": f"consilience={token}"} if in_cookie else {}
    how = {"origin": origin, "additional_headers": headers}
    assert await outcome(small_house, room.workshop_id, how, token if in_hello else None) == (
        expected
    )


async def outcome(
    house: House, workshop_id: str, how: dict[str, Any], token: str | None
) -> str | int:
    """`welcome`, a close code, or the status of a handshake that failed."""
    try:
        guest = Visitor(await house.connect(workshop_id, **how))
    except InvalidStatus as refused:
        return refused.response.status_code
    await guest.hello(**({"token": token} if token else {}))
    said = await guest.receive()
    if said["type"] == "welcome":
        await guest.leave()
        return "welcome"
    return await guest.closed()


@pytest.mark.parametrize(
    ("path", "origin", "found"),
    [
        ("/ws/workshops/x", "http://evil.example", (403, "csrf")),
        ("/ws/workshops/x/y", None, (404, "not_found")),
        ("/static/js/live.js", None, (404, "not_found")),
        ("/api/v1/workshops", None, (404, "not_found")),
        ("/ws/workshops/%00", None, (404, "not_found")),
    ],
)
async def test_a_handshake_is_refused_in_words(
    small_house: House, path: str, origin: str | None, found: tuple[int, str]
) -> None:
    url = f"ws://127.0.0.1:{small_house.port}{path}"
    with pytest.raises(InvalidStatus) as turned_away:
        await connect(url, origin=origin, proxy=None)  # type: ignore[arg-type]
    answer = turned_away.value.response
    error = json.loads(answer.body)["error"]
    assert (answer.status_code, error["code"]) == found
    assert error["message"].endswith(".")
    assert (
        HEADERS.items() <= {name.lower(): value for name, value in answer.headers.items()}.items()
    )


async def test_the_public_address_is_an_own_origin(small_house: House) -> None:
    small_house.app.state.settings.public_url = "https://meeting.example"
    room = await small_house.meeting(experts=1)
    token = await small_house.token(room.workshop_id, room.experts[0])
    how = {"origin": "https://meeting.example"}
    assert await outcome(small_house, room.workshop_id, how, token) == "welcome"


PAGES = ("room", "control", "desk", "screen")
MAY = {
    "organiser": {"room", "control", "desk", "screen"},
    "facilitator": {"room", "control", "desk", "screen"},
    "chair": {"room", "control", "desk"},
    "rapporteur": {"room", "desk"},
    "drafting": {"room", "desk"},
    "participant": {"room"},
    "observer": {"room"},
    "interpreter": {"room"},
    "screen": {"screen"},
}


@pytest.mark.parametrize("role", MAY)
async def test_pages_are_open_by_role(small_house: House, role: str) -> None:
    room = await small_house.meeting(experts=0, states=0)
    token = await small_house.token(room.workshop_id, role=role)
    opened = set()
    for page in PAGES:
        guest = Visitor(await small_house.connect(room.workshop_id))
        await guest.hello(token=token, page=page)
        if (await guest.receive())["type"] == "welcome":
            opened.add(page)
            await guest.leave()
        else:
            assert await guest.closed() == 4403
    assert opened == MAY[role]


async def test_another_workshop_is_closed(small_house: House) -> None:
    here, there = await small_house.meeting(), await small_house.meeting()
    token = await small_house.token(here.workshop_id, here.states[0])
    for workshop_id in (there.workshop_id, "nowhere"):
        guest = Visitor(await small_house.connect(workshop_id))
        await guest.hello(token=token)
        assert (await guest.receive())["code"] == "not_found"
        assert await guest.closed() == 4403


async def test_who_waits_at_the_door_sees_nothing(small_house: House) -> None:
    room = await small_house.meeting()
    token = await small_house.token(room.workshop_id)
    guest = Visitor(await small_house.connect(room.workshop_id))
    await guest.hello(token=token)
    assert (await guest.receive())["code"] == "not_admitted"
    assert await guest.closed() == 4403


@pytest.mark.parametrize("role", ["screen", "observer", "interpreter"])
async def test_those_who_look_on_send_nothing(small_house: House, role: str) -> None:
    room = await small_house.meeting()
    token = await small_house.token(room.workshop_id, role=role)
    page = "screen" if role == "screen" else "room"
    guest = await small_house.visit(room.workshop_id, token, page=page)
    await guest.send({"type": "cast_ballot", "key": "k", "round": "r", "revision": 1, "body": {}})
    assert (await guest.next("refused"))["code"] == "not_allowed"
    await guest.send({"type": "ping"})
    await guest.next("heartbeat")
    await guest.leave()


async def test_the_ninth_socket_of_a_person_is_turned_away(small_house: House) -> None:
    room = await small_house.meeting()
    token = await small_house.token(room.workshop_id, room.states[0])
    guests = [await small_house.visit(room.workshop_id, token) for _ in range(8)]
    ninth = Visitor(await small_house.connect(room.workshop_id))
    await ninth.hello(token=token)
    assert (await ninth.receive())["code"] == "too_many_sockets"
    assert await ninth.closed() == 1013
    for guest in guests:
        await guest.leave()
