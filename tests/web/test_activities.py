"""Activities over the API: their settings, options, stages, order; what is sent on from a round."""

import secrets
from typing import Any

import pytest

from tests.support.house import Caller, House
from tests.support.table import code

TEXTS = ["Borders", "Trust", "Terms", "Ports"]


async def made(house: House, kind: str = "rate", **more: Any) -> dict[str, Any]:
    body = {"type": kind, "title": "How important?", **more}
    answer = await house.by("facilitator").post(f"{house.at}/activities", body)
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


async def test_one_is_made_read_and_listed_in_its_order(house: House) -> None:
    first = await made(house, settings={"secrecy": "confidential"}, options=TEXTS)
    second = await made(house, "rank")
    listed = (await house.by("observer").get(f"{house.at}/activities")).json()["items"]
    assert listed == [first, second]
    assert [option["text"] for option in first["options"]] == TEXTS
    assert (first["settings"], first["stage"]) == ({"secrecy": "confidential"}, "planned")
    await house.by("facilitator").patch(f"/activities/{first['id']}", {"position": 9}, 1)
    listed = (await house.by("observer").get(f"{house.at}/activities")).json()["items"]
    assert [one["id"] for one in listed] == [second["id"], first["id"]]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"type": "dance"}, (422, "unknown_type")),
        ({"title": " \u200b"}, (422, "title_empty")),
        ({"settings": {"colour": "red"}}, (422, "unknown_field")),
        ({"settings": {"method": "dice"}}, (422, "unknown_method")),
        ({"settings": {"tie": "coin"}}, (422, "unknown_value")),
        ({"settings": {"keep": "10"}}, (422, "not_a_number")),
        ({"settings": {"secrecy": "secret", "results": "always"}}, (422, "secret")),
        ({"settings": {"shown": "loudly"}}, (422, "unknown_value")),
        ({"options": ["a", {"proposal": "nope"}]}, (404, "not_found")),
        ({"options": [{}]}, (422, "bad_option")),
        ({"options": ["", "a"]}, (422, "options_empty")),
        ({"agenda_item": "nope"}, (404, "not_found")),
        ({"group": "nope"}, (404, "not_found")),
        ({"user": "x"}, (422, "unknown_field")),
    ],
)
async def test_what_can_not_be_is_refused(
    house: House, body: dict[str, Any], expected: tuple[int, str]
) -> None:
    whole = {"type": "rate", "title": "How important?", **body}
    assert code(await house.by("facilitator").post(f"{house.at}/activities", whole)) == expected


async def test_only_facilitators_lead(house: House) -> None:
    one = await made(house)
    said = {}
    for role in ("rapporteur", "chair", "participant", "observer", "screen"):
        answers = [
            await house.by(role).post(f"{house.at}/activities", {"type": "rate", "title": "x"}),
            await house.by(role).patch(f"/activities/{one['id']}", {"title": "x"}, 1),
            await house.by(role).post(f"/activities/{one['id']}/stage", {"stage": "done"}),
            await house.by(role).post(f"/activities/{one['id']}/focus", {"focus": None}),
        ]
        said[role] = {answer.status_code for answer in answers}
    assert set.union(*said.values()) == {403}


async def test_a_change_needs_the_present_version(house: House) -> None:
    one = await made(house, settings={"tie": "chair", "keep": 2})
    path, by = f"/activities/{one['id']}", house.by("facilitator")
    blind = await by.patch(path, {"title": "x"})
    changed = await by.patch(path, {"title": "New", "settings": {"keep": None}}, 1)
    stale = await by.patch(path, {"title": "Other"}, 1)
    assert [code(blind), code(stale)] == [(428, "if_match_missing"), (409, "edited_meanwhile")]
    assert (changed.json()["title"], changed.json()["settings"]) == ("New", {"tie": "chair"})
    assert stale.json()["error"]["current"]["title"] == "New"


async def test_stages_and_focus_are_of_the_activity(house: House) -> None:
    one = await made(house, options=TEXTS)
    path, by = f"/activities/{one['id']}", house.by("facilitator")
    staged = await by.post(f"{path}/stage", {"stage": "discussing"})
    wrong = await by.post(f"{path}/stage", {"stage": "writing"})
    focused = await by.post(f"{path}/focus", {"focus": one["options"][1]["id"]})
    nowhere = await by.post(f"{path}/focus", {"focus": "nope"})
    none = await by.post(f"{path}/focus", {"focus": None})
    assert (staged.json()["stage"], code(wrong)) == ("discussing", (422, "unknown_stage"))
    assert focused.json()["focus"] == one["options"][1]["id"]
    assert (code(nowhere), none.json()["focus"]) == ((404, "not_found"), None)


async def test_options_come_back_as_they_were_drawn(house: House) -> None:
    item = (await house.owner.post(f"{house.at}/evidence", {"title": "A claim"})).json()
    area = {"kind": "priority_area", "text": "Porous borders"}
    proposal = (await house.owner.post(f"{house.at}/proposals", area)).json()
    drawn = [{"proposal": proposal["id"]}, {"evidence": item["id"]}, "A text"]
    one = await made(house, options=drawn)
    found = one["options"]
    assert found[0] == {
        "id": proposal["id"],
        "text": "Porous borders",
        "proposal": proposal["id"],
        "version": proposal["wording_version"],
    }
    assert found[1] == {"id": item["id"], "text": "A claim", "evidence": item["id"]}
    turned = await house.by("facilitator").patch(
        f"/activities/{one['id']}", {"options": found[::-1]}, 1
    )
    assert turned.json()["options"] == found[::-1]
    twice = await house.by("facilitator").patch(
        f"/activities/{one['id']}", {"options": [found[0], found[0]]}, 2
    )
    assert code(twice) == (422, "duplicate")


async def test_an_open_round_fixes_the_options_and_keeps_its_activity(house: House) -> None:
    one = await made(house, options=TEXTS)
    other = await made(house, "rank")
    by = house.by("facilitator")
    round_ = (await by.post(f"/activities/{one['id']}/rounds", {})).json()
    await voter(house)
    await by.post(f"/rounds/{round_['id']}/open")
    now = (await by.get(f"/activities/{one['id']}")).json()["version"]
    fixed = await by.patch(f"/activities/{one['id']}", {"options": ["Other"]}, now)
    kept = await by.send("DELETE", f"/activities/{one['id']}", headers={"If-Match": str(now)})
    gone = await by.send("DELETE", f"/activities/{other['id']}", headers={"If-Match": "1"})
    listed = (await by.get(f"{house.at}/activities")).json()["items"]
    assert [code(fixed), code(kept)] == [(409, "round_open"), (409, "has_rounds")]
    assert (gone.status_code, [found["id"] for found in listed]) == (204, [one["id"]])


async def voter(house: House) -> Caller:
    body = {"label": "Expert 07", "capacity": "expert", "roles": ["participant"]}
    made_ = await house.owner.post(f"{house.at}/participants", body)
    return house.owner.as_(made_.json()["token"])


@pytest.fixture
async def rated(house: House) -> tuple[str, dict[str, str]]:
    """A closed round in which Borders leads, Trust and Terms are tied, and Ports comes last."""
    one = await made(house, options=TEXTS)
    by, expert = house.by("facilitator"), await voter(house)
    round_ = (await by.post(f"/activities/{one['id']}/rounds", {})).json()["id"]
    await by.post(f"/rounds/{round_}/open")
    ids = {option["text"]: option["id"] for option in one["options"]}
    values = {"Borders": 9, "Trust": 7, "Terms": 7, "Ports": 2}
    body = {"rating": {ids[text]: value for text, value in values.items()}}
    await expert.post(
        f"/rounds/{round_}/ballots", {"body": body, "revision": 1}, key=secrets.token_hex(8)
    )
    await by.post(f"/rounds/{round_}/close", {})
    await by.outcome(f"/rounds/{round_}")
    return round_, ids


async def test_the_top_is_sent_on_but_never_through_a_tie(
    house: House, rated: tuple[str, dict[str, str]]
) -> None:
    round_, ids = rated
    by = house.by("facilitator")
    to = (await made(house, "rank"))["id"]

    async def send(**how: Any) -> Any:
        return await by.post(f"/rounds/{round_}/send-on", {"activity": to, **how})

    cut = await send(top=2)
    error = cut.json()["error"]
    assert code(cut) == (409, "tie")
    assert (error["fewer"], error["more"]) == (1, 3)
    assert set(error["tied"]) == {ids["Trust"], ids["Terms"]}
    assert "Trust" in error["message"]
    assert "Terms" in error["message"]
    assert (await by.get(f"/activities/{to}")).json()["options"] == []

    counts = {top: len((await send(top=top)).json()["options"]) for top in (1, 3, 4)}
    chosen = await send(options=[ids["Borders"], ids["Terms"]])
    stranger = await send(options=["nope"])
    assert counts == {1: 1, 3: 3, 4: 4}
    assert [option["text"] for option in chosen.json()["options"]] == ["Borders", "Terms"]
    assert code(stranger) == (422, "unknown_option")


async def test_nothing_is_sent_on_before_there_is_an_outcome(house: House) -> None:
    one, to = await made(house, options=TEXTS), await made(house, "rank")
    by = house.by("facilitator")
    round_ = (await by.post(f"/activities/{one['id']}/rounds", {})).json()["id"]
    early = await by.post(f"/rounds/{round_}/send-on", {"activity": to["id"], "top": 1})
    other = await house.by("chair").post(
        f"/rounds/{round_}/send-on", {"activity": to["id"], "top": 1}
    )
    assert [code(early), code(other)] == [(409, "not_closed"), (403, "not_allowed")]
