"""Others who answer all the while over real sockets, and what became of their answers."""

import asyncio
import contextlib
import secrets
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from tests.support.gathering import OPTIONS, Gathering
from tests.support.servers import Server
from tests.support.sockets import Visitor

VOTERS = 6
EACH_PER_SECOND = 4
LOST = (OSError, WebSocketException, TimeoutError)


@dataclass
class Voter:
    """Answers again and again; what is not acknowledged is sent again with the same key."""

    url: str
    token: str
    round_id: str
    options: list[str]
    number: int = 0
    acknowledged: list[int] = field(default_factory=list)
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    heard: asyncio.Event = field(default_factory=asyncio.Event)
    enough: bool = False
    pause: float = 0.0  # between two answers, seconds

    async def vote(self) -> None:
        """Until it is enough: one answer after the other, each until it is acknowledged."""
        waiting: dict[str, Any] | None = None
        await self.begun.wait()
        while not self.enough or waiting:
            with contextlib.suppress(*LOST):
                async with self._socket() as visitor:
                    while not self.enough or waiting:
                        waiting = waiting or self._answer()
                        await visitor.send(waiting)
                        ack = await visitor.next("ack")
                        assert ack["key"] == waiting["key"]
                        self.acknowledged.append(ack["number"])
                        self.heard.set()
                        waiting = None
                        await asyncio.sleep(self.pause)
            await asyncio.sleep(0.05)

    @contextlib.asynccontextmanager
    async def _socket(self) -> AsyncIterator[Visitor]:
        async with connect(self.url, compression=None, proxy=None) as socket:
            visitor = Visitor(socket, self.number)
            hello = {"since": self.number, "as": "data", "page": "room", "token": self.token}
            try:
                await visitor.hello(**hello)
                yield visitor
            finally:
                self.number = visitor.number

    def _answer(self) -> dict[str, Any]:
        revision = len(self.acknowledged) + 1
        ratings = dict.fromkeys(self.options, 1 + revision % 9)
        return {
            "type": "cast_ballot",
            "key": secrets.token_hex(16),
            "round": self.round_id,
            "revision": revision,
            "body": {"rating": ratings},
        }


@dataclass
class Crowd:
    """The voters of one open round on a server."""

    server: Server
    workshop_id: str
    voters: list[Voter]

    def begin(self) -> None:
        """Answer from now on."""
        for voter in self.voters:
            voter.begun.set()

    async def all_answer(self) -> int:
        """Until each of them was acknowledged once more; the newest number by then."""
        for voter in self.voters:
            voter.heard.clear()
        await asyncio.gather(*(voter.heard.wait() for voter in self.voters))
        return max(voter.acknowledged[-1] for voter in self.voters)

    async def log(self) -> list[dict[str, Any]]:
        """Every line of the workshop's log."""
        lines: list[dict[str, Any]] = []
        async with httpx.AsyncClient(
            base_url=self.server.url, headers=_owner(self.server)
        ) as client:
            while True:
                path = f"/api/v1/workshops/{self.workshop_id}/log"
                after = lines[-1]["number"] if lines else 0
                answer = await client.get(path, params={"after": after, "limit": 200})
                page = answer.raise_for_status().json()
                lines += page["items"]
                if page["next"] is None:
                    return lines


def _owner(server: Server) -> dict[str, str]:
    return {"Authorization": f"Bearer {server.owner_token}"}


@contextlib.asynccontextmanager
async def crowd(here: Gathering) -> AsyncIterator[Crowd]:
    """From its beginning to the end of the block some 20 ballots a second arrive in a round of
    their own. At the end every voter waits until the last one is acknowledged."""
    round_ = await here.voting("rate", OPTIONS)
    url = f"{here.server.url.replace('http', 'ws', 1)}/ws/{here.at}"
    ids = [option["id"] for option in round_["options"]]
    voters = [
        Voter(url, token, round_["id"], ids, pause=1 / EACH_PER_SECOND)
        for token in here.entries[-VOTERS:]
    ]
    voting = [asyncio.create_task(voter.vote()) for voter in voters]
    try:
        yield Crowd(here.server, here.id, voters)
    finally:
        for voter in voters:
            voter.enough = True
            voter.begun.set()
        await asyncio.gather(*voting)


async def check_record(others: Crowd) -> None:
    """No acknowledged ballot is missing or doubled, no number skipped or repeated: by the API's
    log, and by the tables themselves."""
    lines = await others.log()
    assert [line["number"] for line in lines] == list(range(1, len(lines) + 1))
    acknowledged = sorted(n for voter in others.voters for n in voter.acknowledged)
    path = others.server.home / "consilience.db"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        stored = database.execute(
            "SELECT number FROM ballot WHERE round_id = ? ORDER BY number",
            [others.voters[0].round_id],
        ).fetchall()
        logged = database.execute(
            "SELECT number FROM log_line WHERE workshop_id = ? ORDER BY number",
            [others.workshop_id],
        ).fetchall()
    assert [number for (number,) in stored] == acknowledged
    assert [number for (number,) in logged] == [line["number"] for line in lines]
