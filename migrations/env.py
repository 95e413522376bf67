"""Runs migrations on SQLite and PostgreSQL, on the address that the settings or the caller name."""

import asyncio
import re
from typing import Any

from alembic import context
from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool
from sqlmodel import SQLModel

import app.models  # noqa: F401 - importing it fills the metadata
from app.settings import Settings

config = context.config
url = config.attributes.get("url") or Settings().url


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def migrate_sqlite() -> None:
    engine = create_engine(url, poolclass=NullPool)

    @event.listens_for(engine, "connect")
    def _wal(connection: Any, _record: object) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")

    with engine.connect() as connection:
        migrate(connection)
    engine.dispose()


async def migrate_postgresql() -> None:
    engine = create_async_engine(
        re.sub(r"^postgres(ql)?(\+\w+)?:", "postgresql+asyncpg:", url), poolclass=NullPool
    )
    async with engine.connect() as connection:
        # Workers that start together must not make the same tables at the same time.
        await connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('consilience'))"))
        await connection.run_sync(migrate)
        await connection.commit()
    await engine.dispose()


if url.startswith("sqlite"):
    migrate_sqlite()
else:
    asyncio.run(migrate_postgresql())
