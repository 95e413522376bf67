"""The silent start and the round robin of an activity that asks for proposals."""

from datetime import timedelta
from typing import Any

import pytest

from app import clock
from app.work.loop import Work
from tests.support.house import House


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
