"""A personal link on a second device: the first one is asked, or the facilitator lets it in."""

from html import unescape
from typing import Any

import httpx
import pytest

from tests.support.house import Caller, House
from tests.support.presence import connected
from tests.web.test_enter import held, opened

OWN = {"origin": "http://hall.test:8000"}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """A door is a door on either database."""
    return sqlite_url


async def asks(house: House, role: str = "participant") -> tuple[dict[str, str], dict[str, str]]:
    """The cookies of a first device, and of a second one that waits."""
    token = house.people[role]["token"]
    first = held(await opened(house, token))
    connected(house.app.state.hub, house.id, house.people[role]["id"])
    second = await opened(house, token)
    assert second.headers["location"].startswith(f"/w/{house.id}/waiting/")
    return first, held(second)


async def by(
    house: House, cookies: dict[str, str], method: str, path: str, body: Any = None
) -> Any:
    async with Caller(house.app, headers=OWN).client() as client:
        client.cookies.update(cookies)
        at = path if path.startswith("/w/") else f"/api/v1{path}"
        return await client.request(method, at, json=body)


async def waiting(house: House) -> str:
    found = (await house.owner.get(f"{house.at}/admissions")).json()["items"]
    (one,) = [each for each in found if each["status"] == "waiting"]
    return f"{house.at}/admissions/{one['id']}"


async def status(house: House, cookies: dict[str, str]) -> int:
    return int((await by(house, cookies, "GET", house.at)).status_code)


async def test_one_tap_lets_it_in_and_both_stay(house: House) -> None:
    first, second = await asks(house)
    assert await status(house, second) == 403
    room = unescape((await by(house, first, "GET", f"/w/{house.id}/room")).text)
    assert "Is this you?" in room
    answered = await by(house, first, "POST", await waiting(house), {"admit": True})
    assert answered.json()["status"] == "admitted"
    assert [await status(house, one) for one in (first, second)] == [200, 200]
    assert "Is this you?" not in (await by(house, first, "GET", f"/w/{house.id}/mine/door")).text
    log = (await house.owner.get(f"{house.at}/log", params={"limit": 200})).json()["items"]
    kinds = [line["kind"] for line in log]
    assert kinds.count("participant_arrived") == 1
    assert kinds[-2:] == ["device_asked", "device_answered"]


async def test_the_second_may_take_the_place_of_the_first(house: House) -> None:
    first, second = await asks(house)
    body = {"admit": True, "sign_out": True}
    await by(house, first, "POST", await waiting(house), body)
    assert [await status(house, one) for one in (first, second)] == [401, 200]


async def test_no_keeps_it_out(house: House) -> None:
    first, second = await asks(house)
    at = await waiting(house)
    await by(house, first, "POST", at, {"admit": False})
    assert [await status(house, one) for one in (first, second)] == [200, 403]
    again = await by(house, first, "POST", at, {"admit": True})
    late = await house.by("facilitator").post(at, {"admit": True})
    assert (again.status_code, late.json()["error"]["code"]) == (403, "decided")


async def test_only_oneself_and_only_as_oneself(house: House) -> None:
    first, second = await asks(house)
    at = await waiting(house)
    other = await house.by("observer").post(at, {"admit": True})
    itself = await by(house, second, "POST", at, {"admit": True})
    another = {"admit": True, "participant": house.people["chair"]["id"]}
    as_chair = await by(house, first, "POST", at, another)
    staff = await by(house, first, "POST", at, {"admit": True, "roles": ["facilitator"]})
    assert [one.status_code for one in (other, itself, as_chair, staff)] == [403] * 4


async def test_the_facilitator_lets_it_in_with_one_key(house: House) -> None:
    _, second = await asks(house)
    control = unescape((await house.by("facilitator").get(f"/w/{house.id}/control")).text)
    door = control.partition('id="region-door"')[2].partition("</section>")[0]
    assert "opened their link on another device" in door
    assert 'data-key="a"' in door
    await house.by("facilitator").post(await waiting(house), {"admit": True})
    assert await status(house, second) == 200


async def test_it_asks_once_however_often_it_comes(house: House) -> None:
    _, second = await asks(house)
    again = await opened(house, house.people["participant"]["token"], second)
    assert again.headers["location"].endswith((await waiting(house)).rpartition("/")[2])


async def test_a_shut_link_shuts_out_who_waits_with_it(house: House) -> None:
    first, second = await asks(house)
    doors = (await house.owner.get(f"{house.at}/tokens", params={"limit": 200})).json()["items"]
    person = house.people["participant"]["id"]
    (link,) = [d for d in doors if d["participant_id"] == person and d["kind"] == "access"]
    await house.owner.send("DELETE", f"/tokens/{link['id']}")
    assert [await status(house, one) for one in (first, second)] == [401, 401]


async def free(house: House, token: str, person: str) -> httpx.Response:
    """The link of somebody connected by one device is opened on another."""
    await opened(house, token)
    connected(house.app.state.hub, house.id, person)
    return await opened(house, token)


async def test_who_runs_the_meeting_is_never_shut_out(house: House) -> None:
    body = {"label": "F", "roles": ["facilitator"]}
    person = (await house.owner.post(f"{house.at}/participants", body)).json()
    for token in (person["token"], house.workshop["tokens"]["facilitator"]):
        assert (await free(house, token, person["id"])).headers[
            "location"
        ] == f"/w/{house.id}/control"


async def test_beside_a_dead_device_a_link_opens_by_itself(house: House) -> None:
    """Nobody could answer there."""
    token = house.people["participant"]["token"]
    await opened(house, token)
    connected(house.app.state.hub, house.id, house.people["chair"]["id"])
    assert (await opened(house, token)).headers["location"] == f"/w/{house.id}/room"


async def test_everybody_sees_and_signs_out_their_own(house: House) -> None:
    first, second = await asks(house)
    await by(house, first, "POST", await waiting(house), {"admit": True})
    page = unescape((await by(house, first, "GET", f"/w/{house.id}/mine/seat")).text)
    assert (page.count("This device"), page.count("Another device")) == (1, 1)
    other = page.partition("Another device")[2].partition("/api/v1/tokens/")[2].partition('"')[0]
    gone = await by(house, first, "DELETE", f"/tokens/{other}")
    assert gone.status_code == 204
    assert [await status(house, one) for one in (first, second)] == [200, 401]
    people = unescape((await house.owner.get(f"/w/{house.id}/desk/people")).text)
    assert "Device, opened on" in people
