"""A meeting moves from a laptop to PostgreSQL and back: everybody's link goes on opening it, the
open round goes on, and the log is the same."""

import secrets
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from app.cli.backup import _backup
from app.cli.client import owner_token
from app.cli.restore import _restore
from app.errors import Conflict
from app.formats.backup import read_backup
from app.main import create_app
from app.queries.chain import breaks
from app.settings import Settings
from tests.support.house import Caller

pytestmark = pytest.mark.postgres


@asynccontextmanager
async def serving(url: str) -> AsyncIterator[FastAPI]:
    """A server on this database, with a secret of its own, as on another machine."""
    app = create_app(Settings(database_url=url, secret_text=secrets.token_hex(32)))
    async with app.router.lifespan_context(app):
        await app.state.work.stop()
        yield app


async def moved(from_url: str, to_url: str, file: Path) -> None:
    await _backup(Settings(database_url=from_url), file)
    read = read_backup(file)
    await _restore(Settings(database_url=to_url), read.revision, read.tables)


async def test_there_and_back(
    sqlite_url: str, postgresql_url: str, sqlite_template: Path, tmp_path: Path
) -> None:
    async with serving(sqlite_url) as app:
        owner = Caller(app, (await owner_token(app.state.db))[0])
        workshop = (await owner.post("/workshops", {"title": "On the move"})).json()
        at = f"/workshops/{workshop['id']}"
        listed = [{"label": f"Expert {n}", "email": f"{n}@example.org"} for n in range(3)]
        people = (await owner.post(f"{at}/participants", listed)).json()
        rate = {"type": "rate", "title": "How important?", "options": ["This", "That"]}
        activity = (await owner.post(f"{at}/activities", rate)).json()
        round_ = (await owner.post(f"/activities/{activity['id']}/open")).json()
        option = activity["options"][0]["id"]
        await vote(app, people[0], round_, option, 9)
        export = await asked_and_made(owner, at)
        before = await log_of(owner, at)

    await moved(sqlite_url, postgresql_url, tmp_path / "there.zip")
    async with serving(postgresql_url) as app:
        organiser = Caller(app, workshop["tokens"]["organiser"])
        assert await log_of(organiser, at) == before
        assert await breaks_of(app) == []
        await vote(app, people[1], round_, option, 7)
        # A file made for a day stays behind.
        assert (await Caller(app, owner.token).get(f"{at}/exports/{export}")).status_code == 404
        with pytest.raises(Conflict) as refused:  # never over a database that a server has used
            await moved(sqlite_url, postgresql_url, tmp_path / "over.zip")
        assert refused.value.code == "not_empty"

    shutil.copyfile(sqlite_template, tmp_path / "back.db")
    back = f"sqlite:///{tmp_path / 'back.db'}"
    await moved(postgresql_url, back, tmp_path / "back.zip")
    async with serving(back) as app:
        await vote(app, people[2], round_, option, 5)
        organiser = Caller(app, workshop["tokens"]["organiser"])
        closed = await organiser.post(f"/rounds/{round_['id']}/close", {})
        assert closed.json()["status"] == "closed"
        await app.state.work.once()
        outcome = (await organiser.get(f"/rounds/{round_['id']}/outcome")).json()
        assert outcome["diagnostics"]["options"][option]["mean"] == 7
        assert await breaks_of(app) == []


async def vote(app: FastAPI, person: Any, round_: Any, option: str, value: int) -> None:
    ballot = {"body": {"rating": {option: value}}, "revision": 1}
    voter = Caller(app, person["token"])
    cast = await voter.post(f"/rounds/{round_['id']}/ballots", ballot, key=secrets.token_hex(8))
    assert cast.status_code == 200, cast.text


async def asked_and_made(owner: Caller, at: str) -> str:
    export = (await owner.post(f"{at}/exports", {"format": "csv"})).json()["id"]
    await owner.app.state.work.tasks()
    assert (await owner.get(f"{at}/exports/{export}")).status_code == 200
    return str(export)


async def log_of(caller: Caller, at: str) -> Any:
    return (await caller.get(f"{at}/log?limit=200")).json()


async def breaks_of(app: FastAPI) -> Any:
    return await app.state.db.read(breaks)
