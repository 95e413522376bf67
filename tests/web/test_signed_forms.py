"""Every form that is signed says beforehand how, and to whom it points; each can be held back."""

import secrets
from typing import Any

import pytest

from tests.support.house import Caller, House

ALONE = "Shown as: East Asia; you are the only one from there."
HIDDEN = "Others see it without your name, delegation or region."
# Beside the lone expert from East Asia: an observer from there, who contributes nothing, and two
# from West Africa.
PEOPLE = [
    {"label": "Expert 01", "region": ["East Asia"], "capacity": "expert"},
    {"label": "Onlooker", "region": ["East Asia"], "roles": ["observer"]},
    {"label": "Expert 02", "region": ["West Africa"], "capacity": "expert"},
    {"label": "Expert 03", "region": ["West Africa"], "capacity": "expert"},
    {"label": "Expert 04", "region": [], "capacity": "expert"},
    {
        "label": "Delegate",
        "region": ["West Africa"],
        "capacity": "state_representative",
        "delegation": "State 01",
    },
]


async def meet(owner: Caller, attribution: str) -> House:
    body = {"title": "Signed", "attribution": attribution}
    house = House(owner.app, owner, (await owner.post("/workshops", body)).json())
    added = (await owner.post(f"{house.at}/participants", PEOPLE)).json()
    house.people = {person["label"]: person for person in added}
    return house


async def asked(house: House, type_: str, stage: str = "", **settings: Any) -> dict[str, Any]:
    """An activity before the room: staged, or with its round open."""
    body = {"type": type_, "title": "What?", "settings": settings, "options": ["One", "Two"]}
    if type_ == "propose":
        del body["options"]
    by = house.by("facilitator")
    made = (await by.post(f"{house.at}/activities", body)).json()
    path = f"/activities/{made['id']}/" + ("stage" if stage else "open")
    done = await by.post(path, {"stage": stage} if stage else None)
    assert done.is_success, done.text
    return dict(made)


async def form(house: House, label: str) -> str:
    return (await house.by(label).get(f"/w/{house.id}/mine/exercise")).text


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("named", {"Expert 01": "Shown as: Expert 01.", "Delegate": "Shown as: Delegate."}),
        (
            "delegation",
            {
                "Expert 01": HIDDEN,
                "Delegate": "Shown as: State 01; you are the only one from there.",
            },
        ),
        (
            "region",
            {
                "Expert 01": ALONE,
                "Expert 02": "Shown as: West Africa.",
                "Expert 04": HIDDEN,
                "Delegate": "Shown as: West Africa.",
            },
        ),
        ("none", {"Expert 01": HIDDEN, "Delegate": HIDDEN}),
    ],
)
async def test_a_proposal_says_how_it_will_be_shown(
    owner: Caller, rule: str, said: dict[str, str]
) -> None:
    house = await meet(owner, rule)
    await asked(house, "propose", "writing", kind="priority_area")
    for label, sentence in said.items():
        page = await form(house, label)
        assert sentence in page
        assert ("only one from there" in page) == ("only one from there" in sentence)
        assert ('name="held"' in page) == (sentence != HIDDEN)


async def test_what_the_exercise_promised_holds_under_any_rule(owner: Caller) -> None:
    house = await meet(owner, "region")
    await asked(house, "propose", "writing", kind="priority_area", shown="anonymous")
    assert HIDDEN in await form(house, "Expert 01")
    assert "only one from there" not in await form(house, "Expert 01")


async def test_evidence_by_region_names_each_region_one_may_speak_for(owner: Caller) -> None:
    house = await meet(owner, "named")
    both = {"label": "Expert 05", "region": ["West Africa", "Sahel"], "capacity": "expert"}
    house.people["Expert 05"] = (await owner.post(f"{house.at}/participants", both)).json()
    await asked(house, "evidence", by_region=True)
    assert ALONE in await form(house, "Expert 01")
    page = await form(house, "Expert 05")
    assert "Shown as: Sahel; you are the only one from there." in page
    assert "Shown as: West Africa." in page
    assert "none is shown" in await form(house, "Expert 04")


async def test_evidence_not_by_region_says_so_and_shows_none(owner: Caller) -> None:
    house = await meet(owner, "region")
    await asked(house, "evidence")
    page = await form(house, "Expert 01")
    assert "Not shown by region." in page
    assert "only one from there" not in page


async def signed(house: House, proposal: dict[str, Any], viewer: str) -> str:
    listed = (await house.by(viewer).get(f"{house.at}/proposals")).json()["items"]
    return str(next(one for one in listed if one["id"] == proposal["id"])["author"]["text"])


async def test_a_lone_person_holds_back_while_sending_or_later(owner: Caller) -> None:
    house = await meet(owner, "region")
    activity = await asked(house, "propose", "writing", kind="priority_area")
    lone = house.by("Expert 01")
    body = {"activity": activity["id"], "kind": "priority_area"}
    at = f"{house.at}/proposals"
    open_ = (await lone.post(at, {**body, "text": "Shown"})).json()
    held = (await lone.post(at, {**body, "text": "Held", "shown": "anonymous"})).json()
    await house.by("facilitator").post(f"/activities/{activity['id']}/stage", {"stage": "revealed"})
    assert [await signed(house, one, "Expert 02") for one in (open_, held)] == ["East Asia", ""]

    await owner.post(f"{at}/{open_['id']}/moderation", {"decision": "accept"})
    other = await house.by("Expert 02").post(f"{at}/{open_['id']}/hold-back")
    later = await lone.post(f"{at}/{open_['id']}/hold-back")
    room = (await house.by("Expert 02").get(f"/w/{house.id}/room")).text
    assert (other.status_code, later.status_code) == (403, 200)
    assert [await signed(house, open_, who) for who in ("Expert 02", "facilitator")] == ["", ""]
    assert "Shown" in room
    assert "East Asia" not in room


async def test_nobody_asks_to_be_shown_more_than_announced(owner: Caller) -> None:
    house = await meet(owner, "named")
    activity = await asked(house, "propose", "writing", kind="priority_area", shown="anonymous")
    body = {"activity": activity["id"], "kind": "priority_area", "text": "T", "shown": "named"}
    answer = await house.by("Expert 01").post(f"{house.at}/proposals", body)
    assert (answer.status_code, answer.json()["error"]["field"]) == (422, "shown")


async def test_a_reason_held_back_stays_so_when_it_is_worded_anew(owner: Caller) -> None:
    house = await meet(owner, "region")
    activity = await asked(house, "rate")
    round_ = (await owner.get(f"/activities/{activity['id']}")).json()["rounds"][0]["id"]
    option = activity["options"][0]["id"]

    async def say(words: str, revision: int) -> str:
        body = {"body": {"rating": {option: 7}}, "reasons": {option: words}, "revision": revision}
        by = house.by("Expert 01")
        await by.post(f"/rounds/{round_}/ballots", body, key=secrets.token_hex(8))
        return await form(house, "Expert 01")

    first = await say("Our ports", 1)
    reason = first.split('data-hold="')[1].split('"')[0]
    held = await house.by("Expert 01").post(f"/reasons/{reason}/hold", {"held_back": True})
    again = await say("Our two ports", 2)
    assert held.status_code == 200
    assert 'aria-pressed="true">Hold it back from others' in again
