"""A morning with one dead laptop, in real browsers: a link opened on a second device asks the first
one, a ballot is entered for whoever has none, and the chair rules from a page of their own."""

import pytest
from playwright.async_api import Browser, expect

from tests.support.browsers import watch
from tests.support.gathering import furnish, gathering
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.server]


async def test_one_dead_laptop(server: Server, browser: Browser) -> None:
    async with gathering(server, 3) as here:
        await furnish(here)
        laptop = await here.enter(browser, here.token("voter"), "room")
        control = await here.enter(browser, here.token("facilitator"), "control")
        chair = await here.enter(browser, here.made["chair"]["token"], "chair")
        complaints = [watch(page) for page in (laptop, control, chair)]

        phone = await (await browser.new_context(viewport={"width": 375, "height": 800})).new_page()
        await phone.goto(f"{server.named_url}/enter/{here.token('voter')}")
        await expect(phone.locator("h1")).to_have_text("Your other device asks whether this is you")
        await expect(control.locator("#region-door")).to_contain_text("on another device")
        await expect(laptop.locator("#own-door")).to_contain_text("Is this you?")
        await laptop.get_by_role("button", name="Yes; sign this device out").click()
        await phone.wait_for_url(f"**/w/{here.id}/room")
        await expect(phone.locator("#connection")).to_contain_text("Live")

        await here.voting("rate")
        await expect(phone.locator("#own-voice")).to_contain_text("You vote in person: one voice.")
        await control.get_by_role("link", name="Enter a ballot for someone…").click()
        await control.get_by_role("link", name="Expert 00").click()
        for row in range(4):
            await control.locator(".rating").nth(row).locator(".cell").nth(row + 2).click()
        await control.get_by_role("button", name="Send the ballot for Expert 00").click()
        await expect(control.locator("main")).to_contain_text("Recorded, no.")
        await expect(phone.locator("#sent-for")).to_contain_text("Entered for you")
        chosen = phone.locator(".rating").first.locator("input:checked")
        await expect(chosen).to_have_value("3")

        agree = await here.activity("agree", "Agree")
        await here.stage(agree, "reading")
        row = here.made["cells"][0]["id"]
        flag = {"row": row, "flag": "reservation", "text": "Not before 2028", "named": False}
        await here.owner.as_(here.entries[1]).post(f"{here.at}/flags", flag)
        await expect(chair.locator("#flagged-rows")).to_contain_text("Not before 2028")
        await here.run.post(f"activities/{agree}/put", {"row": row})
        floor = chair.locator("#on-floor")
        await expect(floor.locator("#ruling-consensus")).to_contain_text("nothing is flagged")
        await floor.get_by_role("button", name="With reservations").focus()
        await chair.keyboard.press("Enter")
        await expect(floor).to_contain_text("Ruled.")
        await expect(chair.locator("#flagged-rows")).to_contain_text("None waits.")
        assert complaints == [[], [], []]
