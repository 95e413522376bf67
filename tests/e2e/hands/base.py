"""What all hands share: one browser of their own, buttons, fields, dialogs."""

from dataclasses import dataclass
from typing import Any, Self

from playwright.async_api import Browser, Locator, Page, expect

from tests.support.browsers import watch

# A machine that runs a server and eight browsers at once may take its time.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)


@dataclass
class Hand:
    """One person at one device."""

    page: Page
    complaints: list[str]

    @classmethod
    async def opens(cls, browser: Browser, link: str, **device: Any) -> Self:
        """Open a link on a device that knows nothing of the meeting yet."""
        context = await browser.new_context(reduced_motion="reduce", **device)
        context.set_default_timeout(PATIENCE)
        page = await context.new_page()
        complaints = watch(page)
        await page.goto(link)
        return cls(page, complaints)

    async def presses(self, words: str, within: Locator | None = None) -> None:
        """Click the button that says so."""
        where = within or self.page
        await where.get_by_role("button", name=words).first.click()

    async def presses_key(self, key: str) -> None:
        """Press a key with nothing in focus."""
        await self.page.evaluate("document.activeElement.blur()")
        await self.page.keyboard.press(key)

    async def fills(self, within: Locator, **fields: str) -> None:
        """Fill a form's fields by their labels; an underscore stands for a space."""
        for label, value in fields.items():
            field = self.field(within, label.replace("_", " "))
            if await field.evaluate("e => e.tagName") == "SELECT":
                await self.chooses(field, value)
            else:
                await field.fill(value)

    async def chooses(self, field: Locator, words: str) -> None:
        """Choose from a list; a short key such as PA01 may stand before the words."""
        listed = field.locator("option", has_text=words)
        texts = [" ".join(text.split()) for text in await listed.all_inner_texts()]
        place = next(
            n for n, text in enumerate(texts) if text == words or text.endswith(f" {words}")
        )
        await field.select_option(value=await listed.nth(place).get_attribute("value"))

    def field(self, within: Locator, label: str) -> Locator:
        """The field under this label. A label holds its field, a list of choices with it."""
        field = "*[self::input or self::select or self::textarea]"
        return within.locator(f'xpath=.//label[normalize-space(text())="{label}"]//{field}')

    def dialog(self) -> Locator:
        """The dialog that stands open."""
        return self.page.locator("dialog[open]")

    def panel(self, title: str) -> Locator:
        """The part of the page under this title."""
        return self.page.locator("section", has=self.page.get_by_role("heading", name=title))

    async def sees(self, *words: str) -> None:
        """Wait until the page says all of this."""
        for one in words:
            await expect(self.page.locator("body")).to_contain_text(one)

    async def is_live(self) -> None:
        """Wait until the page has heard from the server."""
        await expect(self.page.locator("#connection[data-state=live]")).to_be_attached()
