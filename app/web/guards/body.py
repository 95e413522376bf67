"""Bodies have a limit, also where no length is declared, and are never buffered beyond it."""

import re

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import N_, Refused
from app.web.errors import RefusedBody, refuse

LIMIT = 256 * 1024
UPLOAD_LIMIT = 10 * 1024 * 1024
UPLOADS = re.compile(r"/import(/|$)")
TOO_LARGE = N_("This is larger than {limit} KiB. Send less at once.")


class BodyLimit:
    """Refuses bodies over 256 KiB (10 MiB on import paths) with 413 `too_large`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = UPLOAD_LIMIT if UPLOADS.search(scope["path"]) else LIMIT
        too_large = Refused("too_large", TOO_LARGE, limit=limit // 1024)
        declared = Headers(scope=scope).get("content-length", "0")
        if not declared.isdecimal() or int(declared[:18]) > limit:
            await refuse(scope, receive, send, too_large)
            return
        await self.app(scope, _counted(receive, limit, too_large), send)


def _counted(receive: Receive, limit: int, too_large: Refused) -> Receive:
    received = 0

    async def counted() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > limit:
            raise RefusedBody(too_large)
        return message

    return counted
