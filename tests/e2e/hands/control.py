"""Control: the facilitator leads, mostly by keys; the chair rules."""

from playwright.async_api import Locator, expect

from tests.e2e.hands.base import Hand


class Facilitator(Hand):
    """A facilitator, or the chair, at the control page."""

    async def goes_on(self, to: str) -> None:
        """Step on by the arrow key."""
        await self.presses_key("ArrowRight")
        await self.stands_at(to)

    async def stands_at(self, title: str) -> None:
        await expect(self.page.locator("#cockpit-title")).to_have_text(title)

    async def presses_space(self, to: str) -> None:
        """Do the next thing by the space bar, once the page offers it."""
        await expect(self.page.locator('[data-key="Space"]')).to_contain_text(to)
        await self.presses_key("Space")

    async def opens_the_round(self, further: bool = False) -> None:
        await self.presses_space("Open a further round" if further else "Open the round")
        await expect(self.page.locator("#region-cockpit")).to_contain_text("Open since")

    async def counts(self, cast: int, eligible: int) -> None:
        """Wait for the turnout: units, not persons."""
        await expect(self.page.locator("#region-turnout .figure")).to_have_text(
            f"{cast} of {eligible}"
        )

    async def closes_at_once(self) -> None:
        await self.presses("Close at once")
        await expect(self.page.locator("#region-results")).to_contain_text("How it was counted")

    async def publishes(self) -> None:
        """To the participants by the button, to the big screen by the key."""
        await self.presses("Publish")
        await expect(self.page.get_by_role("button", name="Hide from participants")).to_be_visible()
        await self.presses_key("h")
        await expect(self.page.get_by_role("button", name="Hide on the big screen")).to_be_visible()

    async def admits(self, label: str) -> None:
        door = self.page.locator("#region-door")
        await expect(door).to_contain_text(label)
        await self.presses_key("a")
        await expect(door).not_to_contain_text(label)

    # -- proposals --------------------------------------------------------------------------------

    def waiting(self, text: str) -> Locator:
        """A proposal that waits for a moderator."""
        mine = self.page.locator("p:first-child", has=self.page.get_by_text(text, exact=True))
        return self.page.locator("#region-moderation .queue > li", has=mine)

    async def accepts(self, text: str) -> None:
        await self.presses("Accept", self.waiting(text))
        await expect(self.waiting(text)).to_have_count(0)

    async def sends_back(self, text: str, reason: str) -> None:
        await self.presses("Send back…", self.waiting(text))
        await self.fills(self.dialog(), **{"Reason, for the author alone": reason})
        await self.presses("Send back", self.dialog())
        await expect(self.waiting(text)).to_have_count(0)

    async def merges(self, one: str, others: list[str], wording: str) -> None:
        await self.presses("Merge…", self.waiting(one))
        for other in others:
            await self.dialog().get_by_label(other, exact=True).check()
        await self.fills(self.dialog(), Wording=wording)
        await self.dialog().get_by_role("button", name="Merge", exact=True).click()
        await expect(self.waiting(one)).to_have_count(0)

    # -- agreement --------------------------------------------------------------------------------

    def before_the_chair(self, text: str) -> Locator:
        """A flagged row."""
        mine = self.page.locator("p.head", has=self.page.get_by_text(text, exact=True))
        return self.page.locator("#region-chair .queue > li", has=mine)

    async def rewords(self, text: str, new: str) -> None:
        """Change a row's wording in front of everyone."""
        await self.presses("Reword…", self.before_the_chair(text))
        await self.fills(self.dialog(), Wording=new)
        await self.presses("Save the wording", self.dialog())
        await expect(self.before_the_chair(new)).to_be_visible()

    async def rules(self, text: str, ruling: str) -> None:
        await self.presses(ruling, self.before_the_chair(text))
        await expect(self.before_the_chair(text)).to_have_count(0)
