"""The systems that stand beside each other: how each is started, joined and moved to tell all its
sockets something. Each runs from an environment of its own, on the server's core.
"""

import json
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import time
from contextlib import closing
from pathlib import Path

from tests.bench.peers.crowd import Line
from tests.bench.peers.environments import lay_out
from tests.bench.peers.machine import SERVER, free_port, on_core
from tests.support.nursery import Process

APPS = Path(__file__).with_name("apps")
READY_WITHIN = 60.0
CHOICES = ("borders", "impunity", "definitions")
SIZE = 238  # bytes of a change, which is what our own takes that names all that a screen shows


class Missing(Exception):
    """A system cannot be had here; it has said why."""


class System:
    """A server program of our own making, on somebody else's library.

    `change` is how the message begins that tells of a change, and `words` moves it to tell one;
    `ack` is how the message begins that acknowledges a ballot.
    """

    name = ""
    app = ""
    environment = ""
    path = "/"
    change = b'{"type":"changed"'
    words = "change"
    ack = b'{"ack"'
    question = 0
    process: Process

    def start(self, people: int) -> None:
        """Start it in a folder of its own, for so many. Raises Missing."""
        programs = lay_out(self.environment)
        if programs is None:
            raise Missing(self.environment)
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="peer-"))
        with on_core(SERVER):
            self.process = subprocess.Popen(
                [programs / "python", APPS / self.app, str(self.port), str(SIZE)], cwd=self.folder
            )
        listening(self.port)

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def pid(self) -> int:
        return self.process.pid

    def join(self, _number: int) -> Line:
        """One more socket, which is told everything from now on."""
        return Line(self.port, self.path)

    def move(self, line: Line) -> None:
        """Make it tell everybody something of a fixed size."""
        line.send(self.words)

    def rest(self) -> None:
        """What there is to do once all have been told."""

    def ask(self) -> None:
        """Put a new question to the vote."""
        self.question += 1

    def ballot(self, number: int) -> str:
        """The message by which a voter answers it."""
        return json.dumps(self.answer(number))

    def answer(self, number: int) -> dict[str, object]:
        """What a voter says."""
        return {"question": self.question, "voter": number, "choice": CHOICES[number % 3]}

    def stored(self) -> int:
        """The answers to it in the database."""
        with closing(sqlite3.connect(self.folder / "poll.db")) as database:
            counted = "SELECT count(*) FROM vote WHERE question = ?"
            return int(database.execute(counted, [self.question]).fetchone()[0])


class Picows(System):
    """The limit: frames made in C, nothing decided."""

    name, app, environment = "picows", "picows_limit.py", "limits"


class Websockets(System):
    """The limit of the library under our own server."""

    name, app, environment = "websockets", "websockets_limit.py", "limits"


class SocketIO(System):
    """python-socketio, over its websocket transport from the start."""

    name, app, environment = "python-socketio", "socketio_poll.py", "socketio"
    path = "/socket.io/?EIO=4&transport=websocket"
    change = b'42["changed"'
    words = '42["change",{}]'
    ack = b"430["

    def join(self, number: int) -> Line:
        line = super().join(number)
        line.until(b"0")
        line.send("40")
        line.until(b"40")
        return line

    def ballot(self, number: int) -> str:
        return f'420["vote",{super().ballot(number)}]'


class Channels(System):
    """Django Channels under uvicorn."""

    name, app, environment = "Django Channels", "channels_poll.py", "channels"
    change = b'{"changed"'
    words = "{}"


def listening(port: int) -> None:
    """Wait until somebody listens."""
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nobody listens on {port}")
