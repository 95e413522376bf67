"""The desk: the workshop is made, people and agenda are laid, files come in and leave."""

from pathlib import Path

from playwright.async_api import Locator, expect

from tests.e2e.hands.base import Hand


class Desk(Hand):
    """An organiser, rapporteur or drafting member at the desk."""

    async def creates_the_workshop(self, **fields: str) -> None:
        form = self.panel("New workshop")
        await self.fills(form, **fields)
        await self.presses("Create the workshop", form)
        await expect(self.page.get_by_role("heading", name="People", exact=True)).to_be_visible()

    async def turns_to(self, tab: str) -> None:
        link = self.page.get_by_role("navigation", name="Desk").get_by_role(
            "link", name=tab, exact=True
        )
        await link.click()
        await expect(link).to_have_attribute("aria-current", "page")
        await self.is_live()

    async def sends(self, form: Locator, button: str) -> None:
        """Press a form's button; the page comes back with what was changed."""
        async with self.page.expect_navigation():
            await form.get_by_role("button", name=button, exact=True).click()
        await self.is_live()

    # -- files ------------------------------------------------------------------------------------

    async def previews(self, noun: str, file: Path) -> Locator:
        """Choose a file and look at what it would do."""
        box = self.page.locator(f"[data-import={noun}]")
        await box.locator("input[type=file]").set_input_files(file)
        await self.presses("Preview", box)
        plan = box.locator("[data-plan]")
        await expect(plan).not_to_be_empty()
        return plan

    async def imports(self, noun: str, file: Path) -> None:
        """Preview a file, then take it in."""
        await self.previews(noun, file)
        await self.sends(self.page.locator(f"[data-import={noun}]"), "Import")

    async def downloads(self, title: str, to: Path) -> Path:
        """Take a file from the page of exports."""
        card = self.page.locator("li", has=self.page.get_by_role("heading", name=title, exact=True))
        link = card.get_by_role("link", name="Download")
        if await link.count() == 0:
            await card.get_by_role("button", name="Make the file").click()
            made = self.page.locator("#files li", has_text=f"{title}:").first
            link = made.get_by_role("link", name="take it")
        async with self.page.expect_download() as waiting:
            await link.click()
        download = await waiting.value
        await download.save_as(file := to / download.suggested_filename)
        return file

    # -- people, links, agenda --------------------------------------------------------------------

    async def gives_roles(self, label: str, *roles: str) -> None:
        """Exactly these roles, ticked by their names."""
        await self.presses("Edit…", self.row(label))
        for box in (
            await self.dialog().get_by_role("group", name="Roles").get_by_role("checkbox").all()
        ):
            named = (await box.locator("xpath=..").inner_text()).strip()
            await box.set_checked(named in roles)
        await self.sends(self.dialog(), "Save")

    async def personal_link(self, label: str) -> str:
        """The link on somebody's place card."""
        card = self.page.locator(".place-cards li", has=self.page.get_by_text(label, exact=True))
        return await card.locator(".small").inner_text()

    async def makes_a_link(self, role: str) -> str:
        """A link for a role, made at the desk."""
        line = self.page.locator("dl div", has=self.page.get_by_text(role, exact=True))
        await self.presses("Make a link", line)
        await expect(line.locator("output")).to_contain_text("/enter/")
        return await line.locator("output").inner_text()

    async def lays(self, day: int, start: str, end: str, kind: str, title: str) -> None:
        form = self.panel("Add an item")
        await self.fills(form, Title=title, Day=str(day), From=start, To=end, Kind=kind)
        await self.sends(form, "Add the item")

    async def plans(self, item: str, exercise: str, question: str, **fields: str) -> None:
        """Add an activity to an agenda item."""
        await self.presses("Add an activity…", self.row(item))
        await self.fills(self.dialog(), Exercise=exercise)
        await self._words_the_activity(question, fields)
        await self.sends(self.dialog(), "Add the activity")

    async def puts_up(self, question: str, what: str) -> None:
        """Say what stands in an activity that was planned before."""
        line = self.page.locator("li", has=self.page.get_by_text(question, exact=True))
        await self.presses("Change…", line)
        await self.fills(self.dialog(), What_is_put_up=what)
        await self.sends(self.dialog(), "Save")

    async def _words_the_activity(self, question: str, fields: dict[str, str]) -> None:
        dialog = self.dialog()
        await self.field(dialog, "Question or title, as it stands before the room").fill(question)
        await dialog.locator("summary").click()
        await self.fills(dialog, **fields)

    def row(self, words: str) -> Locator:
        """The row of a table that holds these words by themselves."""
        return self.page.locator("tr", has=self.page.get_by_text(words, exact=True))
