"""Items leave the agenda with what was planned in them; activities move within an item."""

from typing import Any

from tests.support.house import House
from tests.support.table import code


async def item(house: House, title: str = "Rating") -> dict[str, Any]:
    body = {"day": 1, "start": "09:00", "end": "10:00", "title": title}
    return dict((await house.owner.post(f"{house.at}/agenda", body)).json())


async def activity(house: House, place: dict[str, Any], title: str) -> dict[str, Any]:
    body = {"type": "rate", "title": title, "options": ["A", "B"], "agenda_item": place["id"]}
    return dict((await house.owner.post(f"{house.at}/activities", body)).json())


async def titles(house: House) -> list[str]:
    listed = (await house.owner.get(f"{house.at}/activities")).json()["items"]
    return [one["title"] for one in sorted(listed, key=lambda one: one["position"])]


async def test_an_item_takes_its_planned_activities_along(house: House) -> None:
    going, staying = await item(house), await item(house, "Ranking")
    await activity(house, going, "One")
    await activity(house, staying, "Two")
    answer = await house.owner.send("DELETE", f"{house.at}/agenda/{going['id']}")
    assert (answer.status_code, await titles(house)) == (204, ["Two"])


async def test_an_item_with_something_on_record_stays(house: House) -> None:
    voted, noted = await item(house), await item(house, "Discussion")
    one = await activity(house, voted, "One")
    await house.owner.post(f"{house.at}/participants", {"label": "Expert", "capacity": "expert"})
    round_ = (await house.owner.post(f"/activities/{one['id']}/rounds", {})).json()
    opened = await house.owner.post(f"/rounds/{round_['id']}/open")
    note = await house.owner.post(f"{house.at}/notes", {"text": "So said", "item": noted["id"]})
    refused = [
        await house.owner.send("DELETE", f"{house.at}/agenda/{place['id']}")
        for place in (voted, noted)
    ]
    assert (opened.status_code, note.status_code) == (200, 201)
    assert [code(answer) for answer in refused] == [(409, "has_records")] * 2
    assert await titles(house) == ["One"]


async def test_an_activity_takes_a_place_and_the_others_step_back(house: House) -> None:
    place = await item(house)
    made = [await activity(house, place, title) for title in ("One", "Two", "Three")]
    last = f"/activities/{made[2]['id']}"
    await house.owner.patch(last, {"position": made[0]["position"]}, 1)
    assert await titles(house) == ["Three", "One", "Two"]


async def test_nothing_is_planned_in_an_item_that_left(house: House) -> None:
    place = await item(house)
    await house.owner.send("DELETE", f"{house.at}/agenda/{place['id']}")
    body = {"type": "rate", "title": "Late", "agenda_item": place["id"]}
    assert code(await house.owner.post(f"{house.at}/activities", body)) == (404, "not_found")
