"""A limit: `broadcast` of websockets' own server, fixed bytes.
`PORT` and `SIZE` are the arguments."""

import asyncio
import sys

import uvloop
from websockets.asyncio.server import ServerConnection, broadcast, serve

CHANGE = '{"type":"changed",' + '"x":"' + "." * (int(sys.argv[2]) - 25) + '"}'
everybody: set[ServerConnection] = set()


async def screen(socket: ServerConnection) -> None:
    """One socket; whatever it says is told to everybody as a change."""
    everybody.add(socket)
    try:
        async for _ in socket:
            broadcast(everybody, CHANGE)
    finally:
        everybody.discard(socket)


async def main() -> None:
    port = int(sys.argv[1])
    async with serve(screen, "127.0.0.1", port, compression=None, backlog=2048):
        await asyncio.Future()


uvloop.run(main())
