"""The live connection of one page: hello, welcome, then commands in and panels out."""

import asyncio
import logging
from contextlib import suppress
from typing import Any

from fastapi import APIRouter
from pydantic import ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect

from app.errors import N_, Forbidden, NotFound, Refused
from app.live import frames
from app.live.client import Client
from app.live.hub import Hub
from app.live.wire import LIMIT, Wire, wire_of
from app.web.bad_input import first_fault
from app.web.commands import carry_out
from app.web.errors import as_data, new_ref, refuse
from app.web.guards import CSRF, origin_of
from app.web.hello import TurnedAway, admit
from app.web.patience import Patience
from app.web.strict_json import read_json

log = logging.getLogger(__name__)
router = APIRouter()

HELLO_WITHIN = 5.0
AT_ONCE = 32  # commands of one socket that may wait for their ack
LOOK_AGAIN = 0.05

BAD_CURSOR = N_("“since” is the last number seen: a whole number, 0 for the beginning.")
NO_KEY = N_("A command needs a key of its own, 1 to 200 characters.")
SLOW_DOWN = N_("Too many messages that can't be used. Wait a moment, then reload the page.")
HELLO_TWICE = N_("You have said hello already on this connection.")
UNEXPECTED = N_("Something went wrong. Whether it was recorded is not known: send it again.")


class Goodbye(Exception):
    """The conversation is over, by our own wish."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@router.websocket("/ws/workshops/{workshop_id}")
async def live(websocket: WebSocket, workshop_id: str) -> None:
    """One page's connection; foreign origins are turned away at the handshake."""
    origin = origin_of(websocket.scope, websocket.app.state.settings.public_url)
    if origin == "foreign":
        await refuse(websocket.scope, websocket.receive, websocket.send, Forbidden("csrf", CSRF))
        return
    await websocket.accept()
    await Conversation(websocket, workshop_id, own=origin == "own").hold()


@router.websocket("/{path:path}")
async def nowhere(websocket: WebSocket) -> None:
    """No other address holds a conversation."""
    await refuse(websocket.scope, websocket.receive, websocket.send, NotFound())


class Conversation:
    """What is said on one socket, from hello to goodbye."""

    def __init__(self, websocket: WebSocket, workshop_id: str, *, own: bool) -> None:
        self.websocket = websocket
        self.workshop_id = workshop_id
        self.own = own
        self.hub: Hub = websocket.app.state.hub
        self.wire: Wire = wire_of(websocket)
        self.patience = Patience()
        self.slots = asyncio.Semaphore(AT_ONCE)
        self.commands: set[asyncio.Task[None]] = set()

    async def hold(self) -> None:
        client = None
        goodbye = Goodbye(1000, "")
        try:
            client = await self._welcome()
            await self._listen(client)
        except Goodbye as said:
            goodbye = said
        except WebSocketDisconnect:
            pass
        except Exception:
            log.exception("a socket of %s failed", self.workshop_id)
            goodbye = Goodbye(1011, "something went wrong")
        finally:
            if client:
                self.hub.leave(self.workshop_id, client)
            await self.wire.close(goodbye.code, goodbye.reason)

    # -- hello -------------------------------------------------------------------------------

    async def _welcome(self) -> Client:
        try:
            async with asyncio.timeout(HELLO_WITHIN):
                hello = await self._hello()
        except TimeoutError:
            raise Goodbye(4401, "no hello") from None
        try:
            client, head = await admit(
                self.websocket, self.workshop_id, hello, self.wire, own=self.own
            )
            self.hub.join(self.workshop_id, client)
        except TurnedAway as away:
            self._refuse(away.refusal)
            raise Goodbye(away.code, away.refusal.code) from None
        except Refused as full:
            self._refuse(full)
            raise Goodbye(1013, full.code) from None
        build = self.websocket.app.state.settings.build
        self.wire.write(frames.welcome(head, client.actor, build))
        if hello.since > head:
            self.wire.write(frames.RESYNC)
        return client

    async def _hello(self) -> frames.Hello:
        frame = await self._frame()
        if not isinstance(frame, frames.Hello):
            raise Goodbye(4401, "say hello first")
        return frame

    # -- frames ------------------------------------------------------------------------------

    async def _frame(self) -> frames.ClientFrame:
        """The next frame that can be read; the others are answered and passed over."""
        while True:
            text = await self._text()
            value = None
            try:
                value = read_json(text.encode())
                return frames.client_frame(value)
            except frames.OutdatedError:
                raise Goodbye(4426, "reload the page") from None
            except Refused as refusal:
                self._refuse(refusal, _key_in(value))
            except ValidationError as error:
                self._refuse(_fault(error), _key_in(value))
            if self.patience.lost():
                raise Goodbye(1008, "too fast")

    async def _text(self) -> str:
        await self._let_drain()
        message = await self.websocket.receive()
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code") or 1005)
        text = message.get("text")
        if text is None:
            raise Goodbye(1003, "text only")
        if len(text) > frames.LARGEST:
            raise Goodbye(1009, "too big")
        await self.patience.breathe()
        return str(text)

    async def _let_drain(self) -> None:
        """Who does not read is not read: acks would pile up before a client that is behind."""
        while self.wire.unsent > LIMIT:  # noqa: ASYNC110
            await asyncio.sleep(LOOK_AGAIN)  # a transport tells nobody else when it has drained

    def _refuse(self, refusal: Refused, key: str | None = None) -> None:
        self.patience.spend()
        if key is None and self.patience.slow_down:
            refusal = Refused("slow_down", SLOW_DOWN)
        ref = new_ref()
        log.info("refused %s %s on the socket of %s", ref, refusal.code, self.workshop_id)
        self.wire.write(frames.refused(key, **as_data(refusal, ref, self.websocket)))

    # -- commands ----------------------------------------------------------------------------

    async def _listen(self, client: Client) -> None:
        try:
            while True:
                frame = await self._frame()
                if isinstance(frame, frames.Hello):
                    self._refuse(Refused("hello_twice", HELLO_TWICE))
                elif isinstance(frame, frames.Ping):
                    self.patience.spend()
                    self.wire.write(frames.heartbeat(self.hub.seq(self.workshop_id)))
                else:
                    await self.slots.acquire()
                    task = asyncio.create_task(self._carry_out(client, frame))
                    self.commands.add(task)
                    task.add_done_callback(self._answered)
                if self.patience.lost():
                    raise Goodbye(1008, "too fast")
        finally:
            # What was sent is finished even if nobody waits for the ack any more.
            with suppress(Exception):
                await asyncio.gather(*self.commands, return_exceptions=True)

    def _answered(self, task: asyncio.Task[None]) -> None:
        self.commands.discard(task)
        self.slots.release()

    async def _carry_out(self, client: Client, command: frames.Command) -> None:
        try:
            recorded = await carry_out(self.websocket.app, self.workshop_id, client, command)
        except Refused as refusal:
            self._refuse(refusal, command.key)
        except Exception:
            log.exception("a %s failed", command.type)
            self._refuse(Refused("unexpected", UNEXPECTED), command.key)
        else:
            self.wire.write(frames.ack(command.key, **recorded))


def _key_in(value: Any) -> str | None:
    """The key of a frame that could not be read otherwise, so that its sender can tell which."""
    key = value.get("key") if isinstance(value, dict) else None
    return key if isinstance(key, str) and len(key) <= 200 else None


def _fault(error: ValidationError) -> Refused:
    """What is wrong with a frame, in the words of the bad-input table."""
    found = error.errors(include_url=False)
    match found[0]["loc"]:
        case ("since", *_):
            return Refused("bad_cursor", BAD_CURSOR, field="since")
        case ("key", *_):
            return Refused("key_missing", NO_KEY, field="key")
    return first_fault([{**fault, "loc": ("frame", *fault["loc"])} for fault in found])
