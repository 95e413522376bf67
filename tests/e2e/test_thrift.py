"""The thrifty matrix in real browsers: set up on the desk, nominated on a phone and by keyboard,
shared out, asked no more, on the big screen, and laid into the matrix."""

from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.support.browsers import watch
from tests.support.gathering import Gathering, gathering
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.server]

PHONE = {"width": 375, "height": 812}
AREAS = ("Porous borders", "Corruption and impunity")
RESPONSES = ("Train border posts together", "Share case files", "Publish accounts")


async def press(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name, exact=True).first.click()


async def accepted(here: Gathering, kind: str, text: str) -> str:
    made = await here.owner.post(f"{here.at}/proposals", {"kind": kind, "text": text})
    at = f"{here.at}/proposals/{made['id']}/moderation"
    await here.owner.post(at, {"decision": "accept"})
    return str(made["id"])


async def prepared(here: Gathering) -> None:
    """Two areas, three responses, an item of the agenda."""
    item = {"title": "The matrix", "day": 1, "start": "09:00", "end": "10:30", "kind": "vote"}
    await here.owner.post(f"{here.at}/agenda", item)
    here.made["areas"] = [await accepted(here, "priority_area", text) for text in AREAS]
    here.made["responses"] = [await accepted(here, "response", text) for text in RESPONSES]


def cell(here: Gathering, area: int, response: int) -> str:
    return f"{here.made['areas'][area]}-{here.made['responses'][response]}"


async def set_up(desk: Page, kind: str, title: str, fields: dict[str, str], source: str) -> None:
    """An activity as the desk makes it."""
    await desk.get_by_role("button", name="Add an activity…").first.click()
    dialog = desk.locator("#dialog-activity")
    await dialog.locator("select[name=type]").select_option(kind)
    await dialog.locator("[data-source]").select_option(source)
    await dialog.locator("[name=title]").fill(title)
    for name, value in fields.items():
        await dialog.locator(f'[name="settings.{name}"]').fill(value)
    async with desk.expect_navigation():
        await dialog.get_by_role("button", name="Add the activity").click()


async def cast(here: Gathering, voter: int, round_id: str, body: dict[str, Any]) -> None:
    """A ballot by the API, of those who need no browser here."""
    voice = here.owner.as_(here.entries[voter])
    await voice.post(f"rounds/{round_id}/ballots", {"body": body, "revision": 1})


async def open_round(here: Gathering, control: Page, title: str) -> str:
    """Open the round of this activity on Control; its id."""
    listed = await here.run.all(f"{here.at}/activities")
    activity = next(one for one in listed if one["title"] == title)
    await here.stage(activity["id"], "running")
    await expect(control.locator("#cockpit-title")).to_have_text(title)
    if title == "Rate":
        await expect(control.locator("#coverage")).to_contain_text("Ratings for each cell: 3")
        await expect(control.locator("#coverage")).to_contain_text("about")
    await press(control, "Open the round Space")
    await expect(control.get_by_role("button", name="Close at once")).to_be_visible()
    found = await here.run.get(f"activities/{activity['id']}")
    return str(found["rounds"][-1]["id"])


async def closed(control: Page) -> None:
    await press(control, "Close at once")
    await expect(control.locator("#region-results h2")).to_be_visible(timeout=20_000)
    await press(control, "To the big screen H")
    await press(control, "Publish")


async def nominate(phone: Page, keys: Page, here: Gathering) -> None:
    """One taps, one types; both nominate the first cell of the first area, and go on."""
    await expect(phone.get_by_text("Area 1 of 2")).to_be_visible()
    await phone.get_by_text(RESPONSES[0]).first.tap()
    await expect(phone.locator("#receipt")).to_contain_text("Recorded")
    await phone.get_by_role("button", name="Next area").tap()
    await expect(phone.get_by_text("Area 2 of 2")).to_be_visible()
    await phone.locator(f"#choice-{cell(here, 1, 2)} label").tap()
    overflow = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not await phone.evaluate(overflow)

    await keys.locator(f'input[name="{cell(here, 0, 0)}"]').focus()
    await keys.keyboard.press("Space")
    await expect(keys.locator("#receipt")).to_contain_text("Recorded")
    await keys.get_by_role("button", name="Next area").focus()
    await keys.keyboard.press("Enter")
    await keys.locator(f'input[name="{cell(here, 1, 2)}"]').focus()
    await keys.keyboard.press("Space")


async def test_a_matrix_fills_itself_thriftily(server: Server, browser: Browser) -> None:
    async with gathering(server, people=4) as here:
        await prepared(here)
        desk = await here.enter(browser, here.token("facilitator"), "desk/agenda")
        await set_up(desk, "choose", "Nominate", {"shortlist_from": "2"}, "pairs")
        sharing = {"raters": "3", "stop_from": "2", "stop_iqr": "0"}
        await set_up(desk, "rate", "Rate", sharing, "texts")
        control = await here.enter(browser, here.token("facilitator"), "control")
        phone = await here.enter(
            browser, here.entries[0], "room", viewport=PHONE, has_touch=True, is_mobile=True
        )
        keys = await here.enter(browser, here.entries[1], "room")
        screen = await (await browser.new_context()).new_page()
        await screen.goto(f"{server.named_url}/enter/{here.token('screen')}")
        complaints = [watch(page) for page in (desk, control, phone, keys, screen)]

        round_id = await open_round(here, control, "Nominate")
        await nominate(phone, keys, here)
        await cast(here, 2, round_id, {"approval": [cell(here, 0, 1)]})
        await expect(control.locator("#region-turnout")).to_contain_text("3 of 4")
        await closed(control)
        await expect(control.locator("#region-results")).to_contain_text(
            "2 of 6 cells are on the shortlist"
        )
        await expect(screen.locator("#region-stage")).to_contain_text("Shortlisted")
        await press(control, "Send on…")
        dialog = control.locator("#dialog-sendon")
        await dialog.locator("select").select_option(label="Rate")
        await dialog.get_by_role("button", name="Send on").click()
        await expect(dialog).to_be_hidden()

        round_id = await open_round(here, control, "Rate")
        await expect(screen.locator("#region-stage")).to_contain_text("0 of 2 cells have enough")
        asked = {n: (await here.owner.as_(here.entries[n]).get(f"rounds/{round_id}"))["asked"]
                 for n in range(4)}  # fmt: skip
        assert sorted(len(cells) for cells in asked.values()) == [1, 1, 2, 2]
        await expect(phone.locator("#asked")).to_contain_text(f"{len(asked[0])} of the 2 cells")
        await expect(phone.locator("fieldset.rating")).to_have_count(len(asked[0]))
        first = asked[0][0]  # one that stands before the phone: the others make it stop
        raters = [n for n in range(1, 4) if first in asked[n]]
        for n in raters:
            if n == 1:
                await keys.locator(f'input[name="{first}"][value="8"]').focus()
                await keys.keyboard.press("Space")
                await expect(keys.locator("#receipt")).to_contain_text("Recorded")
            else:
                await cast(here, n, round_id, {"rating": {first: 8}})
        await expect(phone.locator(f"#rate-{first}")).to_have_attribute(
            "data-enough", "Enough ratings: no answer needed"
        )
        await expect(control.locator("#progress")).to_contain_text("Asked no more: 1 of 2")
        await expect(screen.locator("#region-stage")).to_contain_text("1 of 2 cells has enough")
        await phone.reload()
        await expect(phone.locator(f"#rate-{first}")).to_have_count(0)
        await closed(control)
        await expect(control.locator("#region-results")).to_contain_text("n 2")

        await desk.goto(f"{server.named_url}/w/{here.id}/desk/matrix")
        await press(desk, "Add the one kept response that has no row")
        await desk.get_by_role("link", name="Cells").click()
        stands = desk.locator(f"#cell-{first}")
        await expect(stands).to_contain_text("Rated")
        await expect(stands).to_contain_text("Median 8, IQR 0, n 2.")
        await expect(desk.locator(f"#cell-{cell(here, 0, 1)}")).to_contain_text("Too few")
        assert [said for each in complaints for said in each] == []
