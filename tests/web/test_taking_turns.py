"""The silent start and the round robin of an activity that asks for proposals."""

from datetime import timedelta
from typing import Any

import pytest

from app import clock
from app.work.loop import Work
from tests.support.house import Caller, House


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """A turn is a turn on either database."""
    return sqlite_url


async def proposing(house: House, stage: str, **settings: Any) -> str:
    body = {"type": "propose", "title": "What matters?", "settings": settings}
    made = (await house.owner.post(f"{house.at}/activities", body)).json()
    await house.owner.post(f"/activities/{made['id']}/stage", {"stage": stage})
    return str(made["id"])


async def test_a_silence_ends_by_itself(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    activity = await proposing(house, "writing", silent=5)
    body = {"kind": "priority_area", "text": "Trust", "activity": activity}
    await house.by("participant").post(f"{house.at}/proposals", body)
    work = Work(house.app.state.db)
    await work.once()
    room = (await house.by("observer").get(f"/w/{house.id}/room")).text
    assert "Everyone writes in silence until" in room
    assert "Trust" not in room
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(minutes=6))
    await work.once()
    await work.once()
    room = (await house.by("observer").get(f"/w/{house.id}/room")).text
    assert "Trust" in room
    lines = (await house.owner.get(f"{house.at}/log", params={"limit": 200})).json()["items"]
    assert [one["kind"] for one in lines].count("activity_staged") == 2


async def test_whoever_runs_it_may_end_a_silence_early(house: House) -> None:
    activity = await proposing(house, "writing", silent=5)
    await house.by("facilitator").post(f"/activities/{activity}/stage", {"stage": "revealed"})
    assert await Work(house.app.state.db).once() is None


@pytest.mark.parametrize("minutes", [31, -1, 1.5])
async def test_a_silence_is_at_most_half_an_hour(house: House, minutes: float) -> None:
    body = {"type": "propose", "title": "What matters?", "settings": {"silent": minutes}}
    assert (await house.owner.post(f"{house.at}/activities", body)).status_code == 422


async def arrived(house: House, **more: Any) -> dict[str, Caller]:
    """Three participants who opened their links."""
    people = [{"label": f"Expert {n}", "roles": ["participant"], **more} for n in (1, 2, 3)]
    added = (await house.owner.post(f"{house.at}/participants", people)).json()
    for one in added:
        await house.by("nobody").get(f"/enter/{one['token']}")
    return {one["label"]: house.owner.as_(one["token"]) for one in added}


async def own_page(house: House, who: Caller) -> str:
    return (await who.get(f"/w/{house.id}/mine/floor")).text


def labels(answer: Any) -> list[str]:
    return [one["label"] for one in answer.json()["waiting"]]


async def test_each_reads_out_in_turn_until_all_have_passed(house: House) -> None:
    experts = await arrived(house)
    turns = f"/activities/{await proposing(house, 'revealed')}/turns"
    run = house.by("facilitator")
    begun = await run.post(turns)
    assert labels(begun) == ["Expert 1", "Expert 2", "Expert 3"]
    assert "It is your turn: read one of yours." in await own_page(house, experts["Expert 1"])
    assert "You are number 3." in await own_page(house, experts["Expert 3"])
    assert labels(await run.post(f"{turns}/next", {"turn": 1}))[0] == "Expert 2"
    twice = await run.post(f"{turns}/next", {"turn": 1})
    assert (twice.status_code, twice.json()["error"]["code"]) == (409, "turn_gone")
    await experts["Expert 3"].post(f"{turns}/own-pass")
    again = await experts["Expert 3"].post(f"{turns}/own-pass")
    assert (again.status_code, again.json()["error"]["code"]) == (409, "not_in_turn")
    assert labels(await run.post(f"{turns}/pass", {"turn": 2})) == ["Expert 1"]
    assert labels(await run.post(f"{turns}/next", {"turn": 3})) == ["Expert 1"]
    await experts["Expert 1"].post(f"{turns}/own-pass")
    control = (await run.get(f"/w/{house.id}/control")).text
    assert "All have passed." in control
    assert (await run.send("DELETE", turns)).status_code == 204


@pytest.mark.parametrize(("rule", "named"), [("named", True), ("none", False)])
async def test_the_hall_sees_names_where_the_rule_allows(
    house: House, rule: str, named: bool
) -> None:
    experts = await arrived(house)
    version = (await house.owner.get(house.at)).json()["version"]
    await house.owner.patch(house.at, {"attribution": rule}, version)
    activity = await proposing(house, "revealed")
    await house.owner.post(f"/activities/{activity}/turns")
    shown = {"show": "question", "activity": activity}
    await house.by("facilitator").send("PUT", f"{house.at}/screen", json=shown)
    screen = (await house.by("screen").get(f"/w/{house.id}/screen")).text
    assert "It is the turn of" in screen
    other = await own_page(house, experts["Expert 3"])
    assert ("Expert 1" in screen, "Expert 1" in other) == (named, named)
    assert "Expert 1" in (await house.by("facilitator").get(f"/w/{house.id}/control")).text


async def test_a_lead_runs_the_round_robin_of_their_group(house: House) -> None:
    [group] = (await house.owner.post(f"{house.at}/groups", [{"name": "Red"}])).json()
    experts = await arrived(house, group="Red")
    listed = (await house.owner.get(f"{house.at}/participants")).json()["items"]
    lead = next(one["id"] for one in listed if one["label"] == "Expert 2")
    led = await house.owner.patch(f"{house.at}/groups/{group['id']}", {"lead": lead}, 1)
    assert led.status_code == 200, led.text
    activity = await proposing(house, "writing", silent=3)
    [own] = (await house.owner.post(f"/activities/{activity}/groups", {})).json()
    turns = f"/activities/{own['id']}/turns"
    assert (await experts["Expert 1"].post(turns)).status_code == 403
    assert labels(await experts["Expert 2"].post(turns)) == ["Expert 1", "Expert 2", "Expert 3"]
    room = (await experts["Expert 2"].get(f"/w/{house.id}/room")).text
    assert "Everyone writes in silence until" in room
    assert f'data-path="/api/v1{turns}/next"' in room
    other = (await experts["Expert 3"].get(f"/w/{house.id}/room")).text
    assert f"{turns}/next" not in other
