"""A secret round in a real browser: only the browser that sent an answer can change it."""

from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.test_room import AREAS, Hall, hall
from tests.support.browsers import watch

pytestmark = [pytest.mark.browser, pytest.mark.server]
__all__ = ["hall"]

RECORDED = "Recorded. A secret ballot has no number and no time."


async def _tap(page: Page, value: int, nth: int = 0) -> None:
    await page.locator(f'#ballot fieldset input[value="{value}"]').nth(nth).check()


async def _kept(page: Page) -> list[str]:
    """What this browser keeps of secret rounds."""
    found: list[str] = await page.evaluate(
        "Object.keys(localStorage).filter((name) => name.startsWith('secret:'))"
    )
    return found


async def test_only_this_browser_can_change_the_answer(hall: Hall, browser: Browser) -> None:
    activity = await hall.activity("rate", "How important?", list(AREAS), secrecy="secret")
    opened: dict[str, Any] = await hall.open(activity)
    page = await hall.enter(browser, hall.entries[0], "room")
    complaints = watch(page)
    await expect(page.locator("#region-now")).to_contain_text("Secret once sealed")

    await _tap(page, 7)
    await expect(page.locator("#receipt")).to_contain_text(RECORDED)
    await page.reload()
    await expect(page.locator('#ballot input[value="7"]').first).to_be_checked()
    await _tap(page, 3, nth=1)
    await expect(page.locator("#receipt")).to_contain_text(RECORDED)

    other = await hall.enter(browser, hall.entries[0], "room")
    await expect(other.locator("[data-elsewhere]")).to_be_visible()
    await expect(other.locator("#ballot fieldset input").first).to_be_disabled()

    options = [option["id"] for option in opened["options"]]
    for token in hall.entries[1:6]:
        body = {"body": {"rating": dict.fromkeys(options, 5)}, "revision": 1}
        await hall.owner.as_(token).post(f"rounds/{opened['id']}/ballots", body)
    assert len(await _kept(page)) == 1
    await hall.run.post(f"rounds/{opened['id']}/close", {})

    await expect(page.locator("#exercise")).to_contain_text("nobody can say which it is")
    await expect(page.locator("#region-now")).to_contain_text("Sealed: nothing on this server")
    assert await _kept(page) == []
    found = await hall.run.get(f"rounds/{opened['id']}/ballots")
    bodies = [ballot["body"]["rating"] for ballot in found["items"]]
    assert {options[0]: 7, options[1]: 3} in bodies
    assert len(bodies) == 6
    assert {ballot["number"] for ballot in found["items"]} == {None}
    assert complaints == []


async def test_a_ranking_comes_back_after_a_reload(hall: Hall, browser: Browser) -> None:
    activity = await hall.activity("rank", "Which first?", list(AREAS), secrecy="secret")
    await hall.open(activity)
    page = await hall.enter(browser, hall.entries[0], "room")
    for _ in range(2):
        await page.locator("[data-pool] button:visible").first.click()
    await page.get_by_role("button", name="Submit my ranking").click()
    await expect(page.locator("#receipt")).to_contain_text(RECORDED)
    order = await page.locator("[data-ranked] > li").all_text_contents()

    await page.reload()
    await expect(page.locator("[data-ranked] > li")).to_have_count(2)
    assert await page.locator("[data-ranked] > li").all_text_contents() == order
    await expect(page.locator("[data-unsent]")).to_contain_text("recorded as it stands here")
