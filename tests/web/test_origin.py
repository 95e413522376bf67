"""Foreign pages can do nothing: every Origin with every kind of body, with and without a cookie."""

from typing import Any

import httpx
import pytest

from tests.support.house import ADDRESS, Caller, House

OWN = ADDRESS
FOREIGN = (
    "null", "http://evil.test", "http://hall.test.evil.test:8000", "http://hall.test:8000@evil.test",
    "http://hall.test", "https://hall.test:8000", "http://hall.test:8001", "",
)  # fmt: skip
BODIES: dict[str, dict[str, Any]] = {
    "json": {"json": {"text": "Words"}},
    "form": {"data": {"text": "Words"}},
    "text": {"content": '{"text": "Words"}', "headers": {"content-type": "text/plain"}},
    "multipart": {"files": {"text": (None, "Words")}},
}
KNOWN_BY = ("cookie", "bearer", "both")


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Where a request comes from does not depend on the database."""
    return sqlite_url


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
        return await client.post(f"/api/v1{house.at}/notes", **options)


@pytest.mark.parametrize("known_by", KNOWN_BY)
@pytest.mark.parametrize("body", BODIES)
async def test_only_our_own_pages_act_and_only_in_json(
    house: House, body: str, known_by: str
) -> None:
    """Without an Origin a bearer token acts alone: no browser adds it to a foreign page's form."""
    cookies = {} if known_by == "bearer" else await signed_in(house)
    token = house.workshop["tokens"]["facilitator"]
    bearer = {} if known_by == "cookie" else {"authorization": f"Bearer {token}"}
    found: dict[str | None, int] = {}
    for origin in (OWN, *FOREIGN, None):
        headers = bearer if origin is None else {**bearer, "origin": origin}
        found[origin] = (await sent(house, cookies, body, headers)).status_code
    own = 201 if body == "json" else 415
    refused: dict[str | None, int] = dict.fromkeys(FOREIGN, 403)
    assert found == {OWN: own, **refused, None: own if bearer else 403}


@pytest.mark.parametrize("authorization", ["Basic eDp5", "Bearer", "Bearer ", ""])
async def test_only_a_bearer_token_stands_in_for_an_origin(
    house: House, authorization: str
) -> None:
    """Other credentials come from an address such as http://x:y@hall, which anybody can link to."""
    headers = {"authorization": authorization}
    assert (await sent(house, await signed_in(house), "json", headers)).status_code == 403


async def test_a_refusal_says_what_to_do(house: House) -> None:
    answer = await sent(house, await signed_in(house), "json", {"origin": "http://evil.test"})
    error = answer.json()["error"]
    assert error["code"] == "csrf"
    assert "Reload" in error["message"]


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
