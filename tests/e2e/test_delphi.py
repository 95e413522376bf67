"""A Delphi in real browsers, from its rules on the desk to its end: one on a phone and one by
keyboard alone see what the group said, say of which kind a reason is, and keep a sheet."""

from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.support.browsers import watch
from tests.support.gathering import Gathering, gathering
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.server]

PHONE = {"width": 375, "height": 812}
ITEMS = ("Porous borders", "Corruption", "Unclear definitions")
OTHERS = ((9, 9, 2), (9, 1, 3), (8, 9, 4), (9, 2, 2))  # what the other four say


async def test_a_delphi_from_its_rules_to_its_end(server: Server, browser: Browser) -> None:
    async with gathering(server, people=6) as here:
        await here.owner.post(f"{here.at}/agenda", {"title": "Priorities", "day": 1,
                              "start": "09:00", "end": "10:30", "kind": "vote"})  # fmt: skip
        desk = await here.enter(browser, here.token("facilitator"), "desk/agenda")
        await state_the_rules(desk)
        activity = (await here.run.all(f"{here.at}/activities"))[0]
        phone = await here.enter(browser, here.entries[0], "room", viewport=PHONE)
        keys = await here.enter(browser, here.entries[1], "room")
        screen = await (await browser.new_context()).new_page()
        await screen.goto(f"{server.named_url}/enter/{here.token('screen')}")
        complaints = [said for page in (desk, phone, keys, screen) for said in [watch(page)]]

        await desk.goto(f"{server.named_url}/w/{here.id}/control")
        await here.stage(activity["id"], "running")
        await desk.get_by_role("button", name="Open the round Space").click()
        await expect(phone.locator("fieldset.rating")).to_have_count(3)
        await the_others_answer(here, activity, OTHERS)
        await answer_on_the_phone(phone)
        await answer_by_keyboard(keys)
        await close(desk)
        board = desk.locator("#region-delphi")
        await expect(board).to_contain_text("After round 1: 2 of 3 items are settled")
        await reword(desk)
        await expect(phone.locator("#delphi-count")).to_have_count(0)  # it is not published

        await board.get_by_role("button", name="Open the next round with what is").click()
        await expect(phone.locator("fieldset.rating")).to_have_count(1)  # the settled ones left
        asked = phone.locator("fieldset.rating")
        await expect(asked).to_contain_text("Reworded since round 1")
        await expect(asked).to_contain_text("You said 1: below the middle half.")
        await expect(asked.locator(".sides")).to_contain_text("It is everywhere evidence")
        await expect(phone.locator("#region-delphi")).to_contain_text("Settled: agreed")
        await asked.get_by_label("Of which kind is your reason?").select_option("region")
        await expect(phone.locator("#receipt")).to_contain_text("Recorded")
        await asked.get_by_role("radio", name="5").check()
        await expect(asked.locator("[data-invite]")).to_be_hidden()
        await the_others_answer(here, activity, ((9,), (1,), (9,), (2,)))
        await close(desk)
        await expect(board).to_contain_text("because 2 rounds were held")
        await expect(board.get_by_role("button", name="Open the next round")).to_have_count(0)

        cockpit = desk.locator("#region-cockpit")
        await cockpit.get_by_role("button", name="To the big screen").click()
        await expect(screen.locator("#region-stage")).to_contain_text("Corruption of officials")
        await expect(screen.locator("#region-stage")).to_contain_text("2 of 3 items are settled")
        await cockpit.get_by_role("button", name="Publish", exact=True).click()
        await expect(keys.locator("#region-delphi")).to_contain_text("evidence 4, region 1")
        await keys.get_by_role("link", name="Your own sheet").press("Enter")
        row = keys.locator(".sheet tbody tr").nth(1)
        await expect(row.locator("strong").first).to_have_text("8")
        assert [said for each in complaints for said in each] == []


async def state_the_rules(desk: Page) -> None:
    """A rating of three texts, as a Delphi of two rounds."""
    await desk.get_by_role("button", name="Add an activity…").click()
    dialog = desk.locator("#dialog-activity")
    await dialog.get_by_label("Exercise").select_option("rate")
    await dialog.get_by_label("Question or title").fill("How important is each area?")
    await dialog.get_by_label("What is put up").select_option("texts")
    await dialog.get_by_label("Texts", exact=True).fill("\n".join(ITEMS))
    await dialog.get_by_label("As a Delphi").select_option("rounds")
    await dialog.get_by_label("At most so many rounds").fill("2")
    await dialog.get_by_role("button", name="Add the activity").click()
    await expect(desk.get_by_text("How important is each area?")).to_be_visible()


async def the_others_answer(here: Gathering, activity: Any, rows: Any) -> None:
    """Four answer by POST and say of which kind their reason is; who finds it important says it."""
    rounds = (await here.run.get(f"activities/{activity['id']}"))["rounds"]
    round_ = await here.run.get(f"rounds/{rounds[-1]['id']}")
    options = [option["id"] for option in round_["options"]]
    item = options[len(options) // 2]
    for entry, row in zip(here.entries[2:], rows, strict=True):
        rating = dict(zip(options, row, strict=True))
        words = "It is everywhere" if rating[item] == 9 else ""
        said = {"reasons": {item: words}, "codes": {item: "evidence"}}
        body = {"body": {"rating": rating}, "revision": 1, **said}
        await here.owner.as_(entry).post(f"rounds/{round_['id']}/ballots", body)


async def answer_on_the_phone(phone: Page) -> None:
    for place, value in enumerate((9, 1, 2)):
        item = phone.locator("fieldset.rating").nth(place)
        await item.get_by_role("radio", name=str(value)).check()
    await expect(phone.locator("#receipt")).to_contain_text("Recorded")
    fits = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert await phone.evaluate(fits)


async def answer_by_keyboard(keys: Page) -> None:
    """Tab into each item, then along its scale by the arrows."""
    for place, value in enumerate((9, 8, 3)):
        item = keys.locator("fieldset.rating").nth(place)
        await item.get_by_role("radio", name="1", exact=True).focus()
        await keys.keyboard.press("Space")
        for _ in range(value - 1):
            await keys.keyboard.press("ArrowRight")
        await expect(item.get_by_role("radio", name=str(value))).to_be_checked()


async def close(desk: Page) -> None:
    await desk.get_by_role("button", name="Close at once").click()
    result = desk.locator("#region-results")
    await expect(result).to_contain_text("Result", timeout=20_000)


async def reword(desk: Page) -> None:
    row = desk.locator("#region-delphi tr", has_text=ITEMS[1])
    await row.get_by_role("button", name="Reword…").click()
    dialog = desk.locator("#dialog-item")
    await dialog.get_by_label("Wording").fill("Corruption of officials")
    await dialog.get_by_role("button", name="Save the wording").click()
    await expect(row).to_contain_text("Reworded since round 1")
