"""Foreign pages can do nothing: the Origin of every unsafe request must be our own."""

from typing import Literal
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import N_, Forbidden
from app.web.cookies import NAMES, bearer_in
from app.web.errors import refuse

SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
CSRF = N_("This page is out of date. Reload it; what you typed is kept.")

Address = tuple[str, str, int | None]


class OriginCheck:
    """Refuses unsafe requests of foreign origin with 403 `csrf`.

    Without an Origin a request may act with a bearer token only, never with a cookie, which a
    browser adds to whatever a foreign page sends.
    """

    def __init__(self, app: ASGIApp, public_url: str | None = None) -> None:
        self.app = app
        self.public_url = public_url

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE and not self._allowed(scope):
            await refuse(scope, receive, send, Forbidden("csrf", CSRF))
        else:
            await self.app(scope, receive, send)

    def _allowed(self, scope: Scope) -> bool:
        origin = origin_of(scope, self.public_url)
        if origin != "absent":
            return origin == "own"
        headers = Headers(scope=scope)
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return False
        return bool(bearer_in(headers)) or not _has_our_cookie(headers)


def origin_of(scope: Scope, public_url: str | None = None) -> Literal["own", "absent", "foreign"]:
    """Whether a request or websocket handshake comes from our own pages.

    Own is the scheme, host and port that the request was addressed to, or those of PUBLIC_URL.
    """
    headers = Headers(scope=scope)
    given = headers.getlist("origin")
    if not given:
        return "absent"
    if len(given) > 1:
        return "foreign"
    secure = scope.get("scheme") in ("https", "wss")
    addressed = f"{'https' if secure else 'http'}://{headers.get('host', '')}"
    own = {_address(addressed), _address(public_url or "")} - {None}
    return "own" if _address(given[0]) in own else "foreign"


def _address(url: str) -> Address | None:
    try:
        parts = urlsplit(url)
        if not parts.hostname:
            return None
        return parts.scheme, parts.hostname, parts.port or PORTS.get(parts.scheme)
    except ValueError:
        return None


def _has_our_cookie(headers: Headers) -> bool:
    return any(f"{name}=" in headers.get("cookie", "") for name in NAMES)
