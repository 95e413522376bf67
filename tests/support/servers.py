"""`consilience serve` as a real process: started on a free port, killed and started again."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support.nursery import Process, Spawn, popen
from tests.support.postgresql import free_port

PROGRAM = Path(sys.executable).with_name("consilience")
READY_WITHIN = 60.0


@dataclass
class Server:
    """A server process with a home, a database and a port that it keeps over restarts."""

    home: Path
    port: int
    database_url: str | None = None
    arguments: list[str] = field(default_factory=list)
    program: list[str] = field(default_factory=lambda: [str(PROGRAM)])
    environment: dict[str, str] = field(default_factory=dict)
    spawn: Spawn = popen
    process: Process | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def named_url(self) -> str:
        """The address under a host name, which only the tests' browser resolves. Browsers give
        127.0.0.1 the rights of a secure page; a plain name shows what a meeting's hall gets."""
        return f"http://hall.test:{self.port}"

    @property
    def owner_token(self) -> str:
        """The token by which the server's owner calls its API."""
        return (self.home / "owner-token").read_text().strip()

    @property
    def output(self) -> str:
        """What the server has printed so far, over all its starts."""
        return (self.home / "server.out").read_text(errors="replace")

    def start(self) -> None:
        """Start and wait until it is ready. Raises AssertionError with its output otherwise."""
        self._announcement.unlink(missing_ok=True)
        address = ["--host", "127.0.0.1", "--port", str(self.port)]
        self.process = self._spawn("serve", *address, *self.arguments)
        self._wait_until_ready()

    def run(self, *words: str) -> None:
        """Another command on this home, as an operator types it, to its end."""
        assert self._spawn(*words).wait(READY_WITHIN) == 0, self.output[-4000:]

    def _spawn(self, *words: str) -> Process:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("CONSILIENCE_")}
        environment["CONSILIENCE_HOME"] = str(self.home)
        if self.database_url:
            environment["DATABASE_URL"] = self.database_url
        environment |= self.environment
        with (self.home / "server.out").open("ab") as out:
            return self.spawn(self.program, list(words), environment, out)

    @property
    def _announcement(self) -> Path:
        return self.home / "server.json"

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_WITHIN
        # No certificates are read: that takes a client longer than all it asks here.
        with httpx.Client(base_url=self.url, timeout=2, verify=False) as client:
            while time.monotonic() < deadline:
                if self.process is None or self.process.poll() is not None:
                    break
                if self._announcement.exists() and self._is_ready(client):
                    return
                time.sleep(0.05)
        self.kill()
        raise AssertionError(f"the server did not become ready:\n{self.output[-4000:]}")

    def wait_for_output(self, words: str) -> None:
        """Wait until the server has printed `words`; links come once a demonstration is made."""
        deadline = time.monotonic() + READY_WITHIN
        while words not in self.output:
            assert time.monotonic() < deadline, f"“{words}” was not printed:\n{self.output[-4000:]}"
            time.sleep(0.05)

    def _is_ready(self, client: httpx.Client) -> bool:
        try:
            return client.get("/readyz").status_code == httpx.codes.OK
        except httpx.TransportError:
            return False

    def stop(self) -> None:
        """Ask it to end, as Ctrl-C does, and insist after ten seconds."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End it as a power cut would (kill -9)."""
        if self.process is not None:
            self.process.kill()
            self.process.wait(10)


@pytest.fixture
def serve(home: Path, nursery: Spawn) -> Iterator[Callable[..., Server]]:
    """Start a server: `serve("--demo", database_url=…)`; `restored` is a backup that it begins
    with, as on another machine, `port` one that was free before. All end with the test."""
    servers: list[Server] = []

    def start(
        *arguments: str,
        database_url: str | None = None,
        restored: Path | None = None,
        port: int | None = None,
        **more: Any,
    ) -> Server:
        folder = home / f"server{len(servers)}" if servers else home
        folder.mkdir(exist_ok=True)
        more = {"spawn": nursery, **more}
        server = Server(folder, port or free_port(), database_url, list(arguments), **more)
        servers.append(server)
        if restored:
            server.run("restore", str(restored))
        server.start()
        return server

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def server(serve: Callable[..., Server]) -> Server:
    """A server on an empty SQLite database of its own."""
    return serve()
