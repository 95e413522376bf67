"""`consilience doctor`: whether this machine and this database are fit for a meeting."""

import asyncio
import json
import os
import resource
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer

from app.cli import home
from app.errors import Refused
from app.settings import Settings

SAFE_SQLITE = (3, 51, 3)  # before it, two writers that checkpoint at once could lose a commit


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `ok` None is a remark: worth knowing, nothing to mend."""

    what: str
    ok: bool | None
    said: str


def run(as_json: Annotated[bool, typer.Option("--json", help="Print data.")] = False) -> None:
    """Look at settings, machine and database; exit 1 if something must be mended.

    Example: consilience doctor
    """
    settings = Settings()
    looks: list[Callable[[Settings], list[Finding]]] = [
        _machine,
        _home,
        _way_in,
        _database,
        _sign_in,
    ]
    findings = [finding for look in looks for finding in look(settings)]
    if as_json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            mark = {True: "ok", None: "note", False: "mend"}[finding.ok]
            print(f"{mark:<5} {finding.what}: {finding.said}")
    if any(finding.ok is False for finding in findings):
        raise typer.Exit(1)


def _machine(_: Settings) -> list[Finding]:
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    enough = files == resource.RLIM_INFINITY or files >= 4096
    safe = sqlite3.sqlite_version_info >= SAFE_SQLITE or None
    advice = "" if safe else "; let no other program write or checkpoint the database file"
    return [
        Finding("Python", sys.version_info >= (3, 11), sys.version.split()[0]),
        Finding("SQLite", safe, sqlite3.sqlite_version + advice),
        Finding("open files", enough, f"at most {files}; a full hall needs 4,096"),
    ]


def _home(settings: Settings) -> list[Finding]:
    there = settings.home if settings.home.exists() else settings.home.parent
    writable = os.access(there, os.W_OK)
    found = [Finding("home folder", writable, str(settings.home))]
    try:
        server = home.running(settings.home)
        said = f"runs at {server.url}" if server else "does not run"
        found.append(Finding("server", None, said))
    except Refused as refusal:
        found.append(Finding("server", None, refusal.sentence()))
    return found


def _way_in(settings: Settings) -> list[Finding]:
    heard = settings.overheard
    typed = settings.public_url or "not set: the address that people came by"
    return [Finding("PUBLIC_URL", None if heard else True, typed + (f"; {heard}" if heard else ""))]


def _database(settings: Settings) -> list[Finding]:
    kind = "SQLite" if settings.url.startswith("sqlite") else "PostgreSQL"
    file = Path(settings.url.removeprefix("sqlite:///"))
    if kind == "SQLite" and not file.exists():
        return [Finding("database", None, f"{file} is not there yet; `consilience serve` makes it")]
    try:
        return [Finding("database", True, kind), *asyncio.run(_inside(settings))]
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what the doctor reports
        first = str(error).splitlines()[0]
        return [Finding("database", False, f"{kind}: {first}; `consilience serve` makes it")]


def _sign_in(settings: Settings) -> list[Finding]:
    """Whether the provider that signs in organisers, if one is named, is who it should be."""
    if not settings.oidc_issuer:
        return [Finding("sign-in", None, "by links only; no OIDC_ISSUER is set")]
    from app.web.oidc.provider import discover

    try:
        asyncio.run(discover(settings))
    except Refused as refusal:
        return [Finding("sign-in", False, f"{settings.oidc_issuer}: {refusal.sentence()}")]
    allowed = ", ".join(sorted(settings.organisers))
    return [Finding("sign-in", True, f"{settings.oidc_issuer} for {allowed}")]


async def _inside(settings: Settings) -> list[Finding]:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    from app.db import Database
    from app.queries.chain import breaks
    from app.queries.whole import revision
    from app.queries.workshops import workshops
    from app.settings import ROOT

    db = Database(settings.url)
    try:
        has, broken = await db.read(revision), await db.read(breaks)
        count = len(await db.read(workshops))
    finally:
        await db.close()
    newest = ScriptDirectory.from_config(Config(ROOT / "alembic.ini")).get_current_head()
    torn = ", ".join(f"{one.workshop_id} at {one.number}" for one in broken)
    return [
        Finding("schema", has == newest, f"{has}, newest is {newest}"),
        Finding("workshops", None, str(count)),
        Finding("logs", not broken, f"broken: {torn}" if torn else "whole"),
    ]
