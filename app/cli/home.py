"""The home folder of a server: its lock, the address it serves, the owner's token."""

import fcntl
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from app.errors import N_, Refused

LOCKED = N_("Another server already runs on {home}. Stop it, or set CONSILIENCE_HOME elsewhere.")

STARTING = N_("The server on {home} is just starting or ending. Try again in a moment.")


@dataclass(frozen=True)
class Running:
    """A server that runs on this home: the address of its links, the one by which this machine
    reaches it, and the owner's token."""

    url: str
    here: str
    token: str


def lock(home: Path) -> IO[str]:
    """Take the home for this process until the file returned is closed.

    Raises Refused `home_locked` where another server holds it.
    """
    home.mkdir(parents=True, exist_ok=True)
    file = (home / "server.lock").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise Refused("home_locked", LOCKED, home=home) from None
    return file


def announce(home: Path, url: str, here: str, token: str) -> None:
    """Tell the other commands on this machine how to reach the running server."""
    path = home / "owner-token"
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(token + "\n")
    told = home / "server.json.new"  # whole from the first moment that anybody can read it
    told.write_text(json.dumps({"url": url, "here": here, "pid": os.getpid()}))
    told.replace(home / "server.json")


def owner_token(home: Path) -> str:
    """The owner's token that lies in the home, or nothing."""
    path = home / "owner-token"
    return path.read_text().strip() if path.exists() else ""


def withdraw(home: Path) -> None:
    """The server ends: its token and address lead nowhere any more."""
    for name in ("owner-token", "server.json"):
        (home / name).unlink(missing_ok=True)


def running(home: Path) -> Running | None:
    """The server that holds the lock now, if one does."""
    if not (home / "server.lock").exists():
        return None
    try:
        lock(home).close()
    except Refused:
        return _announced(home)
    return None


def _announced(home: Path) -> Running:
    try:
        told = json.loads((home / "server.json").read_text())
        return Running(told["url"], told["here"], (home / "owner-token").read_text().strip())
    except FileNotFoundError:
        raise Refused("server_starting", STARTING, home=home) from None
