"""A line that is dead without a word: an answer does not wait until its silence is noticed."""

import random
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, expect

from tests.faults.proxy import Line, Weather
from tests.support.browsers import watch
from tests.support.gathering import OPTIONS, Gathering, gathering
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.server]

DYING = Weather(delay=0, resets=0, calm=(0, 0), outage=(0, 0), half_open=1.0)
SOON = 9_000  # ms: before the twelve seconds after which a silent line is given up anyway


@pytest.fixture
async def here(server: Server) -> AsyncIterator[Gathering]:
    async with gathering(server, people=2) as made:
        yield made


async def test_an_answer_goes_again_at_once_by_a_new_line(
    here: Gathering, browser: Browser
) -> None:
    round_ = await here.voting("rate", OPTIONS[:1])
    async with Line(here.server.port, DYING, random.Random(1)).open() as line:
        page = await (await browser.new_context()).new_page()
        complaints = watch(page)
        url = f"http://hall.test:{line.port}"
        await page.goto(f"{url}/enter/{here.entries[0]}")
        await page.goto(f"{url}/w/{here.id}/room")
        await expect(page.locator("#connection")).to_contain_text("Live", timeout=30_000)
        line.cut()
        line.mend()  # new connections pass; those there were carry nothing any more

        await page.locator("#ballot [type=radio]").nth(6).check(force=True)
        await expect(page.locator("#receipt")).to_contain_text("Recorded, no.", timeout=SOON)
        await expect(page.locator("#connection")).to_contain_text("Live")
    mine = await here.owner.as_(here.entries[0]).get(f"rounds/{round_['id']}/ballots/mine")
    assert [one["revision"] for one in mine["items"]] == [1]
    assert complaints == []
