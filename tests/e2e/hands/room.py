"""The room: what one participant answers, writes and flags."""

from playwright.async_api import Browser, Locator, expect

from tests.e2e.hands.base import Hand


class Participant(Hand):
    """A participant at a laptop or phone."""

    @classmethod
    async def joins(cls, browser: Browser, address: str, code: str, label: str) -> "Participant":
        """Type the address and the code from the big screen and pick one's own name."""
        hand = await cls.opens(browser, f"http://{address}")
        await hand.page.get_by_label("Meeting code").fill(code)
        await hand.presses("Go on")
        await hand.page.get_by_text(label, exact=True).click()
        await hand.presses("Take this seat")
        await hand.sees("The facilitator is confirming you")
        return hand

    async def is_asked(self, question: str) -> None:
        await expect(self.page.locator("#now-title")).to_have_text(question)
        await expect(self.page.locator("#ballot")).to_be_visible()

    async def is_recorded(self, about: str = "") -> None:
        """Wait for the receipt, of this matter if it is named."""
        receipt = self.page.locator("#receipt[data-state=recorded]")
        await expect(receipt).to_contain_text("Recorded, no.")
        await expect(receipt).to_contain_text(about)

    def option(self, text: str) -> Locator:
        """The part of the form that is about this option."""
        mine = self.page.locator("legend, .title", has=self.page.get_by_text(text, exact=True))
        return self.page.locator("#ballot :is(fieldset, .statement)", has=mine)

    async def judges(self, evidence: str, holds: str, strength: str = "") -> None:
        await self.option(evidence).get_by_text(holds, exact=True).click()
        if strength:
            await self.field_of(evidence, "Strength of the evidence").select_option(label=strength)
        await self.is_recorded(evidence)

    def field_of(self, option: str, label: str) -> Locator:
        return self.option(option).get_by_label(label)

    async def says_why(self, option: str, words: str) -> None:
        await self.option(option).locator("summary").click()
        await self.option(option).get_by_role("textbox").fill(words)
        await self.presses("Save the reason", self.option(option))
        await self.is_recorded(option)

    async def reacts(self, to: str, answer: str) -> None:
        """Answer the statement that stands there; the next one comes by itself."""
        here = self.page.locator(".statement[data-here]")
        await expect(here).to_contain_text(to)
        statement = await here.locator("bdi").inner_text()
        await here.get_by_text(answer, exact=True).click()
        await self.is_recorded(statement)

    async def rates(self, option: str, value: str) -> None:
        await self.option(option).get_by_role("radio", name=value, exact=True).check()
        await self.is_recorded(option)

    async def approves(self, *responses: str) -> None:
        for response in responses:
            await self.page.locator("#ballot").get_by_label(response, exact=True).check()
            await self.is_recorded(response)

    async def is_finished(self) -> None:
        await self.presses("I’m finished")
        await self.sees("Finished. Press to go on answering")

    async def proposes(self, text: str, area: str = "") -> None:
        if area:
            await self.page.get_by_label("For which priority area?").select_option(label=area)
        await self.page.get_by_role("textbox", name="Your proposal").fill(text)
        await self.presses("Send the proposal")
        await self.is_recorded(text)

    async def words_anew(self, text: str, new: str) -> None:
        """Give one's own proposal another wording, where it waits or was sent back."""
        own = self.page.locator(".own > li", has=self.page.get_by_text(text, exact=True))
        await own.locator("summary").click()
        await self.fills(own, Wording=new)
        await self.presses("Send the new wording", own)
        await expect(self.page.locator(".own")).to_contain_text(new)

    async def ranks(self, *options: str) -> None:
        """Add options to one's ranking, in this order, by the keyboard."""
        for option in options:
            await self.page.locator("[data-pool]").get_by_role("button", name=option).focus()
            await self.page.keyboard.press("Enter")

    async def ties(self, option: str) -> None:
        """Let an option share the place above."""
        await self.presses(f"{option} shares the place above")

    async def submits_the_ranking(self) -> None:
        await self.presses("Submit my ranking")
        await self.sees("Your ranking is recorded as it stands here.")

    # -- agreement --------------------------------------------------------------------------------

    def reading(self, row: str) -> Locator:
        """A row of the draft as it is read."""
        return self.page.locator(".reading", has=self.page.get_by_text(row, exact=True))

    async def flags(self, row: str, flag: str, text: str, named: bool = False) -> None:
        here = self.reading(row)
        await here.locator("summary").click()
        await here.get_by_text(flag, exact=True).click()
        await self.fills(here, In_your_words=text)
        if named:
            await here.get_by_text("Show my name with it").click()
        await self.presses("Raise the flag", here)
        await expect(here).to_contain_text(f"Your flag: {flag}")

    async def is_asked_again(self, row: str) -> None:
        await expect(self.reading(row)).to_contain_text("does your flag still stand?")
