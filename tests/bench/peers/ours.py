"""Consilience itself: `consilience serve` with a real workshop, whose sockets have said hello."""

import json
import secrets
import shutil
import socket
import tempfile
from pathlib import Path
from typing import Any

import httpx

from tests.bench.peers.crowd import CHUNK, Line
from tests.bench.peers.machine import SERVER, free_port, on_core
from tests.bench.peers.systems import System
from tests.support.servers import Server

AT_ONCE = 200
FEW = 400  # above that, people have several tabs open, so that fewer must be made
TABS = 8
AGENDA = {"title": "Which priority?", "day": 1, "start": "09:00", "end": "10:00", "kind": "vote"}


class Ours(System):
    """One workshop, looked at by data clients: each change is one `changed`."""

    name = "Consilience"
    form = "data"
    ack = b'{"type":"ack"'

    def start(self, people: int) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="peer-"))
        self.server = Server(self.folder, free_port())
        with on_core(SERVER):
            self.server.start()
        self.port = self.server.port
        self.api = httpx.Client(base_url=f"{self.server.url}/api/v1", timeout=60)
        self.token = self.server.owner_token
        self.workshop = self.post("workshops", {"title": "A hall", "kind": "rehearsal"})
        self.at = f"workshops/{self.workshop['id']}"
        self.tabs = TABS if people > FEW else 1
        people = -(-people // self.tabs)
        self.people: list[dict[str, Any]] = []
        for first in range(0, people, AT_ONCE):
            some = [{"label": f"Expert {n:04}"} for n in range(first, min(first + AT_ONCE, people))]
            self.people += self.post(f"{self.at}/participants", some)
        self.ask()
        self.turn = self._turning()
        self.since = int(self.get(self.at)["seq"])

    @property
    def pid(self) -> int:
        assert self.server.process
        return self.server.process.pid

    def stop(self) -> None:
        self.api.close()
        self.server.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def post(self, path: str, body: Any = None) -> Any:
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Idempotency-Key": secrets.token_hex(16),
        }
        answer = self.api.post(path, json=body or {}, headers=headers)
        assert answer.is_success, answer.text
        return answer.json()

    def get(self, path: str) -> Any:
        headers = {"Authorization": f"Bearer {self.token}"}
        return self.api.get(path, headers=headers).raise_for_status().json()

    def ask(self) -> None:
        """A question that is put to the vote, its result so far in sight of all."""
        options = ["Porous borders", "Corruption and impunity", "Unclear definitions"]
        self.activity = self.post(
            f"{self.at}/activities",
            {"type": "choose", "title": "Which?", "options": options,
             "settings": {"results": "always"}},
        )  # fmt: skip
        self.round = self.post(f"activities/{self.activity['id']}/open")

    def join(self, number: int) -> Line:
        """Somebody comes in, each in as many tabs as one may have, and says hello."""
        line = Line(self.port, f"/ws/{self.at}")
        hello = {"type": "hello", "v": 1, "since": self.since, "as": self.form, "page": "room"}
        line.send(json.dumps({**hello, "token": self.people[number // self.tabs]["token"]}))
        line.until(b'{"type":"welcome"')
        return line

    def move(self, _line: Line) -> None:
        """The big screen is turned to the question, in a transaction and over a line of its own."""
        self.desk = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        self.desk.sendall(self.turn)

    def ballot(self, number: int) -> str:
        choice = self.round["options"][number % 3]["id"]
        body, key = {"approval": [choice]}, secrets.token_hex(16)
        cast = {"type": "cast_ballot", "key": key, "round": self.round["id"]}
        return json.dumps({**cast, "revision": 1, "body": body})

    def stored(self) -> int:
        return int(self.get(f"rounds/{self.round['id']}/turnout")["cast"])

    def rest(self) -> None:
        """Read the answer to it, which is not waited for while others are told."""
        answer = self.desk.recv(CHUNK)
        self.desk.close()
        assert b" 200 " in answer.splitlines()[0], answer

    def _turning(self) -> bytes:
        """The request that turns the screen, naming all that it can name."""
        item = self.post(f"{self.at}/agenda", AGENDA)
        row = self.post(f"{self.at}/components", {"text": "Evidence base"})
        named = {"item": item["id"], "activity": self.activity["id"], "row": row["id"]}
        shown = json.dumps({"show": "results", "round": self.round["id"], **named})
        return (
            f"PUT /api/v1/{self.at}/screen HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n"
            f"Authorization: Bearer {self.token}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(shown)}\r\n\r\n{shown}"
        ).encode()


class Pages(Ours):
    """The same, looked at by browsers: the panels that the change made stale, then `changed`."""

    name = "Consilience's pages"
    form = "html"
