"""A quantity estimated from set-up to hindsight: one expert on a phone, one by keyboard alone."""

from playwright.async_api import Browser, Page, expect

from tests.support.browsers import watch
from tests.support.gathering import Gathering, gathering
from tests.support.servers import Server

PHONE = {"width": 375, "height": 812}
TRUCKS, POSTS = "Trucks searched at the bridge in a week", "Posts with a lamp that works"
STEPS = ("Lowest", "Highest", "Best guess", "How sure, in percent (50–100)")


async def test_the_whole_life_of_an_estimate(server: Server, browser: Browser) -> None:
    async with gathering(server, people=3) as here:
        desk = await here.enter(browser, here.token("facilitator"), "desk/agenda")
        await sets_it_up(here, desk)
        phone = await here.enter(browser, here.entries[0], "room", viewport=PHONE)
        keyed = await here.enter(browser, here.entries[1], "room")
        screen = await (await browser.new_context()).new_page()
        await screen.goto(f"{server.named_url}/enter/{here.token('screen')}")
        control = await here.enter(browser, here.token("facilitator"), "control")
        complaints = [said for page in (desk, phone, keyed, screen) for said in [watch(page)]]

        await control.get_by_role("button", name="Open the round").click()
        await types(phone, TRUCKS, "20", "10", "15", "80")
        question = phone.get_by_role("group", name=TRUCKS)
        await expect(question.get_by_role("status")).to_contain_text("in rising order")
        await phone.get_by_role("button", name="Send my estimates").click()
        await expect(question.get_by_label("Lowest")).to_be_focused()  # and nothing went out
        await types(phone, TRUCKS, "10", "40", "30", "90")
        await expect(question.get_by_role("status")).to_be_empty()
        await phone.get_by_role("button", name="Send my estimates").click()
        await recorded(phone)
        await by_keys(keyed, "10", "20", "15", "80", "2", "9", "4", "60")
        await recorded(keyed)
        await closes_and_publishes(control)

        await expect(phone.locator("#region-results")).to_contain_text("22.5")
        own = phone.locator(".estimate .guess.mine")
        await expect(own).to_have_count(2)  # in the chart and in its legend: on one's own page only
        await expect(screen.locator("#region-stage svg.estimate").first).to_be_visible()
        await expect(screen.locator(".mine")).to_have_count(0)

        await control.get_by_role("button", name="Open a further round").click()
        feedback = keyed.get_by_role("group", name=TRUCKS).locator(".feedback")
        await expect(feedback).to_contain_text("Your earlier answer: 10 to 20, best guess 15")
        chart = feedback.get_by_role("img")
        await expect(chart).to_have_accessible_name(
            "2 ranges. The group: 11.11 to 29.44, best guess 22.5. Yours: 10 to 20, best guess 15."
        )
        await by_keys(keyed, "12", "30", "20", "80", "2", "9", "4", "60")
        await recorded(keyed)
        await closes_and_publishes(control)
        await expect(phone.locator("#region-results")).to_contain_text("20")

        await turns_out(desk, "28", "9")
        await expect(control.locator("[id^=realised-]").first).to_contain_text("What turned out")
        await expect(phone.locator("[id^=realised-]")).to_have_count(0)
        await turns_out(desk, "28", "9", shown=True)
        await expect(phone.locator("[id^=realised-]").first).to_contain_text(
            "2 of 2 ranges hold what turned out. Their authors were 70 % sure on average."
        )
        assert [said for each in complaints for said in each] == []


async def sets_it_up(here: Gathering, desk: Page) -> None:
    """An agenda item, and on it the exercise with its two questions and their scale."""
    item = {"title": "What we know", "day": 1, "start": "09:00", "end": "10:30", "kind": "vote"}
    made = await here.run.post(f"{here.at}/agenda", item)
    await desk.reload()
    await desk.get_by_role("button", name="Add an activity…").click()
    dialog = desk.get_by_role("dialog", name="Add an activity")
    await dialog.get_by_label("Exercise").select_option(label="Estimate")
    await dialog.get_by_label("Question or title").fill("How many are there?")
    await dialog.get_by_label("What is put up").select_option(label="These texts, one a line")
    await dialog.get_by_role("textbox", name="Texts").fill(f"{TRUCKS}\n{POSTS}")
    await dialog.get_by_label("Lowest possible value").fill("0")
    await dialog.get_by_label("Highest possible value").fill("50")
    async with desk.expect_navigation():
        await dialog.get_by_role("button", name="Add the activity").click()
    (activity,) = await here.run.all(f"{here.at}/activities")
    assert activity["settings"]["scale"]["confidence"] is True
    here.made["estimate"] = activity["id"]
    await here.run.post(f"{here.at}/agenda/{made['id']}/start")
    await here.stage(activity["id"], "running")


async def types(page: Page, question: str, *values: str) -> None:
    for step, value in zip(STEPS, values, strict=True):
        await page.get_by_role("group", name=question).get_by_label(step).fill(value)


async def by_keys(page: Page, *values: str) -> None:
    """From field to field by the tab key, past the feedback and the reasons, to the button."""
    field = page.get_by_role("group", name=TRUCKS).get_by_label("Lowest")
    await field.focus()
    for value in values:
        while not await page.evaluate("document.activeElement.matches('[data-part]')"):
            await page.keyboard.press("Tab")
        await page.keyboard.press("ControlOrMeta+a")
        await page.keyboard.type(value)
        await page.keyboard.press("Tab")
    while not await page.evaluate("document.activeElement.matches('#ballot [type=submit]')"):
        await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")


async def recorded(page: Page) -> None:
    await expect(page.locator("[data-unsent]")).to_contain_text("are recorded")


async def closes_and_publishes(control: Page) -> None:
    cockpit = control.locator("#region-cockpit")
    for name, then in (
        ("Close at once", "To the big screen"), ("Publish", "Hide from participants"),
        ("To the big screen", "Hide on the big screen"),
    ):  # fmt: skip
        await cockpit.get_by_role("button", name=name).click()
        await expect(cockpit.get_by_role("button", name=then)).to_be_visible()


async def turns_out(desk: Page, *values: str, shown: bool = False) -> None:
    """What turned out is entered at the desk."""
    await desk.reload()
    await desk.get_by_role("button", name="Known answers…").click()
    dialog = desk.get_by_role("dialog", name="Known answers")
    for name, value in zip((TRUCKS, POSTS), values, strict=True):
        await dialog.get_by_label(name).fill(value)
    await dialog.get_by_role("checkbox").set_checked(shown)
    async with desk.expect_navigation():
        await dialog.get_by_role("button", name="Save").click()
