"""Migrated, empty databases: a copy of one SQLite file, or of one PostgreSQL template."""

import json
import os
import secrets
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from filelock import FileLock

from app.db import Database
from tests.support import postgresql

ROOT = Path(__file__).resolve().parent.parent.parent


def alembic_config(url: str) -> Config:
    """Alembic's configuration for one database."""
    config = Config(ROOT / "alembic.ini")
    config.attributes["url"] = url
    return config


def migrate(url: str) -> None:
    """Bring a database to the newest schema, beside whatever event loop runs."""
    postgresql.in_a_thread(lambda: command.upgrade(alembic_config(url), "head"))


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """A folder that all workers of this run share."""
    return Path(os.environ["TESTS_SHARED_FOLDER"])


@pytest.fixture(scope="session")
def sqlite_template(shared_folder: Path) -> Path:
    """A migrated, empty SQLite file to copy."""
    template = shared_folder / "template.db"
    with FileLock(shared_folder / "sqlite.lock"):
        if not template.exists():
            fresh = template.with_suffix(".new")
            migrate(f"sqlite:///{fresh}")
            fresh.rename(template)
    return template


@pytest.fixture(scope="session")
def postgresql_server(shared_folder: Path) -> postgresql.PostgreSQL:
    """The run's PostgreSQL server, with a migrated template; skips with a sentence without one."""
    state = shared_folder / "postgresql.json"
    with FileLock(shared_folder / "postgresql.lock"):
        if not state.exists():
            state.write_text(json.dumps(_start_postgresql()))
    found = json.loads(state.read_text())
    if "missing" in found:
        pytest.skip(found["missing"])
    return postgresql.PostgreSQL(Path(found["folder"]), found["port"], Path(found["bin"]))


def _start_postgresql() -> dict[str, str | int]:
    try:
        server = postgresql.start()
    except postgresql.Unavailable as why:
        return {"missing": str(why)}
    server.execute(f"CREATE DATABASE {postgresql.TEMPLATE}")
    migrate(server.url(postgresql.TEMPLATE))
    return {"folder": str(server.folder), "port": server.port, "bin": str(server.bin)}


def stop_shared(folder: str) -> None:
    """Stop the run's PostgreSQL server, if one was started."""
    state = Path(folder) / "postgresql.json"
    if not state.exists():
        return
    found = json.loads(state.read_text())
    if "missing" not in found:
        postgresql.PostgreSQL(Path(found["folder"]), found["port"], Path(found["bin"])).stop()


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh folder as CONSILIENCE_HOME."""
    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("CONSILIENCE_HOME", str(folder))
    return folder


@pytest.fixture
def sqlite_url(home: Path, sqlite_template: Path) -> str:
    """A migrated, empty SQLite database in the home folder, where the server looks for it."""
    file = home / "consilience.db"
    shutil.copyfile(sqlite_template, file)
    return f"sqlite:///{file}"


@pytest.fixture
def postgresql_url(home: Path, postgresql_server: postgresql.PostgreSQL) -> Iterator[str]:
    """A migrated, empty database on the run's PostgreSQL server."""
    with postgresql.database(postgresql_server, f"test_{secrets.token_hex(6)}") as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database: the test runs once on each kind."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """The application's own way to the database, closed at the end."""
    db = Database(database_url, secrets.token_bytes(32))
    yield db
    await db.close()
