"""What a request is known by: a bearer token, or our cookie.

The cookie says which tokens this browser holds, newest first. A facilitator's laptop often drives
the big screen too, and an organiser looks into the room as a participant: one browser may therefore
hold several tokens, and what it may do is their union.
"""

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import Response

PLAIN = "consilience"
SECURE = "__Host-consilience"  # browsers drop this one over plain HTTP, as in a hall
NAMES = (SECURE, PLAIN)
MOST = 8
MAX_AGE = 60 * 24 * 3600
ERRAND = "-errand"
ERRAND_AGE = 600


def tokens_in(connection: HTTPConnection) -> list[str]:
    """The tokens that a browser sent."""
    sent = connection.cookies.get(_name(connection), "")
    return [token for token in sent.split(".") if token][:MOST]


def bearer_in(headers: Headers) -> list[str]:
    """The token of an Authorization header, if there is one."""
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return [token.strip()] if scheme.lower() == "bearer" and token.strip() else []


def set_tokens(response: Response, connection: HTTPConnection, tokens: list[str]) -> None:
    """Let the browser hold these tokens, or none."""
    _set(response, connection, _name(connection), tokens[:MOST], MAX_AGE)


def take_errand(connection: HTTPConnection) -> list[str]:
    """What this browser was to bring back from the identity provider."""
    sent = connection.cookies.get(_name(connection) + ERRAND, "")
    return [part for part in sent.split(".") if part]


def set_errand(response: Response, connection: HTTPConnection, parts: list[str]) -> None:
    """Let the browser hold this until it comes back, or no longer."""
    _set(response, connection, _name(connection) + ERRAND, parts, ERRAND_AGE)


def _set(
    response: Response, connection: HTTPConnection, name: str, parts: list[str], age: int
) -> None:
    secure = _is_secure(connection)
    if parts:
        response.set_cookie(
            name,
            ".".join(parts),
            max_age=age,
            path="/",
            httponly=True,
            secure=secure,
            samesite="lax",
        )
    else:
        response.delete_cookie(name, path="/", httponly=True, secure=secure, samesite="lax")


def _is_secure(connection: HTTPConnection) -> bool:
    return connection.url.scheme in ("https", "wss")


def _name(connection: HTTPConnection) -> str:
    return SECURE if _is_secure(connection) else PLAIN
