"""The way in for ballots, one per workshop and process, for websocket and POST alike.

Whatever has arrived while the last commit ran, up to 200, is the next transaction; there is never
a waiting timer. If a batch fails, each ballot is tried alone, so a poisoned one harms only itself.
"""

import asyncio
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlmodel import select

from app.actions.ballots import cast_ballots
from app.actions.voices import Answer, Cast, Receipt
from app.ballots import Body, Terms, checked, item_of
from app.db import Database, Key
from app.errors import Busy, NotFound, Refused, Unknown
from app.models import Round
from app.policy import Actor
from app.queries.polls import terms_of

AT_ONCE = 200
IN_ONE_GO = 4  # answers before the database has its turn


class Intake:
    """Ballots of all workshops of this process on their way to their transactions."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._queues: dict[str, _Queue] = {}
        self._terms: dict[str, Terms] = {}

    async def cast(
        self,
        workshop_id: str,
        actor: Actor,
        key: Key,
        round_id: str,
        revision: int,
        body: dict[str, Any],
        reasons: dict[str, str] | None = None,
        on_behalf_of: str | None = None,
        ballot_key: str | None = None,
        codes: Mapping[str, str] | None = None,
    ) -> Receipt:
        """Record one ballot; returns after the commit. Raises what its voter is told."""
        said = await self._check(workshop_id, round_id, body)
        ballot = Cast(
            actor, key, round_id, revision, said.dump(), item_of(said), reasons or {}, on_behalf_of,
            ballot_key, dict(codes or {}),
        )  # fmt: skip
        queue = self._queues.setdefault(workshop_id, _Queue(self.db, workshop_id))
        answer = await queue.put(ballot)
        if isinstance(answer, Refused):
            raise answer
        return answer

    async def _check(self, workshop_id: str, round_id: str, body: dict[str, Any]) -> Body:
        """Shape and terms are checked outside the lock: an open round's terms are frozen. Only
        statements may join it, so an unknown option is looked up once more."""
        if known := self._terms.get(round_id):
            try:
                return checked(body, known)
            except Refused as refusal:
                if refusal.code != "unknown_option":
                    raise
        terms, opened = await self.db.read(_terms, workshop_id, round_id)
        if opened:
            self._terms[round_id] = terms
        return checked(body, terms)


def _terms(conn: Connection, workshop_id: str, round_id: str) -> tuple[Terms, bool]:
    """A round's terms, and whether they are frozen yet."""
    round_ = conn.execute(
        select(Round).where(Round.id == round_id, Round.workshop_id == workshop_id)
    ).one_or_none()
    if round_ is None:
        raise NotFound
    return terms_of(conn, round_), round_.status != "planned"


@dataclass
class _Waiting:
    ballot: Cast
    answer: asyncio.Future[Answer]


async def _answer(batch: list[_Waiting], answers: list[Answer]) -> None:
    """Answer a batch while the next one is on its way. After every few the database has its turn:
    a hundred acknowledgements in one go would keep the next transaction waiting for each step."""
    for number, (waiting, answer) in enumerate(zip(batch, answers, strict=True), 1):
        if not waiting.answer.done():
            waiting.answer.set_result(answer)
        if number % IN_ONE_GO == 0:
            await asyncio.sleep(0)


class _Queue:
    """One workshop's ballots: a batch commits while the next one gathers."""

    def __init__(self, db: Database, workshop_id: str) -> None:
        self.db = db
        self.workshop_id = workshop_id
        self.waiting: deque[_Waiting] = deque()
        self.task: asyncio.Task[None] | None = None
        self.answering: set[asyncio.Task[None]] = set()

    async def put(self, ballot: Cast) -> Answer:
        waiting = _Waiting(ballot, asyncio.get_running_loop().create_future())
        self.waiting.append(waiting)
        if self.task is None or self.task.done():
            self.task = asyncio.create_task(self._commit_all())
        return await waiting.answer  # who hangs up gives up this answer, not the commit

    async def _commit_all(self) -> None:
        while self.waiting:
            batch = [self.waiting.popleft() for _ in range(min(AT_ONCE, len(self.waiting)))]
            try:
                await self._commit(batch)
            except Exception as error:  # noqa: BLE001 - the poisoned one is found by trying each alone
                await self._commit_each_alone(batch, _stops(error))

    async def _commit(self, batch: list[_Waiting]) -> None:
        ballots = [waiting.ballot for waiting in batch]
        answers = await self.db.change(self.workshop_id, cast_ballots, ballots)
        answering = asyncio.create_task(_answer(batch, answers))
        self.answering.add(answering)
        answering.add_done_callback(self.answering.discard)

    async def _commit_each_alone(self, batch: list[_Waiting], busy: Busy | None) -> None:
        """A ballot that fails harms only itself; a database that takes none is not asked again."""
        for waiting in batch:
            if busy is None:
                busy = await self._commit_alone(waiting)
            elif not waiting.answer.done():
                waiting.answer.set_exception(busy)

    async def _commit_alone(self, waiting: _Waiting) -> Busy | None:
        try:
            await self._commit([waiting])
        except Exception as error:  # noqa: BLE001 - it is told to the one who waits
            if not waiting.answer.done():
                waiting.answer.set_exception(error)
            return _stops(error)
        return None


def _stops(error: Exception) -> Busy | None:
    """What all others are told as well, without being tried: the database takes nothing now."""
    return error if isinstance(error, Busy) and not isinstance(error, Unknown) else None
