"""Three workers on one PostgreSQL database, two of them killed in the middle: what was asked for
comes about once. Effects are counted from outside: by the mail server, and in the tables."""

import asyncio
import os
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlmodel import col, func, select

from app.actions.exports import ask_export
from app.actions.mail import send_links
from app.actions.people import change_person
from app.db import Database
from app.models import MadeExport, Task
from tests.faults.people import until
from tests.support.databases import ROOT
from tests.support.meeting import Meeting, meeting
from tests.support.post import Post, post_office

SECRET = "one secret for all of these workers"
FILES = 6


@asynccontextmanager
async def workers(url: str, post: Post, *faults: str) -> AsyncIterator[asyncio.StreamReader]:
    """Workers until the block ends; says how those that died did."""
    env = {
        **os.environ, "DATABASE_URL": url, "CONSILIENCE_SECRET": SECRET, "PYTHONPATH": str(ROOT),
        "SMTP_URL": post.url, "MAIL_FROM": "The office <office@example.org>",
    }  # fmt: skip
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.work.worker", *faults, env=env,
        stdout=asyncio.subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    assert parent.stdout
    try:
        yield parent.stdout
    finally:
        os.killpg(parent.pid, signal.SIGKILL)
        await parent.wait()


async def asked_for(made: Meeting) -> None:
    """A letter for everybody and some files."""
    for voter in made.voters:
        address = {"email": f"{voter}@example.org", "language": "fr"}
        await made.db.change(made.workshop_id, change_person, made.facilitator, voter, 1, address)
    here = "https://meeting.example.org"
    await made.db.change(made.workshop_id, send_links, made.facilitator, None, here)
    for _ in range(FILES):
        await made.db.change(made.workshop_id, ask_export, made.facilitator, "csv", "en")


@pytest.mark.postgres
async def test_two_of_three_die_and_everything_comes_about_once(postgresql_url: str) -> None:
    db = Database(postgresql_url, SECRET.encode())
    made = await meeting(db, states=4, experts=4)
    await asked_for(made)
    waiting = select(func.count()).where(col(Task.state) == "waiting")

    async def all_done() -> bool:
        return await db.read(lambda conn: conn.execute(waiting).scalar_one()) == 0

    faults = ("before:1", "within:1", "none")
    async with post_office() as post, workers(postgresql_url, post, *faults) as ends:
        async with asyncio.timeout(60):
            assert [int(await ends.readline()) for _ in range(2)] == [-signal.SIGKILL] * 2
        await until(all_done, within=60)
    tasks = await db.read(lambda conn: conn.execute(select(Task)).all())
    files = await db.read(lambda conn: conn.execute(select(MadeExport.task_id)).all())
    await db.close()

    assert Counter(row.state for row in tasks) == {"done": len(made.voters) + FILES}
    assert sum(row.attempts for row in tasks) >= len(tasks) + 2  # those of the dead, once more
    exports = {row.id for row in tasks if row.kind == "export"}
    assert (len(files), {row.task_id for row in files}) == (FILES, exports)
    # One letter for each; the one that a worker died over, after the mail server had said yes and
    # before its own commit, a second time in the same bytes.
    once = {f"{voter}@example.org": 1 for voter in made.voters}
    assert Counter(to for to, _ in set(post.taken)) == once
    assert len(post.taken) <= len(once) + 1
