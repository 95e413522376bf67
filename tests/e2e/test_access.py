"""Every page and state, for everybody: in light and dark, right to left, on a phone, by keyboard,
without motion and without colour."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect

from tests.e2e.forms import CONTROL, DESK, OWN, ROOM
from tests.support import access
from tests.support.browsers import let_in
from tests.support.gathering import Gathering, furnish, gathering
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.server, pytest.mark.long]

LAPTOP = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=375, height=812)
HALL = ViewportSize(width=1920, height=1080)


@pytest.fixture
async def here(server: Server) -> AsyncIterator[Gathering]:
    async with gathering(server) as made:
        await furnish(made)
        yield made


class Visitor:
    """One person's browser, and what was found wrong on the way."""

    def __init__(
        self, browser: Browser, here: Gathering, token: str, window: ViewportSize = LAPTOP
    ) -> None:
        self.browser, self.here, self.token, self.window = browser, here, token, window
        self.pages: dict[str, Page] = {}
        self.found: list[str] = []

    def tell(self) -> None:
        """Fail with everything that was found, a line each."""
        if self.found:
            pytest.fail("\n".join(self.found), pytrace=False)

    async def look(self, name: str, path: str, opener: str = "", **how: Any) -> None:
        """One page in every light, where words are longest and run right to left; and left to right
        in a browser of its own, for what that changes. An opener adds to a page already seen."""
        for language in ("en-XB",) if opener else ("en", "en-XB"):
            page = self.pages.get(language) or await self._enter(language)
            await self._open(page, path)
            await self._all(f"{name} {language}", page, opener, whole=language != "en", **how)
            await page.goto("about:blank")  # nothing is pushed to it while the others are looked at

    async def _enter(self, language: str) -> Page:
        context = await self.browser.new_context(reduced_motion="reduce")
        context.set_default_timeout(90_000)
        url = self.here.server.named_url
        await context.add_cookies([{"name": "language", "value": language, "url": url}])
        page = self.pages[language] = await context.new_page()
        if self.token:
            await page.goto(f"{url}/enter/{self.token}")
            await let_in(page, self.here.run, self.here.id)
        return page

    async def _open(self, page: Page, path: str) -> None:
        await page.set_viewport_size(self.window)
        await page.emulate_media(color_scheme="light")
        url = self.here.server.named_url
        at = path if path.startswith("/") else f"/w/{self.here.id}/{path}"
        await page.goto(f"{url}{at}")
        if await page.locator("#connection").count():
            live = page.locator("#connection[data-state=live]")
            await expect(live).to_be_attached(timeout=90_000)

    async def _all(
        self, name: str, page: Page, opener: str, phone: bool = True, whole: bool = True
    ) -> None:
        if opener.startswith("key "):
            await page.keyboard.press(opener.removeprefix("key "))
        elif opener:
            await page.locator(opener).click()
        await access.look(page)
        found = [*await access.violations(page), *await access.too_small(page)]
        if whole:
            found += [*await access.only_by_hue(page), *await access.moving(page)]
            await page.emulate_media(color_scheme="dark")
            found += [f"dark {one}" for one in await access.violations(page, "color-contrast")]
            found += await access.out_of_reach(page)
        if phone:
            await page.set_viewport_size(PHONE)
            found += [f"phone {one}" for one in await access.too_wide(page)]
            found += [f"phone {one}" for one in await access.too_small(page)]
        self.found += [f"{name}: {one}" for one in found]


async def test_the_room(here: Gathering, browser: Browser) -> None:
    visitor = Visitor(browser, here, here.token("voter"))
    await visitor.look("not begun", "room")
    for form in {form.prepare: form for form in ROOM}.values():
        assert form.prepare
        await form.prepare(here)
        await visitor.look(form.name, "room", opener=form.opener)
    visitor.tell()


async def test_pages_beside_the_room(here: Gathering, browser: Browser) -> None:
    visitor = Visitor(browser, here, here.token("voter"))
    assert OWN[0].prepare
    await OWN[0].prepare(here)
    await visitor.look("mine", "mine/proposals", opener=OWN[0].opener)
    await visitor.look("story", f"story/{here.made['cells'][0]['id']}")
    await here.owner.post(f"{here.at}/end")
    await visitor.look("taken home", "take")
    visitor.tell()


async def test_results_in_the_room(here: Gathering, browser: Browser) -> None:
    visitor = Visitor(browser, here, here.token("voter"))
    for type_ in ("rate", "rank", "choose", "react"):
        await _published(here, type_)
        await visitor.look(f"result of {type_}", "room")
    visitor.tell()


async def test_control(here: Gathering, browser: Browser) -> None:
    visitor = Visitor(browser, here, here.token("facilitator"))
    await visitor.look("not begun", "control")
    for form in CONTROL:
        if form.prepare:
            await form.prepare(here)
            await visitor.look(form.name, "control")
        await visitor.look(f"dialog of {form.name}", "control", opener=form.opener)
    await _published(here, "rate")
    await visitor.look("result", "control")
    visitor.tell()


async def test_the_desk(here: Gathering, browser: Browser) -> None:
    visitor = Visitor(browser, here, here.token("organiser"))
    story = f"desk/story/{here.made['cells'][0]['id']}"
    for path in ("record", "exports", "workshop", "cards", "matrix?view=long"):
        await visitor.look(path, f"desk/{path}")
    await visitor.look("story", story)
    for page in sorted({form.page for form in DESK}):
        await visitor.look(page, page)
    for form in DESK:
        if form.opener:
            if form.prepare:
                await form.prepare(here)
            await visitor.look(form.name, form.page, opener=form.opener)
    visitor.tell()


async def test_the_door(here: Gathering, browser: Browser) -> None:
    visitor = Visitor(browser, here, "")
    for path in ("/join", f"/join/{here.workshop['code']}", "/join/NOPE2345", "/nowhere"):
        await visitor.look(path, path)
    await visitor.look("styleguide", "/styleguide")
    owner = Visitor(browser, here, here.token("owner"))
    await owner.look("workshops", "/")
    visitor.tell()
    owner.tell()


async def test_the_big_screen(here: Gathering, browser: Browser) -> None:
    visitor = Visitor(browser, here, here.token("screen"), HALL)
    for show in ("join", "agenda", "blank"):
        await here.run.put(f"{here.at}/screen", {"show": show})
        await visitor.look(show, "screen", phone=False)
    await here.voting("rate")
    await here.run.put(f"{here.at}/screen", {"show": "question"})
    await visitor.look("question", "screen", phone=False)
    await _published(here, "rate", "participants", "screen")
    await here.run.put(f"{here.at}/screen", {"show": "results"})
    await visitor.look("results", "screen", phone=False)
    visitor.tell()


async def _published(here: Gathering, type_: str, *to: str) -> None:
    """A round of three answers, closed, counted and shown."""
    round_ = await here.voting(type_)
    ids = [option["id"] for option in round_["options"]]
    bodies: dict[str, Any] = {
        "rate": {"rating": dict(zip(ids, (9, 8, 2, 5), strict=True))},
        "rank": {"ranking": [[id_] for id_ in ids]},
        "choose": {"approval": ids[:2]},
        "react": {"react": {ids[0]: "agree"}},
    }
    for token in here.entries[:3]:
        ballot = {"body": bodies[type_], "revision": 1}
        await here.owner.as_(token).post(f"rounds/{round_['id']}/ballots", ballot)
    await here.run.post(f"rounds/{round_['id']}/close", {"countdown": 0})
    await here.run.post(f"rounds/{round_['id']}/publish", {"to": list(to) or ["participants"]})
