"""An author follows their proposal by keyboard on a phone, and sends it back with one tap; when the
meeting has ended everybody takes the matrix home and opens it without a network."""

from pathlib import Path

from playwright.async_api import Browser, Page, expect

from tests.e2e.forms import OWN
from tests.support.browsers import watch
from tests.support.gathering import furnish, gathering
from tests.support.servers import Server

# What is still done once a meeting has ended: links made, who took part forgotten.
GOES_ON = {"Make a link", "Sign out", "Save", "Edit…", "Erase for good"}
PHONE = {"width": 375, "height": 812}


async def offered(page: Page) -> set[str]:
    """The words of every command that can be seen on a page."""
    commands = page.locator("button[data-path], button[data-dialog], form[data-path] [type=submit]")
    return {await one.inner_text() for one in await commands.all() if await one.is_visible()}


async def test_from_ones_own_words_to_the_file_that_everybody_takes(
    server: Server, browser: Browser, tmp_path: Path
) -> None:
    async with gathering(server, people=2) as here:
        await furnish(here)
        assert OWN[0].prepare
        await OWN[0].prepare(here)
        page = await here.enter(browser, here.entries[0], "room", viewport=PHONE)
        await page.get_by_role("link", name="What became of mine").first.press("Enter")
        await page.get_by_role("button", name="This is not what I meant").press("Enter")
        told = page.get_by_text("The moderators have it before them.")
        await expect(told).to_be_visible()
        words = page.get_by_role("button", name="Say what you meant…")
        await expect(words).to_be_visible()

        desk = await here.enter(browser, here.token("facilitator"), "desk/workshop")
        left = desk.locator("#unfinished")
        await expect(left).to_contain_text("Wordings that their authors did not mean: 1")
        await desk.get_by_role("button", name="End the meeting…").click()
        await desk.get_by_role("button", name="End it").click()
        await expect(desk.get_by_role("heading", name="The meeting has ended")).to_be_visible()
        await expect(page.locator("#thread-ended")).to_be_visible()
        await expect(words).to_have_count(0)
        for place in ("control", "desk/people", "desk/agenda", "desk/framework", "desk/workshop"):
            await desk.goto(f"{server.named_url}/w/{here.id}/{place}")
            await expect(desk.locator("#thread-ended")).to_be_visible()
            assert await offered(desk) <= GOES_ON, place

        screen = await (await browser.new_context()).new_page()
        await screen.goto(f"{server.named_url}/enter/{here.token('screen')}")
        await screen.goto(f"{server.named_url}/w/{here.id}/screen")
        await expect(screen.locator("#take-qr svg")).to_be_visible()
        await page.goto(f"http://{await screen.locator('#take-address').text_content()}")
        async with page.expect_download() as waiting:
            await page.get_by_role("link", name="Take the file").press("Enter")
        file = tmp_path / (await waiting.value).suggested_filename
        await (await waiting.value).save_as(file)

    await page.context.set_offline(True)
    heard = watch(page)
    await page.goto(file.as_uri())
    await expect(page.get_by_text("Train border posts together")).to_be_visible()
    await page.get_by_role("radio", name="With reservations").check()
    await expect(page.get_by_text("Train border posts together")).to_be_hidden()
    assert heard == []
