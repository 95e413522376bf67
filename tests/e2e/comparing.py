"""What the tests of comparing share: the exercise set up on the desk, everybody at their place."""

from dataclasses import dataclass

from playwright.async_api import Browser, Page, expect

from tests.support.browsers import watch
from tests.support.gathering import OPTIONS, Gathering

PHONE = {"width": 375, "height": 812}
QUESTION = "Which of these matters more?"
ORDER = {text: n for n, text in enumerate(OPTIONS)}  # as all of them see it
TEXTS = "These texts, one a line"


@dataclass(frozen=True)
class Places:
    """The facilitator on Control, one on a phone, one with keys alone, and the big screen."""

    desk: Page
    phone: Page
    keys: Page
    screen: Page
    complaints: list[list[str]]


async def everybody(
    here: Gathering, browser: Browser, source: str = TEXTS, **settings: str
) -> Places:
    """Set up at the desk and put before the room; its round is not open yet."""
    at = here.server.named_url
    item = {"title": "Priorities", "day": 1, "start": "09:00", "end": "10:00", "kind": "vote"}
    await here.run.post(f"{here.at}/agenda", item)
    desk = await here.enter(browser, here.token("facilitator"), "desk/agenda")
    await here.stage(await plans(here, desk, source, **settings), "running")
    await desk.goto(f"{at}/w/{here.id}/control")
    phone = await here.enter(browser, here.entries[0], "room", viewport=PHONE, has_touch=True)
    keys = await here.enter(browser, here.entries[1], "room")
    screen = await (await browser.new_context()).new_page()
    await screen.goto(f"{at}/enter/{here.token('screen')}")
    return Places(desk, phone, keys, screen, [watch(p) for p in (desk, phone, keys, screen)])


async def plans(here: Gathering, desk: Page, source: str, **settings: str) -> str:
    """Add the exercise at the desk, its settings by their labels or, with a dot, by their names;
    the id of the activity."""
    await desk.get_by_role("button", name="Add an activity…").click()
    dialog = desk.locator("#dialog-activity")
    await dialog.get_by_label("Exercise").select_option(label="Compare")
    await dialog.get_by_label("Question or title").fill(QUESTION)
    await dialog.get_by_label("What is put up").select_option(label=source)
    if source == TEXTS:
        await dialog.locator("[data-texts]").fill("\n".join(OPTIONS))
    await expect(dialog.get_by_label("Proposals ask for")).to_be_hidden()
    await dialog.get_by_text("Rule, voters, who sees what").click()
    for label, value in settings.items():
        named = dialog.locator(f'[name="{label}"]')
        field = named if "." in label else dialog.get_by_label(label.replace("_", " "))
        tag = await field.evaluate("e => e.tagName")
        await (field.select_option(label=value) if tag == "SELECT" else field.fill(value))
    async with desk.expect_navigation():
        await dialog.get_by_role("button", name="Add the activity").click()
    return str((await here.run.all(f"{here.at}/activities"))[-1]["id"])
