"""oTree: a project of its own, beside a PostgreSQL, since its SQLite lives in memory."""

import asyncio
import html
import os
import re
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import asyncpg
import httpx

from tests.bench.peers.crowd import Line
from tests.bench.peers.environments import lay_out
from tests.bench.peers.machine import CLIENT, SERVER, free_port, on_core
from tests.bench.peers.systems import APPS, Missing, System, listening
from tests.support import postgresql

SOCKET = re.compile(r'id="otree-live" data-socket-url="([^"]+)"')


class OTree(System):
    """A live page. Each voter opens it, then the socket that it names. Its database has the other
    core, and writes through to the disk."""

    name = "oTree"
    ack = b'{"otree_success": true, "live_method_payload": {"ack"'

    def start(self, people: int) -> None:
        """A session for so many. Raises Missing."""
        programs = lay_out("otree")
        if programs is None:
            raise Missing("otree")
        try:
            with on_core(CLIENT):
                self.database = postgresql.start(durable=True)
        except postgresql.Unavailable as why:
            raise Missing(str(why)) from why
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="peer-"))
        shutil.copytree(APPS / "otree_project", self.folder, dirs_exist_ok=True)
        (self.folder / "_static").mkdir()
        self.variables = {
            **os.environ, "PATH": f"{programs}:{os.environ['PATH']}",
            "DATABASE_URL": self.database.url(), "OTREE_PRODUCTION": "1",
        }  # fmt: skip
        self.run("resetdb", "--noinput").wait()
        self.run("create_session", "poll", str(people)).wait()
        with on_core(SERVER):
            self.process = self.run("prodserver1of2", str(self.port))
        listening(self.port)
        rows = self.fetch("SELECT code FROM otree_participant ORDER BY id")
        self.codes = [row["code"] for row in rows]
        self.browser = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=60)

    def run(self, *words: str) -> subprocess.Popen[bytes]:
        """One of its commands, in a group of its own, since it starts helpers."""
        with (self.folder / "output").open("ab") as out:
            return subprocess.Popen(
                ["otree", *words], cwd=self.folder, env=self.variables,
                stdout=out, stderr=out, start_new_session=True,
            )  # fmt: skip

    def stop(self) -> None:
        self.browser.close()
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.database.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def fetch(self, query: str, *values: Any) -> list[Any]:
        """Rows of its database."""

        async def run() -> list[Any]:
            conn = await asyncpg.connect(self.database.url())
            try:
                return list(await conn.fetch(query, *values))
            finally:
                await conn.close()

        return asyncio.run(run())

    def join(self, number: int) -> Line:
        start = f"/InitializeParticipant/{self.codes[number]}"
        page = self.browser.get(start, follow_redirects=True).raise_for_status().text
        found = SOCKET.search(page)
        assert found, page
        return Line(self.port, html.unescape(found[1]))

    def stored(self) -> int:
        (row,) = self.fetch("SELECT count(*) FROM poll_poll WHERE question = $1", self.question)
        return int(row[0])
