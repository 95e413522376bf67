"""One trial: a meeting with an open round, people who vote and watch, and trouble in between."""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
from sqlalchemy import Connection, text

from app.db import Database
from tests.faults.history import History, Line, Stored, StoredBallot
from tests.faults.people import Facilitator, Voter, Watcher, until
from tests.support.servers import Server

OPTIONS = ["Porous borders", "Corruption and impunity", "Unclear definitions"]


@dataclass
class Trial:
    """A workshop on a server process, its people, and what became of it."""

    server: Server
    database_url: str
    workshop_id: str
    facilitator: Facilitator
    voters: list[Voter]
    watchers: list[Watcher]
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    async def run(self, trouble: Callable[["Trial"], Awaitable[None]]) -> History:
        """Everybody votes while `trouble` happens; then quiet, a last close, and the history."""
        voting = [asyncio.create_task(voter.vote()) for voter in self.voters]
        watching = [asyncio.create_task(watcher.watch()) for watcher in self.watchers]
        try:
            await self.some_answers_or_death()
            await trouble(self)
            await self.some_answers()
            for voter in self.voters:
                voter.enough = True
            await asyncio.gather(*voting)
            await self.facilitator.close()
            await self.facilitator.wait_for_outcome()
            stored = await self.stored()
            await asyncio.gather(*(watcher.reach(stored.seq) for watcher in self.watchers))
        finally:
            for task in [*voting, *watching]:
                task.cancel()
            await asyncio.gather(*voting, *watching, return_exceptions=True)
        return History(
            [cast for voter in self.voters for cast in voter.casts],
            self.facilitator.steps,
            {watcher.name: watcher.seen for watcher in self.watchers},
            stored,
        )

    async def some_answers(self) -> None:
        """Until everybody has had another answer recorded."""
        for voter in self.voters:
            voter.news.clear()
        async with asyncio.timeout(60):
            await asyncio.gather(*(voter.news.wait() for voter in self.voters))

    async def some_answers_or_death(self) -> None:
        """Until then, or until the server has died by itself: an armed place may be reached before
        the last of them has been answered."""
        either = [asyncio.create_task(self.some_answers()), asyncio.create_task(self.dead(60))]
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in either:
                task.cancel()
            await asyncio.gather(*either, return_exceptions=True)

    async def come_back(self) -> None:
        """Start the server once more after it died."""
        await asyncio.to_thread(self.server.start)

    async def dead(self, within: float = 30) -> None:
        """Wait until the server has died by itself."""

        async def gone() -> bool:
            process = self.server.process
            return process is None or process.poll() is not None

        await until(gone, within=within)

    async def stored(self) -> Stored:
        """What the database keeps, read beside the server once the round is counted."""
        db = Database(self.database_url)
        try:
            return await db.read(_stored, self.workshop_id, self.facilitator.round_id)
        finally:
            await db.close()


def _stored(conn: Connection, workshop_id: str, round_id: str) -> Stored:
    def rows(query: str, **given: str) -> list[Any]:
        return list(conn.execute(text(query), given))

    workshop = rows("SELECT salt, seq, head FROM workshop WHERE id = :w", w=workshop_id)[0]
    lines = rows(
        "SELECT number, kind, at, ids, salted, hash FROM log_line WHERE workshop_id = :w "
        "ORDER BY number", w=workshop_id,
    )  # fmt: skip
    ballots = rows(
        "SELECT coalesce(e.participant_id, e.delegation_id), b.revision, b.body, b.number, "
        "b.superseded_by FROM ballot b "
        "JOIN register_entry e ON e.id = b.entry_id WHERE b.round_id = :r ORDER BY b.number",
        r=round_id,
    )
    outcomes = rows("SELECT number, result FROM outcome WHERE round_id = :r ORDER BY n", r=round_id)
    return Stored(
        workshop_id, workshop.salt, workshop.seq, workshop.head, round_id,
        [Line(r.number, r.kind, r.at, _json(r.ids), _json(r.salted), r.hash) for r in lines],
        [StoredBallot(who, revision, _json(body), number, after is None)
         for who, revision, body, number, after in ballots],
        [(row.number, _json(row.result)) for row in outcomes],
    )  # fmt: skip


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


async def prepare(
    server: Server, database_url: str, seed: int, voters: int = 8, watchers: int = 3
) -> Trial:
    """A workshop with an open rating round, made through the API."""
    draw = random.Random(seed)
    token = server.owner_token
    async with httpx.AsyncClient(
        base_url=f"{server.url}/api/v1", headers={"Authorization": f"Bearer {token}"}, timeout=20
    ) as client:

        async def post(path: str, body: Any = None) -> Any:
            answer = await client.post(path, json=body)
            assert answer.is_success, answer.text
            return answer.json()

        workshop = await post("/workshops", {"title": "A meeting in trouble"})
        people = [
            {"label": f"Expert {n}", "roles": ["participant"]} for n in range(voters + watchers)
        ]
        made = await post(f"/workshops/{workshop['id']}/participants", people)
        settings = {"type": "rate", "title": "How important?", "options": OPTIONS}
        activity = await post(f"/workshops/{workshop['id']}/activities", settings)
        round_ = await post(f"/activities/{activity['id']}/rounds", {})
        await post(f"/rounds/{round_['id']}/open")
    url = f"{server.url.replace('http', 'ws', 1)}/ws/workshops/{workshop['id']}"
    options = [option["id"] for option in activity["options"]]
    return Trial(
        server,
        database_url,
        workshop["id"],
        Facilitator(server.url, workshop["tokens"]["facilitator"], round_["id"]),
        [
            Voter(one["id"], url, one["token"], round_id=round_["id"], options=options,
                  draw=random.Random(draw.random()))
            for one in made[:voters]
        ],
        [Watcher(one["label"], url, one["token"]) for one in made[voters:]],
    )  # fmt: skip
