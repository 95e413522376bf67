"""The same over the websocket: every frame that any audience is sent while the meeting goes on."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
import uvicorn
from fastapi import FastAPI
from websockets.exceptions import ConnectionClosed

from app.cli.serve import UVICORN
from app.live.panels import VIEWS, head_of
from app.models.workshop import ATTRIBUTION
from tests.leaks import records
from tests.leaks.marked import Marked, meet
from tests.leaks.test_labels import VIEWERS, leaking
from tests.support.house import ROLES, Caller, House
from tests.support.sockets import House as Served
from tests.support.sockets import Visitor, _Server


@dataclass
class Watcher:
    """One audience: a viewer, a page, a form; and every frame it was sent."""

    name: str
    visitor: Visitor
    frames: list[str] = field(default_factory=list)
    task: asyncio.Task[None] | None = None
    told: asyncio.Event = field(default_factory=asyncio.Event)

    async def watch(self) -> None:
        while True:
            try:
                self.frames.append(json.dumps(await self.visitor.receive(), ensure_ascii=False))
                self.told.set()
            except ConnectionClosed:
                return

    async def reach(self, number: int) -> None:
        async with asyncio.timeout(30):
            while self.visitor.number < number:
                await self.told.wait()
                self.told.clear()


@asynccontextmanager
async def serving(app: FastAPI) -> AsyncIterator[Served]:
    """The application that runs already, behind a port of this machine."""
    listening = socket.create_server(("127.0.0.1", 0))
    config = {**UVICORN, "log_config": None, "lifespan": "off"}
    server = _Server(uvicorn.Config(app, **config))
    task = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started:  # noqa: ASYNC110 - uvicorn tells nobody
        await asyncio.sleep(0.01)
    try:
        yield Served(app, listening.getsockname()[1])
    finally:
        server.should_exit = True
        await task
        listening.close()


async def audiences(served: Served, house: House) -> list[Watcher]:
    """Every viewer on every page that is open to them, as html and as data."""
    found = []
    for viewer in VIEWERS:
        for page in VIEWS:
            for form in ("html", "data"):
                visitor = Visitor(await served.connect(house.id))
                await visitor.hello(token=house.by(viewer).token, page=page, **{"as": form})
                first = await visitor.receive()
                if first["type"] != "welcome":
                    await visitor.leave()
                    continue
                watcher = Watcher(f"{viewer} {page} {form}", visitor, [json.dumps(first)])
                watcher.task = asyncio.create_task(watcher.watch())
                found.append(watcher)
    return found


@pytest.mark.parametrize("rule", ATTRIBUTION)
async def test_no_frame_shows_what_the_rule_unlinks(owner: Caller, rule: str) -> None:
    body = {"title": "Marked", "attribution": rule}
    house = House(owner.app, owner, (await owner.post("/workshops", body)).json())
    people = [{"label": role.title(), "roles": [role]} for role in ROLES]
    added = (await owner.post(f"{house.at}/participants", people)).json()
    house.people = {person["roles"][0]: person for person in added}
    marked = Marked(house, rule)
    async with serving(owner.app) as served:
        watchers = await audiences(served, house)
        await meet(marked)
        head = await served.db.read(head_of, house.id)
        for watcher in watchers:
            await watcher.reach(head)
        for watcher in watchers:
            await watcher.visitor.leave()
    leaks, seen = [], set()
    for watcher in watchers:
        for frame in watcher.frames:
            for record in cut(frame):
                seen |= {mark for mark in marked.contributions | marked.unsigned if mark in record}
                leaks += [f"{watcher.name}: {found}" for found in leaking(marked, record)]
    assert leaks == []
    # The audiences have seen contributions, or nothing would be proved.
    assert len(watchers) > len(VIEWERS)
    assert len(seen) > 5


def cut(frame: str) -> Iterator[str]:
    """The records of a frame: a panel as a page is cut, anything else as data."""
    said = json.loads(frame)
    if "content" in said:
        yield from records.of_html(said["content"])
    else:
        yield from records.of_json(said)
