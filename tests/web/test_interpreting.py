"""The interpreter's page: what is on the big screen, what comes next, what changed since."""

import re

import pytest

from tests.support.table import Drafting

SAID = re.compile(r'<h1 class="said-now"[^>]*>(.*?)</h1>', re.DOTALL)
VERSION = re.compile(r'data-version="(\w+)"')


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """Words are words on either database."""
    return sqlite_url


async def test_the_text_on_the_big_screen_and_the_three_that_follow(drafting: Drafting) -> None:
    house = drafting.house
    items = [
        {"day": 1, "start": f"{9 + n:02}:00", "end": f"{10 + n:02}:00", "title": f"Item {n}"}
        for n in range(6)
    ]
    laid = (await house.owner.post(f"{house.at}/agenda", items)).json()
    await drafting.by("facilitator").post(f"{house.at}/agenda/{laid[1]['id']}/start")
    page = (await drafting.by("interpreter").get(f"/w/{house.id}/room")).text
    assert SAID.findall(page) == ["<bdi>Item 1</bdi>"]
    following = page.partition("said-next")[2].partition("</ol>")[0]
    assert re.findall(r"<bdi>(.*?)</bdi>", following) == ["Item 2", "Item 3", "Item 4"]


async def test_there_is_nothing_to_press(drafting: Drafting) -> None:
    page = (await drafting.by("interpreter").get(f"/w/{drafting.house.id}/room")).text
    body = page.partition("<body")[2]
    pressed = re.findall(r"<(button|a|input|select|textarea|form)\b[^>]*", body)
    # Only what a keyboard skips by, and what appears when the server has a newer version.
    assert pressed == ["a", "a"]
    assert "Ask for the floor" not in page


async def test_a_change_is_marked_since_it_was_last_seen(drafting: Drafting) -> None:
    house = drafting.house
    row = await drafting.cell(0, 0, level="national")
    at = f"/w/{house.id}/mine/interpreting"
    shown = {"show": "row", "row": row["id"]}
    await drafting.by("facilitator").send("PUT", f"{house.at}/screen", json=shown)
    first = (await drafting.by("interpreter").get(at)).text
    [seen] = VERSION.findall(first.partition("said-beside")[0])
    response = drafting.responses[0]
    version = next(
        one["version"]
        for one in (await house.owner.get(f"{house.at}/proposals")).json()["items"]
        if one["id"] == response
    )
    words = {"text": "Altogether other words"}
    changed = await house.owner.patch(f"{house.at}/proposals/{response}", words, version)
    assert changed.status_code == 200, changed.text
    fresh = (await drafting.by("interpreter").get(at)).text
    marked = (await drafting.by("interpreter").get(f"{at}?seen={seen}")).text
    assert "<ins>" not in fresh
    assert "<ins>" in marked.partition("said-beside")[0]


async def test_adopted_wordings_are_the_approved_terms(drafting: Drafting) -> None:
    house = drafting.house
    added = await house.owner.post(f"{house.at}/components", {"text": "Evidence base"})
    row = added.json()
    at = f"/w/{house.id}/mine/interpreting"
    before = (await drafting.by("interpreter").get(at)).text
    ruling = {
        "rows": [row["id"]],
        "wording_versions": [row["wording_version"]],
        "ruling": "no_objection",
        "ruled_by": house.people["chair"]["id"],
    }
    decided = await drafting.by("chair").post(f"{house.at}/decisions", ruling)
    assert decided.status_code == 201, decided.text
    after = (await drafting.by("interpreter").get(at)).text
    assert "No component or conclusion is adopted yet." in before
    assert "<bdi>Evidence base</bdi>" in after.partition("said-terms")[2]
