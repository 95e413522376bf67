"""A lean client of the live connection: frames are built by hand and read no further than needed,
so that one process can be a thousand laptops and still wait for the server, not the other way."""

import asyncio
import json
import re
import time
from collections.abc import Callable
from typing import Any

ASK = (
    "GET /ws/workshops/{id} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\n"
    "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    "Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==\r\n\r\n"
)
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
NO_MASK = bytes(4)  # a client's frame is masked; with zeros it stands as it is
REACHED = re.compile(rb'"to":(\d+)')
ACK, CHANGED, WELCOME = b'{"type":"ack"', b'{"type":"changed"', b'{"type":"welcome"'


def frame(payload: bytes, opcode: int = TEXT) -> bytes:
    """One frame as a client sends it."""
    size = len(payload)
    if size < 126:
        header = bytes([0x80 | opcode, 0x80 | size])
    elif size < 1 << 16:
        header = bytes([0x80 | opcode, 0x80 | 126]) + size.to_bytes(2, "big")
    else:
        header = bytes([0x80 | opcode, 0x80 | 127]) + size.to_bytes(8, "big")
    return header + NO_MASK + payload


def hello(token: str, *, page: str = "room", since: int = 0, form: str = "html") -> bytes:
    """The first frame of a page."""
    said = {"type": "hello", "v": 1, "since": since, "as": form, "page": page, "token": token}
    return frame(json.dumps(said).encode())


class Line(asyncio.Protocol):
    """One laptop's connection. `acked(line, payload)` is called for every ack."""

    def __init__(self, path: str, host: str, greeting: bytes) -> None:
        self.asked = ASK.format(id=path, host=host).encode()
        self.greeting = greeting
        self.buffer = b""
        self.switched = False
        self.number = 0
        self.told_at = 0.0
        self.frames = 0
        self.refused: list[bytes] = []
        self.code: int | None = None
        self.acked: Callable[[Line, bytes], None] = lambda _line, _payload: None
        self.welcomed: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self.gone: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: Any) -> None:
        self.transport: asyncio.Transport = transport
        transport.write(self.asked)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.welcomed.done():
            self.welcomed.set_exception(ConnectionError(f"closed {self.code}: {self.buffer!r}"))
            self.welcomed.exception()
        self.gone.set_result(None)

    def send(self, data: bytes) -> None:
        self.transport.write(data)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if not self.switched:
            head, end, rest = self.buffer.partition(b"\r\n\r\n")
            if not end:
                return
            self.switched, self.buffer = b" 101 " in head, rest
            self.send(self.greeting)
        self._read_frames()

    def _read_frames(self) -> None:
        data, at, size = self.buffer, 0, len(self.buffer)
        while size - at >= 2:
            length, start = data[at + 1], at + 2
            if length == 126:
                length, start = int.from_bytes(data[at + 2 : at + 4], "big"), at + 4
            elif length == 127:
                length, start = int.from_bytes(data[at + 2 : at + 10], "big"), at + 10
            if size < start + length or start - at > size - at:
                break
            self._heard(data[at] & 0x0F, data[start : start + length])
            at = start + length
        self.buffer = data[at:]

    def _heard(self, opcode: int, payload: bytes) -> None:
        self.frames += 1
        if opcode == TEXT:
            if payload.startswith(ACK):
                self.acked(self, payload)
            elif payload.startswith(CHANGED):
                found = REACHED.search(payload, 0, 80)
                self.number = int(found[1]) if found else self.number
                self.told_at = time.perf_counter()
            elif payload.startswith(WELCOME):
                self.welcomed.set_result(time.perf_counter())
            elif payload.startswith(b'{"code"') or b'"type":"refused"' in payload[:400]:
                self.refused.append(payload)
        elif opcode == PING:
            self.send(frame(payload, PONG))
        elif opcode == CLOSE:
            self.code = int.from_bytes(payload[:2], "big")
            self.send(frame(payload[:2], CLOSE))
