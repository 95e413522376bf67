"""Workshops over the API: made, read, changed, ended."""

import pytest

from tests.support.house import Caller, House

TITLE = {"title": "Crime and terrorism: links and responses"}


async def test_the_owner_makes_a_workshop(owner: Caller) -> None:
    made = await owner.post("/workshops", {**TITLE, "starts_on": "2026-11-24"})
    body = made.json()
    assert made.status_code == 201
    assert sorted(body["tokens"]) == ["facilitator", "organiser", "screen"]
    assert len(body["code"]) == 8
    read = await owner.get(f"/workshops/{body['id']}")
    assert read.json()["starts_on"] == "2026-11-24"


async def test_the_same_key_gives_the_same_answer(owner: Caller) -> None:
    first = await owner.post("/workshops", TITLE, key="k1")
    again = await owner.post("/workshops", TITLE, key="k1")
    assert (again.status_code, again.json()) == (201, first.json())


async def test_the_same_key_with_another_body_is_refused(owner: Caller) -> None:
    await owner.post("/workshops", TITLE, key="k1")
    other = await owner.post("/workshops", {"title": "Another"}, key="k1")
    assert (other.status_code, other.json()["error"]["code"]) == (422, "key_reused")


@pytest.mark.parametrize(
    ("role", "status"),
    [("organiser", 404), ("facilitator", 404), ("participant", 404), ("nobody", 401)],
)
async def test_only_the_owner_makes_workshops(house: House, role: str, status: int) -> None:
    assert (await house.by(role).post("/workshops", TITLE)).status_code == status


async def test_a_change_needs_its_version(house: House) -> None:
    organiser = house.by("organiser")
    missing = await organiser.patch(house.at, {"place": "Bangkok"})
    assert (missing.status_code, missing.json()["error"]["code"]) == (428, "if_match_missing")
    changed = await organiser.patch(house.at, {"place": "Bangkok"}, version='"1"')
    assert (changed.status_code, changed.json()["place"]) == (200, "Bangkok")
    stale = await organiser.patch(house.at, {"place": "Geneva"}, version=1)
    error = stale.json()["error"]
    assert (stale.status_code, error["code"], error["current"]) == (
        409,
        "edited_meanwhile",
        {"place": "Bangkok"},
    )


async def test_a_rehearsal_stays_one(owner: Caller) -> None:
    made = await owner.post("/workshops", {**TITLE, "kind": "rehearsal"})
    at = f"/workshops/{made.json()['id']}"
    real = await owner.patch(at, {"kind": "real"}, version=1)
    assert (real.status_code, real.json()["error"]["code"]) == (409, "kind_fixed")


@pytest.mark.parametrize(
    ("body", "status", "code", "field"),
    [
        ({"title": " "}, 422, "title_empty", "title"),
        ({"title": "\u200b"}, 422, "title_empty", "title"),
        ({}, 422, "missing_field", "title"),
        ({"title": "x" * 301}, 422, "too_long", "title"),
        ({"title": "x", "role": "owner"}, 422, "unknown_field", "role"),
        ({"title": "x", "time_zone": "Mars/Olympus"}, 422, "bad_zone", "time_zone"),
        ({"title": "x", "kind": "fake"}, 422, "unknown_value", "kind"),
        ({"title": "x", "starts_on": "2026-02-30"}, 422, "bad_field", "starts_on"),
        (
            {"title": "x", "starts_on": "2026-02-03", "ends_on": "2026-02-01"},
            422,
            "bad_dates",
            "ends_on",
        ),
    ],
)
async def test_what_can_not_be_a_workshop(
    owner: Caller, body: object, status: int, code: str, field: str
) -> None:
    answer = await owner.post("/workshops", body)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["field"]) == (status, code, field)


@pytest.mark.parametrize("name", ["nope", "-1", "9223372036854775808", "%00", "'; --"])
async def test_unknown_ids_are_not_found(house: House, name: str) -> None:
    answer = await house.by("organiser").get(f"/workshops/{name}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


async def test_now_says_where_the_meeting_is(house: House) -> None:
    now = (await house.by("observer").get(f"{house.at}/now")).json()
    assert now["step"] == {"item": None, "next_item": None, "activity": None}
    assert now["rounds"] == []


async def test_the_end_is_reached_once(house: House) -> None:
    organiser = house.by("organiser")
    ended = (await organiser.post(f"{house.at}/end")).json()
    again = (await organiser.post(f"{house.at}/end")).json()
    assert ended["ended_at"] == again["ended_at"] is not None
