"""Pushed equals reloaded: what a page holds after the pushes is what a fresh page would show.

The whole Bangkok meeting is played through the API. After each command the panels that its log
lines made stale are drawn anew, as the hub does; every so often all panels are drawn fresh and
compared. A kind that a panel forgot in its `stale_on` shows as a difference.
"""

import asyncio
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import Connection
from sqlmodel import col, select

from app.cli.client import owner_token
from app.db import Database
from app.live.page import panels
from app.live.panels import Audience
from app.live.regions import regions_of
from app.main import create_app
from app.models import LogLine
from app.scenario import days, files
from app.scenario.house import House
from app.scenario.meeting import lay_out
from app.scenario.voices import Posted
from app.settings import Settings
from app.work.loop import count_round, uncounted_rounds

AUDIENCES = (
    Audience("room"),
    Audience("room", language="en-XB"),
    Audience("control", reveal=True),
    Audience("screen"),
    Audience("desk", reveal=True),
)
# Compared afresh only the first times that the same kinds of lines come together.
OFTEN = 2


class Watcher:
    """The pages of every audience, kept up to date only by what the table says is stale."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.one_at_a_time = asyncio.Lock()
        self.workshop_id = ""
        self.number = 0
        self.held: dict[tuple[Audience, str], str] = {}
        self.compared: Counter[tuple[str, ...]] = Counter()
        self.wrong: list[str] = []
        self.kinds: set[str] = set()

    async def begin(self, workshop_id: str) -> None:
        self.workshop_id = workshop_id
        self.held = await self.fresh()

    async def fresh(self) -> dict[tuple[Audience, str], str]:
        found = {}
        for audience in AUDIENCES:
            drawn = await panels(self.db, self.workshop_id, audience)
            for region in regions_of(audience.view):
                if region.numbered:
                    found[audience, region.name] = drawn(region.name)
        return found

    async def look(self) -> None:
        """After a command: apply the pushes its lines cause, then compare now and then."""
        if not self.workshop_id:
            return
        for workshop_id, round_id in await self.db.read(uncounted_rounds):
            await count_round(self.db, workshop_id, round_id)
        kinds = await self.db.read(_kinds, self.workshop_id, self.number)
        self.number += len(kinds)
        self.kinds |= set(kinds)
        await self._push(frozenset(kinds))
        together = tuple(sorted(set(kinds)))
        self.compared[together] += 1
        if self.compared[together] <= OFTEN:
            await self._compare(together)

    async def _push(self, kinds: frozenset[str]) -> None:
        for audience in AUDIENCES:
            stale = [
                region.name
                for region in regions_of(audience.view)
                if region.numbered and region.made_stale_by(kinds)
            ]
            if stale:
                drawn = await panels(self.db, self.workshop_id, audience, stale)
                self.held |= {(audience, name): drawn(name) for name in stale}

    async def _compare(self, kinds: tuple[str, ...]) -> None:
        now = await self.fresh()
        for (audience, name), html in now.items():
            if self.held[audience, name] != html:
                self.wrong.append(f"{name} for {audience.view} after {', '.join(kinds)}")
        self.held = now


class WatchedHouse(House):
    """The scenario's client, with a look at every page after each command."""

    def __init__(self, client: httpx.AsyncClient, watcher: Watcher, token: str = "") -> None:
        super().__init__(client, token or None)
        self.watcher = watcher

    def as_(self, token: str) -> House:
        return WatchedHouse(self.client, self.watcher, token)

    async def post(self, path: str, body: Any = None) -> Any:
        async with self.watcher.one_at_a_time:
            said = await super().post(path, body)
            await self.watcher.look()
        return said

    async def put(self, path: str, body: Any, *, new: bool = False, version: int = 0) -> Any:
        async with self.watcher.one_at_a_time:
            said = await super().put(path, body, new=new, version=version)
            await self.watcher.look()
        return said

    async def patch(self, path: str, body: Any, version: int) -> Any:
        async with self.watcher.one_at_a_time:
            said = await super().patch(path, body, version)
            await self.watcher.look()
        return said


def _kinds(conn: Connection, workshop_id: str, after: int) -> list[str]:
    rows: Any = conn.execute(
        select(LogLine.kind)
        .where(LogLine.workshop_id == workshop_id, LogLine.number > after)
        .order_by(col(LogLine.number))
    )
    return [row.kind for row in rows]


async def test_every_page_is_what_a_reload_would_show(home: Path, sqlite_url: str) -> None:
    app = create_app(Settings(home=home, database_url=sqlite_url))
    async with app.router.lifespan_context(app):
        db: Database = app.state.db
        token, _ = await owner_token(db)
        transport = httpx.ASGITransport(app)
        address = "http://consilience/api/v1"
        async with httpx.AsyncClient(transport=transport, base_url=address) as client:
            watcher = Watcher(db)
            owner = WatchedHouse(client, watcher, token)
            meeting = await lay_out(owner)
            await watcher.begin(meeting.id)
            await watcher.look()
            voters = files.voters()[:2] + files.voters()[-2:]
            await _play(owner, meeting, voters)
        assert watcher.wrong == []
        assert {"ballot_cast", "decision_made", "proposals_merged", "flag_raised"} <= watcher.kinds


async def _play(owner: House, meeting: Any, voters: list[str]) -> None:
    """The three days with a few voters: the commands matter here, not the figures."""
    voices = {who: Posted(owner.as_(meeting.entries[who]), meeting.id) for who in files.voters()}
    few = {who: voices[who] for who in voters}
    await days.propose(meeting, voices)
    await days.cluster(meeting)
    for number in (1, 2):
        await days.go_to(meeting, 8 if number == 1 else 10)
        bodies = {
            who: {"rating": {meeting.areas[area]: value for area, value in given.items()}}
            for who, given in files.ratings(number).items()
            if who in few
        }
        await days.ballots(meeting, few, "rate", bodies)
        if number == 1:
            await days.discuss(meeting)
            await _focus(meeting)
    bodies = {who: body for who, body in days.ranking_bodies(meeting).items() if who in few}
    await days.ballots(meeting, few, "rank", bodies)
    await _reopen(meeting)
    await days.respond(meeting)
    chosen = {
        who: {"approval": [meeting.responses[one] for one in given]}
        for who, given in files.approvals().items()
        if who in few
    }
    await days.ballots(meeting, few, "choose", chosen)
    everything = {"winners": list(meeting.responses.values())}
    await days.write_matrix(meeting, everything)
    await days.agree(meeting)
    for by in (-1, -1, 1):
        await meeting.run.post(f"{meeting.path}/step", {"by": by})
    for show in ("join", "agenda", "blank", "question"):
        await meeting.run.put(f"{meeting.path}/screen", {"show": show})


async def _focus(meeting: Any) -> None:
    area = next(iter(meeting.areas.values()))
    path = f"activities/{meeting.activities['rate']}/focus"
    await meeting.run.post(path, {"focus": area})


async def _reopen(meeting: Any) -> None:
    activity = await meeting.run.get(f"activities/{meeting.activities['rank']}")
    path = f"rounds/{activity['rounds'][-1]['id']}"
    await meeting.run.post(f"{path}/reopen", {"reason": "One laptop had failed"})
    await meeting.run.post(f"{path}/close", {"countdown": 60})
    await meeting.run.post(f"{path}/keep-open")
    await meeting.run.post(f"{path}/close", {"countdown": 0})
