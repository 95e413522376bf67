"""Participants who behave as the page does: an outbox on their own device, and its watchdog.

What is answered stays in the outbox until the server has said what became of it, and goes again
under the same key on every connection, right behind the hello (static/js/outbox.js, live.js). The
figures are the page's.
"""

import asyncio
import contextlib
import json
import random
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

from tests.faults.history import Cast
from tests.faults.people import AGAIN, GOODBYE, LOST, Person

SILENCE = 12.0
UNANSWERED = 2.5
LONGEST = 8.0
LOOK = 0.25
SOON_AGAIN = 2.0  # what the server could not take now

Command = dict[str, Any]


@dataclass
class Entry:
    """A command in the outbox, and what is noted of it for the checker."""

    command: Command
    cast: Cast
    sent: float = 0.0
    held: bool = False

    @property
    def place(self) -> tuple[str, str]:
        """Which answer it is: the next one in the same place replaces what was held."""
        return place_of(self.command)


def place_of(command: Command) -> tuple[str, str]:
    """Round and, for itemwise shapes, item; a proposal stands for itself."""
    if command["type"] == "propose":
        return "", str(command["text"])
    (shape,) = set(command["body"]) & {"react", "judgement"} or {""}
    return command["round"], next(iter(command["body"][shape])) if shape else ""


@dataclass
class Guest(Person):
    """Stays in the meeting whatever the line does; answers also while it is dead."""

    draw: random.Random = field(default_factory=random.Random)
    outbox: list[Entry] = field(default_factory=list)
    casts: dict[str, list[Cast]] = field(default_factory=dict)
    revisions: dict[tuple[str, str], int] = field(default_factory=dict)
    socket_now: ClientConnection | None = None
    open: bool = False
    ready: bool = False
    heard: float = 0.0
    opened: set[str] = field(default_factory=set)
    settled: asyncio.Event = field(default_factory=asyncio.Event)

    # -- what a person does ----------------------------------------------------------------------

    async def answer(self, round_id: str, body: dict[str, Any]) -> None:
        """Tap: the answer as it now stands, with the next revision of its place."""
        command: Command = {"type": "cast_ballot", "round": round_id, "body": body}
        place = place_of(command)
        self.revisions[place] = self.revisions.get(place, 0) + 1
        await self._send(command | {"revision": self.revisions[place]}, round_id, body)

    async def propose(self, activity: str, kind: str, text: str) -> None:
        """Write a proposal down."""
        said = {"kind": kind, "text": text}
        await self._send({"type": "propose", "activity": activity, **said}, "", said)

    async def _send(self, command: Command, about: str, body: dict[str, Any]) -> None:
        key = secrets.token_hex(16)
        cast = Cast(key, self.name, command.get("revision", 0), body, time.monotonic())
        entry = Entry(command | {"key": key}, cast)
        self.casts.setdefault(about, []).append(cast)
        self.outbox = [old for old in self.outbox if not old.held or old.place != entry.place]
        self.outbox.append(entry)
        if self.open:
            await self._transmit(entry)

    @property
    def waiting(self) -> list[Entry]:
        """What the server has not said anything about yet."""
        return [entry for entry in self.outbox if not entry.held]

    async def told_all(self) -> None:
        """Wait until nothing waits any more."""
        while self.waiting:
            self.settled.clear()
            await self.settled.wait()

    # -- what the page does ----------------------------------------------------------------------

    async def stay(self) -> None:
        """Connect, and come back with a growing pause, until it is cancelled."""
        attempts = 0
        while True:
            began = time.monotonic()
            spent = 0.0
            try:
                async with self._line() as socket:
                    await self._listen(socket)
            except TimeoutError:  # a silence that was waited out was a pause itself
                spent = time.monotonic() - self.heard
            except LOST:
                spent = 0.0 if self.ready else time.monotonic() - began
            attempts = 1 if self.ready else attempts + 1
            self.open, self.ready, self.socket_now = False, False, None
            longest = min(LONGEST, 0.5 * 2 ** (attempts - 1))
            await asyncio.sleep(max(0.0, longest * self.draw.uniform(0.5, 1) - spent))

    @contextlib.asynccontextmanager
    async def _line(self) -> AsyncIterator[ClientConnection]:
        async with connect(
            self.url, compression=None, proxy=None, open_timeout=SILENCE, close_timeout=GOODBYE,
            ping_interval=None,
        ) as socket:  # fmt: skip
            hello = {"type": "hello", "v": 1, "as": "data", "page": self.page}
            who = {"since": self.since, "token": self.token, "participant": self.name}
            await socket.send(json.dumps(hello | who))
            yield socket

    async def _listen(self, socket: ClientConnection) -> None:
        self.socket_now, self.heard, self.open = socket, time.monotonic(), True
        await self._flush()
        while True:
            try:
                async with asyncio.timeout(LOOK):
                    frame = json.loads(await socket.recv())
            except TimeoutError:
                if self._given_up(time.monotonic()):
                    raise
                continue
            self.heard = time.monotonic()
            await self._take(frame)

    def _given_up(self, now: float) -> bool:
        unanswered = [
            entry for entry in self.waiting
            if self.heard <= entry.sent and now - entry.sent > UNANSWERED
        ]  # fmt: skip
        return now - self.heard > SILENCE or (self.ready and bool(unanswered))

    async def _take(self, frame: dict[str, Any]) -> None:
        match frame["type"]:
            case "welcome":
                self.ready = True
                for entry in self.waiting:  # sent behind the hello, answered from now on
                    entry.sent = time.monotonic()
            case "resync":
                self.reloads += 1
            case "changed":
                await self._changed(frame)
            case "ack" | "refused":
                await self._said(frame)

    async def _changed(self, frame: dict[str, Any]) -> None:
        assert frame["from"] == self.since + 1, "a gap: the page would connect anew"
        self.since = frame["to"]
        for change in frame["changes"]:
            round_id = change["ids"].get("round")
            if change["kind"] in ("round_opened", "round_reopened"):
                self.opened.add(round_id)
            elif change["kind"] == "round_closed":
                self.opened.discard(round_id)
            if change["kind"] == "round_reopened":
                await self._release(round_id)

    async def _said(self, frame: dict[str, Any]) -> None:
        found = [entry for entry in self.outbox if entry.cast.key == frame.get("key")]
        for entry in found:
            if frame["type"] == "refused" and frame["code"] in AGAIN:
                asyncio.get_running_loop().call_later(SOON_AGAIN, self._flush_soon)
                return
            entry.cast.answered = time.monotonic()
            if frame["type"] == "ack":
                entry.cast.number, entry.cast.refused = frame["number"], None
            else:
                entry.cast.refused = frame["code"]
            entry.held = frame.get("code") == "poll_closed"
            if not entry.held:
                self.outbox.remove(entry)
            self.settled.set()

    async def _release(self, round_id: str) -> None:
        for entry in self.outbox:
            if entry.held and entry.place[0] == round_id:
                entry.held, entry.cast.answered, entry.cast.refused = False, None, None
        await self._flush()

    def _flush_soon(self) -> None:
        task = asyncio.ensure_future(self._flush())
        task.add_done_callback(lambda done: done.cancelled() or done.exception())

    async def _flush(self) -> None:
        for entry in self.waiting:
            if self.open:
                await self._transmit(entry)

    async def _transmit(self, entry: Entry) -> None:
        assert self.socket_now is not None
        entry.sent = time.monotonic()
        with contextlib.suppress(*LOST):  # it stays in the outbox
            await self.socket_now.send(json.dumps(entry.command))


async def busy_hands(
    guest: Guest, pause: tuple[float, float], act: Callable[[Guest], Awaitable[None]]
) -> None:
    """Act again and again, now sooner, now later, until it is enough."""
    while not guest.enough:
        await asyncio.sleep(guest.draw.uniform(*pause))
        if not guest.enough:
            await act(guest)
