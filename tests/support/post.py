"""A mail server on 127.0.0.1 that keeps what it is given; some addresses it refuses."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class Post:
    """`taken` is every message it said yes to, as (recipient, bytes). An address that begins with
    "no" is refused for good, one with "later" the first time."""

    port: int = 0
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    put_off: set[str] = field(default_factory=set)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def letters(self) -> list[EmailMessage]:
        return [message_from_bytes(data, policy=policy.default) for _, data in self.taken]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One conversation."""
        writer.write(b"220 post.test\r\n")
        to = ""
        with contextlib.suppress(ConnectionError):
            while line := (await reader.readline()).decode().strip():
                verb = line[:4].upper()
                said = "250 yes"
                if verb == "RCPT":
                    to = line.partition("<")[2].partition(">")[0]
                    said = self._hears_of(to)
                elif verb == "DATA":
                    writer.write(b"354 go on\r\n")
                    data = await reader.readuntil(b"\r\n.\r\n")
                    self.taken.append((to, data[:-5]))
                elif verb == "QUIT":
                    said = "221 bye"
                writer.write(f"{said}\r\n".encode())
        writer.close()

    def _hears_of(self, address: str) -> str:
        if address.startswith("no"):
            return "550 no such person"
        if address.startswith("later") and address not in self.put_off:
            self.put_off.add(address)
            return "451 busy"
        return "250 yes"


@contextlib.asynccontextmanager
async def post_office() -> AsyncIterator[Post]:
    """The server, until the block ends."""
    post = Post()
    server = await asyncio.start_server(post.serve, "127.0.0.1", 0)
    post.port = server.sockets[0].getsockname()[1]
    try:
        yield post
    finally:
        server.close()
