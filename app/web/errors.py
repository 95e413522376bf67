"""Refusals as people and programs read them: one shape, one table from code to status."""

import logging
import secrets
from base64 import b32encode
from datetime import date, datetime
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send

from app import clock
from app.errors import N_, Busy, Conflict, Forbidden, NotFound, Refused
from app.web.bad_input import first_fault
from app.web.error_pages import error_page
from app.web.language import translator

log = logging.getLogger(__name__)

STATUS = {
    "bad_json": 400,
    "too_deep": 400,
    "bad_host": 400,
    "sign_in": 401,
    "csrf": 403,
    "not_allowed": 403,
    "not_found": 404,
    "method_not_allowed": 405,
    "too_large": 413,
    "content_type": 415,
    "if_match_missing": 428,
    "slow_down": 429,
    "unexpected": 500,
}
KINDS = {NotFound: 404, Forbidden: 403, Conflict: 409, Busy: 503}
DENIAL = "websocket.http.response"  # how a handshake is refused with more than a number
OTHERS = {
    404: N_("There is nothing at this address."),
    405: N_("This address does not take that kind of request."),
}


class RefusedBody(HTTPException):
    """A refusal found while a body was read, where only an HTTPException passes unharmed."""

    def __init__(self, refusal: Refused) -> None:
        super().__init__(status_of(refusal))
        self.refusal = refusal


def status_of(refusal: Refused) -> int:
    """The HTTP status of a refusal: by its code, else by its kind, else 422."""
    if refusal.code in STATUS:
        return STATUS[refusal.code]
    return next((status for kind, status in KINDS.items() if isinstance(refusal, kind)), 422)


def new_ref() -> str:
    """A short reference that a person can read out and the log can be searched for."""
    return b32encode(secrets.token_bytes(5)).decode().lower()


def answer(request: HTTPConnection, refusal: Refused, ref: str | None = None) -> Response:
    """The refusal as JSON for programs, else as a page or, for htmx, a fragment."""
    ref = ref or new_ref()
    status = status_of(refusal)
    method = request.scope.get("method", "WS")
    log.info("refused %s %s %s %s", ref, refusal.code, method, _logged_path(request))
    headers = {"retry-after": "1"} if status in (429, 503) else {}
    if refusal.code == "closed_to_observers":
        headers["refresh"] = "15"  # the page asks again by itself
    if status == 401:
        headers["www-authenticate"] = "Bearer"
    if request.url.path.startswith("/api/") or _wants_json(request):
        return JSONResponse({"error": as_data(refusal, ref, request)}, status, headers)
    return error_page(request, refusal, sentence(refusal, request), ref, status, headers)


def as_data(refusal: Refused, ref: str, request: HTTPConnection) -> dict[str, Any]:
    """The error object of the API: code, message, field, ref, and what helps to go on, such as
    the stored revision."""
    found: dict[str, Any] = {"code": refusal.code, "message": sentence(refusal, request)}
    if refusal.field:
        found["field"] = refusal.field
    told = {name: _plain(value) for name, value in refusal.params.items()}
    return {**told, **found, "ref": ref}


def sentence(refusal: Refused, request: HTTPConnection) -> str:
    """The refusal in the reader's language, moments in the workshop's own time."""
    told = {name: _moment(value, request) for name, value in refusal.params.items()}
    shown = Refused(refusal.code, refusal.message, **told)
    return shown.sentence(translator(request))


def _moment(value: Any, request: HTTPConnection) -> Any:
    if not isinstance(value, datetime):
        return value
    zone = getattr(request.state, "zone", None)
    local = value.astimezone(zone)
    return f"{local:%H:%M}" if zone else clock.stamp(value)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return clock.stamp(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(inner) for inner in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value)


def _wants_json(request: HTTPConnection) -> bool:
    is_socket = request.scope["type"] == "websocket"
    return is_socket or request.headers.get("accept", "").startswith("application/json")


def _logged_path(request: HTTPConnection) -> str:
    """The path without secrets: what follows /enter/ opens a door."""
    path = request.url.path
    return "/enter/…" if path.startswith("/enter/") else path


async def refuse(
    scope: Scope, receive: Receive, send: Send, refusal: Refused, ref: str | None = None
) -> None:
    """Answer with a refusal before a handler is reached: a request, or a socket's handshake."""
    if scope["type"] == "websocket" and DENIAL not in scope.get("extensions", {}):
        await send({"type": "websocket.close", "code": 4403})  # this server knows no other no
    else:
        await answer(HTTPConnection(scope), refusal, ref)(scope, receive, send)


async def on_refused(request: Request, error: Exception) -> Response:
    """An action, query or policy said no."""
    assert isinstance(error, Refused)
    return answer(request, error)


async def on_http(request: Request, error: Exception) -> Response:
    """No such route or method, or a body that could not be read."""
    assert isinstance(error, HTTPException)
    if isinstance(error, RefusedBody):
        return answer(request, error.refusal)
    if error.status_code == 404:
        return answer(request, NotFound(OTHERS[404]))
    if error.status_code == 405:
        return answer(request, Refused("method_not_allowed", OTHERS[405]))
    return answer(request, Refused("bad_json", N_("This request could not be read.")))


async def on_validation(request: Request, error: Exception) -> Response:
    """A field was missing, unknown or of the wrong kind."""
    assert isinstance(error, RequestValidationError)
    return answer(request, first_fault(error.errors()))
