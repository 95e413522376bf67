"""A vote in real browsers: set up at the desk, voted on by phone and by keyboard, seen against its
quorum, put on the big screen, and held once more in a second round."""

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.support.access import look, too_wide
from tests.support.browsers import watch
from tests.support.gathering import OPTIONS, Gathering, gathering
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.server]
PHONE = {"width": 375, "height": 812}


async def set_up(page: Page) -> None:
    """A dot vote of ten points with a quorum: the rule says what it needs, and is held to it."""
    await page.get_by_role("button", name="Add an activity…").click()
    dialog = page.locator("#dialog-activity")
    await dialog.get_by_label("Exercise").select_option("vote")
    await dialog.get_by_label("Question or title").fill("Where should the money go?")
    await dialog.get_by_label("What is put up").select_option("texts")
    await dialog.get_by_role("textbox", name="Texts").fill("\n".join(OPTIONS))
    await dialog.locator("[data-for~=vote] select[data-rule]").select_option("dot_vote")
    await expect(dialog.get_by_text("everyone spreads points over the options")).to_be_visible()
    await expect(dialog.get_by_label("Costs, one a line")).to_be_hidden()
    await dialog.get_by_label("Number to choose").fill("2")
    await dialog.get_by_label("Quorum, of those entitled").fill("2/3")
    await dialog.get_by_role("button", name="Add the activity").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("the budget")
    await dialog.get_by_label("Budget: points or money in all").fill("10")
    await dialog.get_by_role("button", name="Add the activity").click()
    await expect(page.get_by_text("Vote, 4 put up")).to_be_visible()
    await page.get_by_role("button", name="Change…").first.click()
    changed = page.locator("#dialog-activity-change")
    await expect(changed.locator("[data-for~=vote] select[data-rule]")).to_have_value("dot_vote")
    await expect(changed.get_by_label("Budget: points or money in all")).to_have_value("10")
    await expect(changed.get_by_label("Quorum, of those entitled")).to_have_value("2/3")
    await page.keyboard.press("Escape")


def row(page: Page, option: str) -> Locator:
    return page.locator("#ballot .point-row", has_text=option)


async def by_phone(phone: Page) -> None:
    """Three taps and a typed figure; too many are told at once and not sent."""
    more = row(phone, OPTIONS[0]).get_by_role("button", name="One more")
    for _ in range(3):
        await more.tap()
    left = phone.locator("[data-left-over]")
    await expect(left).to_have_text("7 of 10 points left")
    await row(phone, OPTIONS[1]).get_by_role("spinbutton").fill("8")
    await expect(left).to_have_text("Points too many: 1. Take some back")
    await look(phone)
    assert await too_wide(phone) == []
    await row(phone, OPTIONS[1]).get_by_role("button", name="One less").tap()
    await expect(left).to_have_text("All 10 points are spent")
    await phone.reload()  # what was not sent yet is kept
    await expect(left).to_have_text("All 10 points are spent")
    await phone.get_by_role("button", name="Send my points").tap()
    await expect(phone.locator("#receipt")).to_contain_text("Recorded")


async def by_keyboard(page: Page, option: str) -> None:
    """No mouse: the arrow keys count, and Enter sends."""
    field = row(page, option).get_by_role("spinbutton")
    await field.focus()
    for _ in range(4):
        await page.keyboard.press("ArrowUp")
    await expect(page.locator("[data-left-over]")).to_have_text("6 of 10 points left")
    await page.keyboard.press("Enter")
    await expect(page.locator("#receipt")).to_contain_text("Recorded")


async def closes_and_publishes(control: Page) -> None:
    await control.get_by_role("button", name="Close at once").click()
    await control.get_by_role("button", name="Publish").click()
    await expect(control.get_by_role("button", name="Hide from participants")).to_be_visible()
    await control.get_by_role("button", name="To the big screen").click()


async def test_points_are_spread_counted_and_spread_again(server: Server, browser: Browser) -> None:
    async with gathering(server, people=3) as here:
        control, phone, keys, screen = await everybody(here, browser)
        complaints = [said for page in (control, phone, keys, screen) for said in [watch(page)]]
        await set_up(control)
        await control.goto(f"{server.named_url}/w/{here.id}/control")
        await control.keyboard.press("ArrowRight")
        await control.get_by_role("button", name="Open the round").click()
        await expect(screen.locator("#region-stage")).to_contain_text("Everyone has 10 points.")

        await by_phone(phone)
        await expect(control.locator("#quorum")).to_contain_text("2 are needed, 1 more.")
        await by_keyboard(keys, OPTIONS[1])
        await expect(control.locator("#quorum")).to_contain_text("Quorum reached")
        await closes_and_publishes(control)
        first = control.locator("#region-results tbody tr").first
        await expect(first).to_contain_text(OPTIONS[1])
        await expect(first).to_contain_text("11")
        await expect(phone.locator("#region-results")).to_contain_text("Chosen")
        await expect(screen.locator(".stage-results tr").first).to_contain_text("11")
        await expect(phone.locator("#exercise")).to_contain_text("Your vote was counted")

        await control.get_by_role("button", name="Open a further round").click()
        await by_keyboard(keys, OPTIONS[3])
        await expect(control.locator("#quorum")).to_contain_text("2 are needed, 1 more.")
        await control.get_by_role("button", name="Close at once").click()
        await expect(control.locator("#region-results")).to_contain_text(
            "The quorum was not reached", timeout=20_000
        )
        assert [said for each in complaints for said in each] == []


async def everybody(here: Gathering, browser: Browser) -> tuple[Page, Page, Page, Page]:
    item = {"title": "Priorities", "day": 1, "start": "09:00", "end": "10:30", "kind": "vote"}
    await here.owner.post(f"{here.at}/agenda", item)
    control = await here.enter(browser, here.token("owner"), "desk/agenda")
    phone = await here.enter(browser, here.entries[0], "room", viewport=PHONE, has_touch=True)
    keys = await here.enter(browser, here.entries[1], "room")
    screen = await (await browser.new_context()).new_page()
    await screen.goto(f"{here.server.named_url}/enter/{here.token('screen')}")
    await screen.goto(f"{here.server.named_url}/w/{here.id}/screen")
    return control, phone, keys, screen
