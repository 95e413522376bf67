"""Bugs to plant into a running server, each of a kind that other systems have had; the checker
must find every one of them. None of them is reachable from the product."""

import asyncio
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from tests.faults.failpoints import find


def acknowledge_early() -> None:
    """Answer as if recorded, and record a moment later: a kill in between loses the ballot."""
    holder, name = find("app.live.intake", "_Queue._commit")
    plain = getattr(holder, name)

    async def commit(self: Any, batch: list[Any]) -> None:
        answers = await self.db.read(_pretend, self, [waiting.ballot for waiting in batch])
        for waiting, answer in zip(batch, answers, strict=True):
            waiting.answer.set_result(answer)
        await asyncio.sleep(0.2)
        await plain(self, batch)

    setattr(holder, name, commit)


def _pretend(conn: Any, queue: Any, ballots: list[Any]) -> list[Any]:
    """What the ballots will be answered, found without writing anything."""
    from sqlalchemy import text

    from app import clock
    from app.actions.ballots import _Batch
    from app.actions.voices import Voices
    from app.db import Tx

    row = conn.execute(
        text("SELECT seq, head FROM workshop WHERE id = :id"), {"id": queue.workshop_id}
    ).one()
    head = bytes.fromhex(row.head)
    tx = Tx(conn, queue.workshop_id, row.seq, head, clock.now(), b"")
    batch = _Batch(tx, Voices(tx, ballots), ballots)
    return [batch.decide(ballot) for ballot in ballots]


def accept_late() -> None:
    """Take ballots whatever the round's stage is."""
    from app.policy import YES

    holder, name = find("app.actions.voices", "Voices.may_cast")
    setattr(holder, name, lambda *_args: YES)


def drop_every_seventh() -> None:
    """Every seventh `changed` skips its first number."""
    holder, name = find("app.live.telling", "changed")
    plain, told = getattr(holder, name), [0]

    def tell(first: int, last: int, lines: Any) -> Any:
        told[0] += 1
        return plain(first + (told[0] % 7 == 0), last, lines)

    setattr(holder, name, tell)


def count_twice() -> None:
    """Count one ballot twice."""
    holder, name = find("app.queries.polls", "_poll")
    plain = getattr(holder, name)

    def twice(conn: Any, round_: Any, *, ballots: list[Any], **more: Any) -> Any:
        return plain(conn, round_, ballots=ballots + ballots[:1], **more)

    setattr(holder, name, twice)


def reorder_answers() -> None:
    """Give the answers of one transaction out in the wrong order."""
    holder, name = find("app.live.intake", "cast_ballots")
    plain = getattr(holder, name)
    setattr(holder, name, lambda tx, ballots: plain(tx, ballots)[::-1])


def repeat_after_restart() -> None:
    """Tell the number at which a client says hello once more."""
    holder, name = find("app.web.hello", "Client")
    plain = getattr(holder, name)

    def client(**given: Any) -> Any:
        return plain(**given | {"cursor": max(given["cursor"] - 1, 0)})

    setattr(holder, name, client)


def let_stale_win() -> None:
    """Take a revision that is older than the stored one."""
    holder, name = find("app.actions.ballots", "_Batch.__init__")
    plain = getattr(holder, name)

    def forgetful(self: Any, *args: Any) -> None:
        plain(self, *args)
        self.live = {at: SimpleNamespace(id=row.id, revision=-1) for at, row in self.live.items()}

    setattr(holder, name, forgetful)


def count_without_the_last() -> None:
    """Count from a tally that was made before the last ballot came."""
    holder, name = find("app.queries.polls", "all_bodies_by_entry")
    plain = getattr(holder, name)

    def cached(conn: Any, round_: Any) -> dict[str, Any]:
        found: dict[str, Any] = plain(conn, round_)
        return dict(list(found.items())[:-1])

    setattr(holder, name, cached)


PLANTS: dict[str, Callable[[], None]] = {
    plant.__name__: plant
    for plant in (
        acknowledge_early, accept_late, drop_every_seventh, count_twice, reorder_answers,
        repeat_after_restart, let_stale_win, count_without_the_last,
    )
}  # fmt: skip
