"""One workshop's sockets in this process, and the loop that tells them what has changed.

Every client is told the same way, whether it has just said hello, was behind, or is up to date:
the panels that the numbers after its cursor made stale, then one `changed` up to the head.
"""

import asyncio
import logging
import time
from collections import Counter
from collections.abc import AsyncIterator
from collections.abc import Set as AbstractSet

from sqlalchemy import Connection

from app.db import Database
from app.live.client import Client
from app.live.frames import SENT_OUT, Frame, heartbeat, together
from app.live.neighbours import Neighbours
from app.live.panels import VIEWS, Scope
from app.live.regions import REGIONS, regions_of
from app.live.telling import (
    WHO_IS_WHO,
    Drawn,
    Party,
    Telling,
    draw_all,
    last_who_is_who,
    look,
    range_for,
    stale_names,
)
from app.policy import YES, Actor, Verdict, may_open_page
from app.queries.actors import actor_again
from app.queries.attendance import attendance
from app.queries.turnout import secret_turnouts

log = logging.getLogger(__name__)

TICK = 0.1  # at least so long between two rounds of telling
REST = 4  # or so many times what the last one cost
LONGEST = 2.0  # but no longer, even if the database answered late
GUARD = 0.1  # between two looks at who may stay
IN_ONE_GO = 256 * 1024  # bytes written before others have their turn
PATIENCE = 10.0  # with a client that is behind
AFTERGLOW = 3.0  # one who reloads the page has not left the room
AGAIN_AFTER = 1.0  # when the database could not be read
# No number announces a secret ballot: what shows their coarse turnout is looked at by the beat.
COARSE = frozenset(("turnout", "missing", "stage", "groups", "lead"))
# Who is here: shown as such, and before a round is closed on those who are not.
ABOUT_PEOPLE = frozenset(("presence", "cutoff", "groups"))
SHOWN = {view: frozenset(region.name for region in regions_of(view)) for view in VIEWS}
UNNUMBERED = frozenset(name for name, region in REGIONS.items() if not region.numbered)


class Hall:
    """The sockets of one workshop here. `seq` is the number that the drawn panels stand for,
    `heard` the highest one that was heard of."""

    def __init__(self, db: Database, workshop_id: str, neighbours: Neighbours) -> None:
        self.db = db
        self.neighbours = neighbours
        self.workshop_id = workshop_id
        self.clients: set[Client] = set()
        self.sockets: Counter[str] = Counter()  # by identity
        self.counting: asyncio.TimerHandle | None = None
        self.seq = 0
        self.heard = 0
        self.drawn: Drawn = {}
        self.outdated: set[str] = set()
        self.here: frozenset[str] = frozenset()
        self.present: frozenset[str] = frozenset()
        self.trouble = ""
        self.secret: dict[str, int] = {}
        self.glance_due = False
        self.wake = asyncio.Event()
        self.moved = asyncio.Event()
        self.guarded = 0
        self.tasks = [asyncio.create_task(work) for work in (self._run(), self._guard())]

    @property
    def empty(self) -> bool:
        """Whether nobody is here, nor has just left."""
        return not self.clients and not self.here

    @property
    def around(self) -> Scope:
        """What panels show that no table knows."""
        return Scope(present=self.present, trouble=self.trouble)

    # -- who is here -------------------------------------------------------------------------

    def join(self, client: Client) -> None:
        """Tell this client from now on, beginning after its cursor."""
        self.seq = self.seq or client.cursor
        self.heard = max(self.heard, client.known_at)
        # From the beginning: such a client has nothing yet, whatever the log tells.
        client.owed |= UNNUMBERED if client.cursor else {r.name for r in regions_of(client.page)}
        client.owed |= COARSE if self.secret else frozenset()
        self.clients.add(client)
        self.guarded = min(self.guarded or client.known_at, client.known_at)
        self.sockets[client.identity] += 1
        self.count_soon()
        self.moves(client.known_at)

    def leave(self, client: Client) -> None:
        if client in self.clients:
            self.clients.remove(client)
            self.sockets[client.identity] -= 1
            asyncio.get_running_loop().call_later(AFTERGLOW, self.count_soon)

    def count_soon(self) -> None:
        """Count now, or with whoever else comes at this moment: a whole hall comes at once."""
        if self.counting is None:
            self.count()
            self.counting = asyncio.get_running_loop().call_later(TICK, self._count_again)

    def _count_again(self) -> None:
        self.counting = None
        self.count()

    def count(self) -> None:
        """People are counted, not sockets; a change makes the panels about them stale."""
        here = frozenset(
            client.actor.participant_id for client in self.clients if client.actor.participant_id
        )
        self.neighbours.stale |= here != self.here
        self.here = here
        found = here | self.neighbours.of(self.workshop_id)
        if found != self.present:
            self.present = found
            self._announce(ABOUT_PEOPLE)

    def _announce(self, names: AbstractSet[str]) -> None:
        """Draw panels anew that no number makes stale."""
        self.outdated |= names
        for client in self.clients:
            if client.html and (shown := names & SHOWN[client.page]):
                client.owed |= shown
                self.wake.set()

    def moves(self, seq: int, kinds: AbstractSet[str] = WHO_IS_WHO) -> None:
        """The log has grown: tell it, and see whether somebody may not stay."""
        self.heard = max(self.heard, seq)
        self.wake.set()
        if not kinds.isdisjoint(WHO_IS_WHO):
            self.moved.set()

    # -- telling -----------------------------------------------------------------------------

    async def _run(self) -> None:
        while True:
            await self.wake.wait()
            self.wake.clear()
            began = time.monotonic()
            try:
                await self.tell()
            except Exception:
                log.exception("live panels of %s were not told; again soon", self.workshop_id)
                self.wake.set()
                await asyncio.sleep(AGAIN_AFTER)
            await self._rest(time.monotonic() - began)

    async def _rest(self, cost: float) -> None:
        """Leave the processor to ballots and newcomers for some time; but once none has come for a
        tick, the last ballot of a hall is shown without further delay."""
        left = min(max(TICK, REST * cost), LONGEST)
        while left > 0:
            seen = self.heard, len(self.clients)
            await asyncio.sleep(min(TICK, left))
            left = left - TICK if seen != (self.heard, len(self.clients)) else 0

    async def _guard(self) -> None:
        """Close who may not stay at once, however long the last drawing lets the next one wait."""
        while True:
            await self.moved.wait()
            self.moved.clear()
            try:
                after = self.guarded
                head, last = await self.db.read(last_who_is_who, self.workshop_id, after)
                # Somebody who joined meanwhile may have been looked up before that.
                self.guarded = head if self.guarded == after else self.guarded
                if doubtful := [client for client in self.clients if client.known_at < last]:
                    await self._look_up_again(doubtful, last)
            except Exception:
                log.exception("who may stay in %s was not looked up; again soon", self.workshop_id)
                self.moved.set()
                await asyncio.sleep(AGAIN_AFTER)
            await asyncio.sleep(GUARD)

    async def tell(self) -> None:
        """Bring every client that can take it to the head of the log."""
        if self.glance_due:
            await self._glance()
        self._forget(self.outdated)
        self.outdated = set()
        # Taken, not copied: what is owed anew while this round runs belongs to the next one.
        owed = {
            client: client.owed
            for client in self.clients
            if client.behind_since is None and (client.owed or client.cursor < self.heard)
        }
        if not owed:
            return
        for client in owed:
            client.owed = frozenset()
        try:
            telling = await self.db.read(
                look, self.workshop_id, owed, self.around, self.drawn, self.seq
            )
            if doubtful := telling.doubtful():
                await self._look_up_again(doubtful, telling.head)
                return
            frames = await asyncio.to_thread(draw_all, telling) if telling.contexts else {}
            self._forget(stale_names(telling.lines, self.seq))
            self.drawn |= frames
            self.seq = max(self.seq, telling.head)
            async for client in self._deliver(telling):
                del owed[client]
        finally:
            for client, names in owed.items():
                client.owed |= names

    async def _glance(self) -> None:
        """Whether the coarse turnout of an open secret round has come to its next step."""
        self.glance_due = False
        found = await self.db.read(secret_turnouts, self.workshop_id)
        if found != self.secret:
            self.secret = found
            self._announce(COARSE)

    async def _deliver(self, telling: Telling) -> AsyncIterator[Client]:
        """Write panels, then `changed`; yields the clients that got it all. After every few of
        them whatever else came has its turn: a full hall must not keep a ballot waiting."""
        now = time.monotonic()
        written = 0
        for party in telling.parties:
            drawn = [self.drawn.get(panel) for panel in party.panels]
            panels = [frame for frame in drawn if frame is not None]
            told: dict[str | None, Frame] = {}  # by who it is; one entry for all who are not named
            for client in party.clients:
                if client not in self.clients or client.audience != party.audience:
                    continue  # gone, or somebody else meanwhile: looked at anew on the next tick
                person = client.actor.participant_id
                who = person if person in telling.named else None
                if who not in told:
                    told[who] = together([*panels, *self._range(party, telling, who)])
                if client.write(told[who], now):
                    client.cursor = max(client.cursor, telling.head)
                    yield client
                written += len(told[who].data)
                if written > IN_ONE_GO:
                    written = 0
                    await asyncio.sleep(0)

    def _range(self, party: Party, telling: Telling, who: str | None) -> list[Frame]:
        return [range_for(party, telling, who)] if telling.head > party.cursor else []

    def _forget(self, names: set[str]) -> None:
        if names:
            kept = {key: frame for key, frame in self.drawn.items() if key[0].name not in names}
            self.drawn = kept

    # -- keeping house -----------------------------------------------------------------------

    def sweep(self, now: float, *, beat: bool) -> None:
        """Look after those who are behind; with `beat`, say to the others that we are here."""
        if self.trouble != self.db.trouble:
            self.trouble = self.db.trouble
            self._announce({"storage"})
        beating = heartbeat(self.seq)
        if beat:
            self.glance_due = True
            self.wake.set()
        for client in list(self.clients):
            if client.caught_up():
                client.owed |= UNNUMBERED
                self.wake.set()
            elif client.behind_since is not None and now - client.behind_since > PATIENCE:
                self.close(client, 1013, "too far behind")
            elif beat:
                client.write(beating, now)

    def close(self, client: Client, code: int, reason: str) -> None:
        """Close a client's socket without waiting for it."""
        self.leave(client)
        closing = asyncio.create_task(client.wire.close(code, reason))
        _CLOSING.add(closing)
        closing.add_done_callback(_CLOSING.discard)

    async def _look_up_again(self, clients: list[Client], head: int) -> None:
        """Someone's roles or tokens changed: those who may not stay must go, before they are told
        anything more."""

        def look(conn: Connection) -> list[tuple[Actor | None, Verdict]]:
            actors = [actor_again(conn, client.actor) for client in clients]
            attends = [attendance(conn, self.workshop_id, one) if one else YES for one in actors]
            return list(zip(actors, attends, strict=True))

        for client, (actor, attends) in zip(clients, await self.db.read(look), strict=True):
            client.known_at = head
            if actor is None or not may_open_page(actor, client.page, client.group):
                self.close(client, 4403, "not allowed any more")
            elif not attends:
                self.close(client, SENT_OUT, "closed to observers")
            elif actor != client.actor:
                client.becomes(actor)
                client.owed |= {region.name for region in regions_of(client.page)}
        self.count()
        self.wake.set()

    async def stop(self) -> None:
        if self.counting:
            self.counting.cancel()
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)


_CLOSING: set[asyncio.Task[None]] = set()  # the event loop itself holds tasks only weakly
