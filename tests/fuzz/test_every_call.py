"""Whatever is sent to any call that OpenAPI describes: no failure, every refusal in words, every
answer as it is described."""

import asyncio
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from tests.access.place import Place
from tests.support.databases import ROOT
from tests.support.house import Caller, housed
from tests.support.servers import Server

PROGRAM = Path(sys.executable).with_name("schemathesis")
CHECKS = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance",
    "response_schema_conformance", "refused_in_words",
)  # fmt: skip
ROLES = ("owner", "facilitator", "participant", "owner", "chair", "rapporteur", "nobody", "screen")


@dataclass
class Far(Caller):
    """Somebody who calls a server process."""

    server: Server | None = None

    def client(self) -> httpx.AsyncClient:
        assert self.server
        sent = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return httpx.AsyncClient(base_url=self.server.url, headers=sent, timeout=30)


SOME = ("--phases", "fuzzing", "--max-examples", "2", "--no-shrink", "--seed", "912")
ALL = ("--phases", "coverage,fuzzing,stateful", "--max-time", "600")


@pytest.mark.parametrize(
    "how", [SOME, pytest.param(ALL, marks=pytest.mark.soak)], ids=["some", "all"]
)
async def test_no_call_fails_and_every_refusal_has_words(
    server: Server, how: tuple[str, ...]
) -> None:
    owner = Far(FastAPI(), server.owner_token, server=server)
    place = Place(await housed(owner))
    await place.fill()
    tokens = [owner.token if role == "owner" else place.house.by(role).token for role in ROLES]
    known = json.dumps({"tokens": tokens, "ids": place.ids})
    program = await asyncio.create_subprocess_exec(
        PROGRAM, "run", f"{server.url}/api/v1/openapi.json", "--checks", ",".join(CHECKS),
        "--continue-on-failure", "--generation-database", "none", "--warnings", "off",
        "--no-color", *how,
        env={**os.environ, "FUZZED": known, "SCHEMATHESIS_HOOKS": "tests.fuzz.hooks"},
        cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await program.communicate()
    assert program.returncode == 0, said.decode()[-20_000:]
    assert "unexpected error" not in server.output
