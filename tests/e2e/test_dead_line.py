"""A line that is dead without a word: an answer does not wait until its silence is noticed, and a
command whose answer was lost goes again by itself."""

import asyncio
import json
import random
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from playwright.async_api import Browser, FilePayload, Page, Route, WebSocket, expect

from tests.faults.proxy import Line, Weather
from tests.support.browsers import watch
from tests.support.gathering import OPTIONS, Gathering, furnish, gathering
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
        order = said_on_the_next_line(page)
        line.cut()
        line.mend()  # new connections pass; those there were carry nothing any more

        await page.locator("#ballot [type=radio]").nth(6).check(force=True)
        await expect(page.locator("#receipt")).to_contain_text("Recorded, no.", timeout=SOON)
        await expect(page.locator("#connection")).to_contain_text("Live")
    assert order[:3] == ["→ hello", "→ cast_ballot", "← welcome"]  # one turn less to wait for
    mine = await here.owner.as_(here.entries[0]).get(f"rounds/{round_['id']}/ballots/mine")
    assert [one["revision"] for one in mine["items"]] == [1]
    assert complaints == []


def said_on_the_next_line(page: Page) -> list[str]:
    """The types of what goes over the page's next sockets, as it comes."""
    order: list[str] = []

    def note(way: str, text: str | bytes) -> None:
        order.append(f"{way} {json.loads(text).get('type', 'content')}")

    def opened(socket: WebSocket) -> None:
        socket.on("framesent", lambda text: note("→", text))
        socket.on("framereceived", lambda text: note("←", text))

    page.on("websocket", opened)
    return order


async def test_a_flag_whose_answer_was_lost_goes_again_and_is_raised_once(
    here: Gathering, browser: Browser
) -> None:
    await furnish(here)
    await here.stage(await here.activity("agree", "Does it stand?"), "reading")
    page = await entered(here, browser, here.entries[0], "room")
    lost = LostAnswer()
    await page.route("**/flags", lost.at_first)
    row = page.locator("[data-row].reading").first
    await row.locator("summary").first.click()
    await row.locator("[type=radio]").first.check(force=True)
    await row.get_by_label("In your words").fill("Who pays for it?")
    await row.get_by_role("button", name="Raise the flag").click()
    await expect(page.locator("#trouble")).to_contain_text("Not sent yet; it is tried again")
    lost.told.set()
    await expect(row).to_contain_text("Your flag")
    await expect(page.locator("#trouble")).to_be_hidden()
    kinds = [line["kind"] for line in await here.run.all(f"{here.at}/log")]
    assert (kinds.count("flag_raised"), len(lost.keys), len(set(lost.keys))) == (1, 2, 1)


async def test_so_does_a_file_and_who_has_finished(here: Gathering, browser: Browser) -> None:
    await here.voting("rate", OPTIONS[:1])
    lost = {name: LostAnswer() for name in ("finished", "import")}
    room = await entered(here, browser, here.entries[0], "room")
    await room.route("**/finished", lost["finished"].at_first)
    await room.locator("[data-finished=true]").click()
    desk = await entered(here, browser, here.token("facilitator"), "desk/people")
    await desk.route("**/import/people", lost["import"].at_first)
    box = desk.locator("[data-import=people]")
    more = FilePayload(name="more.csv", mimeType="text/csv", buffer=b"label\nOne more\n")
    await box.locator("input[type=file]").set_input_files(more)
    await box.get_by_role("button", name="Preview").click()
    await box.get_by_role("button", name="Import", exact=True).click()
    for page, one in ((room, lost["finished"]), (desk, lost["import"])):
        await expect(page.locator("#trouble")).to_contain_text("Not sent yet; it is tried again")
        one.told.set()
        await expect(page.locator("#trouble")).to_be_hidden()
        assert (len(one.keys) > 1, len(set(one.keys))) == (True, 1)
    await expect(desk.locator("body")).to_contain_text("One more")
    people = await here.run.all(f"{here.at}/participants")
    assert [one["label"] for one in people].count("One more") == 1


async def entered(here: Gathering, browser: Browser, token: str, path: str) -> Page:
    """At a page by an address that the test itself can reach too."""
    page = await (await browser.new_context()).new_page()
    await page.goto(f"{here.server.url}/enter/{token}")
    await page.goto(f"{here.server.url}/w/{here.id}/{path}")
    await expect(page.locator("#connection")).to_contain_text("Live", timeout=30_000)
    return page


@dataclass
class LostAnswer:
    """A request is done, and its answer lost; the next one waits until it may go."""

    keys: list[str] = field(default_factory=list)
    told: asyncio.Event = field(default_factory=asyncio.Event)

    async def at_first(self, route: Route) -> None:
        self.keys.append(route.request.headers["idempotency-key"])
        if len(self.keys) == 1:
            await route.fetch()
            await route.abort("connectionreset")
        else:
            await self.told.wait()
            await route.continue_()
