"""Criteria in real browsers, from the desk to the big screen: set up, weighed by the group, scored
on a phone and by keyboard alone, scored again, shown with how firm the first places are; then a
plane of impact and feasibility."""

from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.support.browsers import watch
from tests.support.gathering import OPTIONS, Gathering, gathering
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.server]
PHONE = {"width": 375, "height": 812}
TITLE = "Which should come first?"
WEIGHING = f"How much should each criterion count? {TITLE}"


async def press(page: Page, name: str) -> None:
    await page.get_by_role("button", name=name, exact=True).click()


async def test_the_life_of_criteria(server: Server, browser: Browser) -> None:
    async with gathering(server, people=3) as here:
        item = {"title": "Priorities", "day": 1, "start": "09:00", "end": "10:30", "kind": "vote"}
        await here.owner.post(f"{here.at}/agenda", item)
        desk = await here.enter(browser, here.token("owner"), "desk/agenda")
        await sets_it_up(desk)
        weighing, scoring = await here.run.all(f"{here.at}/activities")
        assert [weighing["title"], scoring["title"]] == [WEIGHING, TITLE]

        phone = await here.enter(browser, here.entries[0], "room", viewport=PHONE)
        keys = await here.enter(browser, here.entries[1], "room")
        control = await here.enter(browser, here.token("facilitator"), "control")
        screen = await (await browser.new_context()).new_page()
        await screen.goto(f"{server.named_url}/enter/{here.token('screen')}")
        complaints = [
            said for page in (desk, phone, keys, control, screen) for said in [watch(page)]
        ]
        weighed = await here.open(weighing["id"])
        await weighs_by_hand(phone)
        await weighs_by_keyboard(keys)
        await close(here, weighed)
        await expect(control.locator("#region-results tbody tr").first).to_contain_text("65 %")

        first = await here.open(scoring["id"])
        assert [one["weight"] for one in first["criteria"]] == ["13/20", "7/20"]
        await scores_by_hand(phone)
        await scores_by_keyboard(keys)
        await votes(here, first)
        await close(here, first)
        await the_result(control, phone, screen)

        again = await here.open(scoring["id"])
        await expect(phone.locator(".earlier").first).to_contain_text("your earlier answer: 8")
        await votes(here, again)
        await close(here, again)
        await expect(screen.locator("#region-stage")).to_contain_text("1 of 3 voted")
        await the_plane(here, phone, control, screen)
        assert [said for each in complaints for said in each] == []


async def sets_it_up(desk: Page) -> None:
    """Two criteria, one of which costs: typed, weighed, put in order, one taken out again."""
    await press(desk, "Add an activity…")
    form = desk.locator("#dialog-activity form")
    await form.get_by_label("Exercise").select_option("rate")
    await form.get_by_label("Question or title").fill(TITLE)
    await form.get_by_label("What is put up").select_option("texts")
    await form.get_by_role("textbox", name="Texts").fill("\n".join(OPTIONS))
    await form.get_by_label("Each item is rated").select_option("chnri")
    await expect(form.locator("[data-rows] li")).to_have_count(5)
    await form.get_by_label("Each item is rated").select_option("weighted_criteria")
    for _ in range(4):
        await form.get_by_role("button", name="Remove").last.click()
    rows = form.locator("[data-rows] li")
    await rows.first.get_by_role("textbox", name="Criterion").fill("Cost")
    await rows.first.get_by_label("What is better").select_option("down")
    await form.get_by_role("button", name="Add a criterion").click()
    await desk.keyboard.type("Impact on the ground")
    await rows.last.get_by_label("Weight").fill("2")
    await rows.last.get_by_role("button", name="Move up").click()
    await expect(rows.first.get_by_role("textbox", name="Criterion")).to_have_value(
        "Impact on the ground"
    )
    await form.get_by_role("button", name="Add the activity").click()
    await expect(desk.get_by_text("criteria: 2")).to_be_visible()
    await press(desk, "Let the group weigh the criteria, by points")
    await expect(desk.get_by_text(WEIGHING)).to_be_visible()


async def weighs_by_hand(phone: Page) -> None:
    """70 and 30 points: fewer than all are not sent."""
    fields = phone.locator("#ballot input[type=number]")
    await fields.first.fill("70")
    await expect(phone.locator("[data-weighed]")).to_have_text("Given: 70 of 100")
    await fields.last.fill("30")
    await press(phone, "Send my weights")
    await expect(phone.locator("#receipt")).to_contain_text("Recorded")


async def weighs_by_keyboard(keys: Page) -> None:
    """60 and 40, typed from one field to the next, sent with Enter."""
    await keys.locator("#ballot input[type=number]").first.focus()
    await keys.keyboard.type("60")
    await keys.keyboard.press("Tab")
    await keys.keyboard.type("40")
    await keys.keyboard.press("Enter")
    await expect(keys.locator("#receipt")).to_contain_text("Recorded")


async def scores_by_hand(phone: Page) -> None:
    """The first item on both criteria, the second on one that this person can't judge."""
    for text, criterion, answer in (
        (OPTIONS[0], "Impact on the ground", "8"),
        (OPTIONS[0], "Cost", "3"),
        (OPTIONS[1], "Cost", "Not able to judge"),
    ):
        cell = phone.get_by_role("group", name=f"{text}: {criterion}")
        await cell.get_by_role("radio", name=answer, exact=True).check(force=True)
    await expect(phone.locator("[data-left]")).to_contain_text("5 are still without an answer")
    await expect(phone.locator("#receipt")).to_contain_text("Recorded")
    assert await phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


async def scores_by_keyboard(keys: Page) -> None:
    """Tab comes to each question, arrows choose."""
    await keys.locator("#ballot input[type=radio]").first.focus()
    await keys.keyboard.press("Space")
    for _ in range(6):
        await keys.keyboard.press("ArrowRight")
    await keys.keyboard.press("Tab")
    await keys.keyboard.press("ArrowLeft")  # from the first answer round to the last
    own = keys.locator("#ballot input:checked")
    await expect(own).to_have_count(2)
    assert [await own.nth(n).get_attribute("value") for n in (0, 1)] == ["7", "none"]
    await expect(keys.locator("#receipt")).to_contain_text("Recorded")


async def votes(here: Gathering, round_: dict[str, Any]) -> None:
    """The third one, whose device is a program: all but the last item."""
    ids = [one["id"] for one in round_["criteria"]]
    values = ((9, 2), (2, 8), (5, 5))
    options = [one["id"] for one in round_["options"]]
    body = {
        o: dict(zip(ids, given, strict=True)) for o, given in zip(options, values, strict=False)
    }
    sent = {"body": {"criteria": body}, "revision": 1}
    await here.owner.as_(here.entries[2]).post(f"rounds/{round_['id']}/ballots", sent)


async def close(here: Gathering, round_: dict[str, Any]) -> None:
    await here.run.post(f"rounds/{round_['id']}/close", {"countdown": 0})
    shown = {"to": ["participants", "screen"]}
    await here.run.post(f"rounds/{round_['id']}/publish", shown)
    await here.run.put(f"{here.at}/screen", {"show": "results", "round": round_["id"]})


async def the_result(control: Page, phone: Page, screen: Page) -> None:
    """Means with n, totals, whose weights they are, and how firm the first places stand."""
    for page in (control, phone):
        row = page.locator("#region-results tbody tr").first
        await expect(row).to_contain_text(OPTIONS[0])
        await expect(row).to_contain_text("n 3")
        result = page.locator("#region-results")
        await expect(result).to_contain_text("The weights are the group’s, from points")
        await expect(result).to_contain_text("Do the weights decide the first 3?")
        await expect(result).to_contain_text("nobody")  # the last item was judged by none
    await expect(control.get_by_text("What if a weight were another one")).to_be_visible()
    await expect(phone.get_by_text("What if a weight were another one")).to_have_count(0)
    await expect(screen.locator("#region-stage")).to_contain_text(OPTIONS[0])
    await expect(screen.locator("#region-stage")).to_contain_text("65")


async def the_plane(here: Gathering, phone: Page, control: Page, screen: Page) -> None:
    """One item that all place alike, one on which they are apart."""
    settings = {"method": "impact_feasibility"}
    made = await here.activity("rate", "What first?", OPTIONS[:2], **settings)
    round_ = await here.open(made)
    options = [one["id"] for one in round_["options"]]
    apart = ((8, 8, 2, 7), (9, 8, 8, 2), (8, 7, 5, 5))
    for token, (a, b, c, d) in zip(here.entries, apart, strict=True):
        given = {
            options[0]: {"impact": a, "feasibility": b},
            options[1]: {"impact": c, "feasibility": d},
        }
        sent = {"body": {"criteria": given}, "revision": 1}
        await here.owner.as_(token).post(f"rounds/{round_['id']}/ballots", sent)
    await close(here, round_)
    for page in (phone, control):
        drawn = page.get_by_role("img", name=f"1 {OPTIONS[0]}: Do first")
        await expect(drawn).to_be_visible()
        rows = page.locator("#region-results tbody tr")
        await expect(rows.last).to_contain_text("Undecided")
    await expect(screen.locator("#region-stage svg .plane-arms")).to_have_count(1)
