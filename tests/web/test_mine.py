"""What became of mine: an author follows their proposal, says that it isn't what they meant, and is
answered; and everybody in the room may ask of a row why it is there."""

import re
from typing import Any

import pytest

from tests.support.house import House
from tests.support.table import Drafting, code

MEANT = "Lamps at the posts, not more staff"


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """What is shown to whom does not depend on the database."""
    return sqlite_url


async def merged(house: House) -> tuple[dict[str, Any], dict[str, Any]]:
    """A participant's proposal, and what it and another one were merged into."""
    body = {"type": "propose", "title": "What matters?", "settings": {}}
    activity = (await house.owner.post(f"{house.at}/activities", body)).json()["id"]
    await house.owner.post(f"/activities/{activity}/stage", {"stage": "writing"})
    area = {"kind": "priority_area", "activity": activity}
    own = (await put(house, "Night posts lack lamps", "participant", **area)).json()
    other = (await put(house, "Night posts lack staff", "owner", **area)).json()
    await house.owner.post(f"/activities/{activity}/stage", {"stage": "revealed"})
    both = {"proposals": [own["id"], other["id"]], "text": "Night posts lack staff and tools"}
    return own, (await house.owner.post(f"{house.at}/proposals/merge", both)).json()


async def put(house: House, text: str, role: str, **more: Any) -> Any:
    by = house.owner if role == "owner" else house.by(role)
    return await by.post(f"{house.at}/proposals", {"text": text, **more})


async def page(house: House, role: str, path: str = "mine/proposals") -> str:
    by = house.owner if role == "owner" else house.by(role)
    answer = await by.get(f"/w/{house.id}/{path}")
    assert answer.status_code == 200, answer.text
    return said(answer.text)


def said(html: str) -> str:
    """A page's words, a space between them."""
    main = html.partition("<main")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


async def tell(house: House, proposal: str, text: str = "", role: str = "participant") -> Any:
    path = f"{house.at}/proposals/{proposal}/not-meant"
    return await house.by(role).post(path, {"text": text})


async def test_an_author_follows_their_words_into_a_merge(house: House) -> None:
    await merged(house)
    own = await page(house, "participant")
    assert "merged with others" in own
    assert "Merged with others into: “Night posts lack staff and tools”" in own
    assert "As you first wrote it Night posts lack removed: lamps" in own
    assert "You have not put anything forward yet." in await page(house, "observer")


async def test_it_goes_back_to_the_moderators_with_the_authors_words(house: House) -> None:
    own, whole = await merged(house)
    assert (await tell(house, own["id"])).status_code == 200
    assert code(await tell(house, own["id"])) == (409, "told_already")
    assert (await tell(house, own["id"], MEANT)).status_code == 200  # words follow the tap
    for queue in ("control", "desk/proposals"):
        assert MEANT in await page(house, "facilitator", queue)
    path = f"{house.at}/proposals/{whole['id']}/moderation"
    answer = {"decision": "answer", "reason": "The second area is about lamps."}
    assert (await house.by("rapporteur").post(path, answer)).status_code == 200
    assert code(await house.owner.post(path, answer)) == (409, "nothing_waits")
    assert MEANT not in await page(house, "facilitator", "control")
    told = await page(house, "participant")
    assert "The moderators’ answer: The second area is about lamps." in told
    log = (await house.owner.get(f"{house.at}/log?limit=200")).json()["items"]
    kinds = [line["kind"] for line in log if line["kind"].startswith("misreading")]
    assert kinds == ["misreading_told", "misreading_told", "misreading_answered"]


async def test_a_rewording_settles_it_by_itself(house: House) -> None:
    own, whole = await merged(house)
    await tell(house, own["id"], MEANT)
    reworded = await house.owner.patch(
        f"{house.at}/proposals/{whole['id']}", {"text": MEANT}, whole["version"]
    )
    assert reworded.status_code == 200
    assert "Not what their authors meant" not in await page(house, "facilitator", "control")
    again = await page(house, "participant")
    assert "The moderators have it before them." not in again
    assert f"Reworded, version 2: “{MEANT}”" in again


async def test_erasing_an_author_erases_what_they_said(house: House) -> None:
    own, _ = await merged(house)
    await tell(house, own["id"], MEANT)
    path = f"/api/v1{house.at}/participants/{house.people['participant']['id']}/particulars"
    async with house.owner.client() as client:
        erased = await client.delete(path, headers={"If-Match": "1"})
    assert erased.status_code == 204, erased.text
    control = await page(house, "facilitator", "control")
    assert ("No words were given." in control, MEANT in control) == (True, False)


async def test_only_its_author_can_say_so_and_not_of_what_was_sent_back(house: House) -> None:
    own, _ = await merged(house)
    assert code(await tell(house, own["id"], role="chair")) == (403, "not_yours")
    back = (await put(house, "Trust", "participant", kind="priority_area")).status_code
    assert back == 403  # outside an exercise
    listed = (await house.owner.get(f"{house.at}/activities")).json()["items"]
    late = {"kind": "priority_area", "activity": listed[0]["id"]}
    sent = (await put(house, "Trust", "participant", **late)).json()
    path = f"{house.at}/proposals/{sent['id']}/moderation"
    await house.owner.post(path, {"decision": "return", "reason": "Which trust?"})
    assert code(await tell(house, sent["id"])) == (409, "returned")
    assert "Sent back : Which trust?" in await page(house, "participant")


async def test_private_notes_stand_there_and_nowhere_else(house: House) -> None:
    kept = {"text": "Ask the ministry first"}
    await house.by("participant").post(f"/w/{house.id}/mine/notes", kept)
    assert "Ask the ministry first" in await page(house, "participant")
    assert "Ask the ministry first" not in await page(house, "facilitator")


async def test_an_adopted_text_is_not_changed_by_it(drafting: Drafting) -> None:
    body = {"type": "propose", "title": "What helps?", "settings": {}}
    house = drafting.house
    activity = (await house.owner.post(f"{house.at}/activities", body)).json()["id"]
    await house.owner.post(f"/activities/{activity}/stage", {"stage": "revealed"})
    mine = await drafting.propose("response", "Lamps", "participant", activity=activity)
    drafting.responses[0] = mine["id"]
    cell = await drafting.cell()
    assert (await drafting.decide("consensus", await drafting.row(cell["id"]))).status_code == 201
    assert (await tell(house, mine["id"], MEANT)).status_code == 200
    row = await drafting.row(cell["id"])
    assert (row["text"], row["state"]) == ("Lamps", "consensus")
    own = await page(house, "participant")
    assert "Adopted by consensus" in own
    assert (
        f'href="/w/{house.id}/story/{cell["id"]}"'
        in (await house.by("participant").get(f"/w/{house.id}/mine/proposals")).text
    )


async def test_a_row_tells_its_story_as_far_as_results_are_published(drafting: Drafting) -> None:
    house = drafting.house
    cell = await drafting.cell()
    body = {"type": "choose", "title": "Choose", "options": [{"proposal": drafting.responses[0]}]}
    activity = (await house.owner.post(f"{house.at}/activities", body)).json()["id"]
    opened = (await house.owner.post(f"/activities/{activity}/open")).json()
    ballot = {"body": {"approval": [drafting.responses[0]]}, "revision": 1}
    voted = await house.by("participant").post(f"/rounds/{opened['id']}/ballots", ballot, key="k")
    assert voted.status_code == 200, voted.text
    await house.owner.post(f"/rounds/{opened['id']}/close", {})
    await house.app.state.work.once()
    hidden = await page(house, "observer", f"story/{cell['id']}")
    assert "Stood in “Choose”, round 1; the result is not published" in hidden
    assert "Approved by 1 of 1" in await page(house, "facilitator", f"story/{cell['id']}")
    await house.owner.post(f"/rounds/{opened['id']}/publish", {"to": ["participants"]})
    shown = await page(house, "observer", f"story/{cell['id']}")
    assert "Approved by 1 of 1 in “Choose”, round 1" in shown
    assert "Response put forward: “Train border posts together”" in shown
    assert "The chair has not ruled on it yet." in shown
