"""What goes over the socket: the client's four frames, typed and strict, and the server's.

A client frame arrives as a JSON value that was read strictly already; a server frame is encoded
once, also as the very bytes of its websocket message, and then written to any number of sockets.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter
from pydantic_core import to_json

from app import clock
from app.errors import N_, Refused
from app.policy import Actor
from app.queries.changes import Change

VERSION = 1
LARGEST = 64 * 1024
SENT_OUT = 4423  # why a socket is closed: an item that is closed to observers runs
TEXT_MESSAGE = 0x81  # FIN and the opcode of a text message (RFC 6455, 5.2)

BAD_FRAME = N_("A frame is a JSON object with a “type”.")
UNKNOWN = N_("There is no command “{type}” here. Known are: {known}.")

Id = Annotated[str, StringConstraints(min_length=1, max_length=64)]
KeyText = Annotated[str, StringConstraints(min_length=1, max_length=200)]
# PostgreSQL's integer ends here; nobody changes an answer so often.
Revision = Annotated[int, Field(ge=1, le=2**31 - 1)]


Code = Literal["definition", "evidence", "values", "region", "feasibility"]


class _Frame(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class Hello(_Frame):
    """Who is there, what they look at, and the last number they have seen. `participant` is whose
    answers follow: on a laptop that two share, the cookie may have become the other's."""

    type: Literal["hello"]
    v: int
    since: Annotated[int, Field(ge=0, le=2**53)]
    form: Annotated[Literal["html", "data"], Field(alias="as")]
    page: Literal["room", "control", "screen", "desk"]
    group: Id | None = None
    lang: Annotated[str, StringConstraints(max_length=20)] | None = None
    build: Annotated[str, StringConstraints(max_length=100)] | None = None
    token: Annotated[str, StringConstraints(max_length=200)] | None = None
    participant: Id | None = None


class CastBallot(_Frame):
    """One ballot, as `POST /rounds/{id}/ballots` takes it."""

    type: Literal["cast_ballot"]
    key: KeyText
    round: Id
    revision: Revision
    body: dict[str, Any]
    reasons: dict[str, str] | None = None
    codes: dict[str, Code] | None = None
    ballot_key: Annotated[str, StringConstraints(max_length=200)] | None = None


class Propose(_Frame):
    """One proposal, as `POST /workshops/{id}/proposals` takes it."""

    type: Literal["propose"]
    key: KeyText
    activity: Id
    kind: Literal["priority_area", "response"]
    text: str
    area: Id | None = None
    shown: Literal["anonymous"] | None = None


class Ping(_Frame):
    """Answered by a heartbeat."""

    type: Literal["ping"]


ClientFrame = Hello | CastBallot | Propose | Ping
Command = CastBallot | Propose

FRAMES: dict[str, TypeAdapter[Any]] = {
    "hello": TypeAdapter(Hello),
    "cast_ballot": TypeAdapter(CastBallot),
    "propose": TypeAdapter(Propose),
    "ping": TypeAdapter(Ping),
}


class OutdatedError(Exception):
    """The client speaks another version of this protocol."""


def client_frame(value: Any) -> ClientFrame:
    """The typed frame in a JSON value.

    Raises Refused bad_json or unknown_command, pydantic's ValidationError for bad fields, and
    OutdatedError for a hello of another version.
    """
    if not isinstance(value, dict) or not isinstance(value.get("type"), str):
        raise Refused("bad_json", BAD_FRAME)
    adapter = FRAMES.get(value["type"])
    if adapter is None:
        known = ", ".join(FRAMES)
        raise Refused("unknown_command", UNKNOWN, type=value["type"][:40], known=known)
    if value["type"] == "hello" and type(value.get("v")) is int and value["v"] != VERSION:
        raise OutdatedError
    frame: ClientFrame = adapter.validate_python(value)
    return frame


# -- server frames -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Frame:
    """What is sent at once: the texts of one message or several, and all their bytes as they stand
    on the wire, headers included."""

    texts: tuple[str, ...]
    data: bytes


def encode(message: dict[str, Any]) -> Frame:
    """Encode a message once; servers send unmasked, so all sockets take the same bytes."""
    payload = to_json(message)
    size = len(payload)
    if size < 126:
        header = bytes([TEXT_MESSAGE, size])
    elif size < 1 << 16:
        header = bytes([TEXT_MESSAGE, 126]) + size.to_bytes(2, "big")
    else:
        header = bytes([TEXT_MESSAGE, 127]) + size.to_bytes(8, "big")
    return Frame((payload.decode(),), header + payload)


def together(frames: Iterable[Frame]) -> Frame:
    """Several frames as one, so that a socket is written to once."""
    parts = list(frames)
    texts = tuple(text for part in parts for text in part.texts)
    return Frame(texts, b"".join(part.data for part in parts))


def welcome(seq: int, actor: Actor, build: str) -> Frame:
    """The answer to a hello: the head of the log, and who the server takes this to be."""
    you = {
        "participant": actor.participant_id,
        "label": actor.label,
        "roles": sorted(actor.roles),
        "capacity": actor.capacity,
        "delegation": actor.delegation_id,
        "group": actor.group_id,
    }
    time = clock.stamp(clock.now())
    return encode({"type": "welcome", "seq": seq, "you": you, "server_time": time, "build": build})


def content(target: str, html: str) -> Frame:
    """A panel to put in the place of its former self."""
    return encode({"content": html, "target": target, "swap": "outerMorph"})


def changed(first: int, last: int, changes: Iterable[Change]) -> Frame:
    """The numbers first to last have come; `changes` are those this viewer may know of."""
    listed = [
        {"number": change.number, "kind": change.kind, "ids": change.ids} for change in changes
    ]
    return encode({"type": "changed", "from": first, "to": last, "changes": listed})


def ack(key: str, **recorded: Any) -> Frame:
    """A command was done, and its transaction committed."""
    return encode({"type": "ack", "key": key, **recorded})


def refused(key: str | None, code: str, message: str, **told: Any) -> Frame:
    """A frame was not done, and why."""
    named = {"key": key} if key is not None else {}
    return encode({**told, "type": "refused", **named, "code": code, "message": message})


def heartbeat(seq: int) -> Frame:
    """The server is there, and how far the log has come."""
    return encode({"type": "heartbeat", "seq": seq})


RESYNC = encode({"type": "resync"})
