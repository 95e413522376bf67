"""Components, conclusions and working definitions: drafted, put in order, adopted, printed."""

from typing import Any

import pytest

from tests.exports.opened import headings_of, opened, words_of
from tests.support.table import Drafting, code

Draft = dict[str, Any]


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """The database makes no difference here."""
    return sqlite_url


async def draft(drafting: Drafting, noun: str, text: str, **more: Any) -> Draft:
    made = await drafting.by("rapporteur").post(f"{drafting.at}/{noun}", {"text": text, **more})
    assert made.status_code == 201, made.text
    return dict(made.json())


async def change(drafting: Drafting, noun: str, one: Draft, **fields: Any) -> Draft:
    path = f"{drafting.at}/{noun}/{one['id']}"
    now = (await drafting.by("rapporteur").get(path)).json()
    changed = await drafting.by("rapporteur").patch(path, fields, now["version"])
    assert changed.status_code == 200, changed.text
    return dict(changed.json())


async def desk(drafting: Drafting, role: str = "facilitator") -> str:
    answer = await drafting.by(role).get(f"/w/{drafting.house.id}/desk/framework")
    assert answer.status_code == 200, answer.text
    return answer.text


async def test_one_moves_before_another_and_the_others_step_back(drafting: Drafting) -> None:
    first, second, third = [
        await draft(drafting, "components", text) for text in ("Evidence", "People", "Law")
    ]
    await change(drafting, "components", third, position=second["position"])
    listed = (await drafting.by("owner").get(f"{drafting.at}/components")).json()["items"]
    assert [one["id"] for one in listed] == [first["id"], third["id"], second["id"]]


async def test_an_area_is_placed_under_a_component_and_taken_out_again(drafting: Drafting) -> None:
    component = await draft(drafting, "components", "Evidence")
    path = f"{drafting.at}/proposals/{drafting.areas[0]}"
    by = drafting.by("rapporteur")
    for version, to in ((2, component["id"]), (3, "")):
        placed = await by.patch(path, {"component": to}, version)
        assert placed.json()["component"] == (to or None), placed.text
    log = (await by.get(f"{drafting.at}/log", params={"limit": 200})).json()["items"]
    assert [line["kind"] for line in log][-2:] == ["proposal_placed", "proposal_placed"]


async def test_a_rewording_is_shown_as_what_changed(drafting: Drafting) -> None:
    one = await draft(drafting, "conclusions", "The posts are seen again in a year.")
    await change(drafting, "conclusions", one, text="The posts are seen again in two years.")
    page = await desk(drafting)
    assert "<del>" in page
    assert "two years</ins>" in page.replace("</span>", "")


async def test_what_is_adopted_stays_and_a_later_draft_stands_beside_it(
    drafting: Drafting,
) -> None:
    one = await draft(drafting, "components", "Build an evidence base")
    ruled = await drafting.decide("consensus", one)
    assert ruled.status_code == 201, ruled.text
    path = f"{drafting.at}/components/{one['id']}"
    dropped = await drafting.by("rapporteur").send("DELETE", path)
    await change(drafting, "components", one, text="Build a base of evidence")
    page = await desk(drafting)
    assert code(dropped) == (409, "adopted")
    assert "Build an evidence base</bdi></p>" in page
    assert "Draft since the decision" in page


async def test_only_who_may_rule_is_offered_a_ruling(drafting: Drafting) -> None:
    await draft(drafting, "conclusions", "The posts are seen again in a year.")
    offered = {
        role: "Adopt by consensus" in await desk(drafting, role)
        for role in ("organiser", "facilitator", "chair", "rapporteur")
    }
    assert offered == {
        "organiser": True, "facilitator": True, "chair": True, "rapporteur": False,
    }  # fmt: skip


async def test_the_report_tells_the_adopted_from_drafts(drafting: Drafting) -> None:
    component = await draft(drafting, "components", "Evidence base")
    open_one = await draft(drafting, "components", "Local engagement")
    for area, under in zip(drafting.areas, (component, open_one), strict=True):
        path = f"{drafting.at}/proposals/{area}"
        await drafting.by("rapporteur").patch(path, {"component": under["id"]}, 2)
    agreed = await draft(drafting, "conclusions", "The posts are seen again in a year.")
    await draft(drafting, "conclusions", "Money is found.")
    meant = await draft(drafting, "conclusions", "“Nexus”: any link", kind="definition")
    assert (await drafting.decide("consensus", component, agreed, meant)).status_code == 201
    await change(drafting, "components", component, text="Evidence")
    answer = await drafting.by("owner").get(f"{drafting.at}/export", params={"format": "docx"})
    document = opened(answer.content)
    assert headings_of(document) == [
        "Conclusions",
        "Conclusions: drafts, not adopted",
        "Working definitions, for this meeting alone",
        "Framework components",
        "Framework components: drafts, not adopted",
        "Matrix of priority areas and programmatic responses",
        "Evidence base",
        "Porous borders",
        "Local engagement (draft, not adopted)",
        "Little trust",
        "Decisions of the chair",
    ]
    assert "Draft since the decision, not agreed: Evidence" in words_of(document)


async def test_working_definitions_stand_apart(drafting: Drafting) -> None:
    meant = await draft(drafting, "conclusions", "“Nexus”: any link", kind="definition")
    assert meant["kind"] == "definition"
    page = await desk(drafting)
    at = page.index('id="framework-definition"')
    assert at < page.index("“Nexus”: any link")
