"""The desk of those who write: proposals are worded, the rows of the matrix are laid and edited."""

from playwright.async_api import Locator, expect

from tests.e2e.hands.desk import Desk


class Writer(Desk):
    """A moderator, rapporteur or drafting member."""

    def proposal(self, text: str) -> Locator:
        return self.page.locator("#region-wordings tr", has=self.page.get_by_text(text, exact=True))

    async def finds(self, text: str, state: str) -> None:
        await expect(self.proposal(text)).to_contain_text(state)

    async def rewords(self, text: str, new: str, **fields: str) -> None:
        await self.presses("Reword, place…", self.proposal(text))
        await self.fills(self.dialog(), Wording=new, **fields)
        await self.presses("Save as a new version", self.dialog())
        await expect(self.proposal(new)).to_be_visible()

    async def adds_a_row(self, area: str, response: str) -> None:
        """Put a response beside an area."""
        await self.presses("Add a row…")
        await self.fills(self.dialog(), Priority_area=area, Response=response)
        await self.presses("Add the row", self.dialog())
        await expect(self.dialog()).to_have_count(0)

    async def opens_the_row(self, text: str) -> None:
        await self.page.locator("#region-matrix").get_by_role("button", name=text).click()
        await expect(self.dialog()).to_be_visible()

    async def saves_the_row(self) -> None:
        await self.presses("Save the row", self.dialog())
        await expect(self.dialog()).to_have_count(0)

    async def concludes(self, text: str) -> None:
        """Draft a conclusion of the meeting."""
        await self.turns_to("Framework")
        form = self.panel("Draft a conclusion or a definition")
        await self.fills(form, Wording=text)
        await self.presses("Add the draft", form)
        await expect(self.page.locator("#framework-conclusion")).to_contain_text(text)
