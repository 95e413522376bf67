"""The day runs late, is moved and moved back; what the pages say of it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from app import clock
from tests.support.house import House

ITEMS = (
    ("09:00", "10:00", "Opening", "opening"),
    ("10:00", "11:00", "Panel", "panel"),
    ("11:00", "11:30", "Tea", "break"),
    ("11:30", "12:30", "Vote", "vote"),
)


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """A day is a day on either database."""
    return sqlite_url


async def late(house: House, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The first of two days: the opening began at 09:20 in Bangkok."""
    version = (await house.owner.get(house.at)).json()["version"]
    dates = {"starts_on": "2016-05-11", "ends_on": "2016-05-12"}
    await house.owner.patch(house.at, dates, version)
    items = [
        {"day": day, "start": start, "end": end, "title": title, "kind": kind}
        for day in (1, 2)
        for start, end, title, kind in ITEMS
    ]
    laid = (await house.owner.post(f"{house.at}/agenda", items)).json()
    at(monkeypatch, 2, 20)
    await house.by("facilitator").post(f"{house.at}/agenda/{laid[0]['id']}/start")
    return list(laid)


def at(monkeypatch: pytest.MonkeyPatch, hour: int, minute: int) -> None:
    """The server's clock, in UTC: seven hours behind Bangkok."""
    moment = datetime(2016, 5, 11, hour, minute, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: moment)


async def planned(house: House, day: int = 1) -> list[str]:
    items = (await house.owner.get(f"{house.at}/agenda")).json()["items"]
    return [f"{one['start']} {one['end']}" for one in items if one["day"] == day]


async def test_the_day_is_moved_as_it_was_shown_and_moved_back(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    await late(house, monkeypatch)
    move, run = f"{house.at}/day/move", house.by("facilitator")
    before = await planned(house)
    shown = (await run.get(move, params={"minutes": 20})).json()["items"]
    assert await planned(house) == before
    moved = await run.post(move, {"minutes": 20})
    after = await planned(house)
    assert moved.status_code == 200, moved.text
    assert after == [f"{one['new_start']} {one['new_end']}" for one in shown]
    assert after == ["09:20 10:20", "10:20 11:20", "11:20 11:50", "11:50 12:50"]
    assert await planned(house, day=2) == before
    assert (await run.post(f"{move}/undo")).status_code == 200
    assert await planned(house) == before
    again = await run.post(f"{move}/undo")
    assert (again.status_code, again.json()["error"]["code"]) == (409, "not_moved")


async def test_a_shortened_day_ends_as_planned(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid = await late(house, monkeypatch)
    move, run = f"{house.at}/day/move", house.by("facilitator")
    await run.post(move, {"minutes": 20, "shorten": True})
    assert await planned(house) == ["09:20 10:20", "10:20 11:10", "11:10 11:40", "11:40 12:30"]
    too_much = await run.post(move, {"minutes": 115, "shorten": True})
    assert (too_much.status_code, too_much.json()["error"]["code"]) == (422, "no_room")
    item = (await house.owner.get(f"{house.at}/agenda/{laid[1]['id']}")).json()
    path = f"{house.at}/agenda/{item['id']}"
    await house.owner.patch(path, {"end": "11:00"}, item["version"])
    back = await run.post(f"{move}/undo")
    assert (back.status_code, back.json()["error"]["code"]) == (409, "changed_since")


async def test_late_is_said_where_it_is_true(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await late(house, monkeypatch)
    said = 'data-late-since="2016-05-11T03:00:00.000Z" data-late-by="20"'
    for role, page in (("facilitator", "control"), ("participant", "room")):
        assert said in (await house.by(role).get(f"/w/{house.id}/{page}")).text
    await house.by("facilitator").post(f"{house.at}/day/move", {"minutes": 20})
    room = (await house.by("participant").get(f"/w/{house.id}/room")).text
    assert 'data-late-since="2016-05-11T03:20:00.000Z" data-late-by="0"' in room


async def test_the_desk_sets_plan_against_actual_and_says_what_to_cut(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid = await late(house, monkeypatch)
    options = [f"Option {n}" for n in range(9)]
    body = {"type": "rate", "title": "Rate", "agenda_item": laid[3]["id"], "options": options}
    await house.owner.post(f"{house.at}/activities", body)
    desk = f"/w/{house.id}/desk/agenda"
    fits = (await house.owner.get(desk)).text
    assert "began 20 min late" in fits
    assert "takes about 5 min" in fits
    assert "to-cut" not in fits
    at(monkeypatch, 4, 20)
    await house.by("facilitator").post(f"{house.at}/agenda/{laid[1]['id']}/start")
    page = (await house.owner.get(desk)).text
    assert "took 60 min more" in page
    assert "Planned 60 min, taken 120 min." in page
    at(monkeypatch, 5, 19)
    page = (await house.owner.get(desk)).text
    cut = page.partition('id="to-cut"')[2].partition("</section>")[0]
    assert "<bdi>Vote</bdi>" in cut
