"""Comparing in real browsers: set up at the desk, judged by thumb and by keys alone, undone, kept
over a lost line, closed when it is enough, shown on the big screen."""

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.comparing import ORDER, everybody
from tests.e2e.hands.base import PATIENCE
from tests.support.gathering import OPTIONS, gathering
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.server]

expect.set_options(timeout=PATIENCE)


async def sides(page: Page) -> list[str]:
    return await page.locator(".statement[data-here] .side bdi").all_inner_texts()


async def by_thumb(page: Page) -> None:
    """Tap the one that matters more."""
    item = await page.locator(".statement[data-here]").get_attribute("id")
    await page.locator(
        ".statement[data-here] .side", has_text=min(await sides(page), key=ORDER.__getitem__)
    ).tap()
    await expect(page.locator(f"#{item}")).not_to_have_attribute("data-here", "")


async def by_key(page: Page, key: str = "") -> None:
    item = await page.locator(".statement[data-here]").get_attribute("id")
    left, right = await sides(page)
    await page.keyboard.press(key or ("ArrowLeft" if ORDER[left] < ORDER[right] else "ArrowRight"))
    await expect(page.locator(f"#{item}")).not_to_have_attribute("data-here", "")


async def test_pairs_from_the_desk_to_the_big_screen(server: Server, browser: Browser) -> None:
    async with gathering(server, people=2) as here:
        at = await everybody(here, browser, Enough_from_one_person="4", Enough_for_the_whole="4")
        desk, phone, keys = at.desk, at.phone, at.keys

        await desk.get_by_role("button", name="Open the round").click()
        await expect(phone.locator("[data-done]")).to_have_text("0 of about 4")
        for _ in range(3):
            await by_thumb(phone)
        await expect(phone.locator("[data-done]")).to_have_text("3 of about 4")
        await phone.get_by_role("button", name="Undo: back to the last one").tap()
        await expect(phone.locator(".statement[data-here] input:checked")).to_have_count(1)
        await by_thumb(phone)
        await phone.context.set_offline(True)
        for _ in range(2):
            await by_thumb(phone)
        await expect(phone.locator("[data-done]")).to_contain_text("enough from you now")
        await phone.context.set_offline(False)

        await by_key(keys, "ArrowDown")
        await by_key(keys, "ArrowUp")
        await keys.keyboard.press("Backspace")
        for _ in range(5):
            await by_key(keys)
        await expect(keys.get_by_text("you have judged all there is")).to_be_visible()
        far = desk.locator("#region-comparing")
        await expect(far).to_contain_text("Skipped1")
        await expect(far).to_contain_text("yes")
        await expect(far).to_contain_text("Enough now")
        await desk.get_by_role("button", name="Close at once").click()
        results = desk.locator("#region-results")
        await expect(results).to_contain_text("Judged: 10, as equal: 0")
        rows = results.locator("table.results tbody th bdi")
        assert await rows.all_inner_texts() == list(OPTIONS)
        await desk.keyboard.press("h")
        stage = at.screen.locator("#region-stage")
        await expect(stage.locator("tbody th").first).to_have_text(OPTIONS[0])
        await desk.get_by_role("button", name="Publish").click()
        await expect(phone.locator("#region-results")).to_contain_text("May stand at")
        assert [said for each in at.complaints for said in each] == []
