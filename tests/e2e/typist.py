"""Somebody at a form: what they type, and everything around it that must not move."""

from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import Browser, Locator, Page, expect

from tests.e2e.forms import Form
from tests.support.browsers import let_in, watch
from tests.support.gathering import Gathering

PATIENCE = 90_000  # ms: the machine may be busy with other tests
OFTEN = 50  # ms; at every frame, as is usual, twenty pages would paint themselves to a standstill
# Text, focus, caret, scroll and the state of every field around; `still` is what a reload keeps.
LOOK = """() => {
  const at = document.activeElement;
  const form = at.closest("form") || document.querySelector("#ballot");
  const own = (f) => /checkbox|radio/.test(f.type) ? f.checked : f.value;
  const scrolled = [];
  for (let e = at; e; e = e.parentElement) scrolled.push(e.scrollTop, e.scrollLeft);
  return {
    focus: [at.tagName, at.id, at.name, at.getAttribute("aria-label"), at.textContent],
    caret: [at.selectionStart ?? null, at.selectionEnd ?? null],
    scroll: [scrollX, scrollY, ...scrolled, Math.round(at.getBoundingClientRect().top)],
    still: [
      [...form.elements].map((f) => [f.name, f.dataset.part || "", own(f)]),
      [...form.querySelectorAll("[data-ranked] > li")].map((row) => [row.id, row.dataset.tied]),
    ],
  };
}"""
HEARD = "(n) => window.consilience.live.ready && window.consilience.live.number >= n"
AT_REST = """() => window.consilience.live.ready && window.consilience.outbox.waiting() === 0
  && !document.querySelector("#ballot[data-turning]")
  && !document.querySelector(".note-form :is([data-state=typing], [data-state=saving])")"""
NOTHING_UNSENT = """() => !Object.keys(localStorage).some((key) => key.startsWith("draft:"))
  && (!window.consilience || window.consilience.outbox.waiting() === 0)"""


@dataclass
class Typist:
    """One person, one form, one page."""

    form: Form
    here: Gathering
    page: Page
    complaints: list[str] = field(default_factory=list)

    @property
    def live(self) -> bool:
        return not self.form.page.startswith("/")

    @property
    def field(self) -> Locator:
        return self.page.locator(self.form.field)

    async def come_to_it(self) -> None:
        """Open what must be opened, answer what else the form asks, and stand in the field."""
        await self._open()
        if not self.form.keys:
            await self._choose()
        await self.field.focus()
        if not self.form.keys:
            await self.page.keyboard.press("Control+A")

    async def _open(self) -> None:
        if self.form.opener.startswith("key "):
            await self.page.keyboard.press(self.form.opener.removeprefix("key "))
        elif self.form.opener:
            await self.page.locator(self.form.opener).click()

    async def _choose(self) -> None:
        """The last of every list, the first of every choice, as a person may have them, and a word
        in whatever else the form will not go without."""
        form = self.field.locator("xpath=ancestor::form[1]")
        for choice in await form.locator("select:visible").all():
            await choice.select_option(index=await choice.locator("option").count() - 1)
        if not await form.locator("[data-ranked], [data-finished]").count():
            for box in await form.locator(
                "[type=radio]:visible, [type=checkbox]:visible:not([data-list])"
            ).all():
                await box.check()
        for other in await form.locator(":is(textarea, [type=text]):required:visible").all():
            if not await other.input_value():
                await other.fill("Words")

    @property
    def half(self) -> int:
        return len(self.form.keys or self.form.typed) // 2

    async def press(self, part: slice, seconds: float) -> None:
        """Type a part of the words, or press a part of the keys, within so many seconds."""
        if self.form.keys:
            keys = self.form.keys[part]
            for key in keys:
                await self.page.keyboard.press(key, delay=1000 * seconds / len(keys))
        else:
            words = self.form.typed[part]
            await self.page.keyboard.type(words, delay=1000 * seconds / len(words))

    async def look(self) -> dict[str, Any]:
        return dict(await self.page.evaluate(LOOK))

    async def hear(self, number: int) -> None:
        """Until the page has heard of so many lines of the log."""
        if self.live:
            await self.page.wait_for_function(HEARD, arg=number, polling=OFTEN)

    async def reload(self) -> None:
        """Come back to the page and to the end of what was typed."""
        await self.recorded()
        await self.page.reload()
        await self.field.focus()
        if not self.form.keys:
            await self.page.keyboard.press("End")

    async def recorded(self) -> None:
        """Until the page is connected, every tap acknowledged, every note saved, and the next
        statement there."""
        if self.live:
            await self.page.wait_for_function(AT_REST, polling=OFTEN)

    async def send(self) -> None:
        """Press the button; what was a draft is none any more."""
        await self.page.get_by_role("button", name=self.form.button, exact=True).first.click()
        await self.page.wait_for_function(NOTHING_UNSENT, polling=OFTEN)


async def sit(browser: Browser, here: Gathering, form: Form, seat: int = 0) -> Typist:
    """A person of their own before this form, connected where the page is live."""
    page = await (await browser.new_context(viewport={"width": 1280, "height": 720})).new_page()
    complaints = watch(page)
    url = here.server.named_url
    page.set_default_timeout(PATIENCE)
    if form.who != "nobody":
        token = here.entries[seat] if form.who == "voter" else here.token(form.who)
        await page.goto(f"{url}/enter/{token}")
        await let_in(page, here.run, here.id)
    path = form.page.format(code=here.workshop["code"])
    await page.goto(f"{url}{path}" if path.startswith("/") else f"{url}/w/{here.id}/{path}")
    typist = Typist(form, here, page, complaints)
    if typist.live:
        await expect(page.locator("#connection")).to_contain_text("Live", timeout=PATIENCE)
    await typist.come_to_it()
    return typist
