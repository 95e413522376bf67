"""A new secret for a link or a device: the old one opens nothing, and who may ask for it."""

from typing import Any

import httpx

from tests.support.house import Caller, House
from tests.web.test_enter import held, opened

OWN = {"origin": "http://hall.test:8000"}


async def tokens_of(house: House, role: str) -> list[dict[str, Any]]:
    """The links and devices of the person with this role."""
    doors = (await house.owner.get(f"{house.at}/tokens", params={"limit": 200})).json()["items"]
    person = house.people[role]["id"]
    return [door for door in doors if door["participant_id"] == person]


async def rotated(caller: Caller, token_id: str, key: str = "") -> httpx.Response:
    return await caller.post(f"/tokens/{token_id}/rotation", key=key)


async def status(house: House, token: str = "", cookies: dict[str, str] | None = None) -> int:
    async with Caller(house.app, token).client() as client:
        client.cookies.update(cookies or {})
        return (await client.get(f"/api/v1{house.at}")).status_code


async def test_the_old_link_and_its_devices_open_nothing(house: House) -> None:
    old = house.people["participant"]["token"]
    device = held(await opened(house, old))
    (link,) = [one for one in await tokens_of(house, "participant") if one["kind"] == "access"]
    new = (await rotated(house.by("facilitator"), link["id"])).json()
    assert [await status(house, old), await status(house, cookies=device)] == [401, 401]
    assert [(await opened(house, old)).status_code, await status(house, new["token"])] == [404, 200]
    assert (await opened(house, new["token"])).headers["location"] == f"/w/{house.id}/room"


async def test_the_same_key_gives_the_same_secret(house: House) -> None:
    (link,) = await tokens_of(house, "chair")
    first, again = [await rotated(house.owner, link["id"], key="k") for _ in range(2)]
    assert (first.status_code, again.json()) == (201, first.json())
    later = await rotated(house.owner, link["id"])
    assert (later.status_code, later.json()["error"]["code"]) == (409, "revoked")


async def test_ones_own_and_nobody_elses(house: House) -> None:
    (own,) = await tokens_of(house, "participant")
    (other,) = await tokens_of(house, "observer")
    voter = house.by("participant")
    assert (await rotated(voter, other["id"])).status_code == 403
    new = (await rotated(voter, own["id"])).json()["token"]
    assert [await status(house, voter.token), await status(house, new)] == [401, 200]


async def test_a_browser_that_rotates_its_own_device_stays_signed_in(house: House) -> None:
    cookies = held(await opened(house, house.people["participant"]["token"]))
    (device,) = [one for one in await tokens_of(house, "participant") if one["kind"] == "device"]
    async with Caller(house.app, headers=OWN).client() as client:
        client.cookies.update(cookies)
        answer = await client.post(f"/api/v1/tokens/{device['id']}/rotation")
    assert held(answer) != cookies
    assert [await status(house, cookies=one) for one in (cookies, held(answer))] == [401, 200]


async def test_signing_in_again_renews_the_device(house: House) -> None:
    """What the browser was known by before is dead, and no second device is listed."""
    token = house.people["participant"]["token"]
    first = held(await opened(house, token))
    second = held(await opened(house, token, first))
    devices = [one for one in await tokens_of(house, "participant") if one["kind"] == "device"]
    assert [await status(house, cookies=one) for one in (first, second)] == [401, 200]
    assert len(devices) == 1


async def test_who_is_let_in_is_known_by_a_new_secret(house: House) -> None:
    async with Caller(house.app, headers=OWN).client() as client:
        knocked = await client.post(
            f"/join/{house.workshop['code']}", data={"who": house.people["observer"]["id"]}
        )
        waiting = held(knocked)
        admission = knocked.headers["location"].rpartition("/")[2]
        at = f"{house.at}/admissions/{admission}"
        await house.by("facilitator").post(at, {"admit": True})
        inside = held(await client.get(knocked.headers["location"]))
    assert [await status(house, cookies=one) for one in (waiting, inside)] == [401, 200]


async def test_who_still_waits_is_not_given_a_new_secret(house: House) -> None:
    body = {"code": house.workshop["code"], "label": "Guest"}
    await Caller(house.app).post(f"{house.at}/join", body)
    doors = (await house.owner.get(f"{house.at}/tokens", params={"limit": 200})).json()["items"]
    (waits,) = [door for door in doors if door["kind"] == "admission"]
    answer = await rotated(house.owner, waits["id"])
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "at_the_door")


async def test_a_device_is_seen_by_its_pages(house: House) -> None:
    async with Caller(house.app).client() as client:
        await client.get(f"/enter/{house.people['participant']['token']}")
        await client.get(f"/w/{house.id}/room")
    (device,) = [one for one in await tokens_of(house, "participant") if one["kind"] == "device"]
    assert device["seen_at"] is not None
