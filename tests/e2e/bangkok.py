"""The Bangkok meeting with some of its people at real browsers, the others by API."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
from playwright.async_api import Browser, Page, expect

from app.scenario import days, files, moments
from app.scenario.house import House
from app.scenario.meeting import Meeting, lay_out
from app.scenario.voices import Posted
from tests.support.browsers import watch
from tests.support.servers import Server

FEW = ("S01", "S08", "E12")  # those who answer by API where a handful is enough


class Bangkok:
    """The meeting, its server of the day, and everybody's page by a name for it."""

    def __init__(
        self, serve: Callable[..., Server], server: Server, browser: Browser, meeting: Meeting
    ) -> None:
        self.serve, self.server, self.browser, self.meeting = serve, server, browser, meeting
        self.pages: dict[str, Page] = {}
        self.complaints: list[list[str]] = []
        self.rows: dict[str, str] = {}

    def __getitem__(self, who: str) -> Page:
        return self.pages[who]

    async def enter(self, name: str, token: str, page: str = "room") -> Page:
        """Somebody opens their link on a device of their own."""
        opened = await (await self.browser.new_context()).new_page()
        await opened.goto(f"{self.server.named_url}/enter/{token}")
        await opened.goto(f"{self.server.named_url}/w/{self.meeting.id}/{page}")
        await opened.locator("#connection[data-state=live]").wait_for(state="attached")
        self.complaints.append(watch(opened))
        self.pages[name] = opened
        return opened

    def label(self, who: str) -> str:
        """How somebody is listed, by their key."""
        return next(str(row["label"]) for row in files.rows("participants") if row["id"] == who)

    async def delegates(self, *people: str) -> None:
        for who in people:
            await self.enter(who, self.meeting.entries[who])

    @property
    def voices(self) -> dict[str, Posted]:
        """Everybody by API."""
        by = self.meeting.owner.as_
        entries = self.meeting.entries
        return {who: Posted(by(entries[who]), self.meeting.id) for who in files.voters()}

    # -- the machines --------------------------------------------------------------------------

    async def move_to_another_machine(self, backup: Path) -> None:
        """Under the old address, so that every browser finds the meeting again by itself."""
        await asyncio.to_thread(self.server.run, "backup", "--out", str(backup))
        await asyncio.to_thread(self.server.stop)
        self.server = await asyncio.to_thread(self.serve, restored=backup, port=self.server.port)
        for page in self.pages.values():
            await page.locator("#connection[data-state=live]").wait_for(state="attached")


@contextlib.asynccontextmanager
async def bangkok(serve: Callable[..., Server], browser: Browser) -> AsyncIterator[Bangkok]:
    """The meeting before its first morning; one State is still in the air."""
    server = serve()
    async with httpx.AsyncClient(base_url=f"{server.url}/api/v1", timeout=60) as client:
        meeting = await lay_out(House(client, server.owner_token), late=[moments.LATE])
        yield Bangkok(serve, server, browser, meeting)


async def press(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name, exact=True).click()


async def flag(page: Page, row: str, said: str, words: str) -> None:
    """Raise a flag on a row that is read."""
    reading = page.locator(f"#read-row-{row}")
    await reading.get_by_text("Flag this row").click()
    await reading.get_by_text(said, exact=True).click()
    await reading.get_by_label("In your words").fill(words)
    await press(page, "Raise the flag")
    await expect(reading).to_contain_text("Your flag")


async def reword_component(desk: Page, component: str, text: str) -> None:
    framed = desk.locator(f"#frame-{component}")
    await framed.get_by_role("button", name="Reword…").first.click()
    await desk.locator("#dialog-component [name=text]").fill(text)
    await desk.locator("#dialog-component").get_by_role("button", name="Save").click()
    await expect(framed).to_contain_text("version 2")


async def rows_for_four_responses(here: Bangkok) -> dict[str, str]:
    """The morning of day 3 by API: responses, four of them in the matrix; row ids by own key."""
    await days.respond(here.meeting)
    kept = list(here.meeting.responses.values())[:4]
    await days.write_matrix(here.meeting, {"winners": kept})
    found = await here.meeting.run.get(f"{here.meeting.path}/matrix")
    return {cell["response_no"]: cell["id"] for area in found["areas"] for cell in area["cells"]}
