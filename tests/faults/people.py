"""Voters, watchers and a facilitator who go on whatever happens to the line or the server."""

import asyncio
import contextlib
import json
import random
import secrets
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from tests.faults.history import Cast, Seen, Step

LOST = (OSError, WebSocketException, TimeoutError)
AGAIN = {"busy_retry", "storage_full", "read_only", "unexpected"}
PATIENCE = 3.0  # with a line that says nothing
PAUSE = 0.05
GOODBYE = 0.2  # as a page, which does not wait for it: a half-open line never answers


@dataclass
class Person:
    """Somebody with a token and the address of the meeting's socket."""

    name: str
    url: str
    token: str
    page: str = "room"
    since: int = 0
    enough: bool = False
    reloads: int = 0
    patience: float = PATIENCE

    @contextlib.asynccontextmanager
    async def socket(self) -> AsyncIterator[ClientConnection]:
        """A connection that has said hello."""
        async with connect(
            self.url, compression=None, proxy=None, open_timeout=PATIENCE, close_timeout=GOODBYE
        ) as socket:
            hello = {"type": "hello", "v": 1, "as": "data", "page": self.page}
            await socket.send(json.dumps(hello | {"since": self.since, "token": self.token}))
            yield socket


@dataclass
class Voter(Person):
    """Answers again and again. What was not answered is sent again under the same key; some
    ballots are sent twice, and now and then an old one comes late."""

    round_id: str = ""
    options: list[str] = field(default_factory=list)
    casts: list[Cast] = field(default_factory=list)
    draw: random.Random = field(default_factory=random.Random)
    answers: int = 0
    troubles: Counter[str] = field(default_factory=Counter)
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def vote(self) -> None:
        """Until it is enough and everything sent was answered."""
        waiting: Cast | None = None
        while not self.enough or waiting:
            with contextlib.suppress(*LOST):
                async with self.socket() as socket:
                    while not self.enough or waiting:
                        waiting = waiting or self._next()
                        waiting = await self._send(socket, waiting)
                        await asyncio.sleep(self.draw.uniform(0, 0.02))
            await asyncio.sleep(PAUSE)

    def _next(self) -> Cast:
        """The next answer; now and then an older one that an old laptop still had."""
        newest = max((cast.revision for cast in self.casts), default=0)
        old = newest > 2 and self.draw.random() < 0.1
        revision = newest - 1 if old else newest + 2
        if old and any(cast.revision == revision for cast in self.casts):
            revision = newest + 2
        rating = {option: self.draw.randint(1, 9) for option in self.options}
        body = {"rating": rating}
        cast = Cast(secrets.token_hex(16), self.name, revision, body, time.monotonic())
        self.casts.append(cast)
        return cast

    async def _send(self, socket: ClientConnection, cast: Cast) -> Cast | None:
        """Send until answered; returns the ballot if it must be sent again."""
        frame = json.dumps(
            {
                "type": "cast_ballot", "key": cast.key, "round": self.round_id,
                "revision": cast.revision, "body": cast.body,
            }
        )  # fmt: skip
        times = 2 if self.draw.random() < 0.2 else 1
        for _ in range(times):
            await socket.send(frame)
        answers = [await self._answer(socket, cast.key) for _ in range(times)]
        # A round that was reopened between the two refused the first and recorded the second.
        answer = next((one for one in answers if one["type"] == "ack"), answers[-1])
        if answer["type"] == "refused" and answer["code"] in AGAIN:
            self.troubles[answer["code"]] += 1
            await asyncio.sleep(PAUSE)
            return cast
        cast.answered = time.monotonic()
        if answer["type"] == "ack":
            cast.number = answer["number"]
            self.answers += 1
            self.news.set()
        else:
            cast.refused = answer["code"]
            await asyncio.sleep(PAUSE)
        return None

    async def _answer(self, socket: ClientConnection, key: str) -> dict[str, Any]:
        async with asyncio.timeout(self.patience):
            while True:
                frame: dict[str, Any] = json.loads(await socket.recv())
                self.reloads += frame["type"] == "resync"
                if frame.get("key") == key:
                    return frame


@dataclass
class Watcher(Person):
    """Follows the numbers from 0 over all its connections, and notes what it was told."""

    seen: list[Seen] = field(default_factory=list)
    connections: int = 0
    told: asyncio.Event = field(default_factory=asyncio.Event)

    async def watch(self) -> None:
        """Until it is cancelled."""
        while True:
            with contextlib.suppress(*LOST):
                async with self.socket() as socket:
                    self.connections += 1
                    while True:
                        async with asyncio.timeout(2 * 5.0 + PATIENCE):
                            frame = json.loads(await socket.recv())
                        self.reloads += frame["type"] == "resync"
                        if frame["type"] == "changed":
                            self._note(frame)
            await asyncio.sleep(PAUSE)

    def _note(self, frame: dict[str, Any]) -> None:
        self.seen.append(Seen(self.connections, frame["from"], frame["to"]))
        self.since = frame["to"]
        self.told.set()

    async def reach(self, number: int) -> None:
        """Wait until it was told this number, or for so long that it never will be."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(3 * PATIENCE):
                while self.since < number:
                    self.told.clear()
                    await self.told.wait()


@dataclass
class Facilitator:
    """Sends each command under one key until it is answered."""

    url: str
    token: str
    round_id: str
    steps: list[Step] = field(default_factory=list)

    async def close(self, countdown: int = 0) -> None:
        await self._do("close", "round_closed", {"countdown": countdown})

    async def reopen(self) -> None:
        await self._do("reopen", "round_reopened", {"reason": "More to say"})

    async def _do(self, verb: str, stage: str, body: dict[str, Any]) -> None:
        step = Step(verb, stage, time.monotonic())
        self.steps.append(step)
        path = f"/api/v1/rounds/{self.round_id}/{verb}"
        answer = await self.ask("POST", path, json=body, key=secrets.token_hex(16))
        step.answered = time.monotonic()
        if answer.is_error:
            step.refused = answer.json()["error"]["code"]

    async def ask(self, method: str, path: str, *, key: str = "", **more: Any) -> httpx.Response:
        """One request, repeated until the server answers it."""
        headers = {"Authorization": f"Bearer {self.token}"} | (
            {"Idempotency-Key": key} if key else {}
        )
        while True:
            with contextlib.suppress(httpx.TransportError):
                async with httpx.AsyncClient(base_url=self.url, timeout=10) as client:
                    answer = await client.request(method, path, headers=headers, **more)
                if answer.status_code < 500:
                    return answer
            await asyncio.sleep(PAUSE)

    async def wait_for_outcome(self) -> None:
        """Until the closed round is counted."""
        await until(self._counted)

    async def _counted(self) -> bool:
        answer = await self.ask("GET", f"/api/v1/rounds/{self.round_id}/outcome")
        return answer.status_code == httpx.codes.OK


async def until(true: Callable[[], Awaitable[bool]], within: float = 20.0) -> None:
    """Ask until it is so. Raises TimeoutError."""
    async with asyncio.timeout(within):
        while not await true():  # noqa: ASYNC110 - another process has no event to wait for
            await asyncio.sleep(PAUSE)
