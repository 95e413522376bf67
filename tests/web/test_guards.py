"""What every request passes: limits, hosts, headers, and the answer of last resort."""

import json
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI

from app.web.guards.headers import POLICY
from tests.support.house import ADDRESS, Caller, House

KIB = 1024


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """One is enough: a request passes this before any database is asked."""
    return sqlite_url


def error_of(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


async def chunks(size: int) -> AsyncIterator[bytes]:
    for _ in range(size // KIB):
        yield b" " * KIB


@pytest.mark.parametrize("chunked", [False, True])
async def test_a_body_over_the_limit_is_refused(owner: Caller, chunked: bool) -> None:
    size = 257 * KIB
    content = chunks(size) if chunked else b" " * size
    answer = await owner.send(
        "POST", "/workshops", content=content, headers={"content-type": "application/json"}
    )
    assert error_of(answer) == (413, "too_large")


async def test_a_length_that_is_none_is_refused(owner: Caller) -> None:
    headers = {"content-type": "application/json", "content-length": "-5"}
    answer = await owner.send("POST", "/workshops", content=b"{}", headers=headers)
    assert error_of(answer) == (413, "too_large")


@pytest.mark.parametrize("host", ["", "evil.test/x", "a b", "hall.test:http"])
async def test_a_host_that_is_none_is_refused(owner: Caller, host: str) -> None:
    answer = await owner.get("/workshops", headers={"host": host})
    assert error_of(answer) == (400, "bad_host")


@pytest.mark.parametrize("path", ["/healthz", "/api/v1/workshops", "/nowhere", "/static/x.css"])
async def test_every_answer_keeps_to_itself(owner: Caller, path: str) -> None:
    async with owner.client() as client:
        answer = await client.get(path)
    found = answer.headers
    assert (found["content-security-policy"], found["x-content-type-options"]) == (
        POLICY,
        "nosniff",
    )


async def test_what_nobody_foresaw_is_a_sentence_with_a_reference(
    app: FastAPI, caplog: pytest.LogCaptureFixture
) -> None:
    @app.get("/api/v1/broken")
    async def broken() -> None:
        raise RuntimeError("the inside of the server")

    answer = await Caller(app).get("/broken")
    error = answer.json()["error"]
    assert error_of(answer) == (500, "unexpected")
    assert error["ref"] in error["message"]
    assert error["ref"] in caplog.text
    assert "inside" not in answer.text


@pytest.mark.parametrize(
    ("method", "path", "found"),
    [
        ("GET", "/api/v1/nowhere", (404, "not_found")),
        ("DELETE", "/api/v1/workshops", (405, "method_not_allowed")),
    ],
)
async def test_wrong_addresses_have_the_usual_shape(
    owner: Caller, method: str, path: str, found: tuple[int, str]
) -> None:
    answer = await owner.send(method, path)
    assert error_of(answer) == found
    assert set(answer.json()["error"]) >= {"code", "message", "ref"}


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (b"{", (400, "bad_json")),
        (b'{"title": "x"} trailing', (400, "bad_json")),
        (b"\xff\xfe", (400, "bad_json")),
        (b"[" * 100_000, (400, "too_deep")),
        (b'{"title": ' + b'{"a":' * 21 + b"1" + b"}" * 22, (400, "too_deep")),
        (b'{"title": "x", "title": "y"}', (422, "duplicate_key")),
        (b'{"title": NaN}', (422, "not_a_number")),
        (b'{"title": -Infinity}', (422, "not_a_number")),
        (b'{"title": 1e999}', (422, "not_a_number")),
        (b'{"title": ' + b"9" * 5000 + b"}", (422, "not_a_number")),
        (b'{"title": "a\\u0000b"}', (422, "bad_characters")),
        (b'{"title": "\\ud800"}', (422, "bad_characters")),
        (b'{"\\ud800": "x"}', (422, "bad_characters")),
        (b'{"title": 5}', (422, "bad_field")),
        (b"[]", (400, "bad_json")),
        (b"null", (400, "bad_json")),
        (b"", (400, "bad_json")),
    ],
    ids=lambda value: value[:24].decode(errors="replace") if isinstance(value, bytes) else "",
)
async def test_json_is_read_strictly(owner: Caller, body: bytes, found: tuple[int, str]) -> None:
    headers = {"content-type": "application/json"}
    answer = await owner.send("POST", "/workshops", content=body, headers=headers)
    assert error_of(answer) == found


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (True, "not_a_number"),
        ("5", "not_a_number"),
        (1.5, "not_a_number"),
        (0, "out_of_range"),
        (61, "out_of_range"),
    ],
)
async def test_numbers_are_numbers(house: House, day: object, found: str) -> None:
    item = {"day": day, "start": "9:00", "end": "10:00", "title": "x"}
    answer = await house.owner.post(f"{house.at}/agenda", item)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["field"]) == (422, found, "0.day")


async def test_openapi_names_every_noun(owner: Caller) -> None:
    paths = json.loads((await owner.get("/openapi.json")).text)["paths"]
    assert "/api/v1/workshops/{workshop_id}/participants" in paths
    assert ADDRESS not in json.dumps(paths)


async def test_the_documentation_is_a_page_without_scripts(owner: Caller) -> None:
    page = await owner.get("/api/docs")
    assert (page.status_code, page.text.count("<script")) == (200, 0)
    assert "/api/v1/rounds/{round_id}/ballots" in page.text


async def test_people_get_a_page_and_htmx_a_fragment(owner: Caller) -> None:
    async with owner.client() as client:
        page = await client.get("/nowhere")
        fragment = await client.get("/nowhere", headers={"hx-request": "true"})
    assert (page.status_code, page.text.count("<html")) == (404, 1)
    assert (fragment.status_code, fragment.text.count("<html")) == (404, 0)
    assert 'role="alert"' in fragment.text


async def test_a_refusal_speaks_the_readers_language(owner: Caller) -> None:
    answer = await owner.get("/nowhere", params={"lang": "en-XB"})
    assert answer.json()["error"]["message"].startswith("⟦")


async def test_health_is_told_in_numbers_only(owner: Caller) -> None:
    async with owner.client() as client:
        answers = [await client.get(path) for path in ("/healthz", "/readyz", "/metrics")]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert answers[2].text == "consilience_sockets 0\nconsilience_meetings_followed 0\n"
