"""Comparing in real browsers: set up at the desk, judged by thumb and by keys alone, undone, kept
over a lost line, closed when it is enough, shown on the big screen."""

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.hands.base import PATIENCE
from tests.support.browsers import watch
from tests.support.gathering import OPTIONS, Gathering, gathering
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.server]

PHONE = {"width": 375, "height": 812}
QUESTION = "Which of these matters more?"
expect.set_options(timeout=PATIENCE)
ORDER = {text: n for n, text in enumerate(OPTIONS)}  # as both of them see it


async def plans(here: Gathering, desk: Page, title: str, **settings: str) -> str:
    """Add the exercise at the desk; the id of the activity."""
    await desk.get_by_role("button", name="Add an activity…").click()
    dialog = desk.locator("#dialog-activity")
    await dialog.get_by_label("Exercise").select_option(label="Compare")
    await dialog.get_by_label("Question or title").fill(title)
    await dialog.get_by_label("What is put up").select_option(label="These texts, one a line")
    await dialog.locator("[data-texts]").fill("\n".join(OPTIONS))
    await expect(dialog.get_by_label("Proposals ask for")).to_be_hidden()
    for label, value in settings.items():
        field = dialog.get_by_label(label.replace("_", " "))
        tag = await field.evaluate("e => e.tagName")
        await (field.select_option(label=value) if tag == "SELECT" else field.fill(value))
    async with desk.expect_navigation():
        await dialog.get_by_role("button", name="Add the activity").click()
    return str((await here.run.all(f"{here.at}/activities"))[-1]["id"])


def now(page: Page) -> str:
    return ".statement[data-here]"


async def sides(page: Page) -> list[str]:
    return await page.locator(".statement[data-here] .side bdi").all_inner_texts()


async def by_thumb(page: Page) -> None:
    """Tap the one that matters more."""
    item = await page.locator(".statement[data-here]").get_attribute("id")
    await page.locator(
        ".statement[data-here] .side", has_text=min(await sides(page), key=ORDER.__getitem__)
    ).tap()
    await expect(page.locator(f"#{item}")).not_to_have_attribute("data-here", "")


async def by_key(page: Page, key: str = "") -> None:
    item = await page.locator(".statement[data-here]").get_attribute("id")
    left, right = await sides(page)
    await page.keyboard.press(key or ("ArrowLeft" if ORDER[left] < ORDER[right] else "ArrowRight"))
    await expect(page.locator(f"#{item}")).not_to_have_attribute("data-here", "")


async def test_pairs_from_the_desk_to_the_big_screen(server: Server, browser: Browser) -> None:
    async with gathering(server, people=2) as here:
        await here.run.post(
            f"{here.at}/agenda",
            {"title": "Priorities", "day": 1, "start": "09:00", "end": "10:00", "kind": "vote"},
        )
        desk = await here.enter(browser, here.token("facilitator"), "desk/agenda")
        activity = await plans(
            here, desk, QUESTION, Enough_from_one_person="4", Enough_for_the_whole="4"
        )
        await here.stage(activity, "running")
        await desk.goto(f"{server.named_url}/w/{here.id}/control")
        phone = await here.enter(browser, here.entries[0], "room", viewport=PHONE, has_touch=True)
        keys = await here.enter(browser, here.entries[1], "room")
        screen = await (await browser.new_context()).new_page()
        await screen.goto(f"{server.named_url}/enter/{here.token('screen')}")
        complaints = [watch(page) for page in (desk, phone, keys, screen)]

        await desk.get_by_role("button", name="Open the round").click()
        await expect(phone.locator("[data-done]")).to_have_text("0 of about 4")
        for _ in range(3):
            await by_thumb(phone)
        await expect(phone.locator("[data-done]")).to_have_text("3 of about 4")
        await phone.get_by_role("button", name="Undo: back to the last one").tap()
        await expect(phone.locator(f"{now(phone)} input:checked")).to_have_count(1)
        await by_thumb(phone)
        await phone.context.set_offline(True)
        for _ in range(2):
            await by_thumb(phone)
        await expect(phone.locator("[data-done]")).to_contain_text("enough from you now")
        await phone.context.set_offline(False)

        await by_key(keys, "ArrowDown")
        await by_key(keys, "ArrowUp")
        await keys.keyboard.press("Backspace")
        for _ in range(5):
            await by_key(keys)
        await expect(keys.get_by_text("you have judged all there is")).to_be_visible()
        far = desk.locator("#region-comparing")
        await expect(far).to_contain_text("Skipped1")
        await expect(far).to_contain_text("yes")
        await expect(far).to_contain_text("Enough now")
        await desk.get_by_role("button", name="Close at once").click()
        results = desk.locator("#region-results")
        await expect(results).to_contain_text("Judged: 10, as equal: 0")
        rows = results.locator("table.results tbody th bdi")
        assert await rows.all_inner_texts() == list(OPTIONS)
        await desk.keyboard.press("h")
        stage = screen.locator("#region-stage")
        await expect(stage.locator("tbody th").first).to_have_text(OPTIONS[0])
        await desk.get_by_role("button", name="Publish").click()
        await expect(phone.locator("#region-results")).to_contain_text("May stand at")
        assert [said for each in complaints for said in each] == []
