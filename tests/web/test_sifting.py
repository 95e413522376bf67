"""Some rows of the matrix only: asked for in the address, without a script."""

import re

import pytest

from tests.support.table import Drafting

ROW = re.compile(r'<(?:div|tr) id="(?:cell|long)-(\w+)"([^>]*)>')

READ = re.compile(r'<li id="read-row-(\w+)"[^>]*?( hidden)?>')


async def laid(drafting: Drafting) -> dict[str, str]:
    """Three rows: a national one that is flagged, a local one that was decided, one as drafted
    without a level; under a component, and beside it."""
    one = await drafting.cell(0, 0, level="national")
    two = await drafting.cell(0, 1, level="local")
    other = await drafting.cell(1, 1, level="local")
    at = f"{drafting.at}/components"
    component = (await drafting.house.owner.post(at, {"text": "Evidence base"})).json()["id"]
    place = {"decision": "place", "component": component}
    await drafting.house.owner.post(
        f"{drafting.at}/proposals/{drafting.areas[0]}/moderation", place
    )
    body = {"type": "agree", "title": "Is this the text?"}
    by = drafting.by("facilitator")
    activity = (await by.post(f"{drafting.at}/activities", body)).json()["id"]
    await by.post(f"/activities/{activity}/stage", {"stage": "reading"})
    await drafting.flag(one["id"], "reservation")
    await drafting.decide("no_objection", await drafting.row(two["id"]))
    return {"component": component} | {
        name: row["id"] for name, row in (("one", one), ("two", two), ("other", other))
    }


async def shown(drafting: Drafting, query: str, view: str) -> tuple[list[str], str]:
    """The ids of the rows that stand on the page, and the page."""
    path = f"/w/{drafting.house.id}/desk/matrix?view={view}{query}"
    page = (await drafting.by("organiser").get(path)).text
    rows = ROW.findall(page)
    assert len(rows) == 3, "every row is there, shown or not"
    return [id_ for id_, attributes in rows if not attributes.endswith(" hidden")], page


@pytest.mark.parametrize("view", ["grid", "long"])
async def test_each_mark_sifts_and_all_together(drafting: Drafting, view: str) -> None:
    rows = await laid(drafting)
    expected = {
        "": ["one", "two", "other"],
        f"&component={rows['component']}": ["one", "two"],
        "&component=-": ["other"],
        f"&area={drafting.areas[1]}": ["other"],
        "&level=local": ["two", "other"],
        "&level=-": [],
        "&agreement=no_objection": ["two"],
        "&agreement=flagged": ["one"],
        "&flagged=yes": ["one"],
        "&flagged=no": ["two", "other"],
        "&decided=yes": ["two"],
        "&decided=no&level=local": ["other"],
        "&area=nowhere": [],
        "&flagged=": ["one", "two", "other"],
    }
    found = {query: (await shown(drafting, query, view))[0] for query in expected}
    assert {query: sorted(ids) for query, ids in found.items()} == {
        query: sorted(rows[name] for name in names) for query, names in expected.items()
    }


async def test_the_address_keeps_what_was_asked_for(drafting: Drafting) -> None:
    await laid(drafting)
    _, page = await shown(drafting, "&level=local&decided=no", "grid")
    assert 'href="?view=long&amp;level=local&amp;decided=no"' in page
    assert '<option value="local" selected>local</option>' in page
    assert "1 of 3 rows shown" in page


async def test_an_area_and_a_component_with_nothing_to_show_step_aside(drafting: Drafting) -> None:
    rows = await laid(drafting)
    _, page = await shown(drafting, "&component=-", "grid")
    area, component = f'id="area-{drafting.areas[0]}"', f'id="component-{rows["component"]}"'
    gone = [re.search(rf"<tr[^>]*{name}[^>]*>", page) for name in (area, component)]
    assert [found is not None and found[0].endswith(" hidden>") for found in gone] == [True, True]
    assert 'id="component-none" data-heads>' in page


async def test_what_is_asked_for_is_text_alone(drafting: Drafting) -> None:
    await laid(drafting)
    _, page = await shown(drafting, '&area="><b>', "grid")
    assert '"><b>' not in page


async def test_the_draft_before_the_room_is_sifted_too(drafting: Drafting) -> None:
    rows = await laid(drafting)
    room = f"/w/{drafting.house.id}/room"
    reader = drafting.by("participant")
    expected = {
        "": {"component", "one", "two", "other"},
        f"?component={rows['component']}": {"component", "one", "two"},
        "?decided=yes": {"two"},
        "?flagged=yes": {"one"},
        f"?area={drafting.areas[1]}": {"other"},
    }
    found = {}
    for query in expected:
        page = (await reader.get(room + query)).text
        alone = (await reader.get(f"/w/{drafting.house.id}/mine/exercise{query}")).text
        listed = READ.findall(page)
        found[query] = {id_ for id_, gone in listed if not gone}
        assert READ.findall(alone) == listed
        assert len(listed) == 4
    assert found == {query: {rows[name] for name in names} for query, names in expected.items()}
    assert "1 of 4 rows shown" in page
