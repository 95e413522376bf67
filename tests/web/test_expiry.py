"""What a code, a link and a device open no longer, whichever way they ended."""

from datetime import timedelta

from app.web.cookies import MAX_AGE
from tests.support.clocks import later
from tests.support.house import Caller, House
from tests.web.test_enter import held, opened


async def reached(house: House, cookies: dict[str, str]) -> int:
    async with Caller(house.app).client() as client:
        client.cookies.update(cookies)
        return (await client.get(f"/api/v1{house.at}")).status_code


async def test_the_code_of_an_ended_meeting_shows_no_names(house: House) -> None:
    code = house.workshop["code"]
    stranger = Caller(house.app)
    before = (await stranger.get(f"/workshops/{code}/join")).text
    await house.owner.post(f"{house.at}/end")
    after = await stranger.get(f"/workshops/{code}/join")
    knocked = await stranger.post(f"{house.at}/join", {"code": code, "label": "Guest"})
    async with stranger.client() as client:
        page = (await client.get(f"/join/{code}")).text
    assert "Rapporteur" in before
    assert [after.status_code, knocked.status_code] == [409, 409]
    assert [one for one in (after.text, page) if "Rapporteur" in one] == []


async def test_a_one_time_link_opens_once_however_much_later(house: House) -> None:
    link = (await house.owner.post("/tokens", {"role": "owner"})).json()["token"]
    first = await opened(house, link)
    with later(timedelta(days=30)):
        again = await opened(house, link)
    assert (first.status_code, again.status_code) == (303, 422)


async def test_what_was_revoked_stays_so_whatever_the_clock_says(house: House) -> None:
    """A server's clock that is set back brings nothing back."""
    made = (await house.owner.post(f"{house.at}/tokens", {"role": "facilitator"})).json()
    cookies = held(await opened(house, made["token"]))
    assert await reached(house, cookies) == 200
    await house.owner.send("DELETE", f"/tokens/{made['id']}")
    statuses = []
    for much in (timedelta(hours=-2), timedelta(0), timedelta(days=400)):
        with later(much):
            statuses.append((await opened(house, made["token"])).status_code)
            statuses.append(await reached(house, cookies))
    assert statuses == [404, 401] * 3


async def test_a_device_is_forgotten_two_months_after_it_signed_in(house: House) -> None:
    """By the browser, which drops its cookie, and by the server, whatever a browser keeps."""
    answer = await opened(house, house.people["participant"]["token"])
    cookies = held(answer)
    assert f"max-age={MAX_AGE}" in answer.headers["set-cookie"].lower()
    with later(timedelta(seconds=MAX_AGE - 60)):
        assert await reached(house, cookies) == 200
    with later(timedelta(seconds=MAX_AGE + 60)):
        assert await reached(house, cookies) == 401


async def test_an_erased_person_has_no_door_left(house: House) -> None:
    person = house.people["observer"]
    cookies = held(await opened(house, person["token"]))
    (found,) = [
        one
        for one in (await house.owner.get(f"{house.at}/participants")).json()["items"]
        if one["id"] == person["id"]
    ]
    await house.owner.send(
        "DELETE",
        f"{house.at}/participants/{person['id']}/particulars",
        headers={"If-Match": str(found["version"])},
    )
    assert [await reached(house, cookies), (await opened(house, person["token"])).status_code] == [
        401, 404,
    ]  # fmt: skip
