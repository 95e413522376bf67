"""The room in a real browser, over plain HTTP under a plain host name, as a hall sees it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from playwright.async_api import Browser, Page, expect

from app.scenario.house import House
from tests.support.browsers import let_in, watch
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.server]

AREAS = ("Porous borders", "Corruption and impunity", "Unclear definitions", "Little trust")


@dataclass
class Hall:
    """A running server with one workshop, its facilitator and a few participants."""

    server: Server
    owner: House
    run: House
    workshop: dict[str, Any]
    entries: list[str]

    @property
    def id(self) -> str:
        return str(self.workshop["id"])

    async def activity(self, type_: str, title: str, options: list[str], **settings: str) -> str:
        body = {"type": type_, "title": title, "options": options, "settings": settings}
        return str((await self.run.post(f"workshops/{self.id}/activities", body))["id"])

    async def open(self, activity: str) -> dict[str, Any]:
        return dict(await self.run.post(f"activities/{activity}/open"))

    async def enter(self, browser: Browser, token: str, page: str) -> Page:
        context = await browser.new_context()
        opened = await context.new_page()
        await opened.goto(f"{self.server.named_url}/enter/{token}")
        await let_in(opened, self.run, self.id)
        await opened.goto(f"{self.server.named_url}/w/{self.id}/{page}")
        await expect(opened.locator("#connection")).to_contain_text("Live")
        return opened


@pytest.fixture
async def hall(server: Server) -> AsyncIterator[Hall]:
    async with httpx.AsyncClient(base_url=f"{server.url}/api/v1", timeout=30) as client:
        owner = House(client, server.owner_token)
        made = await owner.post("workshops", {"title": "A meeting", "kind": "rehearsal"})
        people = [
            {"label": f"Expert {n:02}", "roles": ["participant"], "capacity": "expert"}
            for n in range(12)
        ]
        added = await owner.post(f"workshops/{made['id']}/participants", people)
        run = owner.as_(made["tokens"]["facilitator"])
        yield Hall(server, owner, run, made, [one["token"] for one in added])


async def test_a_tap_is_recorded_and_the_page_says_so(hall: Hall, browser: Browser) -> None:
    activity = await hall.activity("rate", "How important is each?", list(AREAS))
    page = await hall.enter(browser, hall.entries[0], "room")
    complaints = watch(page)

    opened = await hall.open(activity)
    await expect(page.get_by_role("heading", name="How important is each?")).to_be_visible()
    await page.locator('#ballot fieldset input[value="7"]').first.check()

    await expect(page.locator("#receipt")).to_contain_text("Recorded, no.")
    mine = await hall.owner.as_(hall.entries[0]).get(f"rounds/{opened['id']}/ballots/mine")
    assert list(mine["items"][0]["body"]["rating"].values()) == [7]
    assert complaints == []


async def test_typing_is_not_disturbed_and_a_reload_keeps_it(hall: Hall, browser: Browser) -> None:
    activity = await hall.activity("rate", "How important is each?", list(AREAS))
    opened = await hall.open(activity)
    page = await hall.enter(browser, hall.entries[0], "room")
    first = page.locator("#ballot fieldset").first
    await first.locator("summary").click()
    field = first.locator("textarea")
    await field.focus()

    voting = asyncio.create_task(_vote(hall, opened))
    await field.press_sequentially("Customs posts lack staff and tools", delay=60)
    await voting

    assert await field.input_value() == "Customs posts lack staff and tools"
    assert await field.evaluate("e => document.activeElement === e")
    assert await field.evaluate("e => e.selectionStart") == 34
    await page.reload()
    await expect(page.locator("#ballot fieldset").first.locator("textarea")).to_have_value(
        "Customs posts lack staff and tools"
    )


async def _vote(hall: Hall, opened: dict[str, Any]) -> None:
    """About 20 ballots a second from the others for two seconds."""
    options = [option["id"] for option in opened["options"]]
    for n in range(40):
        voter = hall.owner.as_(hall.entries[1 + n % 11])
        body = {"rating": dict.fromkeys(options, n % 9 + 1)}
        await voter.post(f"rounds/{opened['id']}/ballots", {"body": body, "revision": n // 11 + 1})


async def test_a_ranking_by_keyboard_alone(hall: Hall, browser: Browser) -> None:
    activity = await hall.activity("rank", "Which comes first?", list(AREAS))
    opened = await hall.open(activity)
    page = await hall.enter(browser, hall.entries[0], "room")

    pool = page.locator("[data-pool] button:visible")
    await pool.first.focus()
    for left in range(len(AREAS) - 1, len(AREAS) - 3, -1):
        await page.keyboard.press("Enter")
        await expect(pool).to_have_count(left)
        await expect(pool.first).to_be_focused()
    await page.get_by_role("button", name="down").first.focus()
    await page.keyboard.press("Enter")  # now it is the last, and can only go up again
    await expect(page.locator('[data-move="up"]').last).to_be_focused()
    await page.get_by_role("button", name="Submit my ranking").focus()
    await page.keyboard.press("Enter")

    await expect(page.locator("#receipt")).to_contain_text("Recorded, no.")
    mine = await hall.owner.as_(hall.entries[0]).get(f"rounds/{opened['id']}/ballots/mine")
    assert [len(tier) for tier in mine["items"][0]["body"]["ranking"]] == [1, 1]


async def test_statements_by_keyboard_alone(hall: Hall, browser: Browser) -> None:
    """An arrow only chooses; a space goes on, and the keys go on with it."""
    activity = await hall.activity("react", "What do you say?", ["It is so.", "It is not."])
    opened = await hall.open(activity)
    page = await hall.enter(browser, hall.entries[0], "room")
    here = page.locator(".statement[data-here]")
    first = await here.locator("bdi").inner_text()

    await here.locator("input").first.focus()
    await page.keyboard.press("Space")
    await expect(here.locator("bdi")).not_to_have_text(first)
    await expect(here.locator("input").first).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await expect(here.locator("[value=pass]")).to_be_checked()
    await page.wait_for_function("() => window.consilience.outbox.waiting() === 0")

    mine = await hall.owner.as_(hall.entries[0]).get(f"rounds/{opened['id']}/ballots/mine")
    said = [value for one in mine["items"] for value in one["body"]["react"].values()]
    assert sorted(said) == ["agree", "pass"]
    await expect(here.locator("[value=pass]")).to_be_focused()


async def test_a_writer_is_told_what_nearly_says_the_same(hall: Hall, browser: Browser) -> None:
    """Only one's own while all write alone; sending it all the same is possible."""
    asked = await hall.activity("propose", "Which areas?", [], kind="priority_area")
    await hall.run.post(f"activities/{asked}/stage", {"stage": "writing"})
    page = await hall.enter(browser, hall.entries[0], "room")
    field = page.get_by_role("textbox", name="Your proposal")
    for text in ("Border posts lack staff", "border posts lack STAFF!"):
        await field.fill(text)
        await page.get_by_role("button", name="Send the proposal").click()
        await expect(page.locator("#receipt")).to_contain_text(text)
        await expect(field).to_have_value("")
        await field.type("Border posts lack staff")
        await expect(page.locator("#alike li")).to_have_count(1 if text.startswith("B") else 2)
        await expect(field).to_be_focused()

    other = await hall.enter(browser, hall.entries[1], "room")
    async with other.expect_response("**/mine/alike"):
        await other.get_by_role("textbox", name="Your proposal").type("Border posts lack staff")
    await expect(other.locator("#alike")).to_be_hidden()


async def test_a_killed_server_loses_nothing_recorded(hall: Hall, browser: Browser) -> None:
    activity = await hall.activity("rate", "How important is each?", list(AREAS))
    opened = await hall.open(activity)
    page = await hall.enter(browser, hall.entries[0], "room")
    rows = page.locator("#ballot fieldset")
    await rows.nth(0).locator('input[value="3"]').check()
    await expect(page.locator("#receipt")).to_contain_text("Recorded, no.")

    hall.server.kill()
    await rows.nth(1).locator('input[value="8"]').check()
    await asyncio.to_thread(hall.server.start)

    await expect(page.locator("#connection")).to_contain_text("Live", timeout=30_000)
    await expect(page.locator("#receipt")).to_contain_text("Recorded, no.", timeout=30_000)
    mine = await hall.owner.as_(hall.entries[0]).get(f"rounds/{opened['id']}/ballots/mine")
    assert sorted(mine["items"][0]["body"]["rating"].values()) == [3, 8]


async def test_the_facilitator_drives_by_keys(hall: Hall, browser: Browser) -> None:
    await hall.activity("propose", "Which areas do you see?", [], kind="priority_area")
    page = await hall.enter(browser, hall.workshop["tokens"]["facilitator"], "control")
    room = await hall.enter(browser, hall.entries[0], "room")

    await page.keyboard.press("ArrowRight")
    await expect(page.get_by_role("button", name="Reveal the proposals")).to_be_visible()
    await room.get_by_label("Your proposal for a priority area of concern").fill("Porous borders")
    await room.get_by_role("button", name="Send the proposal").click()
    await expect(room.locator("#receipt")).to_contain_text("Recorded, no.")
    await page.keyboard.press("Space")

    await expect(room.locator("#region-proposals")).to_contain_text("Porous borders")
    await page.keyboard.press("q")
    await expect(page.locator("#region-onscreen .screen-now")).to_have_text("Join code")


async def test_who_has_answered_sees_the_result_so_far(hall: Hall, browser: Browser) -> None:
    """It comes by itself after one's own answer, and follows the answers of others."""
    activity = await hall.activity(
        "rate", "How important is each?", list(AREAS), results="after_own_vote"
    )
    page = await hall.enter(browser, hall.entries[0], "room")
    complaints = watch(page)
    opened = await hall.open(activity)
    so_far = page.locator("#region-standing")
    await expect(so_far).to_contain_text("once you have answered")

    await page.locator('#ballot fieldset input[value="7"]').first.check()
    await expect(so_far).to_contain_text("1 of 12 has answered")
    body = {"rating": {option["id"]: 9 for option in opened["options"]}}
    other = hall.owner.as_(hall.entries[1])
    await other.post(f"rounds/{opened['id']}/ballots", {"body": body, "revision": 1})
    await expect(so_far).to_contain_text("2 of 12 have answered")
    assert complaints == []
