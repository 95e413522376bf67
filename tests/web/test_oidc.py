"""Organisers sign in through an OpenID provider: whom it vouches for, and whom not."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from app.cli.client import owner_token
from app.cli.doctor import Finding, _sign_in
from app.main import create_app
from app.queries.actors import MAKER_FOR
from app.settings import Settings
from tests.support.clocks import later
from tests.support.house import ADDRESS, Caller
from tests.support.provider import CLIENT, Lie, Provider, back_from, opened

OWN = {"origin": ADDRESS, "accept": "application/json"}


@pytest.fixture
async def provider() -> AsyncIterator[Provider]:
    async with opened() as found:
        yield found


def configured(provider: Provider, url: str, home: Path) -> Settings:
    return Settings(
        home=home,
        database_url=url,
        oidc_issuer=provider.issuer,
        oidc_client_id=CLIENT[0],
        oidc_client_secret=CLIENT[1],
        oidc_organisers="ann@example.org, example.int",
    )


@pytest.fixture
async def app(provider: Provider, sqlite_url: str, home: Path) -> AsyncIterator[FastAPI]:
    made = create_app(configured(provider, sqlite_url, home))
    async with made.router.lifespan_context(made):
        yield made


async def signed_in(app: FastAPI, **back: str) -> tuple[httpx.AsyncClient, httpx.Response]:
    """A browser that went to the provider and came back; `back` changes what it brings."""
    browser = Caller(app, headers=OWN).client()
    away = await browser.get("/oidc/start")
    assert away.status_code == 303
    async with httpx.AsyncClient() as outside:
        sent_back = (await outside.get(away.headers["location"])).headers["location"]
    path = str(httpx.URL(back_from(sent_back)).copy_merge_params(back))
    return browser, await browser.get(path)


async def made(browser: httpx.AsyncClient, title: str) -> dict[str, Any]:
    answer = await browser.post("/api/v1/workshops", json={"title": title})
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def seen(browser: httpx.AsyncClient) -> list[str]:
    answer = await browser.get("/api/v1/workshops")
    return sorted(one["title"] for one in answer.json()["items"])


async def test_an_organiser_makes_meetings_and_sees_their_own(
    app: FastAPI, provider: Provider
) -> None:
    ann, answer = await signed_in(app)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    provider.email = "Ben@Example.int"
    ben, _ = await signed_in(app)
    of_ann, of_ben = await made(ann, "Ann's"), await made(ben, "Ben's")
    statuses = {
        name: (await ann.get(f"/api/v1/workshops/{one['id']}/participants")).status_code
        for name, one in (("own", of_ann), ("other", of_ben))
    }
    owner = Caller(app, (await owner_token(app.state.db))[0]).client()
    assert statuses == {"own": 200, "other": 404}
    assert [await seen(one) for one in (ann, ben, owner)] == [
        ["Ann's"],
        ["Ben's"],
        ["Ann's", "Ben's"],
    ]
    assert "Ben's" not in (await ann.get("/")).text
    await ben.post(
        f"/api/v1/workshops/{of_ben['id']}/participants",
        json={"label": "Ann", "roles": ["organiser"], "email": "Ann@example.org"},
    )
    assert await seen(ann) == ["Ann's", "Ben's"]
    assert (await ann.get(f"/w/{of_ben['id']}/desk/people")).status_code == 200


async def test_who_is_listed_otherwise_sees_nothing(app: FastAPI, provider: Provider) -> None:
    ann, _ = await signed_in(app)
    meeting = await made(ann, "Ann's")
    provider.email = "ben@example.int"
    ben, _ = await signed_in(app)
    at = f"/api/v1/workshops/{meeting['id']}"
    person = {"label": "Ben", "roles": ["chair"], "email": "ben@example.int"}
    await ann.post(f"{at}/participants", json=person)
    assert (await seen(ben), (await ben.get(at)).status_code) == ([], 404)


async def test_signing_in_renews_the_cookie_and_ends_after_half_a_day(app: FastAPI) -> None:
    ann, first = await signed_in(app)
    _, second = await signed_in(app)
    kept = [answer.cookies["consilience"] for answer in (first, second)]
    cookie = first.headers["set-cookie"].lower()
    assert kept[0] != kept[1]
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert (await ann.get("/api/v1/workshops")).status_code == 200
    with later(MAKER_FOR + timedelta(minutes=1)):
        assert (await ann.get("/api/v1/workshops")).status_code == 401


def claim(**changed: Any) -> Lie:
    """A token that says something else, signed all the same."""

    def lie(provider: Provider, claims: dict[str, Any]) -> str:
        whole = {name: value for name, value in {**claims, **changed}.items() if value is not None}
        return provider.signed(whole)

    return lie


LIES: dict[str, Lie] = {
    "another nonce": claim(nonce="another"),
    "no nonce": claim(nonce=None),
    "another audience": claim(aud="someone else's"),
    "another party": claim(aud=[CLIENT[0], "other"], azp="other"),
    "another issuer": claim(iss="http://127.0.0.1:1"),
    "expired": claim(exp=1_000_000_000),
    "no end": claim(exp=None),
    "from the future": claim(iat=4_000_000_000, nbf=4_000_000_000),
    "signed with nothing": Provider.unsigned,
    "signed with the public key": Provider.signed_with_public_key,
    "signed by another": Provider.signed_by_another,
    "not a token": lambda _provider, _claims: "x.y.z",
}


@pytest.mark.parametrize("lie", LIES)
async def test_what_is_not_confirmed_is_refused(app: FastAPI, provider: Provider, lie: str) -> None:
    provider.lie = LIES[lie]
    browser, answer = await signed_in(app)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "sign_in_forged")
    assert (await browser.get("/api/v1/workshops")).status_code == 401


@pytest.mark.parametrize("verified", [False, None, "true"])
async def test_an_unverified_address_is_nobodys(
    app: FastAPI, provider: Provider, verified: Any
) -> None:
    provider.verified = verified
    _, answer = await signed_in(app)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "email_unverified")


@pytest.mark.parametrize(
    "email", ["eve@example.com", "ann@example.org.example.com", "x@sub.example.int"]
)
async def test_who_is_not_allowed_is_told_so(app: FastAPI, provider: Provider, email: str) -> None:
    provider.email = email
    browser, answer = await signed_in(app)
    assert answer.status_code == 403
    assert email in answer.json()["error"]["message"]
    assert (await browser.get("/api/v1/workshops")).status_code == 401


@pytest.mark.parametrize(
    "back",
    [{"state": "another"}, {"state": ""}, {"iss": "http://127.0.0.1:1"}, {"code": "guessed"}],
)
async def test_what_the_browser_brings_back_must_fit(app: FastAPI, back: dict[str, str]) -> None:
    browser, answer = await signed_in(app, **back)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "sign_in_forged")
    assert (await browser.get("/api/v1/workshops")).status_code == 401


async def test_another_browsers_errand_opens_nothing(app: FastAPI) -> None:
    """A link with somebody else's code and state signs nobody in."""
    browser, first = await signed_in(app)
    stranger = Caller(app, headers=OWN).client()
    answer = await stranger.get(str(first.request.url))
    again = await browser.get(str(first.request.url))
    assert [answer.status_code, again.status_code] == [422, 422]


async def test_it_leads_nowhere_else(app: FastAPI) -> None:
    _, answer = await signed_in(app, next="https://example.com/", redirect="//example.com")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


async def test_the_button_stands_only_where_a_provider_is_named(
    app: FastAPI, sqlite_url: str, home: Path
) -> None:
    plain = create_app(Settings(home=home, database_url=sqlite_url))
    async with plain.router.lifespan_context(plain):
        pages = [await Caller(one).client().get("/join") for one in (app, plain)]
        away = await Caller(plain).client().get("/oidc/start")
    assert [("/oidc/start" in page.text) for page in pages] == [True, False]
    assert away.status_code == 404


def test_half_a_configuration_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OIDC_ISSUER", "https://login.example.org")
    with pytest.raises(ValueError, match="OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_ORGANISERS"):
        Settings()
    monkeypatch.setenv("OIDC_ISSUER", "http://login.example.org")
    with pytest.raises(ValueError, match="https://"):
        Settings()


def test_the_doctor_looks_at_it(tmp_path: Path) -> None:
    away = Provider("http://127.0.0.1:1")
    found = _sign_in(configured(away, "sqlite://", tmp_path)) + _sign_in(Settings(home=tmp_path))
    assert [finding.ok for finding in found] == [False, None]
    assert isinstance(found[0], Finding)
