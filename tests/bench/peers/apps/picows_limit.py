"""A limit: picows telling all sockets the same bytes, and nothing else.
`PORT` and `SIZE` are the arguments."""

import sys

import uvloop
from picows import WSFrame, WSListener, WSMsgType, WSTransport, WSUpgradeRequest, ws_create_server

CHANGE = b'{"type":"changed",' + b'"x":"' + b"." * (int(sys.argv[2]) - 25) + b'"}'
everybody: set[WSTransport] = set()


class Screen(WSListener):  # type: ignore[misc]
    """One socket; whatever it says is told to everybody as a change."""

    def on_ws_connected(self, transport: WSTransport) -> None:
        everybody.add(transport)

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        everybody.discard(transport)

    def on_ws_frame(self, _transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.TEXT:
            for other in everybody:
                other.send(WSMsgType.TEXT, CHANGE)


def listener(_request: WSUpgradeRequest) -> WSListener:
    return Screen()


async def main() -> None:
    server = await ws_create_server(listener, "127.0.0.1", int(sys.argv[1]), backlog=2048)
    await server.serve_forever()


uvloop.run(main())
