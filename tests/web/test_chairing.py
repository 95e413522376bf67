"""The chair's page: what can be ruled on the row on the floor, and why the rest can't."""

import re
from html import unescape

import pytest

from tests.support.table import Drafting
from tests.web.test_agreeing import activity, stage


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    """A page is a page on either database."""
    return sqlite_url


async def reserved(drafting: Drafting) -> dict[str, str]:
    """Two rows before the chair; the first is on the floor with a reservation, and is returned."""
    one, _ = await drafting.cell(0, 0), await drafting.cell(1, 0)
    agree = await activity(drafting)
    await stage(drafting, agree, "reading")
    await drafting.flag(one["id"], "reservation", text="Not before 2028")
    put = await drafting.house.owner.post(f"/activities/{agree}/put", {"row": one["id"]})
    assert put.status_code == 200, put.text
    return dict(one)


async def page_of(drafting: Drafting, role: str = "chair") -> str:
    answer = await drafting.by(role).get(f"/w/{drafting.house.id}/chair")
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


async def test_each_ruling_is_a_button_or_a_sentence(drafting: Drafting) -> None:
    await reserved(drafting)
    page = await page_of(drafting)
    floor = page.partition('id="on-floor"')[2].partition('id="together"')[0]
    assert sorted(re.findall(r'"ruling": "(\w+)"', floor)) == ["not_agreed", "with_reservations"]
    assert "Consensus means that nothing is flagged." in floor
    assert "A reservation stands: adopt with reservations" in floor
    assert "Not before 2028" in floor
    assert "Adopt the one unflagged row by consensus" in page


async def test_nothing_of_the_facilitators_is_on_it(drafting: Drafting) -> None:
    await reserved(drafting)
    page = await page_of(drafting)
    paths = re.findall(r'data-path="/api/v1([^"{]+)', page)
    staff_only = ("/put", "/ask", "/stage", "/step", "/open", "/screen", "/publish", "/close")
    assert paths
    assert [path for path in paths if path.endswith(staff_only)] == []
    assert "Reword" not in page


async def test_the_chair_rules_from_it(drafting: Drafting) -> None:
    row = await reserved(drafting)
    made = await drafting.decide("with_reservations", row)
    assert made.status_code == 201, made.text
    page = await page_of(drafting)
    assert "Ruled. The record holds the wording that was read." in page
    assert "None waits." in page


async def test_it_is_found_from_the_head_of_the_pages(drafting: Drafting) -> None:
    link = f'href="/w/{drafting.house.id}/chair"'
    refused = await drafting.by("participant").get(f"/w/{drafting.house.id}/chair")
    assert refused.status_code == 403
    heads = {
        role: link in (await drafting.by(role).get(f"/w/{drafting.house.id}/{page}")).text
        for role, page in (
            ("chair", "room"), ("facilitator", "control"), ("participant", "room"),
        )
    }  # fmt: skip
    assert heads == {"chair": True, "facilitator": True, "participant": False}
