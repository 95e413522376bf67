"""How the scenario's participants speak: over a websocket each, or by POST where none is needed."""

import asyncio
import contextlib
import json
import random
import secrets
from typing import Any, Protocol

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException

from app.scenario.house import House, ScenarioError

# What a server says that could not take a command now, and takes it later under the same key.
LATER = {"busy_retry", "storage_full", "read_only", "slow_down", "unexpected"}
LOST = (OSError, WebSocketException, TimeoutError)
PAUSE = (0.2, 1.0)
ATTEMPTS = 5
PATIENCE = 60.0  # seconds for a handshake: where a thousand come at once, each waits for the others


class Voice(Protocol):
    """Somebody who answers and proposes."""

    async def cast(
        self, round_id: str, body: dict[str, Any], revision: int = 1
    ) -> dict[str, Any]: ...

    async def propose(self, activity: str, kind: str, text: str) -> dict[str, Any]: ...


class Posted:
    """A voice by POST."""

    def __init__(self, house: House, workshop_id: str) -> None:
        self.house, self.workshop_id = house, workshop_id

    async def cast(self, round_id: str, body: dict[str, Any], revision: int = 1) -> dict[str, Any]:
        return dict(
            await self.house.post(
                f"rounds/{round_id}/ballots", {"body": body, "revision": revision}
            )
        )

    async def propose(self, activity: str, kind: str, text: str) -> dict[str, Any]:
        path = f"workshops/{self.workshop_id}/proposals"
        said = await self.house.post(path, {"activity": activity, "kind": kind, "text": text})
        return dict(said)


class Spoken:
    """A voice over its own websocket, with one command in flight at a time."""

    def __init__(self, url: str, token: str) -> None:
        self.url, self.token = url, token
        self.socket: ClientConnection | None = None
        self.waiting: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self.reader: asyncio.Task[None] | None = None
        self.numbers: list[tuple[int, int]] = []
        self.draw = random.Random(token)  # noqa: S311 - nothing secret is drawn

    async def enter(self, since: int = 0) -> None:
        """Connect and say hello; returns once the server has welcomed this voice."""
        self.socket = await connect(
            self.url, max_size=None, compression=None, open_timeout=PATIENCE
        )
        hello = {"type": "hello", "v": 1, "since": since, "as": "data", "page": "room"}
        await self.socket.send(json.dumps({**hello, "token": self.token}))
        first = json.loads(await self.socket.recv())
        if first.get("code") in LATER:
            await self.socket.close()
            raise ConnectionError(first["message"])
        if first["type"] != "welcome":
            raise ScenarioError(f"No welcome but {first}")
        self.reader = asyncio.create_task(self._read())

    async def arrive(self) -> None:
        """Enter for the first time; where the line is lost on the way, as at a door where
        thousands come at once, a few times more. Raises what the last attempt met."""
        for _ in range(ATTEMPTS - 1):
            with contextlib.suppress(*LOST):
                await self.enter()
                return
            await asyncio.sleep(self.draw.uniform(*PAUSE))
        await self.enter()

    async def _read(self) -> None:
        assert self.socket is not None
        try:
            with contextlib.suppress(WebSocketException):
                async for text in self.socket:
                    self._take(json.loads(text))
        finally:
            for answer in self.waiting.values():
                if not answer.done():
                    answer.set_exception(ConnectionError("the line was lost"))
            self.waiting.clear()

    def _take(self, frame: dict[str, Any]) -> None:
        if frame["type"] == "changed":
            self.numbers.append((frame["from"], frame["to"]))
        elif frame["type"] in ("ack", "refused") and frame.get("key") in self.waiting:
            answer = self.waiting.pop(frame["key"])
            if not answer.done():  # given up at this very moment
                answer.set_result(frame)

    async def _send(self, frame: dict[str, Any]) -> dict[str, Any]:
        """Send until answered: over a new line if need be, always under the same key."""
        key = secrets.token_hex(16)
        while True:
            with contextlib.suppress(*LOST):
                if self.reader is None or self.reader.done():
                    await self.enter(self.numbers[-1][1] if self.numbers else 0)
                said = await self._send_once(frame, key)
                if said["type"] != "refused":
                    return said
                if said["code"] not in LATER:
                    raise ScenarioError(f"{frame['type']}: {said['message']}")
            await asyncio.sleep(self.draw.uniform(*PAUSE))  # so that not all come at once

    async def _send_once(self, frame: dict[str, Any], key: str) -> dict[str, Any]:
        assert self.socket is not None
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self.waiting[key] = answer
        try:
            await self.socket.send(json.dumps({**frame, "key": key}))
            return await asyncio.wait_for(answer, timeout=60)
        finally:
            self.waiting.pop(key, None)  # an answer that comes later is nobody's

    async def cast(
        self,
        round_id: str,
        body: dict[str, Any],
        revision: int = 1,
        reasons: dict[str, str] | None = None,
    ) -> dict[str, Any]:
        said = {"type": "cast_ballot", "round": round_id, "revision": revision, "body": body}
        return await self._send({**said, "reasons": reasons} if reasons else said)

    async def propose(self, activity: str, kind: str, text: str) -> dict[str, Any]:
        return await self._send(
            {"type": "propose", "activity": activity, "kind": kind, "text": text}
        )

    async def move(self, url: str) -> None:
        """Go on at another address, from the last number seen."""
        await self.leave()
        self.url, self.reader = url, None
        await self.enter(self.numbers[-1][1] if self.numbers else 0)

    async def leave(self) -> None:
        if self.socket is not None:
            await self.socket.close()
        if self.reader is not None:
            await asyncio.gather(self.reader, return_exceptions=True)
