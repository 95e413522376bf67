"""Rapporteurs at one notebook: saved as typed, safe in two hands, kept while the line is lost,
released with one key and read by the room."""

import re

import pytest
from playwright.async_api import Browser, Page, expect

from tests.support.gathering import Gathering, furnish, gathering
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.server]
SAVED = re.compile(r"Saved \d\d:\d\d")


async def test_notes_are_written_together_and_released(server: Server, browser: Browser) -> None:
    async with gathering(server, people=1) as here:
        await furnish(here)
        item = here.made["item"]["id"]
        await here.run.post(f"{here.at}/agenda/{item}/start")
        one, other = [
            await _writer(browser, here, label) for label in ("Rapporteur A", "Rapporteur B")
        ]
        room = await here.enter(browser, here.entries[0], "room")

        await _from_the_first_word_on(one, item)
        await _in_two_hands(one, other)
        await _while_the_line_is_lost(other)
        await _refer_to_a_row(one)
        await expect(room.locator("#region-notes")).not_to_contain_text("Lamps")
        await one.locator(".note-form[data-note] textarea").focus()
        await one.keyboard.press("Control+Enter")
        await expect(one.locator("[data-fresh=head]").first).to_contain_text("Released")
        await expect(room.locator("#region-notes")).to_contain_text("Lamps and radios")
        await expect(room.locator("#region-notes q")).to_have_text("Train border posts together")


async def _writer(browser: Browser, here: Gathering, label: str) -> Page:
    body = {"label": label, "roles": ["rapporteur"]}
    person = await here.owner.post(f"{here.at}/participants", body)
    return await here.enter(browser, person["token"], "desk/notes")


async def _from_the_first_word_on(page: Page, item: str) -> None:
    """Nothing is pressed: the first words make the note, the next ones go on in it."""
    form = page.locator(f"#notes-of-{item} .note-form")
    await form.locator("textarea").fill("Lamps are missing.")
    await expect(form.locator("[data-state]")).to_have_text(SAVED)
    await form.locator("textarea").press("End")
    await page.keyboard.type("\nSo are tools.")
    await page.evaluate("document.activeElement.blur()")
    await expect(form.first.locator("[data-state]")).to_have_text(SAVED)
    await expect(page.locator(f"#notes-of-{item} .note-form")).to_have_count(2)


async def _in_two_hands(one: Page, other: Page) -> None:
    """Two who change different places are put together; where both wrote, both are shown."""
    mine, theirs = [page.locator(".note-form[data-note] textarea") for page in (one, other)]
    await expect(theirs).to_have_value("Lamps are missing.\nSo are tools.")
    await other.context.set_offline(True)
    await mine.fill("Lamps and radios are missing.\nSo are tools.")
    await _saved(one)
    await theirs.fill("Lamps are missing.\nSo are tools, by night.")
    said = other.locator(".note-form[data-note] [data-state]")
    await expect(said).to_contain_text("Kept on", timeout=20_000)  # it waits for an answer first
    await other.context.set_offline(False)
    await expect(theirs).to_have_value("Lamps and radios are missing.\nSo are tools, by night.")
    await expect(mine).to_have_value("Lamps and radios are missing.\nSo are tools, by night.")

    await other.context.set_offline(True)
    await mine.fill("Lamps and radios are missing.\nSo are tools, by day.")
    await _saved(one)
    await theirs.fill("Lamps and radios are missing.\nSo are tools, at dusk.")
    await other.context.set_offline(False)
    both = other.locator("[data-both]:visible")
    await expect(both).to_contain_text("So are tools, by day.")
    await expect(theirs).to_have_value("Lamps and radios are missing.\nSo are tools, at dusk.")
    await both.get_by_role("button", name="Keep both").click()
    await expect(mine).to_have_value(re.compile(r"by day\.\n\nLamps.*at dusk\.", re.DOTALL))


async def _while_the_line_is_lost(page: Page) -> None:
    """What was typed without a line is there after a reload, and goes by itself: the other writer
    is shown it below."""
    field = page.locator(".note-form[data-note] textarea")
    await page.context.set_offline(True)
    await field.fill("Lamps and radios are missing, tools too.")
    await page.context.set_offline(False)
    await page.reload()
    await expect(field).to_have_value("Lamps and radios are missing, tools too.")


async def _saved(page: Page) -> None:
    await expect(page.locator(".note-form[data-note] [data-state]")).to_have_text(SAVED)


async def _refer_to_a_row(page: Page) -> None:
    """Chosen from a list; in the field a reference, below it the row as it is worded now."""
    form = page.locator(".note-form[data-note]")
    await expect(form.locator("textarea")).to_have_value("Lamps and radios are missing, tools too.")
    await form.get_by_role("button", name="Refer to…").click()
    dialog = page.locator("dialog[open]")
    await dialog.get_by_placeholder("Find words").fill("border posts")
    await dialog.get_by_role("button", name="Row Train border posts together").click()
    await expect(form.locator("textarea")).to_have_value(re.compile(r"\[\[row:\w+\]\]"))
    await expect(form.locator(".mention")).to_have_text("Train border posts together")
