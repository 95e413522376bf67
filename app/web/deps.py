"""What every handler needs: who is asking, in which workshop, under which key and version."""

import json
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Any, Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from fastapi import Depends
from python_multipart.multipart import parse_options_header
from sqlalchemy import Connection
from sqlmodel import select
from starlette.requests import HTTPConnection, Request

from app.db import Database, Done, Key, Tx
from app.errors import N_, NotFound, Refused
from app.models import Workshop
from app.policy import YES, Actor, Verdict, may_see_meeting, require
from app.queries.actors import actor_of
from app.queries.attendance import attendance
from app.web.cookies import bearer_in, tokens_in

P = ParamSpec("P")
T = TypeVar("T")

SIGN_IN = N_("Open your personal link, or join with the code that the big screen shows.")
BAD_KEY = N_("An Idempotency-Key has 1 to 200 printable characters.")
NO_VERSION = N_("Say in If-Match which version you changed: the number that came with it.")
BAD_VERSION = N_("If-Match holds the version as a number, such as 3.")
VERSION = re.compile(r'(?:W/)?"?(\d{1,9})"?')


async def whoami(connection: HTTPConnection, workshop_id: str | None) -> Actor:
    """Who is asking, as they are known in one workshop (None: on the server).

    A bearer token stands alone; otherwise the browser's cookie says which tokens it holds. Raises
    Refused `sign_in` without a valid token, NotFound for somebody else's workshop, and Conflict
    `closed_to_observers` for an observer who was sent out.
    """
    tokens = bearer_in(connection.headers) or tokens_in(connection)
    return await known_by(connection, tokens, workshop_id)


async def known_by(connection: HTTPConnection, tokens: list[str], workshop_id: str | None) -> Actor:
    """The same for tokens that came another way, such as in a socket's hello."""
    db: Database = connection.app.state.db
    (actor, valid), place, attends = await db.read(_looked_up, tokens, workshop_id)
    if not valid:
        raise Refused("sign_in", SIGN_IN)
    if actor is None or (workshop_id is not None and place is None):
        raise NotFound
    connection.state.zone = ZoneInfo(place.time_zone) if place else None
    connection.state.seq = place.seq if place else 0
    connection.state.language = actor.language
    require(attends)
    return actor


def _looked_up(
    conn: Connection, tokens: list[str], workshop_id: str | None
) -> tuple[tuple[Actor | None, bool], Any, Verdict]:
    """In one snapshot, so that whoever is revoked after the number it holds is found out later."""
    place = select(Workshop.time_zone, Workshop.seq).where(Workshop.id == workshop_id)
    known = actor_of(conn, tokens, workshop_id)
    actor = known[0]
    attends = attendance(conn, workshop_id, actor) if actor and workshop_id else YES
    return known, conn.execute(place).first(), attends


@dataclass(frozen=True)
class Visit:
    """One request of one actor in one workshop (or, with an empty id, to the server itself)."""

    request: Request
    db: Database
    workshop_id: str
    actor: Actor
    key: Key

    async def change(
        self,
        action: Callable[Concatenate[Tx, Actor, P], Done],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Done:
        """Run `action(tx, actor, …)` once for the request's key."""
        place = self.workshop_id or None
        return await self.db.keyed(self.key, place, action, self.actor, *args, **kwargs)

    async def read(
        self,
        query: Callable[Concatenate[Connection, str, P], T],
        /,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run `query(conn, workshop_id, …)`."""
        return await self.db.read(query, self.workshop_id, *args, **kwargs)


async def visit(request: Request, workshop_id: str = "") -> Visit:
    """The request's visit: the actor must be admitted to the workshop in the path."""
    actor = await whoami(request, workshop_id or None)
    require(may_see_meeting(actor))
    return Visit(request, request.app.state.db, workshop_id, actor, await key_of(request, actor))


InWorkshop = Annotated[Visit, Depends(visit)]


async def visit_by(
    request: Request, find: Callable[[Connection, str], str], object_id: str
) -> Visit:
    """A visit to the workshop that an object belongs to, found by `find(conn, id)`."""
    workshop_id = await request.app.state.db.read(find, object_id)
    return await visit(request, workshop_id)


async def key_of(request: Request, actor: Actor) -> Key:
    """The command's key with who and what it stands for; one of our own where none was sent, so
    that such a command is done once and cannot be replayed."""
    value = request.headers.get("idempotency-key")
    if value is not None and not (0 < len(value) <= 200 and value.isprintable()):
        raise Refused("bad_key", BAD_KEY, field="Idempotency-Key")
    return key_for(
        actor,
        value or secrets.token_hex(32),
        [request.method, request.url.path, request.url.query],
        await _content(request),
    )


def key_for(actor: Actor, value: str, place: list[str], content: Any) -> Key:
    """A key with who and what it stands for; the same over the socket as over HTTP."""
    return Key(value, json.dumps([actor.identity, *place, content]).encode())


def as_sent(body: Any) -> str:
    """A JSON body as what it says."""
    return _SORTED.encode(body)


async def _content(request: Request) -> Any:
    """The body as what it says, so that another spelling of the same JSON is the same."""
    if request.method in ("GET", "HEAD"):
        return None
    body = await request.body()
    try:
        return as_sent(json.loads(body))
    except ValueError:
        return sha256(body.replace(_boundary(request), b"")).hexdigest()


def _boundary(request: Request) -> bytes:
    """What a browser draws anew between the parts of a form whenever it sends a file again."""
    _, parameters = parse_options_header(request.headers.get("content-type"))
    return parameters.get(b"boundary", b"")


_SORTED = json.JSONEncoder(sort_keys=True)  # json.dumps would make one for every call


def sent_key(request: Request) -> bool:
    """Whether the client sent a key of its own."""
    return "idempotency-key" in request.headers


async def version(request: Request) -> int:
    """The version named by If-Match, quoted or not. Raises Refused `if_match_missing` (428)."""
    given = request.headers.get("if-match")
    if given is None:
        raise Refused("if_match_missing", NO_VERSION, field="If-Match")
    found = VERSION.fullmatch(given.strip())
    if not found:
        raise Refused("bad_version", BAD_VERSION, field="If-Match")
    return int(found[1])


Version = Annotated[int, Depends(version)]
