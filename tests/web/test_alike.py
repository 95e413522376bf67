"""Near-duplicates while a proposal is written: only what its writer may see."""

from typing import Any

from tests.support.house import Caller, House

TEXT = "Border posts lack staff"


async def alike(house: House, writer: Caller, text: str) -> list[str]:
    path = f"/w/{house.id}/mine/alike"
    answer = await writer.post(path, {"kind": "priority_area", "text": text})
    assert answer.status_code == 200, answer.text
    return [one["text"] for one in answer.json()["items"]]


async def writing(house: House) -> tuple[Any, list[Caller]]:
    """Two who write alone, and the first has sent a proposal."""
    listed = [{"label": f"Writer {n}", "roles": ["participant"]} for n in range(2)]
    people = (await house.owner.post(f"{house.at}/participants", listed)).json()
    writers = [house.owner.as_(person["token"]) for person in people]
    about = {"type": "propose", "title": "Which?", "settings": {"kind": "priority_area"}}
    activity = (await house.owner.post(f"{house.at}/activities", about)).json()
    await house.owner.post(f"/activities/{activity['id']}/stage", {"stage": "writing"})
    body = {"kind": "priority_area", "text": TEXT, "activity": activity["id"]}
    await writers[0].post(f"{house.at}/proposals", body, key="one")
    return activity, writers


async def test_while_all_write_alone_only_ones_own_are_pointed_out(house: House) -> None:
    _, (first, second) = await writing(house)
    assert await alike(house, first, "border posts: LACK staff") == [TEXT]
    assert await alike(house, second, TEXT) == []
    assert await alike(house, house.owner, TEXT) == [TEXT]


async def test_once_revealed_everybodys_are_pointed_out(house: House) -> None:
    activity, (_, second) = await writing(house)
    await house.owner.post(f"/activities/{activity['id']}/stage", {"stage": "revealed"})
    assert await alike(house, second, f"{TEXT}; train them together") == [TEXT]
    assert await alike(house, second, "Frontier stations are undermanned") == []


async def test_nothing_is_recorded_of_what_is_only_typed(house: House) -> None:
    _, (first, _) = await writing(house)
    before = (await house.owner.get(f"{house.at}/log")).json()["items"]
    await alike(house, first, "Half a thought")
    assert (await house.owner.get(f"{house.at}/log")).json()["items"] == before
