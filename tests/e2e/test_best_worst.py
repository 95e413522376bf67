"""Best and worst in real browsers: a few areas at a time, from the desk to the row of the matrix
that they lead to, by thumb and by keys alone, skipped, enough, reopened."""

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.e2e.comparing import ORDER, QUESTION, everybody
from tests.e2e.hands.base import PATIENCE
from tests.support.access import look, too_small, too_wide
from tests.support.gathering import OPTIONS, Gathering, accepted, gathering
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.server]

expect.set_options(timeout=PATIENCE)
MOST = 60  # presses of a key from one thing on a page to another
FEW = {
    "Shown_at_a_time": "A few: which most, which least",
    "How_many_are_a_few": "3",
    "Enough_from_one_person": "2",
    "Enough_for_the_whole": "2",
    "settings.results": "After one’s own vote",
}


async def test_most_and_least_from_the_desk_to_the_matrix(server: Server, browser: Browser) -> None:
    async with gathering(server, people=2) as here:
        row = await lays_a_row(here)
        at = await everybody(here, browser, "All priority areas", **FEW)
        desk, phone, keys = at.desk, at.phone, at.keys

        await desk.get_by_role("button", name="Open the round").click()
        await expect(phone.locator("[data-done]")).to_have_text("0 of about 2")
        await look(phone)
        assert [*await too_wide(phone), *await too_small(phone)] == []
        await takes_only_both(phone)
        await by_thumb(phone)
        await skips_and_comes_back(phone)
        await expect(phone.locator("[data-done]")).to_contain_text("enough from you now")
        await expect(phone.locator("#region-standing")).to_contain_text("Strength")
        others = keys.locator("#region-standing table")
        await expect(others).to_have_count(0)  # not before one has judged oneself
        await by_keys(keys)
        await skips_by_keys(keys)
        await by_keys(keys)
        far = desk.locator("#region-comparing")
        await expect(far).to_contain_text("Judged4")
        await expect(far).to_contain_text("Skipped1")
        await expect(far).to_contain_text("Enough now")

        await closes_and_shows(desk)
        await expect(desk.locator("#region-results")).to_contain_text("Judged: 4. Skipped")
        await expect(phone.locator("#region-results")).to_contain_text("May stand at")
        first = at.screen.locator("#region-stage tbody th").first
        await expect(first).to_have_text(OPTIONS[0])

        await reopens(desk)
        await by_thumb(phone)
        await expect(far).to_contain_text("Judged5")
        await closes_and_shows(desk)
        result = phone.locator("#region-results")
        await expect(result).to_contain_text("outcome 2; earlier ones are in the record")
        assert await result.locator("tbody th bdi").all_inner_texts() == list(OPTIONS)
        report = await here.owner.get(f"{here.at}/export", format="json")
        assert report["rounds"][-1]["compared"][0].startswith("Judged: 5")
        await phone.goto(f"{server.named_url}/w/{here.id}/story/{row}")
        await expect(phone.get_by_text(f"Place 1 of 4 in “{QUESTION}”, round 1")).to_be_visible()
        assert [said for each in at.complaints for said in each] == []


async def lays_a_row(here: Gathering) -> str:
    """Four areas, and for the first of them a response: the row that they meet in."""
    area, *_ = [await accepted(here, "priority_area", text) for text in OPTIONS]
    response = await accepted(here, "response", "Train border posts together")
    path = f"{here.at}/matrix/{area['id']}/{response['id']}"
    made = await here.owner.put(path, {"lead_actor": "Ministries of interior"}, new=True)
    return str(made["id"])


async def before_one(page: Page) -> tuple[Locator, str, str]:
    """The set that stands before somebody, and what they take for the most and the least of it."""
    item = await page.locator(".statement[data-here]").get_attribute("id")
    here = page.locator(f"#{item}")
    most, _, least = sorted(await here.locator("th bdi").all_inner_texts(), key=ORDER.__getitem__)
    return here, most, least


async def takes_only_both(phone: Page) -> None:
    """One and the same can't be the most and the least: the form says so, and sends nothing."""
    here, most, _ = await before_one(phone)
    for end in ("Most", "Least"):
        await here.get_by_role("radio", name=f"{end}: {most}").tap()
    await here.get_by_role("button", name="Record and go on").tap()
    await expect(here.get_by_role("alert")).to_contain_text("Choose one as most and another")


async def by_thumb(phone: Page) -> None:
    here, most, least = await before_one(phone)
    await here.get_by_role("radio", name=f"Most: {most}").tap()
    await here.get_by_role("radio", name=f"Least: {least}").tap()
    await here.get_by_role("button", name="Record and go on").tap()
    await expect(here).not_to_have_attribute("data-here", "")


async def skips_and_comes_back(phone: Page) -> None:
    """A skip counts as judged by this person; taken back, the same set is judged after all."""
    await phone.get_by_role("button", name="Can’t decide").tap()
    await expect(phone.locator("[data-done]")).to_contain_text("2 judged")
    await phone.get_by_role("button", name="Undo: back to the last one").tap()
    await by_thumb(phone)


async def skips_by_keys(page: Page) -> None:
    here, _, _ = await before_one(page)
    await goes_to(page, "Can’t decide")
    await page.keyboard.press("Enter")
    await expect(here).not_to_have_attribute("data-here", "")


async def by_keys(page: Page) -> None:
    """Tab comes into each column, arrows choose in it, Enter records."""
    here, most, least = await before_one(page)
    for end, text in (("Most", most), ("Least", least)):
        await goes_to(page, f"{end}: ")
        await page.keyboard.press("Space")
        await goes_to(page, f"{end}: {text}", "ArrowDown")
    await goes_to(page, "Record and go on")
    await page.keyboard.press("Enter")
    await expect(here).not_to_have_attribute("data-here", "")


async def goes_to(page: Page, words: str, key: str = "Tab") -> None:
    """By this key alone, from wherever one is."""
    for _ in range(MOST):
        if (await in_focus(page)).startswith(words):
            return
        await page.keyboard.press(key)
    raise AssertionError(f"{key} does not come to “{words}”")


async def in_focus(page: Page) -> str:
    said = "({ariaLabel, textContent}) => ariaLabel || textContent.trim()"
    return str(await page.evaluate(f"({said})(document.activeElement)"))


async def closes_and_shows(desk: Page) -> None:
    await desk.get_by_role("button", name="Close at once").click()
    await desk.get_by_role("button", name="Publish").click()
    await expect(desk.get_by_role("button", name="Hide from participants")).to_be_visible()
    await desk.get_by_role("button", name="To the big screen").click()
    await expect(desk.get_by_role("button", name="Hide on the big screen")).to_be_visible()


async def reopens(desk: Page) -> None:
    await desk.get_by_role("button", name="Reopen…").click()
    dialog = desk.get_by_role("dialog", name="Reopen the round")
    await dialog.get_by_label("Why?").fill("One of us came late")
    await dialog.get_by_role("button", name="Reopen").click()
    await expect(dialog).to_be_hidden()
