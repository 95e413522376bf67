"""Writing to sockets so that one slow laptop delays nobody (design law 9).

Where uvicorn's own connection can be reached, an encoded frame goes straight to its transport, and
the transport's write buffer is the client's bounded queue: nothing is awaited, nothing is encoded
twice. Otherwise, or where compression was negotiated, each client has a queue and a task.
"""

import asyncio
import secrets
from collections import deque
from typing import Any, Protocol

from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketState

from app.live.frames import Frame

try:
    from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
except ImportError:  # another server, or a uvicorn that has moved it
    WebSocketsSansIOProtocol = None  # type: ignore[assignment,misc]

if WebSocketsSansIOProtocol is not None:

    class Connection(WebSocketsSansIOProtocol):
        """uvicorn's own connection, but a hall that came in one moment is not pinged in one moment:
        a thousand pings at once would keep the ballots among them waiting."""

        def start_keepalive(self) -> None:
            self.last_ping_rtt = (self.ping_interval or 0) * secrets.randbelow(1000) / 1000
            super().start_keepalive()


LIMIT = 256 * 1024  # more than this unsent, and the client is behind
DRAINED = 16 * 1024
GRACE = 2.0  # to read a goodbye
LINGER = 15.0  # before a connection that does not end is cut
RAW_SEND = "consilience.raw_send"


def server_options() -> dict[str, Any]:
    """What uvicorn is told of websockets: its connection as above, where there is such a one."""
    return {} if WebSocketsSansIOProtocol is None else {"ws": Connection}


class Tap:
    """Keeps the server's own `send` within reach; must be the outermost middleware."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            scope[RAW_SEND] = send
        await self.app(scope, receive, send)


class Wire(Protocol):
    """One client's connection. `unsent` is in bytes."""

    @property
    def unsent(self) -> int: ...

    def write(self, frame: Frame) -> None:
        """Send a frame as soon as the line takes it; never waits, never fails."""

    async def close(self, code: int, reason: str = "") -> None:
        """Say goodbye; whoever does not take it is cut off."""


def wire_of(websocket: WebSocket) -> Wire:
    """The best wire to an accepted websocket."""
    protocol = getattr(websocket.scope.get(RAW_SEND), "__self__", None)
    if _writes_plainly(protocol):
        return DirectWire(websocket, protocol)
    return QueuedWire(websocket)


def _writes_plainly(protocol: Any) -> bool:
    """Whether this is the connection we know, and its messages are not transformed."""
    if WebSocketsSansIOProtocol is None or not isinstance(protocol, WebSocketsSansIOProtocol):
        return False
    needed = ("write", "get_write_buffer_size", "is_closing", "abort")
    return not protocol.conn.extensions and all(hasattr(protocol.transport, n) for n in needed)


class DirectWire:
    """Writes encoded frames to the transport under uvicorn's connection."""

    def __init__(self, websocket: WebSocket, protocol: Any) -> None:
        self.websocket = websocket
        self.protocol = protocol
        self.transport: asyncio.Transport = protocol.transport
        self.closed = False

    @property
    def unsent(self) -> int:
        size = self.transport.get_write_buffer_size()
        return 0 if size and self.transport.is_closing() else size

    def write(self, frame: Frame) -> None:
        if not (self.closed or self.protocol.close_sent or self.transport.is_closing()):
            self.transport.write(frame.data)

    async def close(self, code: int, reason: str = "") -> None:
        self.closed = True
        if self.unsent > 0:
            asyncio.get_running_loop().call_later(LINGER, self.transport.abort)
        if not await _goodbye(self.websocket, code, reason):
            self.transport.abort()


class QueuedWire:
    """Hands frames to the server one by one, from a queue of this client's own."""

    def __init__(self, websocket: WebSocket) -> None:
        self.websocket = websocket
        self.queue: deque[Frame] = deque()
        self.waiting = 0
        self.some = asyncio.Event()
        self.closed = False
        self.task = asyncio.create_task(self._send_all())

    @property
    def unsent(self) -> int:
        return self.waiting

    def write(self, frame: Frame) -> None:
        if not self.closed:
            self.queue.append(frame)
            self.waiting += len(frame.data)
            self.some.set()

    async def _send_all(self) -> None:
        try:
            while True:
                await self.some.wait()
                self.some.clear()
                while self.queue:
                    frame = self.queue[0]
                    for text in frame.texts:
                        await self.websocket.send_text(text)
                    self.queue.popleft()
                    self.waiting -= len(frame.data)
        except Exception:  # noqa: BLE001 - however the line broke, the reader hears of it too
            self.closed = True
            self.queue.clear()
            self.waiting = 0

    async def close(self, code: int, reason: str = "") -> None:
        self.closed = True
        self.task.cancel()
        await asyncio.gather(self.task, return_exceptions=True)
        await _goodbye(self.websocket, code, reason)


async def _goodbye(websocket: WebSocket, code: int, reason: str) -> bool:
    """Send a close frame; False if the line did not take it in time."""
    if websocket.application_state is WebSocketState.DISCONNECTED:
        return True
    try:
        async with asyncio.timeout(GRACE):
            await websocket.close(code, reason)
    except TimeoutError:
        return False
    except Exception:  # noqa: BLE001 - it is gone already
        return True
    return True
