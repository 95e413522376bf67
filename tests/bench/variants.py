"""Two servers that are not ours, planted into ours to be measured beside it: one that acknowledges
without storing, and one that opens an ORM session for every ballot, as such applications do."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def unstored() -> None:
    """Everything up to the transaction, and then an answer as if it had been."""
    from app import clock
    from app.actions.voices import Receipt
    from app.live.intake import _Queue
    from app.models.base import new_id
    from app.queries.receipts import receipt_of

    numbers = iter(range(1, 1 << 40))

    async def put(_self: Any, ballot: Any) -> Receipt:
        words = receipt_of(new_id())
        return Receipt(ballot.round_id, next(numbers), ballot.revision, clock.now(), words=words)

    _Queue.put = put  # type: ignore[method-assign, assignment]


def session_each() -> None:
    """One session a ballot: look up, add, commit, refresh. Nothing is told to the screens."""
    from app.live.intake import _Queue

    async def put(self: Any, ballot: Any) -> Any:
        return await _cast(self.db, self.workshop_id, ballot)

    _Queue.put = put  # type: ignore[method-assign]


async def _cast(db: Any, workshop_id: str, ballot: Any) -> Any:
    from sqlalchemy.ext.asyncio import AsyncSession
    from sqlmodel import Session

    if db.sqlite:

        def run() -> Any:
            with Session(db._write_engine, expire_on_commit=False) as session:
                return _record(session, workshop_id, ballot)

        return await asyncio.get_running_loop().run_in_executor(_WRITER, run)
    async with AsyncSession(db._engine, expire_on_commit=False) as session:
        return await session.run_sync(_record, workshop_id, ballot)


_WRITER = ThreadPoolExecutor(1)


def _record(session: Any, workshop_id: str, ballot: Any) -> Any:
    """The rows that ours writes too, as objects."""
    import secrets

    from sqlmodel import select

    from app import clock
    from app.actions.voices import Receipt
    from app.db.chain import link
    from app.models import Ballot, CommandKey, LogLine, LogSalt, RegisterEntry, Round, Workshop

    workshop: Any = session.execute(
        select(Workshop).where(Workshop.id == workshop_id).with_for_update()
    ).scalar_one()
    round_ = session.get(Round, ballot.round_id)
    entry = session.execute(
        select(RegisterEntry).where(
            RegisterEntry.round_id == round_.id, RegisterEntry.participant_id == ballot.voter
        )
    ).scalar_one()
    live = session.execute(
        select(Ballot).where(Ballot.entry_id == entry.id, Ballot.superseded_by.is_(None))  # type: ignore[union-attr]
    ).scalar_one_or_none()
    now, number, salt = clock.now(), workshop.seq + 1, secrets.token_hex(16)
    new = Ballot(
        round_id=round_.id, entry_id=entry.id, revision=ballot.revision, body=ballot.body,
        number=number, recorded_at=now,
    )  # fmt: skip
    if live is not None:
        live.superseded_by = new.id
        session.add(live)
        session.flush()
    line: dict[str, Any] = {
        "at": clock.stamp(now), "ids": {"round": round_.id}, "kind": "ballot_cast", "n": number,
        "salted": {"by": salt},
    }  # fmt: skip
    workshop.seq, workshop.head = number, link(bytes.fromhex(workshop.head), line).hex()
    del line["n"]
    session.add(new)
    session.add(LogLine(workshop_id=workshop_id, number=number, hash=workshop.head, **line))
    session.add(LogSalt(workshop_id=workshop_id, number=number, salt=salt))
    session.add(
        CommandKey(
            scope=workshop_id, key_hash=ballot.key.hash, body_mac=ballot.key.mac,
            object_id=new.id, number=number, at=now,
        )
    )  # fmt: skip
    session.commit()
    session.refresh(new)
    return Receipt(ballot.round_id, number, new.revision, new.recorded_at)


VARIANTS: dict[str, Callable[[], None]] = {"unstored": unstored, "session_each": session_each}
