"""Foreign pages can do nothing: every Origin with every kind of body, with and without a cookie."""

from typing import Any

import httpx
import pytest

from tests.support.house import ADDRESS, Caller, House

OWN = ADDRESS
FOREIGN: tuple[str, ...] = ("null", "http://evil.test", "http://hall.test.evil.test:8000", "http://hall.test",
           "https://hall.test:8000", "http://hall.test:8001", "")  # fmt: skip
BODIES: dict[str, dict[str, Any]] = {
    "json": {"json": {"name": "Group"}},
    "form": {"data": {"name": "Group"}},
    "text": {"content": '{"name": "Group"}', "headers": {"content-type": "text/plain"}},
}


async def signed_in(house: House) -> dict[str, str]:
    """The cookie that the facilitator's link sets."""
    token = house.workshop["tokens"]["facilitator"]
    answer = await Caller(house.app).get(f"/enter/{token}")
    return {"consilience": answer.cookies["consilience"]}


async def sent(
    house: House, cookies: dict[str, str], body: str, headers: dict[str, str]
) -> httpx.Response:
    options = dict(BODIES[body])
    headers = {**headers, **options.pop("headers", {})}
    async with Caller(house.app, headers=headers).client() as client:
        client.cookies.update(cookies)
        return await client.post(f"/api/v1{house.at}/groups", **options)


@pytest.mark.parametrize("body", BODIES)
async def test_only_our_own_pages_act_with_a_cookie(house: House, body: str) -> None:
    cookies = await signed_in(house)
    found: dict[str | None, int] = {}
    for origin in (OWN, *FOREIGN, None):
        headers = {} if origin is None else {"origin": origin}
        found[origin] = (await sent(house, cookies, body, headers)).status_code
    own = {"json": 201, "form": 415, "text": 415}[body]
    refused: dict[str | None, int] = dict.fromkeys((*FOREIGN, None), 403)
    assert found == {OWN: own, **refused}


async def test_a_refusal_says_what_to_do(house: House) -> None:
    answer = await sent(house, await signed_in(house), "json", {"origin": "http://evil.test"})
    error = answer.json()["error"]
    assert error["code"] == "csrf"
    assert "Reload" in error["message"]


async def test_without_an_origin_a_bearer_token_acts_alone(house: House) -> None:
    bearer = {"authorization": f"Bearer {house.workshop['tokens']['facilitator']}"}
    assert (await sent(house, {}, "json", bearer)).status_code == 201
    foreign = {**bearer, "origin": "http://evil.test"}
    assert (await sent(house, {}, "json", foreign)).status_code == 403


async def test_a_browser_that_says_cross_site_is_refused(house: House) -> None:
    bearer = {"authorization": f"Bearer {house.workshop['tokens']['facilitator']}"}
    headers = {**bearer, "sec-fetch-site": "cross-site"}
    assert (await sent(house, {}, "json", headers)).status_code == 403


async def test_with_neither_nobody_is_anybody(house: House) -> None:
    assert (await sent(house, {}, "json", {})).status_code == 401


async def test_reading_needs_no_origin(house: House) -> None:
    cookies = await signed_in(house)
    async with Caller(house.app, headers={"origin": "http://evil.test"}).client() as client:
        client.cookies.update(cookies)
        answer = await client.get(f"/api/v1{house.at}")
    # The answer is read by nobody: no header lets a foreign page look at it.
    assert (answer.status_code, "access-control-allow-origin" in answer.headers) == (200, False)
