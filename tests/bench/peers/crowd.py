"""A crowd of websockets in one thread, so lean that what is measured is the server: plain sockets,
epoll, and messages that are compared rather than decoded.
"""

import base64
import os
import select
import socket
import time
from collections.abc import Iterator

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
WITHIN = 30.0
CHUNK = 1 << 16


class Gone(Exception):
    """The server did not let somebody in, or closed a line."""


class Line:
    """One connection. `rest` is the beginning of a message whose end has not come."""

    __slots__ = ("fd", "rest", "socket")

    def __init__(self, port: int, path: str, headers: str = "") -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=WITHIN)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.fd = self.socket.fileno()
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall(
            f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n"
            f"{headers}\r\n".encode()
        )
        answer = b""
        while b"\r\n\r\n" not in answer:
            answer += self._more()
        head, _, self.rest = answer.partition(b"\r\n\r\n")
        if b" 101 " not in head.splitlines()[0]:
            raise Gone(head.decode(errors="replace"))

    def send(self, text: str) -> None:
        self.socket.sendall(wrapped(TEXT, text.encode()))

    def until(self, beginning: bytes) -> bytes:
        """Wait for a message that begins so."""
        deadline = time.monotonic() + WITHIN
        while time.monotonic() < deadline:
            found, self.rest = unwrapped(self.rest)
            for opcode, message in found:
                if opcode == PING:
                    self.socket.sendall(wrapped(PONG, message))
                elif message.startswith(beginning):
                    return message
            self.rest += self._more()
        raise Gone(f"no {beginning!r} came")

    def _more(self) -> bytes:
        if data := self.socket.recv(CHUNK):
            return data
        raise Gone("the server closed the line")


class Crowd:
    """Lines to one server."""

    def __init__(self) -> None:
        self.lines: dict[int, Line] = {}
        self.poll = select.epoll()
        self.closed = 0

    def add(self, line: Line) -> None:
        """Look after this line from now on."""
        self.lines[line.fd] = line
        self.poll.register(line.fd, select.EPOLLIN)

    def hear(self, within: float) -> Iterator[tuple[Line, bytes]]:
        """Each message as it comes, until `within` seconds are over. Pings are answered."""
        deadline = time.monotonic() + within
        left = within
        while left >= 0:
            for fd, _ in self.poll.poll(left):
                line = self.lines[fd]
                for message in self._messages(line):
                    yield line, message
            left = deadline - time.monotonic()

    def answer(self) -> None:
        """Take what has come, so that the server sees that everybody is still there."""
        for _ in self.hear(0):
            pass

    def _messages(self, line: Line) -> list[bytes]:
        try:
            data = os.read(line.fd, CHUNK)
        except ConnectionResetError:
            data = b""
        if not data:
            self.poll.unregister(line.fd)
            self.closed += 1
            return []
        found, line.rest = unwrapped(line.rest + data if line.rest else data)
        for opcode, message in found:
            if opcode == PING:
                line.socket.sendall(wrapped(PONG, message))
            elif message == b"2":  # engine.io asks in words of its own
                line.send("3")
        return [message for opcode, message in found if opcode == TEXT]

    def leave(self) -> None:
        for line in self.lines.values():
            line.socket.close()
        self.poll.close()


def wrapped(opcode: int, payload: bytes) -> bytes:
    """A client's frame; masked with zeros, which costs nothing and is a mask all the same."""
    size = len(payload)
    if size < 126:
        return bytes([0x80 | opcode, 0x80 | size]) + bytes(4) + payload
    return bytes([0x80 | opcode, 0x80 | 126]) + size.to_bytes(2, "big") + bytes(4) + payload


def unwrapped(data: bytes) -> tuple[list[tuple[int, bytes]], bytes]:
    """The whole frames at the beginning of what came, and the rest."""
    found = []
    at, end = 0, len(data)
    while end - at >= 2:
        size, start = data[at + 1], at + 2
        if size >= 126:
            start = at + (4 if size == 126 else 10)
            size = int.from_bytes(data[at + 2 : start], "big")
        if start + size > end:
            break
        found.append((data[at] & 15, data[start : start + size]))
        at = start + size
    return found, data[at:]
