"""Real conversations at the highest speed against three servers that restart one by one."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.servers import PROGRAM, Server

pytestmark = [pytest.mark.postgres, pytest.mark.server, pytest.mark.soak]

POLIS = Path(__file__).resolve().parents[3] / "shared/data/polis"
ANSWERS = ("agree", "disagree", "pass")


@pytest.mark.parametrize("conversation", ["15-per-hour-seattle", "vtaiwan.uberx"])
async def test_a_rolling_restart_in_the_middle_loses_no_vote(
    serve: Callable[..., Server], postgresql_url: str, conversation: str
) -> None:
    """The replayed votes go to one of three servers on one database; each restarts once."""
    if not (POLIS / conversation).exists():
        pytest.skip("The real conversation lies beside the project and is absent here.")
    secret = {"CONSILIENCE_SECRET": "one secret for all three of these hosts"}
    servers = [serve(database_url=postgresql_url, environment=secret) for _ in range(3)]
    replaying = asyncio.create_task(_replay(servers[0], POLIS / conversation))
    for server in (servers[1], servers[0], servers[2]):
        await asyncio.sleep(3)
        await asyncio.to_thread(server.stop)
        await asyncio.to_thread(server.start)
    said = await replaying
    expected = json.loads((POLIS / conversation / "expected.json").read_text())
    print(f"{conversation}: {said['acknowledged']} votes in {said['seconds']} s")
    assert (said["sent"], said["acknowledged"], said["counted"]) == (
        expected["vote_rows"], expected["vote_rows"], expected["effective_votes"],
    )  # fmt: skip
    assert said["tally"] == {
        item: {answer: figures[answer] for answer in ANSWERS}
        for item, figures in expected["per_statement"].items()
    }


async def _replay(server: Server, folder: Path) -> dict[str, Any]:
    files = ["--votes", str(folder / "votes.csv"), "--items", str(folder / "comments.csv")]
    process = await asyncio.create_subprocess_exec(
        str(PROGRAM), "replay", *files, "--url", server.url, "--token", server.owner_token,
        "--json", stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    said, _ = await process.communicate()
    assert process.returncode == 0
    return dict(json.loads(said))
