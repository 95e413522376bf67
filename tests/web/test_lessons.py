"""Lessons learned: told in the room, released by the moderators, read with what they rest on."""

import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from app.formats import verify
from tests.exports.opened import opened, words_of
from tests.support.house import House
from tests.support.table import Drafting, code

TOLD = {
    "context": "Two river ports, a year",
    "tried": "Mixed patrols of police and health staff",
    "result": "Fewer complaints",
    "transferability": "Where both ministries share a budget",
}


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The database makes no difference here."""
    return sqlite_url


async def tell(house: House, role: str = "participant", **more: Any) -> dict[str, Any]:
    made = await house.by(role).post(f"{house.at}/lessons", {**TOLD, **more})
    assert made.status_code == 201, made.text
    return dict(made.json())


async def change(
    house: House, lesson: dict[str, Any], version: int, role: str = "rapporteur", **fields: Any
) -> Any:
    return await house.by(role).patch(f"{house.at}/lessons/{lesson['id']}", fields, version)


async def page(house: House, name: str, role: str = "observer") -> str:
    answer = await house.by(role).get(f"/w/{house.id}/{name}")
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_a_lesson_waits_for_the_moderators_and_each_wording_stays(house: House) -> None:
    lesson = await tell(house)
    own = (await change(house, lesson, 1, "participant", result="Far fewer complaints")).json()
    assert (own["n"], own["released"]) == (2, False)
    assert code(await change(house, lesson, 2, "participant", released=True))[0] == 403
    waits = [TOLD["tried"] in await page(house, "lessons", role) for role in ("participant",
             "rapporteur", "observer")]  # fmt: skip
    assert waits == [True, True, False]
    same = (await change(house, lesson, 2, released=True, result="Far fewer complaints")).json()
    assert (same["n"], same["version"], same["released"]) == (2, 3, True)
    assert "Far fewer complaints" in await page(house, "lessons")
    assert code(await change(house, lesson, 3, "participant", result="None"))[0] == 403
    late = await change(house, lesson, 2, result="None")
    assert late.json()["error"]["current"]["result"] == "Far fewer complaints"
    log = (await house.owner.get(f"{house.at}/log", params={"limit": 200})).json()["items"]
    assert [line["kind"] for line in log if line["kind"].startswith("lesson")] == [
        "lesson_told", "lesson_reworded", "lesson_released",
    ]  # fmt: skip


async def test_what_it_rests_on_is_worded_when_it_is_read(drafting: Drafting) -> None:
    house, cell = drafting.house, await drafting.cell()
    claim = (await house.owner.post(f"{house.at}/evidence", {"title": "A trial in ports"})).json()
    ids = {"evidence": [claim["id"]], "proposals": [drafting.responses[0]], "rows": [cell["id"]]}
    lesson = await tell(house, "rapporteur", released=True, **ids)
    await drafting.put(drafting.areas[0], drafting.responses[0], {"text": "Train all"}, version=1)
    told = await page(house, "lessons")
    assert ["A trial in ports" in told, told.count("<bdi>Train all</bdi>")] == [True, 2]
    for path, role in ((f"story/{cell['id']}", "observer"), (f"desk/story/{cell['id']}", "chair")):
        assert f'id="lesson-{lesson["id"]}"' in await page(house, path, role)
    other = await drafting.cell(response=1)
    assert lesson["id"] not in await page(house, f"story/{other['id']}")
    gone = await house.by("participant").post(f"{house.at}/lessons", {**TOLD, "rows": ["no"]})
    assert gone.status_code == 404


async def test_the_screen_shows_a_released_lesson_while_it_is_released(house: House) -> None:
    lesson = await tell(house)
    show = {"show": "lesson", "lesson": lesson["id"]}
    early = await house.owner.send("PUT", f"{house.at}/screen", json=show)
    await change(house, lesson, 1, released=True)
    assert (await house.owner.send("PUT", f"{house.at}/screen", json=show)).status_code == 200
    shown = await page(house, "screen", "screen")
    await change(house, lesson, 2, released=False)
    assert code(early) == (409, "not_released")
    assert [TOLD["tried"] in one for one in (shown, await page(house, "screen", "screen"))] == [
        True,
        False,
    ]


@pytest.mark.parametrize(("rule", "signed"), [("named", True), ("none", False)])
async def test_who_told_it_is_shown_as_the_rule_says(house: House, rule: str, signed: bool) -> None:
    now = (await house.owner.get(house.at)).json()["version"]
    await house.owner.patch(house.at, {"attribution": rule}, now)
    lesson = await tell(house)
    await change(house, lesson, 1, released=True)
    read = (await house.by("observer").get(f"{house.at}/lessons/{lesson['id']}")).json()
    own = (await house.by("participant").get(f"{house.at}/lessons/{lesson['id']}")).json()
    exported = (await house.owner.get(f"{house.at}/export", params={"format": "json"})).json()
    by = "Participant" if signed else ""
    assert [read["by"], own["by"], exported["lessons"][0]["by"]] == [by, "Participant", by]


async def test_report_and_bundle_have_what_was_released_and_verify(
    house: House, tmp_path: Path
) -> None:
    await tell(house, "rapporteur", released=True)
    await tell(house, tried="Not released")
    for text, released in (("For everybody", True), ("For ourselves", False)):
        note = {"text": text, "released": released}
        await house.by("rapporteur").post(f"{house.at}/notes", note)
    files = {
        kind: (await house.owner.get(f"{house.at}/export", params={"format": kind})).content
        for kind in ("docx", "bundle")
    }
    words = words_of(opened(files["docx"]))
    assert [TOLD["tried"] in words, "Not released" in words] == [True, False]
    archive = zipfile.ZipFile(BytesIO(files["bundle"]))
    record = json.loads(archive.read("record.json"))
    assert [one["text"] for one in record["notes"]] == ["For everybody"]
    assert [one["tried"] for one in record["lessons"]] == [TOLD["tried"]]
    (tmp_path / "bundle.zip").write_bytes(files["bundle"])
    assert verify.verify(str(tmp_path / "bundle.zip"))[0] == []
    manifest = json.loads(archive.read("manifest.json"))
    log = verify.Log(archive.read("log.jsonl"), manifest["workshop"], manifest["salt"])
    assert [*verify.check_released(record, log)] == []
    record["notes"][0]["id"] = "another"
    assert len([*verify.check_released(record, log)]) == 1
