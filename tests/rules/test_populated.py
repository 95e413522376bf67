"""A database with a played meeting in it, at each earlier schema, is brought to the newest one:
no row is lost or changed, the log ends in the same head, and the bundle verifies."""

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from app.db import Database
from app.formats import verify
from tests.bundle.conftest import export, met, vote
from tests.bundle.test_erased import _counted
from tests.support.databases import alembic_config
from tests.support.meeting import Meeting
from tests.support.postgresql import in_a_thread

SCRIPTS = ScriptDirectory.from_config(alembic_config(""))
EARLIER = sorted(one.revision for one in SCRIPTS.walk_revisions() if not one.is_head)
# From the oldest schema every migration is run; the ordinary run looks at few besides.
SOME = EARLIER[:2] + EARLIER[6::5]

Columns = dict[str, list[str]]


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Database]:
    db = Database(url, secrets.token_bytes(32))
    yield db
    await db.close()


@pytest.mark.long
@pytest.mark.parametrize(
    "schemas",
    [pytest.param(SOME, id="some"), pytest.param(EARLIER, id="all", marks=pytest.mark.soak)],
)
async def test_a_meeting_outlives_every_migration(
    database_url: str, tmp_path: Path, schemas: list[str]
) -> None:
    async with opened(database_url) as db:
        made = await met(db)
    for revision in schemas:
        await outlives(database_url, made, revision, tmp_path / f"{revision}.zip")
    in_a_thread(lambda: command.check(alembic_config(database_url)))


async def outlives(url: str, made: Meeting, revision: str, file: Path) -> None:
    """The meeting at an earlier schema is what it was once it is at the newest again."""
    config = alembic_config(url)
    async with opened(url) as db:
        if revision == "0002":  # which has a place for secret rounds
            await vote_in_secret(replace(made, db=db))
        counted = _counted(await export(replace(made, db=db)))
    in_a_thread(lambda: command.downgrade(config, revision))
    async with opened(url) as db:
        columns = await db.read(_columns)
        before = await db.read(_rows, columns)
    in_a_thread(lambda: command.upgrade(config, "head"))
    async with opened(url) as db:
        assert await db.read(_rows, columns) == before
        bundle = await export(replace(made, db=db))
    assert _counted(bundle) == counted != {}
    assert faults(bundle, file) == []


def faults(bundle: bytes, file: Path) -> list[Any]:
    """What the verifier says against it."""
    file.write_bytes(bundle)
    return verify.verify(str(file))[0]


async def vote_in_secret(made: Meeting) -> None:
    """A round whose ballots lie in tables of their own."""
    await made.turn_to("choose")
    await vote(
        made, "approval", lambda n: {"approval": made.options[: n % 4 + 1]}, secrecy="secret"
    )


def _columns(conn: Connection) -> Columns:
    """The tables and columns of the schema that the database has now."""
    found = inspect(conn)
    return {
        table: [column["name"] for column in found.get_columns(table)]
        for table in found.get_table_names()
        if table != "alembic_version"
    }


def _rows(conn: Connection, columns: Columns) -> dict[str, list[str]]:
    """Every row of those columns, in an order of its own; heads and tallies among them."""
    rows: dict[str, Any] = {}
    for table, names in columns.items():
        listed = ", ".join(f'"{name}"' for name in names)
        found = conn.execute(text(f'SELECT {listed} FROM "{table}"'))
        rows[table] = sorted(map(repr, found))
    assert min(len(rows["log_line"]), len(rows["outcome"])) > 5
    return rows
