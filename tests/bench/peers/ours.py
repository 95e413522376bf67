"""Consilience itself: `consilience serve` with a real workshop, whose sockets have said hello."""

import json
import secrets
import shutil
import tempfile
from pathlib import Path
from typing import Any

import httpx

from tests.bench.peers.crowd import Line
from tests.bench.peers.machine import SERVER, free_port, on_core
from tests.bench.peers.systems import System
from tests.support.servers import Server

AT_ONCE = 200


class Ours(System):
    """One workshop, looked at by data clients: each change is one `changed`."""

    name = "Consilience"
    form = "data"

    def start(self, people: int) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="peer-"))
        self.server = Server(self.folder, free_port())
        with on_core(SERVER):
            self.server.start()
        assert self.server.process
        self.process = self.server.process
        self.port = self.server.port
        self.api = httpx.Client(base_url=f"{self.server.url}/api/v1", timeout=60)
        self.token = self.server.owner_token
        self.workshop = self.post("workshops", {"title": "A hall", "kind": "rehearsal"})
        self.at = f"workshops/{self.workshop['id']}"
        self.people: list[dict[str, Any]] = []
        for first in range(0, people, AT_ONCE):
            some = [{"label": f"Expert {n:04}"} for n in range(first, min(first + AT_ONCE, people))]
            self.people += self.post(f"{self.at}/participants", some)
        self.open()

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

    def open(self) -> None:
        """A question that is put to the vote, its result so far in sight of all."""
        options = ["Porous borders", "Corruption and impunity", "Unclear definitions"]
        self.activity = self.post(
            f"{self.at}/activities",
            {"type": "choose", "title": "Which?", "options": options,
             "settings": {"results": "always"}},
        )  # fmt: skip
        self.round = self.post(f"activities/{self.activity['id']}/open")
        self.since = int(self.get(self.at)["seq"])

    def join(self, number: int) -> Line:
        """A participant of their own comes in and says hello."""
        line = Line(self.port, f"/ws/{self.at}")
        hello = {"type": "hello", "v": 1, "since": self.since, "as": self.form, "page": "room"}
        line.send(json.dumps({**hello, "token": self.people[number]["token"]}))
        line.until(b'{"type":"welcome"')
        return line

    def move(self, _line: Line) -> None:
        """The big screen is turned to the question: a `changed` of 300 bytes."""
        shown = {"show": "results", "round": self.round["id"]}
        self.api.put(
            f"{self.at}/screen", json=shown, headers={"Authorization": f"Bearer {self.token}"}
        ).raise_for_status()
