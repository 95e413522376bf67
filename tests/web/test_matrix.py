"""The matrix over the API: several hands in one row, and what each of them is told."""

import asyncio
import secrets
from typing import Any

from tests.support.house import Caller
from tests.support.table import Drafting, code


async def test_a_new_cell_takes_the_defaults_of_its_response(drafting: Drafting) -> None:
    made = await drafting.put(
        drafting.areas[0], drafting.responses[0], {"lead_actor": "Interior ministries"}
    )
    row = made.json()
    assert (made.status_code, made.headers["etag"]) == (201, '"1"')
    assert (row["text"], row["level"], row["lead_actor"], row["state"]) == (
        "Train border posts together",
        "national",
        "Interior ministries",
        "draft",
    )


async def test_a_cell_is_made_once_and_changed_on_its_version(drafting: Drafting) -> None:
    area, response = drafting.areas[0], drafting.responses[0]
    await drafting.cell()
    again = await drafting.put(area, response, {})
    blind = await drafting.by("rapporteur").send(
        "PUT", f"{drafting.at}/matrix/{area}/{response}", json={}
    )
    changed = await drafting.put(area, response, {"level": "regional"}, version=1)
    late = await drafting.put(area, response, {"level": "local"}, version=1)
    assert [code(again), code(blind), code(late)] == [
        (409, "exists"),
        (428, "if_match_missing"),
        (409, "edited_meanwhile"),
    ]
    assert (changed.status_code, changed.json()["level"], changed.json()["version"]) == (
        200,
        "regional",
        2,
    )
    error = late.json()["error"]
    assert (error["current"]["level"], error["version"]) == ("regional", 2)


async def test_of_two_hands_in_one_row_one_is_told(drafting: Drafting) -> None:
    area, response = drafting.areas[0], drafting.responses[0]
    await drafting.cell()
    answers = await asyncio.gather(
        drafting.put(area, response, {"text": "Train them jointly"}, version=1),
        drafting.put(area, response, {"text": "Train them apart"}, version=1),
    )
    said = sorted(answer.status_code for answer in answers)
    kept = next(answer for answer in answers if answer.status_code == 200).json()["text"]
    told = next(answer for answer in answers if answer.status_code == 409).json()["error"]
    assert said == [200, 409]
    assert told["current"]["text"] == kept


async def test_a_response_reworded_in_one_cell_is_not_overwritten_from_another(
    drafting: Drafting,
) -> None:
    await drafting.cell(0, 0)
    there = await drafting.cell(1, 0)
    await drafting.put(
        drafting.areas[0], drafting.responses[0], {"text": "Train jointly"}, version=1
    )
    late = await drafting.put(
        drafting.areas[1], drafting.responses[0], {"text": "Train apart"}, version=there["version"]
    )
    assert code(late) == (409, "edited_meanwhile")
    assert late.json()["error"]["current"]["text"] == "Train jointly"


async def test_a_cell_taken_out_under_an_editors_hands_is_not_lost(drafting: Drafting) -> None:
    area, response = drafting.areas[0], drafting.responses[0]
    path = f"{drafting.at}/matrix/{area}/{response}"
    await drafting.cell(notes="First notes")
    gone = await drafting.by("facilitator").send("DELETE", path, headers={"If-Match": "1"})
    late = await drafting.put(area, response, {"notes": "Second notes"}, version=1)
    back = await drafting.put(area, response, {"notes": "Second notes"})
    assert (gone.status_code, code(late)) == (204, (409, "removed_meanwhile"))
    assert (back.status_code, back.json()["notes"]) == (201, "Second notes")


async def test_there_is_nothing_to_edit_where_no_cell_was(drafting: Drafting) -> None:
    found = await drafting.put(drafting.areas[1], drafting.responses[1], {}, version=1)
    turned = await drafting.put(drafting.responses[0], drafting.areas[0], {})
    stranger = await drafting.put("nobody", drafting.responses[0], {})
    assert [code(found), code(turned), code(stranger)] == [
        (404, "not_found"),
        (422, "not_an_area"),
        (404, "not_found"),
    ]


async def test_writers_write_and_nobody_else(drafting: Drafting) -> None:
    roles = ("owner", "organiser", "facilitator", "rapporteur", "chair", "participant", "observer",
             "interpreter", "screen")  # fmt: skip
    said = {}
    for role in roles:
        made = await drafting.put(drafting.areas[0], drafting.responses[0], {}, role=role)
        said[role] = made.status_code
    # Who comes after the first writer finds the cell there already.
    assert said == {
        "owner": 201, "organiser": 409, "facilitator": 409, "rapporteur": 409, "chair": 403,
        "participant": 403, "observer": 403, "interpreter": 403, "screen": 403,
    }  # fmt: skip


async def test_an_area_without_a_response_stays(drafting: Drafting) -> None:
    await drafting.cell(0, 0)
    whole = (await drafting.by("observer").get(f"{drafting.at}/matrix")).json()
    assert [(area["text"], len(area["cells"])) for area in whole["areas"]] == [
        ("Porous borders", 1),
        ("Little trust", 0),
    ]
    table = await drafting.house.owner.get(f"{drafting.at}/export", params={"format": "csv"})
    line = next(line for line in table.text.splitlines() if "Little trust" in line)
    assert "No response was chosen for this area." in line


async def test_what_stands_in_the_matrix_is_not_moderated_away(drafting: Drafting) -> None:
    await drafting.cell()
    at = f"{drafting.at}/proposals"
    back = await drafting.house.owner.post(
        f"{at}/{drafting.responses[0]}/moderation", {"decision": "return", "reason": "No"}
    )
    merged = await drafting.house.owner.post(
        f"{at}/merge", {"proposals": [drafting.areas[0], drafting.areas[1]], "text": "Both"}
    )
    assert [code(back), code(merged)] == [(409, "in_the_matrix")] * 2


async def test_writing_a_waiting_proposal_into_the_matrix_accepts_it(drafting: Drafting) -> None:
    body = {"kind": "response", "text": "Publish what is known"}
    waiting = (await drafting.house.owner.post(f"{drafting.at}/proposals", body)).json()
    made = await drafting.put(drafting.areas[0], waiting["id"], {})
    listed = (await drafting.house.owner.get(f"{drafting.at}/proposals")).json()["items"]
    status = {one["id"]: one["status"] for one in listed}
    assert (made.status_code, waiting["status"], status[waiting["id"]]) == (
        201,
        "waiting",
        "accepted",
    )


async def test_a_cell_tells_its_story(drafting: Drafting) -> None:
    raw = [
        (await drafting.propose("response", text))["id"]
        for text in ("Joint drills", "Joint drills for police")
    ]
    merged = await drafting.house.owner.post(
        f"{drafting.at}/proposals/merge", {"proposals": raw, "text": "Hold joint drills"}
    )
    response = merged.json()["id"]
    made = (await drafting.put(drafting.areas[0], response, {})).json()
    await drafting.put(
        drafting.areas[0],
        response,
        {"text": "Hold joint drills each year"},
        version=made["version"],
    )
    await drafting.decide("consensus", await drafting.row(made["id"]))
    path = f"{drafting.at}/matrix/{drafting.areas[0]}/{response}"
    story = (await drafting.by("participant").get(path)).json()["story"]
    assert [event["sentence"] for event in story] == [
        "Area put forward: “Porous borders”",
        "First wording: “Joint drills”",
        "First wording: “Joint drills for police”",
        "Merged into: “Hold joint drills”",
        "Reworded, version 2: “Hold joint drills each year”",
        "Adopted by consensus",
    ]


async def chosen(drafting: Drafting, *kept: str) -> tuple[str, Caller]:
    """A choice of responses by one voter, counted and not published; its round and the voter."""
    run = drafting.by("facilitator")
    expert = {"label": "Expert 07", "capacity": "expert", "roles": ["participant"]}
    made = (await drafting.house.owner.post(f"{drafting.at}/participants", expert)).json()
    voter = drafting.house.owner.as_(made["token"])
    options = [{"proposal": one} for one in drafting.responses]
    body = {"type": "choose", "title": "Which are kept?", "options": options}
    activity = (await run.post(f"{drafting.at}/activities", body)).json()["id"]
    round_ = (await run.post(f"/activities/{activity}/open")).json()["id"]
    ballot = {"body": {"approval": list(kept)}, "revision": 1}
    await voter.post(f"/rounds/{round_}/ballots", ballot, key=secrets.token_hex(8))
    await run.post(f"/rounds/{round_}/close", {"countdown": 0})
    await run.outcome(f"/rounds/{round_}")
    return round_, voter


async def test_what_a_published_choice_kept_gets_its_rows(drafting: Drafting) -> None:
    round_, voter = await chosen(drafting, drafting.responses[1])
    hidden = await drafting.by("rapporteur").post(f"{drafting.at}/matrix/kept")
    await drafting.by("facilitator").post(f"/rounds/{round_}/publish", {"to": ["participants"]})
    laid = (await drafting.by("rapporteur").post(f"{drafting.at}/matrix/kept")).json()["rows"]
    again = (await drafting.by("rapporteur").post(f"{drafting.at}/matrix/kept")).json()
    refused = await voter.post(f"{drafting.at}/matrix/kept")
    row = await drafting.row(laid[0])
    assert (hidden.json(), again) == ({"rows": []}, {"rows": []})
    assert (row["area"], row["response"]) == (drafting.areas[0], drafting.responses[1])
    assert code(refused) == (403, "not_allowed")


async def test_a_row_tells_everybody_its_support_once_it_is_published(drafting: Drafting) -> None:
    row = (await drafting.cell())["id"]
    round_, _ = await chosen(drafting, drafting.responses[0])

    async def told() -> dict[str, Any]:
        roles = ("facilitator", "chair", "rapporteur", "participant", "observer")
        return {role: (await drafting.row(row, role))["support"] for role in roles}

    before = await told()
    await drafting.by("facilitator").post(f"/rounds/{round_}/publish", {"to": ["participants"]})
    after = await told()
    assert before == {
        "facilitator": "1 of 1", "chair": "1 of 1",
        "rapporteur": None, "participant": None, "observer": None,
    }  # fmt: skip
    assert set(after.values()) == {"1 of 1"}
