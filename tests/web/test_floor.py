"""The speakers' list and the parking lot over the API, and what each page shows of them."""

from datetime import timedelta
from typing import Any

import pytest

from app import clock
from tests.support.house import Caller, House


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """A list is a list on either database."""
    return sqlite_url


async def begun(house: House) -> dict[str, Caller]:
    """A meeting at its first item, with two members of State A and one of State B."""
    items = [
        {"day": 1, "start": f"{hour:02}:00", "end": f"{hour + 1:02}:00", "title": f"Item {hour}"}
        for hour in (9, 10)
    ]
    laid = (await house.owner.post(f"{house.at}/agenda", items)).json()
    people = [
        {"label": label, "roles": ["participant"], "delegation": delegation}
        for label, delegation in (("A1", "State A"), ("A2", "State A"), ("B1", "State B"))
    ]
    added = (await house.owner.post(f"{house.at}/participants", people)).json()
    await house.owner.post(f"{house.at}/agenda/{laid[0]['id']}/start")
    return {one["label"]: house.owner.as_(one["token"]) for one in added}


async def listed(house: House) -> Any:
    return (await house.by("chair").get(f"{house.at}/floor")).json()


async def ask(house: House, *people: Caller) -> list[str]:
    """They ask one after the other; the ids of their turns."""
    asked = [await one.post(f"{house.at}/floor") for one in people]
    assert [one.status_code for one in asked] == [201] * len(people)
    return [one.json()["id"] for one in asked]


async def test_one_tap_asks_and_another_takes_it_back(house: House) -> None:
    state = await begun(house)
    first = await state["A1"].post(f"{house.at}/floor")
    again = await state["A1"].post(f"{house.at}/floor")
    second = await state["B1"].post(f"{house.at}/floor")
    assert first.json() == again.json()
    assert (first.json()["place"], second.json()["place"]) == (1, 2)
    turn = first.json()["id"]
    page = (await state["A1"].get(f"/w/{house.id}/room")).text
    assert "You are number 1 on the list." in page
    theirs = await state["B1"].post(f"{house.at}/floor/{turn}/withdrawal")
    back = await state["A1"].post(f"{house.at}/floor/{turn}/withdrawal")
    assert (theirs.status_code, back.json()) == (403, {"id": None, "place": 0})
    assert [one["label"] for one in (await listed(house))["waiting"]] == ["B1"]


async def test_turns_are_given_and_their_time_counted(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    state = await begun(house)
    one, two = await ask(house, state["A1"], state["B1"])
    at, chair = f"{house.at}/floor", house.by("chair")
    await chair.send("PUT", at, json={"seconds": 120})
    now = clock.now()
    await chair.post(f"{at}/{one}/give")
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(seconds=100))
    given = (await chair.post(f"{at}/{two}/give")).json()
    assert given["speaking"]["label"] == "B1"
    late = await chair.post(f"{at}/{one}/give")
    assert (late.status_code, late.json()["error"]["code"]) == (409, "not_waiting")
    await chair.post(f"{at}/{two}/stop")
    over = await chair.post(f"{at}/{two}/stop")
    assert (over.status_code, over.json()["error"]["code"]) == (409, "not_speaking")
    await ask(house, state["A2"])
    [turn] = (await listed(house))["waiting"]
    assert (turn["delegation"], turn["turns"]) == ("State A", 1)
    assert 95 <= turn["seconds_before"] <= 105
    control = (await chair.get(f"/w/{house.id}/control")).text
    assert "turns before: 1" in control


async def test_the_chair_puts_the_list_in_order(house: House) -> None:
    state = await begun(house)
    _, two, three = await ask(house, state["A1"], state["A2"], state["B1"])
    at, chair = f"{house.at}/floor", house.by("chair")
    moved = (await chair.post(f"{at}/{three}/place", {"by": -1})).json()
    assert [one["label"] for one in moved["waiting"]] == ["A1", "B1", "A2"]
    last = (await chair.post(f"{at}/{two}/place", {"by": 1})).json()
    assert last == moved
    each = (await chair.send("PUT", at, json={"one_each": True})).json()
    assert [one["label"] for one in each["waiting"]] == ["A1", "B1", "A2"]


async def test_a_closed_list_takes_only_whom_the_chair_calls(house: House) -> None:
    state = await begun(house)
    at, chair = f"{house.at}/floor", house.by("chair")
    await chair.send("PUT", at, json={"open": False})
    refused = await state["A1"].post(at)
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "list_closed")
    page = (await state["A1"].get(f"/w/{house.id}/mine/floor")).text
    assert "Raise your hand." in page
    called = {"participant": house.people["participant"]["id"]}
    entered = (await chair.post(f"{at}/call", called)).json()
    assert [one["label"] for one in entered["waiting"]] == ["Participant"]


async def test_the_next_item_has_a_list_of_its_own(house: House) -> None:
    state = await begun(house)
    one, _ = await ask(house, state["A1"], state["B1"])
    await house.by("chair").post(f"{house.at}/floor/{one}/give")
    await house.by("facilitator").post(f"{house.at}/step", {"by": 1})
    now = await listed(house)
    await house.by("facilitator").post(f"{house.at}/step", {"by": -1})
    before = await listed(house)
    assert (now["speaking"], now["waiting"]) == (None, [])
    assert (before["speaking"], [one["label"] for one in before["waiting"]]) == (None, ["B1"])


@pytest.mark.parametrize(
    ("rule", "said"),
    [("named", "B1"), ("delegation", "State B"), ("none", "A participant")],
)
async def test_others_see_a_speaker_as_the_rule_allows(house: House, rule: str, said: str) -> None:
    state = await begun(house)
    version = (await house.owner.get(house.at)).json()["version"]
    changed = await house.owner.patch(house.at, {"attribution": rule}, version)
    assert changed.status_code == 200, changed.text
    [turn] = await ask(house, state["B1"])
    await house.by("chair").post(f"{house.at}/floor/{turn}/give")
    shown = await house.by("facilitator").send("PUT", f"{house.at}/screen", json={"show": "floor"})
    assert shown.status_code == 200
    screen = (await house.by("screen").get(f"/w/{house.id}/screen")).text
    other = (await state["A1"].get(f"/w/{house.id}/mine/floor")).text
    assert f"<bdi>{said}</bdi>" in screen
    assert ("B1" in screen + other) == (rule == "named")
    assert "You have the floor." in (await state["B1"].get(f"/w/{house.id}/mine/floor")).text


async def test_a_matter_is_parked_and_settled(house: House) -> None:
    await begun(house)
    at, rapporteur = f"{house.at}/parking", house.by("rapporteur")
    parked = (await rapporteur.post(at, {"text": "Who keeps the data?"})).json()
    assert (parked["status"], parked["item"]) == ("parked", "Item 9")
    changes = {"status": "resolved", "answer": "The secretariat."}
    settled = (await rapporteur.patch(f"{at}/{parked['id']}", changes, 1)).json()
    assert (settled["status"], settled["answer"]) == ("resolved", "The secretariat.")
    stale = await rapporteur.patch(f"{at}/{parked['id']}", {"status": "dropped"}, 1)
    assert stale.json()["error"]["code"] == "edited_meanwhile"
    control = (await house.by("facilitator").get(f"/w/{house.id}/control")).text
    assert "Who keeps the data?" in control
    assert "The secretariat." in control
    lines = (await house.owner.get(f"{house.at}/log", params={"limit": 200})).json()["items"]
    assert [line["kind"] for line in lines[-2:]] == ["matter_parked", "matter_settled"]
