"""Ballots over real sockets while the server is killed and started again, and what must hold."""

import asyncio
import contextlib
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from tests.support.servers import Server
from tests.support.sockets import Visitor

VOTERS = 6
OPTIONS = ["Porous borders", "Corruption and impunity", "Unclear definitions"]
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
    news: asyncio.Event = field(default_factory=asyncio.Event)
    enough: bool = False
    pause: float = 0.0  # between two answers, seconds

    async def vote(self) -> None:
        """Until it is enough: one answer after the other, each until it is acknowledged."""
        waiting: dict[str, Any] | None = None
        while not self.enough or waiting:
            with contextlib.suppress(*LOST):
                async with self._socket() as visitor:
                    while not self.enough or waiting:
                        waiting = waiting or self._answer()
                        await visitor.send(waiting)
                        ack = await visitor.next("ack")
                        assert ack["key"] == waiting["key"]
                        self.acknowledged.append(ack["number"])
                        self.news.set()
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
class Trial:
    """One open round on a server process, and its voters."""

    server: Server
    workshop_id: str
    voters: list[Voter]

    async def survive(self, kills: int) -> None:
        """Kill and start the server so many times while everybody votes."""
        voting = [asyncio.create_task(voter.vote()) for voter in self.voters]
        for _ in range(kills):
            await self._some_more_answers(voting)
            await asyncio.to_thread(self.server.kill)
            await asyncio.to_thread(self.server.start)
        await self._some_more_answers(voting)
        for voter in self.voters:
            voter.enough = True
        await asyncio.gather(*voting)

    async def _some_more_answers(self, voting: list[asyncio.Task[None]]) -> None:
        """Until everybody has had another answer acknowledged; a voter's failure is raised."""
        for voter, task in zip(self.voters, voting, strict=True):
            voter.news.clear()
            told = asyncio.create_task(voter.news.wait())
            await asyncio.wait({told, task}, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                told.cancel()
                await task

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


async def prepare(server: Server) -> Trial:
    """A workshop with voters and an open rating round, made through the API."""
    url = f"{server.url}/api/v1"
    async with httpx.AsyncClient(base_url=url, headers=_owner(server)) as client:

        async def post(path: str, body: Any = None) -> Any:
            answer = await client.post(path, json=body)
            assert answer.is_success, answer.text
            return answer.json()

        workshop = await post("/workshops", {"title": "A meeting in trouble"})
        at = f"/workshops/{workshop['id']}"
        people = [{"label": f"Expert {n}", "roles": ["participant"]} for n in range(VOTERS)]
        made = await post(f"{at}/participants", people)
        settings = {"type": "rate", "title": "How important?", "options": OPTIONS}
        activity = await post(f"{at}/activities", settings)
        round_ = await post(f"/activities/{activity['id']}/rounds", {})
        await post(f"/rounds/{round_['id']}/open")
    url = f"{server.url.replace('http', 'ws', 1)}/ws/workshops/{workshop['id']}"
    options = [option["id"] for option in activity["options"]]
    voters = [Voter(url, person["token"], round_["id"], options) for person in made]
    return Trial(server, workshop["id"], voters)


def _owner(server: Server) -> dict[str, str]:
    return {"Authorization": f"Bearer {server.owner_token}"}


async def check(trial: Trial) -> None:
    """No acknowledged ballot is missing or doubled; no number is skipped or repeated; the log
    that everybody followed is the log that there is."""
    lines = await trial.log()
    assert [line["number"] for line in lines] == list(range(1, len(lines) + 1))
    recorded = [line["number"] for line in lines if line["kind"] == "ballot_cast"]
    assert sorted(n for voter in trial.voters for n in voter.acknowledged) == recorded
