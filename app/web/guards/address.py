"""An address that is none leads nowhere: links and origins are built from hosts, ids from paths."""

import re

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import N_, NotFound, Refused
from app.web.errors import refuse

HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]{1,253})(:\d{1,5})?", re.IGNORECASE)
BAD_HOST = N_("The address of this request is not one of a host.")


class AddressCheck:
    """Refuses a Host that is missing, given twice or malformed with 400 `bad_host`, and a path
    with characters that no database stores with 404."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = _fault(scope) if scope["type"] in ("http", "websocket") else None
        if refusal is None:
            await self.app(scope, receive, send)
        else:
            await refuse(scope, receive, send, refusal)


def _fault(scope: Scope) -> Refused | None:
    given = Headers(scope=scope).getlist("host")
    if len(given) != 1 or not HOST.fullmatch(given[0]):
        return Refused("bad_host", BAD_HOST)
    return None if scope["path"].isprintable() else NotFound()
