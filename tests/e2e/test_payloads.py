"""Whatever is typed into any field of a meeting stands on every page as text, and runs nowhere."""

from collections.abc import AsyncIterator, Sequence
from typing import Any
from urllib.parse import quote

import pytest
from playwright.async_api import Browser, Page, expect

from app.activities import EXERCISES
from tests.access.place import Place
from tests.e2e.everywhere import Everywhere
from tests.support.browsers import watch
from tests.support.far import far_house
from tests.support.payloads import PAYLOADS
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.server]

CELL = ("text", "lead_actor", "partners", "resources", "indicator", "source", "notes")
SPIED = """() => {
  window.violations = [];
  document.addEventListener("securitypolicyviolation", (e) =>
    window.violations.push(`${e.violatedDirective} ${e.blockedURI} ${e.sample}`));
}"""
LIVE = ("room", "control", "screen")
DESK = (
    "agenda", "people", "cards", "evidence", "proposals", "matrix", "matrix?view=long", "record",
    "exports", "workshop",
)  # fmt: skip
VOTES = ("react", "rate", "rank", "choose")
FEW = (PAYLOADS[::20], ("rate",))
ALL = (PAYLOADS, tuple(EXERCISES))


@pytest.mark.parametrize(
    ("payloads", "exercises"),
    [FEW, pytest.param(*ALL, marks=pytest.mark.soak)],
    ids=["some", "all"],
)
async def test_nothing_that_is_typed_runs(
    payloads: Sequence[str], exercises: Sequence[str], server: Server, browser: Browser
) -> None:
    place = Place(await far_house(server))
    await place.fill()
    openapi = (await place.house.owner.get("/openapi.json")).json()
    views = Views(server, place, browser)
    await views.stay_open()  # what is pushed is swapped in, which is another way in
    assert await Everywhere(place, openapi).type_in(payloads) == []
    await rows(place, payloads)
    await views.look()
    for exercise in exercises:
        async for stage in led(place, exercise, payloads):
            await views.look_live(f"{exercise} {stage}")
    assert views.amiss == {}
    assert views.looked > len(DESK) + len(LIVE)
    await planted(views.pages["screen"])


PLANTED = """() => new Promise((noticed) => {
  document.addEventListener("securitypolicyviolation", () => noticed(window.violations.length));
  document.body.insertAdjacentHTML("beforeend", "<img src=x onerror=a()>");
})"""


async def planted(page: Page) -> None:
    """What would have run is noticed: the policy stops it, and says so."""
    assert await page.evaluate(PLANTED) == 1


class Views:
    """Every page, as those see it who may open it, and what was amiss there."""

    def __init__(self, server: Server, place: Place, browser: Browser) -> None:
        self.server, self.place, self.browser = server, place, browser
        self.pages: dict[str, Page] = {}
        self.heard: dict[str, list[str]] = {}
        self.amiss: dict[str, list[str]] = {}
        self.looked = 0

    async def stay_open(self) -> None:
        """A page of each live screen, open from before anything is typed."""
        for name, role in (
            ("room", "participant"),
            ("control", "facilitator"),
            ("screen", "screen"),
        ):
            page = self.pages[name] = await (await self.browser.new_context()).new_page()
            self.heard[name] = watch(page)
            await page.add_init_script(f"({SPIED})()")
            token = self.place.house.by(role).token
            await page.goto(f"{self.server.named_url}/enter/{token}")
            await self.open(name, f"/w/{self.place.house.id}/{name}")

    async def open(self, name: str, path: str) -> None:
        page = self.pages[name]
        await page.goto(f"{self.server.named_url}{path}")
        if path.endswith(LIVE):
            await expect(page.locator("#connection")).to_have_attribute(
                "data-state", "live", timeout=60_000
            )
        await self.check(name, path)

    async def check(self, name: str, where: str) -> None:
        """Note what ran or was stopped on a page so far."""
        ran, stopped = await self.pages[name].evaluate("[window.pwned ?? null, window.violations]")
        heard = [*self.heard[name], *stopped, *([f"{ran} ran"] if ran else [])]
        self.heard[name].clear()
        self.looked += 1
        if heard:
            self.amiss.setdefault(where, []).extend(heard)

    async def look(self) -> None:
        """Every page that is not live, then what is said of an address that leads nowhere."""
        ids, at = self.place.ids, f"/w/{self.place.house.id}"
        for page in ("", *(f"desk/{tab}" for tab in DESK), f"desk/story/{ids['row_id']}"):
            await self.open("control", f"{at}/{page}" if page else "/")
        await self.open("control", f"{at}/waiting/{ids['admission_id']}")
        await self.open("control", f"{at}/receipts/{ids['closed']}")
        await self.open("control", f"/join/{ids['code']}")
        for words in PAYLOADS[::9]:
            await self.open("control", f"/join/{quote(words, safe='')}")
            await self.open("control", f"/nowhere?x={quote(words, safe='')}")
        await self.open("control", f"{at}/control")

    async def look_live(self, when: str) -> None:
        """The live screens as they were pushed, then opened anew."""
        for name in LIVE:
            await self.check(name, f"{name} pushed, {when}")
            await self.open(name, f"/w/{self.place.house.id}/{name}")


async def rows(place: Place, payloads: Sequence[str]) -> None:
    """A row of the matrix for each."""
    owner, at = place.house.owner, place.house.at
    for n, words in enumerate(payloads):
        response = {"kind": "response", "text": f"{words} {n}"}
        made = (await owner.post(f"{at}/proposals", response)).json()["id"]
        await owner.post(f"{at}/proposals/{made}/moderation", {"decision": "accept"})
        put = await owner.send(
            "PUT", f"{at}/matrix/{place.ids['area_id']}/{made}",
            json=dict.fromkeys(CELL, words), headers={"If-None-Match": "*"},
        )  # fmt: skip
        assert put.status_code == 201, put.text


async def led(place: Place, exercise: str, payloads: Sequence[str]) -> AsyncIterator[str]:
    """An exercise about the payloads, led through its stages, its round and its result."""
    owner, at, ids = place.house.owner, place.house.at, place.ids
    options: list[Any] = list(payloads) if exercise in VOTES else []
    if exercise == "evidence":
        found = (await owner.get(f"{at}/evidence?limit=200")).json()["items"]
        options = [{"evidence": one["id"]} for one in found]
    words = " ".join(payloads)[:500]
    settings = {"question": words} if EXERCISES[exercise].votes else {}
    body = {"type": exercise, "title": words, "options": options, "settings": settings}
    activity = await place.made("led", f"{at}/activities", body)
    for stage in EXERCISES[exercise].stages:
        await owner.post(f"/activities/{ids['led']}/stage", {"stage": stage})
        if stage == "running" and options:
            opened = await place.made("led_round", f"/activities/{activity['id']}/open", {})
            yield "open"
            reasons = {one["id"]: one["text"][:2000] for one in opened["options"]}
            if exercise == "rate":
                rating = {"rating": dict.fromkeys(reasons, 3)}
                ballot = {"body": rating, "revision": 1, "reasons": reasons}
                voter = place.house.by("participant")
                await voter.post(f"/rounds/{opened['id']}/ballots", ballot, key=opened["id"])
            await owner.post(f"/rounds/{opened['id']}/close", {})
            to = {"to": ["participants", "screen"]}
            await owner.post(f"/rounds/{opened['id']}/publish", to)
            shown = {"show": "results", "round": opened["id"]}
            await owner.send("PUT", f"{at}/screen", json=shown)
        if stage not in ("planned", "done"):
            yield stage
