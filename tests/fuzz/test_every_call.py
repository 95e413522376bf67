"""Whatever is sent to any call that OpenAPI describes: no failure, every refusal in words, every
answer as it is described."""

import asyncio
import json
import os
import sys
from pathlib import Path

import pytest

from tests.access.place import Place
from tests.support.databases import ROOT
from tests.support.far import far_house
from tests.support.servers import Server

PROGRAM = Path(sys.executable).with_name("schemathesis")
CHECKS = (
    "not_a_server_error", "status_code_conformance", "content_type_conformance",
    "response_schema_conformance", "refused_in_words",
)  # fmt: skip
ROLES = ("owner", "facilitator", "participant", "owner", "chair", "rapporteur", "nobody", "screen")


SOME = ("--phases", "fuzzing", "--max-examples", "1", "--no-shrink", "--seed", "912")
ALL = ("--phases", "coverage,fuzzing,stateful", "--max-time", "600")


@pytest.mark.parametrize(
    "how", [SOME, pytest.param(ALL, marks=pytest.mark.soak)], ids=["some", "all"]
)
async def test_no_call_fails_and_every_refusal_has_words(
    server: Server, how: tuple[str, ...]
) -> None:
    place = Place(await far_house(server))
    await place.fill()
    tokens = [
        place.house.owner.token if role == "owner" else place.house.by(role).token for role in ROLES
    ]
    known = json.dumps({"tokens": tokens, "ids": place.ids})
    program = await asyncio.create_subprocess_exec(
        PROGRAM, "run", f"{server.url}/api/v1/openapi.json", "--checks", ",".join(CHECKS),
        "--continue-on-failure", "--generation-database", "none", "--warnings", "off",
        "--no-color", *how,
        env={**os.environ, "FUZZED": known, "SCHEMATHESIS_HOOKS": "tests.fuzz.hooks"},
        cwd=ROOT, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await program.communicate()
    print(said.decode()[-1200:])  # how many calls were made, for who runs it with -s
    assert program.returncode == 0, said.decode()[-20_000:]
    assert "unexpected error" not in server.output
