"""Links: whom they sign in, where they lead, and how often."""

import httpx

from tests.support.house import Caller, House


async def opened(house: House, token: str, cookies: dict[str, str] | None = None) -> httpx.Response:
    async with Caller(house.app).client() as client:
        client.cookies.update(cookies or {})
        return await client.get(f"/enter/{token}")


def held(answer: httpx.Response) -> dict[str, str]:
    return {"consilience": answer.cookies["consilience"]}


async def test_each_role_is_led_to_its_page(house: House) -> None:
    tokens = {**house.workshop["tokens"], "participant": house.people["participant"]["token"]}
    pages = {"organiser": "desk", "facilitator": "control", "screen": "screen",
             "participant": "room"}  # fmt: skip
    found = {}
    for role, token in tokens.items():
        answer = await opened(house, token)
        found[role] = (answer.status_code, answer.headers["location"])
    assert found == {role: (303, f"/w/{house.id}/{page}") for role, page in pages.items()}


async def test_the_cookie_is_kept_from_scripts_and_works_on_plain_http(house: House) -> None:
    answer = await opened(house, house.workshop["tokens"]["facilitator"])
    cookie = answer.headers["set-cookie"].lower()
    assert "consilience=" in cookie
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie
    assert house.workshop["tokens"]["facilitator"] not in cookie


async def test_over_https_the_cookie_is_bound_to_the_host(house: House) -> None:
    token = house.workshop["tokens"]["facilitator"]
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(house.app), base_url="https://hall.test"
    ) as client:
        cookie = (await client.get(f"/enter/{token}")).headers["set-cookie"]
    assert cookie.startswith("__Host-consilience=")
    assert "secure" in cookie.lower()


async def test_personal_links_open_again_and_count_nobody_twice(house: House) -> None:
    token = house.people["participant"]["token"]
    first, second = await opened(house, token), await opened(house, token)
    assert held(first) != held(second)
    people = (await house.owner.get(f"{house.at}/participants")).json()["items"]
    arrived = [person["label"] for person in people if person["arrived_at"]]
    log = (await house.owner.get(f"{house.at}/log", params={"limit": 200})).json()["items"]
    assert arrived == ["Participant"]
    assert [line["kind"] for line in log].count("participant_arrived") == 1


async def test_the_owners_link_opens_once_and_on_its_device_again(house: House) -> None:
    link = (await house.owner.post("/tokens", {"role": "owner"})).json()["token"]
    first = await opened(house, link)
    elsewhere = await opened(house, link)
    here = await opened(house, link, held(first))
    assert (first.status_code, first.headers["location"]) == (303, "/")
    assert elsewhere.status_code == 422
    assert (here.status_code, here.headers["location"]) == (303, "/")
    as_token = await Caller(house.app, link).get("/workshops")
    assert as_token.status_code == 401


async def test_one_laptop_runs_the_meeting_and_drives_the_big_screen(house: House) -> None:
    tokens = house.workshop["tokens"]
    first = held(await opened(house, tokens["facilitator"]))
    both = held(await opened(house, tokens["screen"], first))
    async with Caller(house.app, headers={"origin": "http://hall.test:8000"}).client() as client:
        client.cookies.update(both)
        made = await client.post(f"/api/v1{house.at}/groups", json={"name": "Group"})
    assert made.status_code == 201


async def test_leaving_signs_the_device_out(house: House) -> None:
    token = house.people["participant"]["token"]
    cookies = held(await opened(house, token))
    async with Caller(house.app, headers={"origin": "http://hall.test:8000"}).client() as client:
        client.cookies.update(cookies)
        left = await client.post("/leave")
        client.cookies.clear()
        client.cookies.update(cookies)
        after = await client.get(f"/api/v1{house.at}")
    assert (left.status_code, after.status_code) == (303, 401)


async def test_a_revoked_link_leads_nowhere(house: House) -> None:
    made = await house.owner.post(f"{house.at}/tokens", {"role": "facilitator"})
    token = made.json()
    revoked = await house.owner.send("DELETE", f"/tokens/{token['id']}")
    assert (revoked.status_code, (await opened(house, token["token"])).status_code) == (204, 404)
    assert (await house.owner.as_(token["token"]).get(house.at)).status_code == 401


async def test_a_revoked_door_shuts_the_devices_that_came_by_it(house: House) -> None:
    made = (await house.owner.post(f"{house.at}/tokens", {"role": "facilitator"})).json()
    cookies = held(await opened(house, made["token"]))
    await house.owner.send("DELETE", f"/tokens/{made['id']}")
    async with Caller(house.app).client() as client:
        client.cookies.update(cookies)
        assert (await client.get(f"/api/v1{house.at}")).status_code == 401


async def test_secrets_are_not_listed(house: House) -> None:
    doors = await house.owner.get(f"{house.at}/tokens", params={"limit": 200})
    secrets = [*house.workshop["tokens"].values(), *(p["token"] for p in house.people.values())]
    assert [secret for secret in secrets if secret in doors.text] == []
    assert (await house.by("participant").get(f"{house.at}/tokens")).status_code == 403
