"""How certain a result is, in real browsers: on Control at once, elsewhere once it is released; and
States and experts on one ballot, shown apart and compared."""

from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.support.browsers import watch
from tests.support.gathering import OPTIONS, Gathering, gathering
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.server]
SLOW = 20_000  # what is worked out, and pages that follow
REGIONS = ("Africa", "Asia")
PHONE = {"viewport": {"width": 375, "height": 720}, "is_mobile": True, "has_touch": True}


async def press(page: Page, name: str) -> None:
    """By keyboard."""
    await page.get_by_role("button", name=name).press("Enter")


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


async def the_head_casts(desk: Page) -> None:
    """At the desk, by keyboard: the activity is set up so that heads cast."""
    await desk.locator("[data-dialog=activity-change]").press("Enter")
    casts = desk.locator("#dialog-activity-change select[name='settings.casts']")
    await casts.select_option("head")
    await desk.locator("#dialog-activity-change").get_by_role("button", name="Save").press("Enter")
    await expect(desk.locator("#dialog-activity-change")).to_be_hidden()


async def opinions_on_a_map(here: Gathering, tokens: list[str], control: Page) -> None:
    """Reactions that part States and experts, and one on which they meet."""
    reacting = await here.voting("react", OPTIONS[:3], apart=True)
    ids = [option["id"] for option in reacting["options"]]
    for n, token in enumerate(tokens):
        for option, answer in zip(ids, ("agree", "agree" if n < 5 else "disagree"), strict=False):
            body = {"body": {"react": {option: answer}}, "revision": 1}
            await here.run.as_(token).post(f"rounds/{reacting['id']}/ballots", body)
    await here.run.post(f"rounds/{reacting['id']}/close", {"countdown": 0})
    opinions = control.locator(".opinions")
    await expect(opinions).to_contain_text("These divide the groups", timeout=SLOW)
    await expect(opinions.locator("svg.opinion")).to_have_attribute(
        "aria-label", "Map of 12 who answered; States: 5; experts: 7"
    )
    await expect(opinions).to_contain_text(OPTIONS[0])


async def test_a_result_shows_how_certain_it_is(server: Server, browser: Browser) -> None:
    async with gathering(server, people=0) as here:
        tokens = await two_electorates(here)
        item = {"title": "Priorities", "day": 1, "start": "09:00", "end": "10:30", "kind": "vote"}
        made = await here.owner.post(f"{here.at}/agenda", item)
        asked = {"type": "rate", "title": "How important is each?", "options": list(OPTIONS)}
        settings = {"agenda_item": made["id"], "settings": {"apart": True}}
        path = f"{here.at}/activities"
        activity = str((await here.owner.post(path, {**asked, **settings}))["id"])
        control = await here.enter(browser, here.token("facilitator"), "desk/agenda")
        await the_head_casts(control)
        round_ = await here.open(activity)
        assert round_["casts"] == "head"
        await control.goto(f"{server.named_url}/w/{here.id}/control")
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
        await expect(result).to_contain_text("How certain this is", timeout=SLOW)
        await expect(result).to_contain_text("By every one of 3 rules the first 3 are the same")
        await expect(result.locator(".certainty svg.chart").first).to_have_attribute(
            "aria-label", "Place 1 of 4, between 1 and 2"
        )
        await press(control, "To the big screen")
        hide = control.get_by_role("button", name="Hide on the big screen")
        await expect(hide).to_be_visible(timeout=SLOW)
        await press(control, "Publish")
        await expect(screen.locator("#region-stage")).to_contain_text("States put")
        await expect(room.locator("#region-results")).to_contain_text("Unclear definitions")
        for page in (screen, room):
            await expect(page.locator(".certainty")).to_have_count(0)

        release = control.locator(
            "#region-results button[data-body*=participants][data-body*=screen]"
        )
        await expect(release).to_be_visible(timeout=SLOW)
        await press(control, "Release how certain it is")
        await expect(room.locator(".certainty")).to_contain_text(
            "regions one leaves out", timeout=SLOW
        )
        await expect(screen.locator(".certainty")).to_contain_text("By every one of", timeout=SLOW)
        await expect(room.locator("body")).to_have_js_property("scrollWidth", 375)
        await press(control, "Hide how certain it is")
        await expect(screen.locator(".certainty")).to_have_count(0, timeout=SLOW)
        await opinions_on_a_map(here, tokens, control)
        assert [said for each in complaints for said in each] == []
