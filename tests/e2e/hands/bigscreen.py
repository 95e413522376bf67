"""The big screen: nobody's hands; what it shows."""

from playwright.async_api import expect

from tests.e2e.hands.base import Hand


class BigScreen(Hand):
    """The projector."""

    async def shows(self, *words: str) -> None:
        for one in words:
            await expect(self.page.locator("#region-stage")).to_contain_text(one)

    async def shows_as_new(self, words: str) -> None:
        """Wait for words that are marked as added to a wording."""
        await expect(self.page.locator("#region-stage ins", has_text=words)).to_be_visible()

    async def join_address(self) -> tuple[str, str]:
        """The address and the code as people in the hall read them."""
        address = await self.page.locator("#join-address").inner_text()
        code = await self.page.locator(".stage-code").inner_text()
        return address, code
