"""A real server in the test's own event loop, and visitors who speak over real sockets."""

import asyncio
import contextlib
import json
import secrets
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from app.actions.base import add
from app.actions.tokens import revoke_token
from app.cli.serve import UVICORN
from app.db import Database, Tx
from app.live.hub import Hub
from app.main import create_app
from app.models import Token
from app.policy import SYSTEM
from app.queries.tokens import devices_of, token_hash
from app.settings import Settings
from tests.support.meeting import Meeting, meeting

SOON = 10.0


class _Server(uvicorn.Server):
    """One that leaves the signals to pytest."""

    @contextlib.contextmanager
    def capture_signals(self) -> Any:
        yield


@dataclass
class House:
    """The application behind a port of this machine."""

    app: FastAPI
    port: int

    @property
    def db(self) -> Database:
        db: Database = self.app.state.db
        return db

    @property
    def hub(self) -> Hub:
        hub: Hub = self.app.state.hub
        return hub

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def meeting(self, **how: Any) -> Meeting:
        return await meeting(self.db, **how)

    async def token(
        self, workshop_id: str, participant_id: str | None = None, role: str | None = None
    ) -> str:
        """A token of a person or a role."""
        secret = secrets.token_urlsafe(16)

        def make(tx: Tx) -> None:
            add(
                tx,
                Token(
                    hash=token_hash(secret),
                    kind="access",
                    workshop_id=workshop_id,
                    participant_id=participant_id,
                    role=role,
                    created_at=tx.now,
                ),
            )

        await self.db.change(workshop_id, make)
        return secret

    async def shut(self, workshop_id: str, participant_id: str) -> None:
        """Revoke every token of a person."""
        for row in (await self.db.read(devices_of, workshop_id)).get(participant_id, []):
            await self.db.change(workshop_id, revoke_token, SYSTEM, row.id)

    async def say(self, workshop_id: str, kind: str, **ids: Any) -> int:
        """Write one line into a workshop's log, as an action would; returns its number."""

        def write(tx: Tx) -> int:
            return tx.log(kind, **ids)

        return await self.db.change(workshop_id, write)

    def connect(self, workshop_id: str, **how: Any) -> connect:
        url = f"ws://127.0.0.1:{self.port}/ws/workshops/{workshop_id}"
        return connect(url, compression=None, proxy=None, max_size=None, **how)

    async def visit(self, workshop_id: str, token: str, **hello: Any) -> "Visitor":
        """A visitor who has said hello and been welcomed."""
        visitor = Visitor(await self.connect(workshop_id))
        await visitor.hello(token=token, **hello)
        visitor.welcome = await visitor.next("welcome")
        visitor.number = int(hello.get("since", 0))
        return visitor


@dataclass
class Visitor:
    """One socket, its last number, and the panels it was shown."""

    socket: ClientConnection
    number: int = 0
    welcome: dict[str, Any] = field(default_factory=dict)
    panels: dict[str, str] = field(default_factory=dict)
    kinds: dict[int, str] = field(default_factory=dict)
    ranges: list[tuple[int, int]] = field(default_factory=list)

    async def send(self, frame: dict[str, Any] | str | bytes) -> None:
        await self.socket.send(json.dumps(frame) if isinstance(frame, dict) else frame)

    async def hello(self, **hello: Any) -> None:
        given = {"since": 0, "as": "html", "page": "room", **hello}
        await self.send({"type": "hello", "v": 1, **given})

    async def receive(self) -> dict[str, Any]:
        """The next frame, whatever it is; follows numbers and panels as a page does."""
        text = await asyncio.wait_for(self.socket.recv(), SOON)
        frame: dict[str, Any] = json.loads(text)
        if "content" in frame:
            self.panels[frame["target"]] = frame["content"]
        elif frame["type"] == "changed":
            assert frame["from"] == self.number + 1, "a gap or a repeat"
            assert frame["to"] >= frame["from"]
            self.number = frame["to"]
            self.ranges.append((frame["from"], frame["to"]))
            self.kinds |= {change["number"]: change["kind"] for change in frame["changes"]}
        return frame

    async def next(self, type_: str) -> dict[str, Any]:
        """The next frame of one type."""
        async with asyncio.timeout(SOON):
            while True:
                frame = await self.receive()
                if frame.get("type") == type_:
                    return frame

    async def reach(self, number: int) -> None:
        """Receive until a `changed` has brought this number."""
        async with asyncio.timeout(SOON):
            while self.number < number:
                await self.receive()

    async def closed(self) -> int:
        """Receive until the server closes; its code."""
        with contextlib.suppress(ConnectionClosed):
            async with asyncio.timeout(2 * SOON):
                while True:
                    await self.socket.recv()
        return int(self.socket.close_code or 0)

    async def leave(self) -> None:
        await self.socket.close()


@contextlib.asynccontextmanager
async def serving_on(config: uvicorn.Config, listening: socket.socket) -> AsyncIterator[None]:
    """Serve in the test's own event loop until the block ends."""
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started:
        await asyncio.sleep(0.01)
        assert not serving.done(), "the server did not start"
    try:
        yield
    finally:
        server.should_exit = True
        await serving
        listening.close()


@contextlib.asynccontextmanager
async def house(home: Path, database_url: str, **config: Any) -> AsyncIterator[House]:
    """Serve the application on a free port until the block ends."""
    app = create_app(Settings(home=home, database_url=database_url))
    listening = socket.create_server(("127.0.0.1", 0))
    settings = uvicorn.Config(app, **{**UVICORN, "log_config": None, **config})
    async with serving_on(settings, listening):
        yield House(app, listening.getsockname()[1])
