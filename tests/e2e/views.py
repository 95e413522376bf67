"""Every page of a meeting in a browser, and what runs or is stopped there."""

import contextlib
from collections.abc import AsyncIterator, Sequence
from urllib.parse import quote

from playwright.async_api import Browser, Page, expect

from tests.access.place import Place
from tests.support.browsers import watch
from tests.support.servers import Server

SPIED = """() => {
  window.violations = [];
  document.addEventListener("securitypolicyviolation", (e) =>
    window.violations.push(`${e.violatedDirective} ${e.blockedURI} ${e.sample}`));
}"""
FOLLOWED = "number => window.consilience.live.number >= number"
LIVE = {"room": "participant", "control": "facilitator", "screen": "screen"}
DESK = (
    "agenda", "people", "cards", "evidence", "proposals", "framework", "matrix", "matrix?view=long",
    "notes", "lessons", "record", "exports", "workshop",
)  # fmt: skip
READY = 60_000


class Views:
    """Every page, as those see it who may open it, and what was amiss there."""

    def __init__(self, server: Server, place: Place) -> None:
        self.server, self.place = server, place
        self.at = f"/w/{place.house.id}"
        self.pages: dict[str, Page] = {}
        self.heard: dict[str, list[str]] = {}
        self.amiss: dict[str, list[str]] = {}
        self.looked = 0

    @contextlib.asynccontextmanager
    async def stay_open(self, browser: Browser) -> AsyncIterator[None]:
        """A page of each live screen, open from before anything is typed: what is pushed is
        swapped in, which is another way in."""
        async with contextlib.AsyncExitStack() as stack:
            for name, role in LIVE.items():
                context = await browser.new_context()
                stack.push_async_callback(context.close)
                page = self.pages[name] = await context.new_page()
                self.heard[name] = watch(page)
                await page.add_init_script(f"({SPIED})()")
                token = self.place.house.by(role).token
                await page.goto(f"{self.server.named_url}/enter/{token}")
                await self.open(name, f"{self.at}/{name}")
            yield

    async def open(self, name: str, path: str) -> None:
        """Open a page, with one person's rights."""
        page = self.pages[name]
        await page.goto(f"{self.server.named_url}{path}", timeout=READY)
        if path.startswith(f"{self.at}/") and path.endswith(tuple(LIVE)):
            live = page.locator("#connection")
            await expect(live).to_have_attribute("data-state", "live", timeout=READY)
        await self.check(name, path)

    async def check(self, name: str, where: str) -> None:
        """Note what ran or was stopped on a page so far."""
        ran, stopped = await self.pages[name].evaluate("[window.pwned ?? null, window.violations]")
        heard = [*self.heard[name], *stopped, *([f"{ran} ran"] if ran else [])]
        self.heard[name].clear()
        self.looked += 1
        if heard:
            self.amiss.setdefault(where, []).extend(heard)

    async def look(self, payloads: Sequence[str]) -> None:
        """Every page that is not live, then what is said of an address that leads nowhere."""
        ids = self.place.ids
        for page in (*DESK, f"story/{ids['row_id']}"):
            await self.open("control", f"{self.at}/desk/{page}")
        for page in (f"waiting/{ids['admission_id']}", f"receipts/{ids['closed']}"):
            await self.open("control", f"{self.at}/{page}")
        for path in ("/", f"/join/{ids['code']}"):
            await self.open("control", path)
        for words in payloads:
            await self.open("control", f"/join/{quote(words, safe='')}")
            await self.open("control", f"/nowhere?x={quote(words, safe='')}")
        await self.open("control", f"{self.at}/control")

    async def look_live(self, when: str, *, anew: bool) -> None:
        """The live screens once they have been told everything; then opened anew, the room always:
        it fetches its exercise by itself, some time after it was told."""
        now = await self.place.house.owner.get(f"{self.place.house.at}/now")
        for name, page in self.pages.items():
            await page.wait_for_function(FOLLOWED, arg=now.json()["seq"], timeout=READY)
            await self.check(name, f"{name} pushed, {when}")
            if anew or name == "room":
                await self.open(name, f"{self.at}/{name}")
