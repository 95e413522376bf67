"""Notes: written by several, private until released, drawn as their reader may see them."""

from typing import Any

import pytest

from tests.exports.opened import opened, words_of
from tests.support.house import House
from tests.support.table import Drafting, code

Note = dict[str, Any]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The database makes no difference here."""
    return sqlite_url


async def write(house: House, text: str, role: str = "rapporteur", **more: Any) -> Note:
    made = await house.by(role).post(f"{house.at}/notes", {"text": text, **more})
    assert made.status_code == 201, made.text
    return dict(made.json())


async def change(house: House, note: Note, version: int, **fields: Any) -> Any:
    return await house.by("rapporteur").patch(f"{house.at}/notes/{note['id']}", fields, version)


async def page(house: House, name: str, role: str = "participant") -> str:
    answer = await house.by(role).get(f"/w/{house.id}/{name}")
    assert answer.status_code == 200, answer.text
    return answer.text


async def kinds(house: House) -> list[str]:
    log = (await house.owner.get(f"{house.at}/log", params={"limit": 200})).json()
    return [line["kind"] for line in log["items"] if "note" in line["kind"]]


async def test_a_note_is_private_until_released_and_again_once_taken_back(house: House) -> None:
    note = await write(house, "Lamps are missing.")
    seen = ["Lamps are missing." in await page(house, "room")]
    await change(house, note, 1, released=True)
    seen.append("Lamps are missing." in await page(house, "room"))
    await change(house, note, 2, text="Lamps and radios are missing.")
    seen.append("Lamps and radios" in await page(house, "room"))
    await change(house, note, 3, released=False)
    seen.append("Lamps" in await page(house, "room"))
    assert seen == [False, True, True, False]
    assert await kinds(house) == [
        "note_added",
        "note_released",
        "note_corrected",
        "note_taken_back",
    ]


async def test_what_changes_nothing_leaves_no_line(house: House) -> None:
    note = await write(house, "Lamps are missing.")
    same = await change(house, note, 1, text="Lamps are missing.\n")
    assert (same.status_code, same.json()["version"]) == (200, 1)
    assert await kinds(house) == ["note_added"]


async def test_the_second_hand_is_told_what_the_first_wrote(house: House) -> None:
    note = await write(house, "Lamps")
    await change(house, note, 1, text="Lamps, radios")
    late = await change(house, note, 1, text="Lamps, tools")
    error = late.json()["error"]
    assert code(late) == (409, "edited_meanwhile")
    assert (error["current"], error["version"]) == ({"text": "Lamps, radios"}, 2)


async def test_an_emptied_note_is_shown_nowhere(house: House) -> None:
    note = await write(house, "Lamps are missing.", released=True)
    await change(house, note, 1, text=" ")
    notebook = await page(house, "mine/notebook", "rapporteur")
    assert (note["id"] in notebook, note["id"] in await page(house, "room")) == (False, False)


async def test_only_writers_open_the_notebook(house: House) -> None:
    opened = {}
    for role in ("organiser", "facilitator", "rapporteur", "chair", "participant", "observer"):
        answer = await house.by(role).get(f"/w/{house.id}/desk/notes")
        opened[role] = answer.status_code
    assert opened == {
        "organiser": 200, "facilitator": 200, "rapporteur": 200,
        "chair": 403, "participant": 403, "observer": 403,
    }  # fmt: skip


async def test_notes_stand_beside_their_item_with_their_group(house: House) -> None:
    item = {"day": 1, "start": "09:00", "end": "10:00", "title": "Breakout"}
    made = (await house.owner.post(f"{house.at}/agenda", item)).json()
    group = (await house.owner.post(f"{house.at}/groups", {"name": "Sahel"})).json()
    await write(house, "Said there", item=made["id"], group=group["id"], released=True)
    room = await page(house, "room")
    assert room.index("Breakout") < room.index("Sahel") < room.index("Said there")


async def test_a_reference_is_drawn_as_it_is_worded_now(drafting: Drafting) -> None:
    house, row = drafting.house, await drafting.cell()
    await write(house, f"See [[row:{row['id']}]], and more.", released=True)
    before = await page(house, "room")
    await drafting.put(drafting.areas[0], drafting.responses[0], {"text": "Train all"}, version=1)
    after = await page(house, "room")
    assert ["Train border posts together</bdi>" in one for one in (before, after)] == [True, False]
    assert "Train all</bdi></q>, and more." in after


async def test_a_reference_tells_nobody_what_they_may_not_see(house: House) -> None:
    """A result on each screen only once it was published there."""
    body = {"type": "rank", "title": "Which first?", "options": ["Lamps", "Tools"]}
    activity = (await house.owner.post(f"{house.at}/activities", body)).json()
    round_ = (await house.owner.post(f"/activities/{activity['id']}/rounds", {})).json()
    await house.owner.post(f"/rounds/{round_['id']}/open")
    ranking = {"ranking": [[activity["options"][0]["id"]]]}
    ballot = {"body": ranking, "revision": 1}
    await house.by("participant").post(f"/rounds/{round_['id']}/ballots", ballot, key="k")
    await house.owner.post(f"/rounds/{round_['id']}/close", {})
    await house.owner.get(f"/rounds/{round_['id']}/outcome")
    note = await write(house, f"So: [[result:{round_['id']}]].", released=True)
    show = {"show": "note", "note": note["id"]}
    told = []
    for to in ([], ["participants"], ["participants", "screen"]):
        await house.owner.post(f"/rounds/{round_['id']}/publish", {"to": to})
        await house.owner.send("PUT", f"{house.at}/screen", json=show)
        room, screen = await page(house, "room"), await page(house, "screen", "screen")
        told.append(["Which first? – Lamps" in one for one in (room, screen)])
    desk = await page(house, "mine/mentions", "rapporteur")
    assert told == [[False, False], [True, False], [True, True]]
    assert f"[[result:{round_['id']}]]" in desk


async def test_the_screen_shows_a_released_note_while_it_is_released(house: House) -> None:
    note = await write(house, "Lamps are missing.")
    show = {"show": "note", "note": note["id"]}
    early = await house.owner.send("PUT", f"{house.at}/screen", json=show)
    await change(house, note, 1, released=True)
    now = await house.owner.send("PUT", f"{house.at}/screen", json=show)
    shown = await page(house, "screen", "screen")
    await change(house, note, 2, released=False)
    gone = await page(house, "screen", "screen")
    assert (code(early), now.status_code) == ((409, "not_released"), 200)
    assert ["Lamps are missing." in one for one in (shown, gone)] == [True, False]


async def test_the_report_has_released_notes_alone(house: House) -> None:
    await write(house, "For ourselves")
    await write(house, "For everybody\nand all", released=True)
    said = []
    for format_ in ("json", "docx"):
        answer = await house.owner.get(f"{house.at}/export", params={"format": format_})
        data = answer.content
        said.append(data.decode() if format_ == "json" else words_of(opened(data)))
    assert [("For everybody" in one, "For ourselves" in one) for one in said] == [(True, False)] * 2
