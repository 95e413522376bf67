"""Whatever is typed into any field of a meeting stands on every page as text, and runs nowhere."""

from collections.abc import Sequence
from itertools import count
from typing import Any

import pytest
from playwright.async_api import Browser, Page

from tests.support.browsers import watch
from tests.support.gathering import Gathering, gathering
from tests.support.payloads import PAYLOADS
from tests.support.servers import Server

pytestmark = [pytest.mark.browser, pytest.mark.server]

DESK = ("agenda", "people", "cards", "evidence", "proposals", "matrix", "record", "workshop")
CELL = ("text", "lead_actor", "partners", "resources", "indicator", "source", "notes")
SPIED = """() => {
  window.violations = [];
  document.addEventListener("securitypolicyviolation", (e) =>
    window.violations.push(`${e.violatedDirective} ${e.blockedURI} ${e.sample}`));
}"""


@pytest.mark.parametrize(
    "payloads",
    [PAYLOADS[::9], pytest.param(PAYLOADS, marks=pytest.mark.soak)],
    ids=["some", "all"],
)
async def test_nothing_that_is_typed_runs(
    payloads: Sequence[str], server: Server, browser: Browser
) -> None:
    async with gathering(server, people=3) as here:
        await typed_everywhere(here, payloads)
        found = {}
        for who, pages in (
            ("organiser", ["control", *(f"desk/{page}" for page in DESK)]),
            ("voter", ["room"]),
            ("screen", ["screen"]),
        ):
            page = await (await browser.new_context()).new_page()
            for path in pages:
                if amiss := await looked_at(page, here, who, path):
                    found[path] = amiss
        assert found == {}
        await planted(page)


async def planted(page: Page) -> None:
    """What would have run is noticed: the policy stops it, and says so."""
    await page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=a()>')")
    await page.wait_for_function("window.violations.length === 1")


async def typed_everywhere(here: Gathering, payloads: Sequence[str]) -> None:
    """Every noun's words, and an open round whose options and reasons are payloads, too."""
    at, run = here.at, here.run
    numbers = count(1)
    for words in payloads:
        person = {"label": words, "delegation": words, "region": [words], "roles": ["participant"]}
        await here.owner.post(f"{at}/participants", [person])
        await run.post(f"{at}/evidence", {"title": words, "gist": words, "source": words})
        await run.post(f"{at}/groups", {"name": f"{words} {next(numbers)}"})
        await run.post(f"{at}/components", {"text": words})
        await run.post(f"{at}/conclusions", {"text": words})
        await run.post(f"{at}/notes", {"text": words, "released": True})
        item = {"day": 1, "start": "09:00", "end": "10:00", "title": words, "kind": "panel"}
        await run.post(f"{at}/agenda", item)
        for kind in ("priority_area", "response"):
            await accepted(here, kind, words)
    await rows(here, payloads)
    await a_round(here, payloads)


async def accepted(here: Gathering, kind: str, words: str) -> str:
    made = await here.run.post(f"{here.at}/proposals", {"kind": kind, "text": words})
    path = f"{here.at}/proposals/{made['id']}/moderation"
    await here.run.post(path, {"decision": "accept"})
    return str(made["id"])


async def rows(here: Gathering, payloads: Sequence[str]) -> None:
    """A row of the matrix for each, with notes."""
    area = await accepted(here, "priority_area", "An area")
    for words in payloads:
        response = await accepted(here, "response", f"A response {words}")
        path = f"{here.at}/matrix/{area}/{response}"
        await here.run.put(path, dict.fromkeys(CELL, words), new=True)


async def a_round(here: Gathering, payloads: Sequence[str]) -> None:
    """Rated with reasons, and shown to the room and on the screen."""
    activity = await here.run.post(
        f"{here.at}/activities",
        {"type": "rate", "title": payloads[0], "options": list(payloads)},
    )
    round_ = await here.open(activity["id"])
    options = [option["id"] for option in activity["options"]]
    for revision, entry in enumerate(here.entries[:2], start=1):
        ballot: dict[str, Any] = {"body": {"rating": dict.fromkeys(options, 3 + revision)}}
        reasons = dict(zip(options, payloads, strict=True))
        await here.owner.as_(entry).post(
            f"rounds/{round_['id']}/ballots", {**ballot, "revision": 1, "reasons": reasons}
        )


async def looked_at(page: Page, here: Gathering, who: str, path: str) -> list[str]:
    """What is amiss on a page once it is drawn and connected."""
    complaints = watch(page)
    await page.add_init_script(f"({SPIED})()")
    await page.goto(f"{here.server.named_url}/enter/{here.token(who)}")
    await page.goto(f"{here.server.named_url}/w/{here.id}/{path}")
    if path in ("room", "control", "screen"):
        await page.wait_for_function("window.consilience.live.ready", timeout=60_000)
    ran, violations = await page.evaluate("[window.pwned ?? null, window.violations]")
    return [*complaints, *violations, *([f"{ran} ran"] if ran else [])]
