"""Agreed language through its whole life in real browsers: a bracketed draft, an amendment from a
phone, a reservation to one passage by keyboard alone, the drafting group's answers, the big screen,
the chair, the matrix."""

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.support.browsers import watch
from tests.support.gathering import Gathering, furnish, gathering
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.server]

PHONE = {"width": 375, "height": 812}
DRAFT = "Train border posts [yearly / every two years]; share the costs."
WANTED = "Train border and sea posts [yearly / every two years]; share the costs."
OTHER = "Train border posts [yearly / every two years]; let each State pay."


async def test_a_text_is_agreed_from_bracket_to_matrix(server: Server, browser: Browser) -> None:
    async with gathering(server, people=3) as here:
        await furnish(here)
        row = here.made["cells"][0]["id"]
        phone = await here.enter(browser, here.entries[0], "room", viewport=PHONE)
        keys, third = [await here.enter(browser, here.entries[n], "room") for n in (1, 2)]
        desk = await here.enter(browser, here.token("facilitator"), "desk/matrix")
        screen = await (await browser.new_context()).new_page()
        await screen.goto(f"{server.named_url}/enter/{here.token('screen')}")
        await screen.goto(f"{server.named_url}/w/{here.id}/screen")
        complaints = [said for page in (phone, keys, desk, screen) for said in [watch(page)]]

        await puts_brackets_into_the_draft(here, desk, row)
        activity = await here.activity("agree", "Is this the text?")
        await here.stage(activity, "reading")
        await amends(phone.locator(f"#read-row-{row}"), WANTED)
        assert not await phone.evaluate("document.body.scrollWidth > innerWidth")
        await amends(third.locator(f"#read-row-{row}"), OTHER)
        await reserves_by_keyboard(keys, row)

        waiting = desk.locator(f"#amended-{row}")
        await expect(waiting.locator(".amendment")).to_have_count(2)
        await takes_one_up_and_sets_one_aside(waiting)
        await expect(phone.locator(f"#read-row-{row}")).to_contain_text("taken up")
        await expect(third.locator(f"#read-row-{row}")).to_contain_text("No State can pay alone")
        await third.get_by_role("button", name="Withdraw it").click()

        await here.run.post(f"activities/{activity}/put", {"row": row})
        stage = screen.locator("#region-stage")
        await expect(stage.locator("ins")).to_have_text("added: and sea")
        await expect(stage).to_contain_text("Open brackets")
        chair = await here.enter(browser, await chairs(here), "chair")
        floor = chair.locator("#on-floor")
        await expect(floor).to_contain_text("on “share the costs.”")
        await expect(floor).to_contain_text("one open bracket")
        await floor.get_by_role("button", name="With reservations with its brackets").press("Enter")

        cell = desk.locator(f"#cell-{row}")
        await expect(cell).to_contain_text(WANTED)
        await expect(cell).to_contain_text("With reservations")
        await keys.goto(f"{server.named_url}/w/{here.id}/story/{row}")
        await expect(keys.locator("main")).to_contain_text("An amendment was taken up, version 3")
        assert [said for each in complaints for said in each] == []


async def puts_brackets_into_the_draft(here: Gathering, desk: Page, row: str) -> None:
    cell = desk.locator(f"#cell-{row}")
    await cell.get_by_role("button").click()
    dialog = desk.locator("#dialog-row")
    await dialog.get_by_label("Wording of the response").fill(DRAFT)
    await dialog.get_by_role("button", name="Save the row").click()
    await expect(cell).to_contain_text("one open bracket")


async def amends(row: Locator, wanted: str) -> None:
    """The text as it stands is there to be written into; one's own amendment is shown beside it."""
    await row.locator("summary").click()
    await row.get_by_text("Another wording").click()
    text = row.get_by_label("Write what it should say instead")
    await expect(text).to_have_value(DRAFT)
    await text.fill(wanted)
    await row.get_by_role("button", name="Raise the flag").click()
    await expect(row.locator(".amendment")).to_contain_text("As amended")


async def reserves_by_keyboard(page: Page, row: str) -> None:
    """A reservation to one passage, without a mouse: it is marked there in the text."""
    at = page.locator(f"#read-row-{row}")
    await at.locator("summary").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Space")  # the first of the answers: a reservation
    await page.keyboard.press("Tab")
    passage = at.get_by_label("To which passage?")
    await expect(passage).to_be_focused()
    await page.keyboard.type("share")
    await expect(passage).to_have_value("share the costs.")
    await page.keyboard.press("Tab")
    await page.keyboard.type("Only as far as budgets allow")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator(f"#agree-{row} mark")).to_have_text("flagged: share the costs.")


async def takes_one_up_and_sets_one_aside(waiting: Locator) -> None:
    wanted = waiting.locator(".amendment", has_text="and sea posts")
    await expect(wanted.locator("ins")).to_have_text("added: and sea")
    await wanted.get_by_role("button", name="Take it up").press("Enter")
    other = waiting.locator(".amendment", has_text="let each State pay")
    await expect(waiting.locator(".amendment")).to_have_count(1)
    await other.get_by_role("button", name="Set it aside…").click()
    dialog = waiting.page.locator("#dialog-aside")
    await dialog.get_by_label("Why?").fill("No State can pay alone")
    await dialog.get_by_role("button", name="Set it aside").click()
    await expect(other).to_contain_text("No State can pay alone")


async def chairs(here: Gathering) -> str:
    """The chair's way in."""
    return str(here.made["chair"]["token"])
