"""All sockets of this process, by workshop. Woken by numbers, beating every five seconds."""

import asyncio
import time
from collections.abc import Set as AbstractSet

from app.db import Database
from app.errors import N_, Refused
from app.live.client import Client
from app.live.hall import Hall
from app.live.listener import Listener
from app.live.neighbours import Neighbours
from app.live.panels import Scope
from app.live.telling import WHO_IS_WHO

SOCKETS_PER_PERSON = 8
SOCKETS = 5000
HEARTBEAT = 5.0
SWEEP = 0.5

TOO_MANY_TABS = N_("You have this meeting open {limit} times. Close a tab and come back.")
FULL = N_("This server has as many connections as it can take. It is tried again by itself.")


class Hub:
    """Where sockets come and go, and where a committed number wakes those it concerns."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.halls: dict[str, Hall] = {}
        self.neighbours = Neighbours(self._recount)
        self.listener = Listener(db, self.wake, self._here, self.neighbours)
        self._sweeping: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Listen for numbers, and begin to look after the sockets."""
        self.db.on_change(self.wake)
        self.listener.start()
        self._sweeping = asyncio.create_task(self._sweep())

    async def stop(self) -> None:
        """Stop telling. The server itself closes its sockets with 1012."""
        await self.listener.stop()
        if self._sweeping:
            self._sweeping.cancel()
            await asyncio.gather(self._sweeping, return_exceptions=True)
        for hall in self.halls.values():
            await hall.stop()
        self.halls.clear()

    def _here(self) -> dict[str, frozenset[str]]:
        """The workshops that have a socket in this process, and whose."""
        return {workshop_id: hall.here for workshop_id, hall in self.halls.items()}

    def _recount(self, workshop_id: str) -> None:
        if hall := self.halls.get(workshop_id):
            hall.count()

    def wake(self, workshop_id: str, seq: int, kinds: AbstractSet[str] = WHO_IS_WHO) -> None:
        """The workshop's log has come to `seq`: tell its sockets on their next tick. `kinds` of
        the lines that are new; where they are not known, anything may have come."""
        hall = self.halls.get(workshop_id)
        if hall and hall.seq < seq:
            hall.moves(seq, kinds)

    def join(self, workshop_id: str, client: Client) -> None:
        """Tell this client from now on. Raises Refused where there are too many sockets."""
        if sum(len(hall.clients) for hall in self.halls.values()) >= SOCKETS:
            raise Refused("server_full", FULL)
        hall = self.halls.get(workshop_id) or Hall(self.db, workshop_id, self.neighbours)
        if hall.sockets[client.identity] >= SOCKETS_PER_PERSON:
            raise Refused("too_many_sockets", TOO_MANY_TABS, limit=SOCKETS_PER_PERSON)
        self.halls[workshop_id] = hall
        hall.join(client)

    def leave(self, workshop_id: str, client: Client) -> None:
        if hall := self.halls.get(workshop_id):
            hall.leave(client)

    def present(self, workshop_id: str) -> frozenset[str]:
        """The participants of a workshop who are connected, here or at another process."""
        hall = self.halls.get(workshop_id)
        return hall.present if hall else self.neighbours.of(workshop_id)

    def doors(self, workshop_id: str, participant_id: str) -> tuple[frozenset[str], bool]:
        """By which tokens a person is connected here at this moment, and whether they are at
        another process."""
        hall = self.halls.get(workshop_id)
        here = [one.actor for one in hall.clients] if hall else []
        held = [token for one in here if one.participant_id == participant_id for token in one.held]
        return frozenset(held), participant_id in self.neighbours.of(workshop_id)

    def around(self, workshop_id: str) -> Scope:
        """What a workshop's panels show that no table knows."""
        return Scope(present=self.present(workshop_id), trouble=self.db.trouble)

    def seq(self, workshop_id: str) -> int:
        """The number up to which the sockets of a workshop have been told."""
        hall = self.halls.get(workshop_id)
        return hall.seq if hall else 0

    async def _sweep(self) -> None:
        beaten = time.monotonic()
        while True:
            await asyncio.sleep(SWEEP)
            now = time.monotonic()
            beat = now - beaten >= HEARTBEAT
            beaten = now if beat else beaten
            for hall in list(self.halls.values()):
                hall.sweep(now, beat=beat)
                if hall.empty and self.listener.all_said:
                    del self.halls[hall.workshop_id]
                    await hall.stop()
