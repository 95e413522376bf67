"""The page's own side of the connection, in a real browser: it stays live and loses nothing."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from playwright.async_api import Page, WebSocketRoute
from sqlalchemy import Connection
from sqlmodel import col, select
from starlette.responses import HTMLResponse

from app.live.panels import head_of
from app.models import Ballot
from tests.support.meeting import Meeting
from tests.support.sockets import House

SCRIPTS = ("vendor/htmx/htmx.min.js", "js/outbox.js", "js/live.js", "js/clocks.js")
SHELL = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="htmx-config" content='{"includeIndicatorCSS": false, "history": false}'></head>
<body data-workshop="%(workshop)s" data-since="%(since)s" data-page="room" data-lang="en">
<span id="connection" data-live="Live" data-connecting="Reconnecting" data-offline="Offline"
 data-waiting="Offline: {n} answers wait" data-closed="Closed"><span data-words></span></span>
<div id="region-thread"></div><div id="region-timer"></div>
<div id="mine" data-stale-on="round_opened">0</div>
<form><input id="typing" value="served"></form>%(scripts)s</body></html>"""
STATE = "document.getElementById('connection').dataset.state"
COUNTED = """() => {
  window.told = [];
  for (const name of ['changed', 'ack', 'refused', 'closed', 'outdated'])
    document.addEventListener('consilience:' + name, (e) => window.told.push([name, e.detail]));
  document.getElementById('mine').addEventListener('stale', (e) => e.target.textContent++);
}"""


async def open_page(page: Page, house: House, room: Meeting, state: str = "live") -> None:
    """A bare page of the room, with the scripts that every live page has."""
    token = await house.token(room.workshop_id, room.experts[0])
    await page.context.add_cookies([{"name": "consilience", "value": token, "url": house.origin}])

    async def bare() -> HTMLResponse:
        since = await house.db.read(head_of, room.workshop_id)
        scripts = "".join(f'<script src="/static/{name}" defer></script>' for name in SCRIPTS)
        return HTMLResponse(
            SHELL % {"workshop": room.workshop_id, "since": since, "scripts": scripts}
        )

    # By the server itself: a page made up by the driver has no address, and may open no socket.
    house.app.add_api_route("/bare", bare)
    await page.goto(f"{house.origin}/bare")
    await page.evaluate(COUNTED)
    await until(page, f"{STATE} === '{state}'")


async def until(page: Page, expression: str) -> Any:
    """What an expression says once it says anything true. Playwright's own waiting needs eval,
    which our pages forbid."""
    async with asyncio.timeout(15):
        while not (found := await page.evaluate(expression)):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    return found


async def numbered(page: Page, number: int) -> None:
    await until(page, f"window.consilience.live.number === {number}")


async def test_a_page_follows_numbers_and_panels(small_house: House, page: Page) -> None:
    room = await small_house.meeting(experts=1)
    await open_page(page, small_house, room)
    await page.fill("#typing", "half a sentence")
    await room.open(timer="closing", seconds=600)
    await numbered(page, await small_house.db.read(head_of, room.workshop_id))
    assert await page.text_content("#mine") == "1"
    assert await page.input_value("#typing") == "half a sentence"
    await page.wait_for_selector("#region-timer [data-ends]")
    assert (await page.text_content("#timer-left") or "").startswith(("9:5", "10:0"))


async def test_a_ballot_is_acknowledged_and_leaves_the_outbox(
    small_house: House, page: Page
) -> None:
    room = await small_house.meeting(experts=1)
    round_id = await room.open()
    await open_page(page, small_house, room)
    key = await send(page, round_id, room, 1, 7)
    _, ack = await until(page, "window.told.find((t) => t[0] === 'ack')")
    assert (ack["key"], ack["round"], ack["revision"]) == (key, round_id, 1)
    assert await waiting(page) == 0
    assert await small_house.db.read(_live, round_id) == [room.rating(7)]


async def test_answers_wait_while_the_line_is_down_and_go_by_themselves(
    small_house: House, page: Page
) -> None:
    room = await small_house.meeting(experts=1)
    round_id = await room.open()
    async with cuttable(page) as line:
        await open_page(page, small_house, room)
        await line.cut()
        await until(page, f"{STATE} !== 'live'")
        for revision, value in ((1, 3), (2, 4)):
            await send(page, round_id, room, revision, value)
        assert await waiting(page) == 2
        shown = "document.querySelector('[data-words]').textContent"
        await until(page, f"{shown} === 'Offline: 2 answers wait'")
        await page.reload()  # what waits is kept on the device, not in the page
        line.mend()
        await until(page, "window.consilience.outbox.waiting() === 0")
    assert await small_house.db.read(_live, round_id) == [room.rating(4)]


async def test_a_silent_line_is_given_up_and_the_range_goes_on(
    small_house: House, page: Page
) -> None:
    room = await small_house.meeting(experts=1)
    async with cuttable(page) as line:
        await open_page(page, small_house, room)
        line.freeze()
        last = await small_house.say(room.workshop_id, "item_started", item="x")
        await page.evaluate("window.consilience.live.heard -= 13000")  # the watchdog's own clock
        line.mend()
        await numbered(page, last)
        ranges = await page.evaluate(
            "window.told.filter((t) => t[0] === 'changed').map((t) => [t[1].from, t[1].to])"
        )
    assert ranges == [[last, last]]


async def test_a_late_ballot_is_kept_and_sent_only_if_the_round_is_reopened(
    small_house: House, page: Page
) -> None:
    from app.actions.closing import reopen_round

    room = await small_house.meeting(experts=1)
    round_id = await room.open()
    await open_page(page, small_house, room)
    await room.close(round_id)
    await send(page, round_id, room, 1, 2)
    _, refusal = await until(page, "window.told.find((t) => t[0] === 'refused')")
    assert refusal["code"] == "poll_closed"
    assert await waiting(page) == 0
    await small_house.db.change(
        room.workshop_id, reopen_round, room.facilitator, round_id, "One laptop was asleep."
    )
    await until(page, "window.told.some((t) => t[0] === 'ack')")
    assert await small_house.db.read(_live, round_id) == [room.rating(2)]


async def test_where_websockets_are_blocked_answers_go_by_post(
    small_house: House, page: Page
) -> None:
    room = await small_house.meeting(experts=1)
    round_id = await room.open()
    async with cuttable(page) as line:
        await line.cut()
        await open_page(page, small_house, room, "connecting")
        key = await send(page, round_id, room, 1, 8)
        _, ack = await until(page, "window.told.find((t) => t[0] === 'ack')")
    assert (ack["key"], ack["revision"], ack["replayed"]) == (key, 1, False)
    assert await waiting(page) == 0
    assert await small_house.db.read(_live, round_id) == [room.rating(8)]


async def test_a_new_version_of_the_server_offers_a_reload(small_house: House, page: Page) -> None:
    room = await small_house.meeting(experts=1)
    async with cuttable(page) as line:
        await open_page(page, small_house, room)
        await line.cut()
        small_house.app.state.settings.build = "the next one"
        line.mend()
        await until(page, "window.told.some((t) => t[0] === 'outdated')")


async def test_a_revoked_person_is_told_and_not_brought_back(
    small_house: House, page: Page
) -> None:
    room = await small_house.meeting(experts=1)
    await open_page(page, small_house, room)
    await small_house.shut(room.workshop_id, room.experts[0])
    await until(page, f"{STATE} === 'closed'")
    assert (await page.evaluate("window.told.at(-1)")) == ["closed", {"code": 4403}]


async def send(page: Page, round_id: str, room: Meeting, revision: int, value: int) -> str:
    command = {
        "type": "cast_ballot",
        "round": round_id,
        "revision": revision,
        "body": room.rating(value),
    }
    return str(await page.evaluate("(command) => window.consilience.send(command)", command))


async def waiting(page: Page) -> int:
    return int(await page.evaluate("window.consilience.outbox.waiting()"))


class Line:
    """The way between a page's sockets and the server: it can be cut, frozen and mended."""

    def __init__(self) -> None:
        self.down = False
        self.frozen = False
        self.open: list[WebSocketRoute] = []

    async def connected(self, socket: WebSocketRoute) -> None:
        if self.down:
            await socket.close(code=1012)
            return
        server = socket.connect_to_server()
        frozen_from = len(self.open)
        self.open.append(socket)
        server.on_message(lambda text: self._pass(socket, text, frozen_from))

    def _pass(self, socket: WebSocketRoute, text: str | bytes, n: int) -> None:
        if not (self.frozen and n < self.frozen_until):
            socket.send(text)

    async def cut(self) -> None:
        self.down = True
        for socket in self.open:
            await socket.close(code=1012)
        self.open.clear()

    def freeze(self) -> None:
        """The sockets open now stay open and say nothing any more."""
        self.frozen, self.frozen_until = True, len(self.open)

    def mend(self) -> None:
        self.down = False


@asynccontextmanager
async def cuttable(page: Page) -> AsyncIterator[Line]:
    line = Line()
    await page.route_web_socket("**/ws/workshops/*", line.connected)
    yield line


def _live(conn: Connection, round_id: str) -> list[object]:
    rows = conn.execute(
        select(Ballot).where(Ballot.round_id == round_id, col(Ballot.superseded_by).is_(None))
    )
    return [row.body for row in rows]
