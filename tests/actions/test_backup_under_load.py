"""Backups made while ballots pour in: each can be restored, its logs are whole, and it holds every
ballot that was acknowledged before it began."""

import asyncio
import os
import secrets
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from app.actions.restore import restore
from app.db import Database
from app.formats.backup import read_backup
from app.models import Ballot
from app.policy import SYSTEM
from app.queries.chain import breaks
from tests.support.meeting import Meeting, meeting
from tests.support.servers import PROGRAM
from tests.support.soaking import Saw

# `consilience backup` as a process of its own, beside whoever writes.
BACKUP = (str(PROGRAM), "backup", "--json", "--out")


class Pouring:
    """Voters who change their answers without end; what was acknowledged, by number."""

    def __init__(self, made: Meeting, round_id: str) -> None:
        self.made, self.round_id = made, round_id
        self.acknowledged: dict[int, dict[str, Any]] = {}
        self.news: asyncio.Queue[int] = asyncio.Queue()
        self.over = False

    async def vote(self, voter: str) -> None:
        revision = 0
        while not self.over:
            revision += 1
            body = self.made.rating(*(secrets.randbelow(9) + 1 for _ in self.made.options))
            receipt = await self.made.cast(voter, self.round_id, body, revision)
            self.acknowledged[receipt.number] = body
            self.news.put_nowait(receipt.number)

    async def until(self, more: int) -> None:
        """Wait for so many acknowledgements more."""
        for _ in range(more):
            await self.news.get()


async def backed_up(database: Database, home: Path, file: Path) -> None:
    env = {**os.environ, "CONSILIENCE_HOME": str(home), "DATABASE_URL": database.url}
    done = await asyncio.create_subprocess_exec(
        *BACKUP, str(file), env=env, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    _, said = await done.communicate()
    assert done.returncode == 0, said.decode()


async def restored(file: Path, fresh: Path) -> tuple[list[Any], dict[int, dict[str, Any]]]:
    """Where the restored logs are broken, and the restored ballots by number."""
    other = Database(f"sqlite:///{fresh}", b"s" * 32)
    try:
        await other.change(None, restore, SYSTEM, read_backup(file).tables)
        ballots = await other.read(lambda conn: conn.execute(select(Ballot)).all())
        return await other.read(breaks), {row.number: row.body for row in ballots}
    finally:
        await other.close()


async def under_load(
    database: Database, home: Path, sqlite_template: Path, folder: Path, times: int
) -> list[str]:
    """So many backups under load; what is wrong with them."""
    made = await meeting(database, states=10, experts=10)
    pouring = Pouring(made, await made.open())
    async with asyncio.TaskGroup() as load:
        for voter in made.voters:
            load.create_task(pouring.vote(voter))
        wrong = [
            await one_backup(pouring, database, home, sqlite_template, folder / f"{n}")
            for n in range(times)
        ]
        pouring.over = True
    return list(filter(None, wrong))


async def one_backup(
    pouring: Pouring, database: Database, home: Path, sqlite_template: Path, at: Path
) -> str:
    """Back up, restore, compare; what is wrong, or nothing."""
    await pouring.until(40)
    before = dict(pouring.acknowledged)
    file, fresh = at.with_suffix(".zip"), at.with_suffix(".db")
    await backed_up(database, home, file)
    went_on = len(pouring.acknowledged) > len(before)
    shutil.copyfile(sqlite_template, fresh)
    broken, found = await restored(file, fresh)
    lost = {number for number, body in before.items() if found.get(number) != body}
    file.unlink()
    fresh.unlink()
    if broken or lost or not went_on:
        return f"{at.name}: broken {broken}, lost {lost}, load went on: {went_on}"
    return ""


async def test_two_backups_under_load(
    database: Database, home: Path, sqlite_template: Path, tmp_path: Path
) -> None:
    assert await under_load(database, home, sqlite_template, tmp_path, 2) == []


@pytest.mark.soak
@pytest.mark.parametrize("hall", range(6))
async def test_thirty_backups_under_load(
    database: Database, home: Path, sqlite_template: Path, tmp_path: Path, saw: Saw, hall: int
) -> None:
    """Five in each of six halls: a load that never ends makes one database larger than the next
    backup can take in a time that anybody would wait."""
    assert await under_load(database, home, sqlite_template, tmp_path, 5) == [], f"hall {hall}"
    saw(5, "restored and verified, with every ballot acknowledged before each began")
