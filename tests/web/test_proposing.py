"""Proposals over the API: written alone, revealed, moderated, merged, and undone."""

from typing import Any

import pytest

from tests.support.house import House
from tests.support.table import code

AREA = {"kind": "priority_area"}


async def exercise(house: House, stage: str = "writing", **settings: Any) -> str:
    body = {"type": "propose", "title": "What matters?", "settings": settings}
    made = (await house.owner.post(f"{house.at}/activities", body)).json()
    await house.owner.post(f"/activities/{made['id']}/stage", {"stage": stage})
    return str(made["id"])


async def put_forward(house: House, text: str, role: str = "participant", **more: Any) -> Any:
    made = await house.by(role).post(f"{house.at}/proposals", {**AREA, "text": text, **more})
    assert made.status_code == 201, made.text
    return made.json()


async def seen(house: House, role: str) -> list[str]:
    listed = (await house.by(role).get(f"{house.at}/proposals")).json()["items"]
    return [one["text"] for one in listed]


async def test_everyone_writes_alone_until_the_reveal(house: House) -> None:
    activity = await exercise(house)
    await put_forward(house, "Trust", activity=activity)
    roles = ("participant", "facilitator", "rapporteur", "chair", "observer", "screen")
    before = {role: await seen(house, role) for role in roles}
    await house.owner.post(f"/activities/{activity}/stage", {"stage": "revealed"})
    after = {role: await seen(house, role) for role in roles}
    moderators_and_author = ("participant", "facilitator", "rapporteur")
    assert before == {role: ["Trust"] * (role in moderators_and_author) for role in roles}
    assert after == {role: ["Trust"] for role in roles}


@pytest.mark.parametrize(
    ("shown", "signed"),
    [
        ("named", {"shown_as": "named", "text": "Participant"}),
        ("delegation", {"shown_as": "hidden", "text": ""}),
        ("anonymous", {"shown_as": "hidden", "text": ""}),
    ],
)
async def test_it_is_signed_as_the_exercise_announced(
    house: House, shown: str, signed: dict[str, str]
) -> None:
    activity = await exercise(house, "revealed", shown=shown)
    made = await put_forward(house, "Trust", activity=activity)
    listed = (await house.by("observer").get(f"{house.at}/proposals")).json()["items"]
    assert made["author"] == {"shown_as": "own", "text": "Participant"}
    assert listed[0]["author"] == signed


async def test_late_ones_are_marked(house: House) -> None:
    activity = await exercise(house)
    early = await put_forward(house, "In time", activity=activity)
    await house.owner.post(f"/activities/{activity}/stage", {"stage": "done"})
    late = await put_forward(house, "Too late", activity=activity)
    assert (early["late"], late["late"]) == (False, True)


async def test_who_may_propose(house: House) -> None:
    activity = await exercise(house)
    said = {}
    for role in ("facilitator", "rapporteur", "participant", "chair", "observer", "screen"):
        body = {**AREA, "text": f"By {role}", "activity": activity}
        said[role] = (await house.by(role).post(f"{house.at}/proposals", body)).status_code
    assert said == {"facilitator": 201, "rapporteur": 201, "participant": 201, "chair": 403,
                    "observer": 403, "screen": 403}  # fmt: skip


async def test_a_proposal_answers_what_was_asked(house: House) -> None:
    activity = await exercise(house, kind="response")
    rate = await house.owner.post(f"{house.at}/activities", {"type": "rate", "title": "Rate"})
    at, by = f"{house.at}/proposals", house.by("participant")
    wrong = [
        await by.post(at, {**AREA, "text": "Trust", "activity": activity}),
        await by.post(at, {**AREA, "text": "Trust", "activity": rate.json()["id"]}),
        await by.post(at, {**AREA, "text": "Trust", "activity": "nope"}),
        await by.post(at, {**AREA, "text": "Trust"}),
        await by.post(at, {"kind": "response", "text": " \u200b", "activity": activity}),
        await by.post(at, {"kind": "response", "text": "x" * 10_001, "activity": activity}),
        await by.post(at, {"kind": "idea", "text": "Trust", "activity": activity}),
        await by.post(
            at, {"kind": "response", "text": "Do", "activity": activity, "own_key": "R1"}
        ),
    ]
    assert [code(answer) for answer in wrong] == [
        (422, "wrong_kind"),
        (422, "wrong_activity"),
        (404, "not_found"),
        (403, "not_allowed"),
        (422, "text_empty"),
        (422, "too_long"),
        (422, "unknown_value"),
        (403, "not_allowed"),
    ]


async def test_a_returned_proposal_is_its_authors_until_it_is_reworded(house: House) -> None:
    activity = await exercise(house, "revealed")
    made = await put_forward(house, "Trust", activity=activity)
    path = f"{house.at}/proposals/{made['id']}"
    bare = await house.owner.post(f"{path}/moderation", {"decision": "return", "reason": " "})
    back = await house.owner.post(
        f"{path}/moderation", {"decision": "return", "reason": "Too wide"}
    )
    own = (await house.by("participant").get(f"{house.at}/proposals")).json()["items"][0]
    hidden = await seen(house, "observer")
    reworded = await house.by("participant").patch(
        path, {"text": "Trust in police"}, own["version"]
    )
    assert (code(bare), back.json()["status"]) == ((422, "reason_empty"), "returned")
    assert (own["return_reason"], hidden) == ("Too wide", [])
    found = reworded.json()
    assert (found["status"], found["return_reason"], found["wording_n"]) == ("waiting", "", 2)
    assert await seen(house, "observer") == ["Trust in police"]


async def test_an_accepted_wording_is_no_longer_its_authors_to_change(house: House) -> None:
    activity = await exercise(house, "revealed")
    made = await put_forward(house, "Trust", activity=activity)
    path = f"{house.at}/proposals/{made['id']}"
    other = await house.by("observer").patch(path, {"text": "x"}, 1)
    accepted = await house.owner.post(f"{path}/moderation", {"decision": "accept"})
    late = await house.by("participant").patch(path, {"text": "x"}, accepted.json()["version"])
    stale = await house.by("rapporteur").patch(path, {"text": "x"}, 1)
    good = await house.by("rapporteur").patch(path, {"text": "Trust!"}, 2)
    assert [code(other), code(late), code(stale)] == [
        (403, "not_allowed"),
        (403, "not_allowed"),
        (409, "edited_meanwhile"),
    ]
    assert stale.json()["error"]["current"] == {"text": "Trust"}
    assert (good.json()["text"], good.json()["wording_n"]) == ("Trust!", 2)


async def test_a_merge_is_a_new_proposal_and_can_be_undone(house: House) -> None:
    activity = await exercise(house, "revealed")
    raw = [
        (await put_forward(house, text, activity=activity))["id"] for text in ("Trust", "Trust!")
    ]
    merged = await house.owner.post(
        f"{house.at}/proposals/merge", {"proposals": raw, "text": "Little trust"}
    )
    one = merged.json()
    again = await house.owner.post(f"{house.at}/proposals/merge", {"proposals": raw, "text": "x"})
    listed = (await house.by("observer").get(f"{house.at}/proposals")).json()["items"]
    status = {item["text"]: (item["status"], item["merged_into"]) for item in listed}
    assert (one["status"], one["originals"]) == ("accepted", raw)
    assert status == {
        "Trust": ("merged", one["id"]),
        "Trust!": ("merged", one["id"]),
        "Little trust": ("accepted", None),
    }
    assert code(again) == (409, "merged")

    path = f"{house.at}/proposals/{one['id']}/moderation"
    undone = await house.owner.post(path, {"decision": "undo_merge"})
    twice = await house.owner.post(path, {"decision": "undo_merge"})
    listed = (await house.by("observer").get(f"{house.at}/proposals")).json()["items"]
    assert (undone.json()["status"], code(twice)) == ("returned", (409, "not_merged"))
    assert {item["text"]: item["status"] for item in listed} == {
        "Trust": "waiting",
        "Trust!": "waiting",
    }


async def test_what_can_not_be_merged(house: House) -> None:
    area = await put_forward(house, "Trust", "facilitator")
    response = await put_forward(house, "Meet", "facilitator", kind="response", area=area["id"])
    at = f"{house.at}/proposals/merge"
    wrong = [
        await house.owner.post(at, {"proposals": [area["id"], response["id"]], "text": "x"}),
        await house.owner.post(at, {"proposals": [area["id"], "nope"], "text": "x"}),
        await house.owner.post(at, {"proposals": [], "text": "x"}),
        await house.by("participant").post(at, {"proposals": [area["id"]], "text": "x"}),
    ]
    assert [answer.status_code for answer in wrong] == [422, 404, 422, 403]


async def test_a_proposal_is_placed_where_it_belongs(house: House) -> None:
    component = (await house.owner.post(f"{house.at}/components", {"text": "Evidence"})).json()
    area = await put_forward(house, "Trust", "facilitator")
    response = await put_forward(house, "Meet", "facilitator", kind="response")

    async def place(what: Any, **where: str) -> Any:
        path = f"{house.at}/proposals/{what['id']}/moderation"
        return await house.owner.post(path, {"decision": "place", **where})

    placed = await place(area, component=component["id"])
    under = await place(response, area=area["id"])
    wrong = [
        await place(response, area=response["id"]),
        await place(area, area=area["id"]),
        await place(area, component="nope"),
    ]
    assert (placed.json()["component"], under.json()["area"]) == (component["id"], area["id"])
    assert [code(answer) for answer in wrong] == [
        (422, "not_an_area"),
        (422, "not_a_response"),
        (404, "not_found"),
    ]


async def test_the_organisers_own_ids_are_unique(house: House) -> None:
    await put_forward(house, "Trust", "facilitator", own_key="PA01")
    body = {**AREA, "text": "Borders", "own_key": "PA01"}
    again = await house.owner.post(f"{house.at}/proposals", body)
    assert code(again) == (409, "id_taken")


async def test_what_was_merged_stays_as_it_was_until_the_merge_is_undone(house: House) -> None:
    activity = await exercise(house, "revealed")
    one = await put_forward(house, "Trust", activity=activity)
    both = {"proposals": [one["id"]], "text": "Little trust"}
    whole = (await house.owner.post(f"{house.at}/proposals/merge", both)).json()
    path = f"{house.at}/proposals/{one['id']}"
    placed = await house.owner.post(f"{path}/moderation", {"decision": "place"})
    assert [code(await house.owner.patch(path, {"text": "Other"}, 2)), code(placed)] == [
        (409, "merged"),
        (409, "merged"),
    ]
    back = {"decision": "return", "reason": "Too wide"}
    over = f"{house.at}/proposals/{whole['id']}/moderation"
    assert code(await house.owner.post(over, back)) == (409, "nobody_to_return_to")
    await house.owner.post(over, {"decision": "undo_merge"})
    assert (await house.owner.post(f"{path}/moderation", back)).json()["text"] == "Trust"


async def test_what_was_merged_comes_back_as_the_options_it_was_in_the_order_named(
    house: House,
) -> None:
    ids = [(await put_forward(house, text, "facilitator"))["id"] for text in "ABCDE"]
    for one in ids:
        await house.owner.post(f"{house.at}/proposals/{one}/moderation", {"decision": "accept"})
    rating = {"type": "rate", "title": "Rate", "options": [{"proposal": one} for one in ids]}
    path = f"/activities/{(await house.owner.post(f'{house.at}/activities', rating)).json()['id']}"
    named = [ids[4], ids[2], ids[1], ids[3]]
    body = {"proposals": named, "text": "All in one"}
    whole = (await house.owner.post(f"{house.at}/proposals/merge", body)).json()["id"]
    merged = (await house.owner.get(path)).json()["options"]
    await house.owner.post(f"{house.at}/proposals/{whole}/moderation", {"decision": "undo_merge"})
    undone = (await house.owner.get(path)).json()["options"]
    assert [one["id"] for one in merged] == [ids[0], whole]
    assert [one["id"] for one in undone] == [ids[0], *named]
