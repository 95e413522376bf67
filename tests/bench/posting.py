"""Ballots by POST in a closed loop, over connections that stay open."""

import asyncio
import json
import secrets
import time
from typing import Any

from tests.bench.rig import Room

SECONDS = 2.0
REQUEST = (
    "POST /api/v1/rounds/{round} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n"
    "Content-Type: application/json\r\nIdempotency-Key: {key}\r\nContent-Length: {size}\r\n\r\n"
)


class Posting:
    """Everybody posts a changed answer as soon as the one before was acknowledged."""

    def __init__(self, room: Room, start: int = 1) -> None:
        self.room = room
        self.revision = start
        self.posted = 0
        self.over = False

    async def run(self, seconds: float = SECONDS) -> float:
        """Ballots a second."""
        self.posted, self.over = 0, False
        began = time.perf_counter()
        voting = [asyncio.create_task(self._vote(token)) for token in self.room.here.entries]
        await asyncio.sleep(seconds)
        self.over = True
        await asyncio.gather(*voting)
        self.revision += 10_000
        return self.posted / (time.perf_counter() - began)

    async def _vote(self, token: str) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.room.server.port)
        revision = self.revision
        while not self.over:
            writer.write(self._request(token, revision))
            revision += 1
            head = await reader.readuntil(b"\r\n\r\n")
            size = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
            answer = await reader.readexactly(size)
            assert b" 200 " in head[:20], answer
            self.posted += 1
        writer.close()

    def _request(self, token: str, revision: int) -> bytes:
        answers = dict.fromkeys(self.room.options, 1 + revision % 9)
        sent: dict[str, Any] = {"revision": revision, "body": {"rating": answers}}
        body = json.dumps(sent)
        head = REQUEST.format(
            round=f"{self.room.round_id}/ballots", host=f"127.0.0.1:{self.room.server.port}",
            token=token, key=secrets.token_hex(16), size=len(body),
        )  # fmt: skip
        return head.encode() + body.encode()
