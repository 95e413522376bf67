"""Flags and decisions over the API: what is asked again, what the chair can rule, what holds."""

from typing import Any

import pytest

from tests.support.table import Drafting, code


async def activity(drafting: Drafting, kind: str = "agree", **more: Any) -> str:
    body = {"type": kind, "title": "Agree on the matrix", **more}
    made = await drafting.house.owner.post(f"{drafting.at}/activities", body)
    return str(made.json()["id"])


async def stage(drafting: Drafting, activity_id: str, name: str) -> None:
    await drafting.house.owner.post(f"/activities/{activity_id}/stage", {"stage": name})


async def test_the_draft_is_opened_before_it_is_flagged_or_adopted(drafting: Drafting) -> None:
    row = await drafting.cell()
    agree = await activity(drafting)
    body = {"row": row["id"], "flag": "reservation", "text": "Costs"}
    early = await drafting.by("participant").post(f"{drafting.at}/flags", body)
    unread = await drafting.decide("consensus", row)
    await stage(drafting, agree, "reading")
    now = await drafting.by("participant").post(f"{drafting.at}/flags", body)
    assert [code(early), code(unread), now.status_code] == [
        (409, "not_open"),
        (409, "not_put"),
        201,
    ]


async def test_one_flag_stands_for_each_participant_and_row(drafting: Drafting) -> None:
    row = await drafting.cell()
    await drafting.flag(row["id"], "objection", text="Not this")
    second = await drafting.flag(row["id"], "reservation", text="Costs")
    flags = (await drafting.row(row["id"]))["flags"]
    assert [(flag["id"], flag["flag"], flag["text"]) for flag in flags] == [
        (second["id"], "reservation", "Costs")
    ]


async def test_a_flag_is_named_only_by_choice(drafting: Drafting) -> None:
    row = await drafting.cell()
    flag = await drafting.flag(row["id"], "reservation", text="Costs")
    path = f"{drafting.at}/flags/{flag['id']}"
    unnamed = (await drafting.row(row["id"]))["flags"][0]["by"]
    await drafting.by("participant").patch(path, {"named": True}, 1)
    named = (await drafting.row(row["id"], "observer"))["flags"][0]["by"]
    assert (flag["by"], unnamed, named) == ("Participant", None, "Participant")


async def test_only_its_author_changes_a_flag(drafting: Drafting) -> None:
    row = await drafting.cell()
    flag = await drafting.flag(row["id"], "objection", text="Not this")
    path = f"{drafting.at}/flags/{flag['id']}"
    others = {}
    for role in ("owner", "facilitator", "chair", "rapporteur", "observer"):
        others[role] = code(await drafting.by(role).patch(path, {"withdrawn": True}, 1))
    stale = await drafting.by("participant").patch(path, {"flag": "reservation"}, 7)
    turned = await drafting.by("participant").patch(path, {"flag": "reservation"}, 1)
    gone = await drafting.by("participant").patch(path, {"withdrawn": True}, 2)
    again = await drafting.by("participant").patch(path, {"flag": "reservation"}, 3)
    assert set(others.values()) == {(403, "not_yours")}
    assert (code(stale), turned.json()["flag"]) == ((409, "edited_meanwhile"), "reservation")
    told = gone.json()
    assert (told["id"], told["withdrawn"], code(again)) == (flag["id"], True, (409, "withdrawn"))


@pytest.mark.parametrize("role", ["observer", "interpreter", "screen", "chair", "facilitator"])
async def test_only_voters_flag(drafting: Drafting, role: str) -> None:
    row = await drafting.cell()
    body = {"row": row["id"], "flag": "objection"}
    assert code(await drafting.by(role).post(f"{drafting.at}/flags", body)) == (403, "not_entitled")


async def test_a_new_wording_asks_whoever_flagged_again(drafting: Drafting) -> None:
    here, there = await drafting.cell(0, 0), await drafting.cell(1, 0)
    await drafting.flag(here["id"], "another_wording", text="Say jointly")
    await drafting.flag(there["id"], "objection")
    await drafting.put(
        drafting.areas[0], drafting.responses[0], {"text": "Train jointly"}, version=1
    )
    asked = [(await drafting.row(row["id"]))["flags"][0]["asked_again"] for row in (here, there)]
    assert asked == [True, True]


async def test_another_wording_is_taken_up_before_the_row_is_adopted(drafting: Drafting) -> None:
    row = await drafting.cell()
    flag = await drafting.flag(row["id"], "another_wording", text="Say jointly")
    path = f"{drafting.at}/flags/{flag['id']}/take-up"
    open_ = await drafting.decide("no_objection", row)
    early = await drafting.by("facilitator").post(path)
    await drafting.put(
        drafting.areas[0], drafting.responses[0], {"text": "Train jointly"}, version=1
    )
    refused = await drafting.by("rapporteur").post(path)
    taken = await drafting.by("facilitator").post(path)
    assert code(await drafting.by("chair").post(path)) == (409, "not_asked")  # once is enough
    adopted = await drafting.decide("consensus", await drafting.row(row["id"]))
    assert [code(open_), code(early), code(refused)] == [
        (409, "wording_open"),
        (409, "not_reworded"),
        (403, "not_allowed"),
    ]
    assert (taken.json()["taken_up"], adopted.status_code) == (True, 201)


async def test_many_rows_are_adopted_in_one_decision(drafting: Drafting) -> None:
    rows = [await drafting.cell(0, 0), await drafting.cell(1, 1)]
    made = await drafting.decide("consensus", *rows, text="Without a vote")
    found = made.json()
    assert made.status_code == 201
    assert (found["rows"], found["ruled_by"], found["recorded_by"]) == (
        [row["id"] for row in rows],
        drafting.chair,
        None,
    )
    listed = (await drafting.by("observer").get(f"{drafting.at}/decisions")).json()["items"]
    assert listed == [found]
    assert [(await drafting.row(row["id"]))["state"] for row in rows] == ["consensus"] * 2


async def test_one_flagged_row_keeps_the_others_from_being_adopted_with_it(
    drafting: Drafting,
) -> None:
    rows = [await drafting.cell(0, 0), await drafting.cell(1, 1)]
    await drafting.flag(rows[1]["id"], "pending")
    refused = await drafting.decide("consensus", *rows)
    assert (code(refused), refused.json()["error"]["row"]) == ((409, "flagged"), rows[1]["id"])
    assert [(await drafting.row(row["id"]))["decision"] for row in rows] == [None, None]


async def test_a_stale_wording_is_not_adopted(drafting: Drafting) -> None:
    row = await drafting.cell()
    await drafting.put(
        drafting.areas[0], drafting.responses[0], {"text": "Train jointly"}, version=1
    )
    stale = await drafting.decide("consensus", row)
    now = (await drafting.row(row["id"]))["wording_version"]
    assert (code(stale), stale.json()["error"]["current"]) == ((409, "edited_meanwhile"), now)


async def test_the_chair_rules_and_others_record(drafting: Drafting) -> None:
    row = await drafting.cell()
    said = {}
    for role in ("rapporteur", "participant", "observer", "screen", "chair"):
        said[role] = (await drafting.decide("consensus", row, role=role)).status_code
    wrong = await drafting.decide(
        "consensus", row, ruled_by=drafting.house.people["rapporteur"]["id"]
    )
    assert said == {
        "rapporteur": 403,
        "participant": 403,
        "observer": 403,
        "screen": 403,
        "chair": 201,
    }
    assert code(wrong) == (422, "not_the_chair")


async def test_rows_and_wordings_are_named_in_the_same_order(drafting: Drafting) -> None:
    row = await drafting.cell()
    short = await drafting.decide("consensus", row, wording_versions=["a", "b"])
    twice = await drafting.decide("consensus", row, row)
    nobody = await drafting.decide("consensus", {"id": "nope", "wording_version": "nope"})
    assert [code(short), code(twice), code(nobody)] == [
        (422, "rows_and_wordings"),
        (422, "duplicate"),
        (404, "not_found"),
    ]


async def test_the_agreed_text_holds_until_a_new_one_is_agreed(drafting: Drafting) -> None:
    row = await drafting.cell(lead_actor="Interior ministries")
    await drafting.decide("no_objection", row)
    area, response = drafting.areas[0], drafting.responses[0]
    await drafting.put(
        area, response, {"text": "Train jointly", "lead_actor": "Justice"}, version=1
    )
    draft = await drafting.row(row["id"])
    assert (draft["text"], draft["agreed_text"], draft["changed_since"], draft["settled"]) == (
        "Train jointly",
        "Train border posts together",
        True,
        False,
    )
    table = (await drafting.house.owner.get(f"{drafting.at}/export?format=csv")).text
    assert "Train border posts together" in table
    assert "Interior ministries" in table
    assert "Justice" not in table

    await drafting.decide("not_agreed", draft)
    refused = await drafting.row(row["id"])
    assert (refused["agreed_text"], refused["state"], refused["settled"]) == (
        "Train border posts together",
        "no_objection",
        True,
    )


async def test_not_agreed_takes_an_agreed_wording_back(drafting: Drafting) -> None:
    row = await drafting.cell()
    await drafting.decide("consensus", row)
    await drafting.decide("not_agreed", row)
    now = await drafting.row(row["id"])
    assert (now["agreed_text"], now["state"], now["settled"]) == (None, "not_agreed", True)


async def test_a_row_put_to_the_room_is_asked_again(drafting: Drafting) -> None:
    row = await drafting.cell()
    agree = await activity(drafting)
    await stage(drafting, agree, "reading")
    await drafting.flag(row["id"], "stand_aside")
    put = await drafting.by("facilitator").post(f"/activities/{agree}/put", {"row": row["id"]})
    rate = await activity(drafting, "rate")
    wrong = await drafting.by("facilitator").post(f"/activities/{rate}/put", {"row": row["id"]})
    assert (put.json()["flags"][0]["asked_again"], code(wrong)) == (True, (422, "wrong_activity"))


async def test_a_component_is_adopted_like_a_row(drafting: Drafting) -> None:
    made = await drafting.house.owner.post(f"{drafting.at}/components", {"text": "Build evidence"})
    row = await drafting.row(made.json()["id"])
    adopted = await drafting.decide("consensus", row)
    assert (adopted.status_code, adopted.json()["texts"]) == (201, ["Build evidence"])
