"""A Host header that is no host leads nowhere: links and origins are built from it."""

import re

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import N_, Refused
from app.web.errors import refuse

HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]{1,253})(:\d{1,5})?", re.IGNORECASE)
BAD_HOST = N_("The address of this request is not one of a host.")


class HostCheck:
    """Refuses requests whose Host is missing, given twice or malformed with 400 `bad_host`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            given = Headers(scope=scope).getlist("host")
            if len(given) != 1 or not HOST.fullmatch(given[0]):
                await refuse(scope, receive, send, Refused("bad_host", BAD_HOST))
                return
        await self.app(scope, receive, send)
