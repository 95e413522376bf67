"""A poll on python-socketio, as its documentation and SQLAlchemy's show it: an asynchronous server
under uvicorn, one row for each vote in a session of its own, the new tally emitted to all.
`PORT` and `SIZE` are the arguments; the votes lie in poll.db of the working directory.
"""

import asyncio
import sys
from typing import Any

import socketio
import uvicorn
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

CHANGE = "." * (int(sys.argv[2]) - 16)
engine = create_async_engine("sqlite+aiosqlite:///poll.db")
new_session = async_sessionmaker(engine, expire_on_commit=False)
sio = socketio.AsyncServer(async_mode="asgi")


class Base(DeclarativeBase):
    """The tables."""


class Vote(Base):
    """What one voter said to one question."""

    __tablename__ = "vote"
    id: Mapped[int] = mapped_column(primary_key=True)
    question: Mapped[int] = mapped_column(index=True)
    voter: Mapped[int]
    choice: Mapped[str]


@sio.event  # type: ignore[untyped-decorator]
async def vote(_sid: str, data: dict[str, Any]) -> int:
    """Store one vote, tell everybody the tally; what is returned acknowledges it."""
    question = data["question"]
    async with new_session() as session:
        session.add(Vote(question=question, voter=data["voter"], choice=data["choice"]))
        await session.commit()
        counted = select(Vote.choice, func.count()).where(Vote.question == question)
        rows = await session.execute(counted.group_by(Vote.choice))
        tally = dict(rows.tuples().all())
    await sio.emit("tally", {"question": question, "tally": tally})
    return int(data["voter"])


@sio.event  # type: ignore[untyped-decorator]
async def change(_sid: str, _data: Any) -> None:
    """Tell everybody something of a fixed size."""
    await sio.emit("changed", CHANGE)


async def main() -> None:
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    app = socketio.ASGIApp(sio)
    config = uvicorn.Config(app, port=int(sys.argv[1]), log_level="warning")
    await uvicorn.Server(config).serve()


asyncio.run(main())
