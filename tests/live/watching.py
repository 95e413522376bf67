"""Every page of a workshop, kept up to date only by what its regions say makes them stale."""

import asyncio
import re
import secrets
from collections import Counter
from typing import Any

import httpx
from sqlalchemy import Connection
from sqlmodel import col, select

from app.db import Database
from app.live.page import panels
from app.live.panels import Audience
from app.live.regions import regions_of
from app.models import LogLine
from app.scenario.house import House
from app.work.loop import count_round, uncounted_rounds
from app.work.sealing import seal, unsealed_rounds

AUDIENCES = (
    Audience("room"),
    Audience("room", language="en-XB"),
    Audience("control", reveal=True),
    Audience("screen"),
    Audience("desk", reveal=True),
)
# Compared afresh only the first times that the same kinds of lines come together.
OFTEN = 2
ID = re.compile("[a-z2-7]{20}")


class Watcher:
    """The pages of every audience, and where one of them differed from a fresh one."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.one_at_a_time = asyncio.Lock()
        self.workshop_id = ""
        self.audiences: tuple[Audience, ...] = AUDIENCES
        self.number = 0
        self.held: dict[tuple[Audience, str], str] = {}
        self.due: frozenset[str] = frozenset()
        self.last = ""
        self.compared: Counter[tuple[str, ...]] = Counter()
        self.wrong: list[str] = []
        self.kinds: set[str] = set()

    async def begin(self, workshop_id: str) -> None:
        self.workshop_id, self.number, self.audiences = workshop_id, 0, AUDIENCES
        self.held = await self.fresh()

    async def join_group(self, group_id: str) -> None:
        """From now on, also the pages of a group: its lead's, and its big screen."""
        own = (Audience("room", group_id, leads=True), Audience("screen", group_id))
        self.audiences = (*self.audiences, *own)
        await self._push()
        self.held = await self.fresh()

    async def leave_group(self) -> None:
        """The group's pages are as the plenary's again."""
        await self._push()
        await self._compare(("group_called_back",))
        self.audiences = AUDIENCES
        self.held = await self.fresh()

    async def fresh(self) -> dict[tuple[Audience, str], str]:
        found = {}
        for audience in self.audiences:
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
        for workshop_id, round_id in await self.db.read(unsealed_rounds):
            await seal(self.db, workshop_id, round_id)
        kinds = await self.db.read(_kinds, self.workshop_id, self.number)
        self.number += len(kinds)
        self.kinds |= set(kinds)
        self.due |= set(kinds)
        together = tuple(sorted(set(kinds)))
        self.compared[together] += 1
        if self.compared[together] <= OFTEN:
            await self._push()
            await self._compare(together)

    async def before(self, command: str, body: Any = None) -> None:
        """Of the same command over and over only the last one's pushes are drawn, before another
        follows: what nobody compares any more need not be drawn each time."""
        values = body.values() if isinstance(body, dict) else ()
        chosen = [one for one in values if isinstance(one, str) and one.isidentifier()]
        alike = ID.sub("", f"{command} {chosen}")
        if alike != self.last:
            await self._push()
        self.last = alike

    async def _push(self) -> None:
        kinds, self.due = self.due, frozenset()
        for audience in self.audiences:
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

    def as_(self, token: str) -> "WatchedHouse":
        return WatchedHouse(self.client, self.watcher, token)

    async def post(self, path: str, body: Any = None) -> Any:
        async with self.watcher.one_at_a_time:
            await self.watcher.before(f"post {path}", body)
            said = await super().post(path, body)
            await self.watcher.look()
        return said

    async def put(self, path: str, body: Any, *, new: bool = False, version: int = 0) -> Any:
        async with self.watcher.one_at_a_time:
            await self.watcher.before(f"put {path}", body)
            said = await super().put(path, body, new=new, version=version)
            await self.watcher.look()
        return said

    async def patch(self, path: str, body: Any, version: int) -> Any:
        async with self.watcher.one_at_a_time:
            await self.watcher.before(f"patch {path}", body)
            said = await super().patch(path, body, version)
            await self.watcher.look()
        return said

    async def upload(self, path: str, name: str, content: bytes) -> Any:
        async with self.watcher.one_at_a_time:
            await self.watcher.before(f"upload {path}")
            said = await super().upload(path, name, content)
            await self.watcher.look()
        return said

    async def delete(self, path: str, version: int = 1) -> None:
        key = {"Idempotency-Key": secrets.token_hex(16), "If-Match": str(version)}
        headers = {**self.headers, **key}
        async with self.watcher.one_at_a_time:
            await self.watcher.before(f"delete {path}")
            answer = await self.client.delete(path, headers=headers)
            assert answer.status_code == 204, answer.text
            await self.watcher.look()


def _kinds(conn: Connection, workshop_id: str, after: int) -> list[str]:
    rows: Any = conn.execute(
        select(LogLine.kind)
        .where(LogLine.workshop_id == workshop_id, LogLine.number > after)
        .order_by(col(LogLine.number))
    )
    return [row.kind for row in rows]
