"""Whatever is typed into any field of a meeting stands on every page as text, and runs nowhere.

Payloads go in handfuls, each handful in a workshop of its own: what is added to lists gets each of
them, what there is only once (a title, a question) gets all of the handful in one text.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page

from app.activities import EXERCISES
from tests.access.place import Place
from tests.e2e.everywhere import ROOM, Everywhere
from tests.e2e.files import exported, imported, opened, refused
from tests.e2e.views import DESK, LIVE, Views
from tests.support.far import far_house
from tests.support.payloads import PAYLOADS
from tests.support.servers import Server
from tests.support.soaking import Saw

pytestmark = [pytest.mark.browser, pytest.mark.server]

CELL = ("text", "lead_actor", "partners", "resources", "indicator", "source", "notes")
VOTES = ("react", "rate", "rank", "choose", "vote")
AT_ONCE = 2
FEW = (PAYLOADS[::20], ("rank",))
ALL = (PAYLOADS, tuple(EXERCISES))


@pytest.mark.long
@pytest.mark.parametrize(
    ("payloads", "exercises"),
    [FEW, pytest.param(*ALL, marks=pytest.mark.soak)],
    ids=["some", "all"],
)
async def test_nothing_that_is_typed_runs(
    payloads: Sequence[str], exercises: Sequence[str], server: Server, browser: Browser,
    tmp_path: Path, saw: Saw,
) -> None:  # fmt: skip
    turn, looks, typed = asyncio.Semaphore(AT_ONCE), 0, 0

    async def try_out(n: int, handful: Sequence[str]) -> None:
        nonlocal looks, typed
        async with turn:
            place = Place(await far_house(server))
            await place.fill()
            views = Views(server, place)
            async with views.stay_open(browser):
                here = await type_everywhere(place, handful)
                typed += here  # added after the wait: others count meanwhile
                await views.look(handful)
                await refused(views, handful)
                for exercise in exercises:
                    async for stage, last in led(place, exercise, handful):
                        await views.look_live(f"{exercise} {stage}", anew=last)
                assert views.amiss == {}
                (tmp_path / f"{n}").mkdir()
                assert await exported(place, browser, tmp_path / f"{n}") == {}
                await planted(views.pages["screen"])
            looks += views.looked

    await asyncio.gather(*(try_out(n, some) for n, some in enumerate(handfuls(payloads))))
    assert looks > len(DESK) + len(LIVE)
    saw(len(payloads), f"typed into fields {typed} times, {looks} looks at pages: nothing ran")


def handfuls(payloads: Sequence[str]) -> Iterator[list[str]]:
    """As many as fit into one short field together."""
    some: list[str] = []
    for words in payloads:
        if some and len(" ".join([*some, words])) > ROOM:
            yield some
            some = []
        some.append(words)
    yield some


async def type_everywhere(place: Place, payloads: Sequence[str]) -> int:
    """By every call of the API, as private notes, as rows of the matrix and from files."""
    openapi = (await place.house.owner.get("/openapi.json")).json()
    everywhere = Everywhere(place, openapi)
    assert await everywhere.type_in(payloads) == []
    for words in payloads:
        kept = {"text": words}
        noted = await place.house.by("participant").post(f"/w/{place.house.id}/mine/notes", kept)
        assert noted.status_code == 201, noted.text
    await rows(place, payloads)
    await imported(place, payloads)
    return everywhere.typed


PLANTED = """() => new Promise((noticed) => {
  document.addEventListener("securitypolicyviolation", () => noticed(window.violations.length));
  document.body.insertAdjacentHTML("beforeend", "<img src=x onerror=a()>");
})"""


async def planted(page: Page) -> None:
    """What would have run is noticed: the policy stops it, and says so."""
    assert await page.evaluate(PLANTED) == 1


async def test_a_file_that_runs_something_is_noticed(browser: Browser, tmp_path: Path) -> None:
    files = [tmp_path / name for name in ("inert.json", "bad.html")]
    for file in files:
        file.write_text(PAYLOADS[0])
    assert list(await opened(browser, files)) == ["bad.html"]


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


async def led(
    place: Place, exercise: str, payloads: Sequence[str]
) -> AsyncIterator[tuple[str, bool]]:
    """An exercise about the payloads, led through its stages, its round and its result; which
    stage it is, and whether it is the last."""
    owner, at, ids = place.house.owner, place.house.at, place.ids
    options: list[Any] = list(payloads) if exercise in VOTES else []
    if exercise == "evidence":
        found = (await owner.get(f"{at}/evidence?limit=200")).json()["items"]
        options = [{"evidence": one["id"]} for one in found]
    words = " ".join(payloads)
    settings = {"question": words} if EXERCISES[exercise].votes else {}
    body = {"type": exercise, "title": words, "options": options, "settings": settings}
    activity = await place.made("led", f"{at}/activities", body)
    stages = [one for one in EXERCISES[exercise].stages if one not in ("planned", "done")]
    for stage in stages:
        await owner.post(f"/activities/{ids['led']}/stage", {"stage": stage})
        if stage == "running" and options:
            opened = await place.made("led_round", f"/activities/{activity['id']}/open", {})
            yield "open", False
            await answer(place, exercise, opened)
            await owner.post(f"/rounds/{opened['id']}/close", {})
            to = {"to": ["participants", "screen"]}
            await owner.post(f"/rounds/{opened['id']}/publish", to)
            shown = {"show": "results", "round": opened["id"]}
            await owner.send("PUT", f"{at}/screen", json=shown)
        yield stage, stage == stages[-1]


async def answer(place: Place, exercise: str, opened: Any) -> None:
    """One ballot of a shape that its rule counts; a rating with its options' words as reasons."""
    ids = [one["id"] for one in opened["options"]]
    bodies: dict[str, Any] = {
        "rate": {"rating": dict.fromkeys(ids, 3)},
        "rank": {"ranking": [[one] for one in ids]},
        "choose": {"approval": ids[:1]},
        "react": {"react": {ids[0]: "agree"}},
        "vote": {"choice": ids[:1]},
    }
    if exercise not in bodies:
        return
    ballot = {"body": bodies[exercise], "revision": 1}
    if exercise == "rate":
        ballot["reasons"] = {one["id"]: one["text"][:2000] for one in opened["options"]}
    voter = place.house.by("participant")
    cast = await voter.post(f"/rounds/{opened['id']}/ballots", ballot, key=opened["id"])
    assert cast.status_code == 200, cast.text
