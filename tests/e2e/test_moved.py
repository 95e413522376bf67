"""Nothing moves a person who is typing: the meeting goes on, the form stays, one line offers what
can still be done with the words. And the control page's keys rest while somebody types."""

import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.support.gathering import OPTIONS, Gathering, gathering
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.server]

WORDS = "Posts at night"


@pytest.fixture
async def here(server: Server) -> AsyncIterator[Gathering]:
    async with gathering(server, people=2) as made:
        expect.set_options(timeout=60_000)
        yield made
        expect.set_options(timeout=5_000)


async def test_a_proposal_is_sent_late_and_marked_so(here: Gathering, browser: Browser) -> None:
    activity = await here.activity("propose", "What troubles you?", kind="priority_area")
    await here.stage(activity, "writing")
    page = await here.enter(browser, here.entries[0], "room")
    await page.locator("#proposal-text").press_sequentially(WORDS)

    await here.stage(activity, "revealed", "done")
    await expect(page.locator("#moved")).to_be_visible()
    await expect(page.locator("#proposal-text")).to_have_value(WORDS)
    await expect(page.locator("#proposal-text")).to_be_focused()
    assert await _offered(page) == ["Send late", "Keep as a private note", "Drop and follow"]
    await _press(page, "Send late")

    await expect(page.locator("#moved")).to_be_hidden()
    await expect(page.locator("#proposal-text")).to_have_count(0)
    sent = await here.owner.all(f"{here.at}/proposals")
    assert [(one["text"], one["late"]) for one in sent] == [(WORDS, True)]


async def test_a_reason_is_sent_late_and_marked_so(here: Gathering, browser: Browser) -> None:
    activity = await here.activity("rate", "How important?", OPTIONS)
    round_ = await here.open(activity)
    page = await here.enter(browser, here.entries[0], "room")
    control = await here.enter(browser, here.token("facilitator"), "control")
    await page.locator("#ballot summary").first.click()
    await page.locator("#ballot textarea").first.press_sequentially(WORDS)

    await here.run.post(f"rounds/{round_['id']}/close", {"countdown": 0})
    await expect(page.locator("#moved")).to_be_visible()
    assert await _offered(page) == ["Send late", "Keep as a private note", "Drop and follow"]
    await _press(page, "Send late")
    await expect(page.locator("#moved")).to_be_hidden()
    await here.stage(activity, "discussing")

    await expect(control.locator("#region-results .quote")).to_have_text(f"{WORDS} late")
    turnout = await here.run.get(f"rounds/{round_['id']}/turnout")
    assert turnout["cast"] == 0


async def test_a_ranking_is_kept_and_sent_when_the_round_is_reopened(
    here: Gathering, browser: Browser
) -> None:
    round_ = await here.voting("rank")
    page = await here.enter(browser, here.entries[0], "room")
    await page.locator("[data-pool] button").first.click()
    first = await page.locator("[data-ranked] li").get_attribute("data-option")

    await here.run.post(f"rounds/{round_['id']}/close", {"countdown": 0})
    said = page.locator("#moved [data-not-counted]")
    await expect(said).to_have_text(re.compile(r"^Not counted: the round closed at \d\d:\d\d\."))
    await expect(page.locator("[data-ranked] li")).to_have_count(1)
    keep = "Keep it for a reopening"
    assert await _offered(page) == [keep, "Keep as a private note", "Drop and follow"]
    await _press(page, keep)
    await expect(page.locator("#ballot")).to_have_count(0)
    await page.reload()
    assert await _mine(here, round_) == []

    await here.run.post(f"rounds/{round_['id']}/reopen", {"reason": "Too short"})
    await expect(page.locator("#receipt")).to_contain_text("Recorded, no.")
    await expect(page.locator("[data-ranked] li")).to_have_count(1)
    assert await _mine(here, round_) == [{"ranking": [[first]]}]


async def test_words_become_a_private_note_or_are_dropped(
    here: Gathering, browser: Browser
) -> None:
    page = await here.enter(browser, here.entries[0], "room")
    for offer in ("Keep as a private note", "Drop and follow"):
        round_ = await here.voting("agree", [f"A text, before: {offer}"])
        await page.locator("#consent-reason").press_sequentially(f"{WORDS} {offer}")
        await here.run.post(f"rounds/{round_['id']}/close", {"countdown": 0})
        await expect(page.locator("#consent-reason")).to_have_value(f"{WORDS} {offer}")
        await _press(page, offer)
        await expect(page.locator("#ballot")).to_have_count(0)
        assert (
            await page.evaluate("Object.keys(localStorage).filter((k) => /^draft/.test(k))") == []
        )
    assert _notes(here.server) == [f"{WORDS} Keep as a private note"]


async def test_a_tap_that_waits_stands_in_a_page_drawn_without_it(
    here: Gathering, browser: Browser
) -> None:
    round_ = await here.voting("rate")
    page = await here.enter(browser, here.entries[0], "room")
    await here.owner.as_(here.entries[0]).get(here.at)
    await page.context.route("**/rounds/**", lambda route: route.abort())
    await page.evaluate("window.consilience.transmit = () => false")
    await page.locator('#ballot input[value="8"]').first.check()
    await page.reload()

    await expect(page.locator('#ballot input[value="8"]').first).to_be_checked()
    await expect(page.locator("#receipt")).to_contain_text("Recorded, no.")
    assert [list(body["rating"].values()) for body in await _mine(here, round_)] == [[8]]


async def test_keys_rest_while_somebody_types(here: Gathering, browser: Browser) -> None:
    round_ = await here.voting("rate")
    page = await here.enter(browser, here.token("facilitator"), "control")
    log = await here.run.get(f"{here.at}/log", after=0, limit=200)
    await page.keyboard.press("t")
    field = page.locator("#dialog-timer input")
    await field.focus()
    for key in ("Space", "h", "q", "ArrowLeft", "ArrowRight", "t", "f", "?", "a"):
        await page.keyboard.press(key)
    await expect(page.locator("dialog[open]")).to_have_count(1)
    assert not await page.evaluate("document.fullscreenElement")
    await page.keyboard.press("Escape")
    assert await here.run.get(f"{here.at}/log", after=0, limit=200) == log

    # A button in focus keeps its own Space; with nothing in focus the key closes the round.
    await page.get_by_role("button", name="Agenda", exact=True).focus()
    await page.keyboard.press("Space")
    await expect(page.locator("#region-onscreen .screen-now")).to_have_text("Agenda")
    assert (await here.run.get(f"rounds/{round_['id']}"))["status"] == "open"
    await page.evaluate("document.activeElement.blur()")
    await page.keyboard.press("Space")
    await expect(page.get_by_role("button", name="Keep open")).to_be_visible()


async def _offered(page: Page) -> list[str]:
    return [await one.inner_text() for one in await page.locator("#moved button:visible").all()]


async def _press(page: Page, words: str) -> None:
    await page.locator("#moved").get_by_role("button", name=words).click()


async def _mine(here: Gathering, round_: dict[str, Any]) -> list[dict[str, Any]]:
    voter = here.owner.as_(here.entries[0])
    return [
        one["body"] for one in (await voter.get(f"rounds/{round_['id']}/ballots/mine"))["items"]
    ]


def _notes(server: Server) -> list[str]:
    path = server.home / "consilience.db"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        return [text for (text,) in database.execute("SELECT text FROM private_note")]
