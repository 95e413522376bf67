"""How certain a result is, in real browsers: on Control at once, elsewhere once it is released; and
States and experts on one ballot, shown apart and compared."""

from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.support.browsers import watch
from tests.support.gathering import OPTIONS, Gathering, gathering
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.server]
REGIONS = ("Africa", "Asia")
PHONE = {"viewport": {"width": 375, "height": 720}, "is_mobile": True, "has_touch": True}


async def press(page: Page, name: str) -> None:
    """By keyboard."""
    await page.get_by_role("button", name=name, exact=True).focus()
    await page.keyboard.press("Enter")


async def two_electorates(here: Gathering) -> list[str]:
    """Five States and six experts of two regions; the tokens of all. The last expert is the one
    who has a browser."""
    people = [
        {"label": f"{label} {n}", "roles": ["participant"], "capacity": capacity,
         "region": REGIONS[n % 2], **({"delegation": f"State {n}"} if label == "Envoy" else {})}
        for label, capacity, size in (
            ("Envoy", "state_representative", 5), ("Scholar", "expert", 7),
        )
        for n in range(size)
    ]  # fmt: skip
    made = await here.owner.post(f"{here.at}/participants", people)
    here.entries.extend(one["token"] for one in made)
    return here.entries


def ratings(round_: dict[str, Any], *values: int) -> dict[str, Any]:
    ids = [option["id"] for option in round_["options"]]
    return {"rating": dict(zip(ids, values, strict=True))}


async def test_a_result_shows_how_certain_it_is(server: Server, browser: Browser) -> None:
    async with gathering(server, people=0) as here:
        tokens = await two_electorates(here)
        activity = await here.activity("rate", "How important is each?", OPTIONS, apart=True)
        round_ = await here.open(activity)
        control = await here.enter(browser, here.token("facilitator"), "control")
        room = await here.enter(browser, tokens[-1], "room", **PHONE)
        keyed = await here.enter(browser, tokens[-2], "room")
        screen = await (await browser.new_context()).new_page()
        await screen.goto(f"{server.named_url}/enter/{here.token('screen')}")
        await screen.goto(f"{server.named_url}/w/{here.id}/screen")
        complaints = [said for page in (control, room, keyed, screen) for said in [watch(page)]]

        for n, token in enumerate(tokens[:-2]):
            values = (9, 8, 2, 2) if n < 5 else (3, 8, 8 - n % 2, 3)
            body = {"body": ratings(round_, *values), "revision": 1}
            await here.run.as_(token).post(f"rounds/{round_['id']}/ballots", body)
        for n, value in enumerate((2, 9, 8, 3)):
            await room.locator("fieldset").nth(n).locator("label", has_text=str(value)).first.tap()
            await keyed.locator("fieldset").nth(n).get_by_role("radio").first.focus()
            await keyed.keyboard.press("Space")
            for _ in range(value - 1):
                await keyed.keyboard.press("ArrowRight")
        await expect(control.locator("#region-turnout")).to_contain_text("12")
        await here.run.post(f"rounds/{round_['id']}/close", {"countdown": 0})

        result = control.locator("#region-results")
        await expect(result).to_contain_text("States put “Porous borders” first")
        await expect(result).to_contain_text("How certain this is", timeout=20_000)
        await expect(result).to_contain_text("first 3 by every one of")
        await expect(result.locator(".certainty svg").first).to_have_attribute(
            "aria-label", "Place 1 of 4, between 1 and 2"
        )
        await press(control, "To the big screen")
        await press(control, "Publish")
        await expect(screen.locator("#region-stage")).to_contain_text("States put")
        await expect(room.locator("#region-results")).to_contain_text("Unclear definitions")
        for page in (screen, room):
            await expect(page.locator(".certainty")).to_have_count(0)

        await press(control, "Release how certain it is")
        await expect(room.locator(".certainty")).to_contain_text("regions one leaves out")
        await expect(screen.locator(".certainty")).to_contain_text("by every one of")
        await expect(room.locator("body")).to_have_js_property("scrollWidth", 375)
        await press(control, "Hide how certain it is")
        await expect(screen.locator(".certainty")).to_have_count(0)
        assert [said for each in complaints for said in each] == []
