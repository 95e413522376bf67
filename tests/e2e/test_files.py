"""A file is asked for on the page of exports, and the page says by itself when it is ready."""

from playwright.async_api import Browser, expect

from tests.support.gathering import gathering
from tests.support.servers import Server


async def test_a_file_is_made_while_one_waits(server: Server, browser: Browser) -> None:
    async with gathering(server, people=2) as here:
        page = await here.enter(browser, here.token("facilitator"), "desk/exports")
        card = page.locator("li", has=page.get_by_role("heading", name="Report (PDF)"))
        await card.get_by_role("button", name="Make the file").click()
        made = page.get_by_role("status").filter(has_text="Report (PDF):")
        link = made.get_by_role("link", name="take it")
        await expect(link).to_be_visible(timeout=30_000)
        await expect(page.locator("[hx-trigger^=every]")).to_have_count(0)
        async with page.expect_download() as waiting:
            await link.click()
        assert (await waiting.value).suggested_filename == f"consilience-{here.id[:8]}.pdf"
