"""Real conversations at the highest speed against three workers, of which some restart."""

import asyncio
import json
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app.db import Database
from tests.faults.people import until
from tests.faults.test_workers import workers_of
from tests.support.servers import PROGRAM, Server

pytestmark = [pytest.mark.postgres, pytest.mark.server, pytest.mark.soak]

POLIS = Path(__file__).resolve().parents[3] / "shared/data/polis"
ANSWERS = ("agree", "disagree", "pass")


@pytest.mark.parametrize("conversation", ["15-per-hour-seattle", "vtaiwan.uberx"])
async def test_a_rolling_restart_in_the_middle_loses_no_vote(
    serve: Callable[..., Server], postgresql_url: str, conversation: str
) -> None:
    """Both further workers are asked to end one after the other, and are replaced."""
    if not (POLIS / conversation).exists():
        pytest.skip("The real conversation lies beside the project and is absent here.")
    expected = json.loads((POLIS / conversation / "expected.json").read_text())
    server = serve("--workers", "3", database_url=postgresql_url)
    replaying = asyncio.create_task(_replay(server, POLIS / conversation))
    for n, worker in enumerate(workers_of(server), 1):
        await _stored(postgresql_url, n * expected["vote_rows"] // 4, replaying)
        os.kill(worker, signal.SIGTERM)
    said = await replaying
    print(f"{conversation}: {said['acknowledged']} votes in {said['seconds']} s")
    assert (said["sent"], said["acknowledged"], said["counted"]) == (
        expected["vote_rows"], expected["vote_rows"], expected["effective_votes"],
    )  # fmt: skip
    assert said["tally"] == {
        item: {answer: figures[answer] for answer in ANSWERS}
        for item, figures in expected["per_statement"].items()
    }


async def test_three_workers_against_one(serve: Callable[..., Server], postgresql_url: str) -> None:
    """What further workers bring on this machine, which also runs the database and the voters:
    printed, not judged; every vote is counted either way."""
    folder = POLIS / "15-per-hour-seattle"
    if not folder.exists():
        pytest.skip("The real conversation lies beside the project and is absent here.")
    rates = {}
    for workers in ("1", "3"):
        server = serve("--workers", workers, database_url=postgresql_url)
        said = await _replay(server, folder)
        await asyncio.to_thread(server.stop)
        assert said["acknowledged"] == said["sent"]
        rates[workers] = said["acknowledged"] / said["seconds"]
    print(
        f"{rates['1']:.0f} votes a second with one worker, {rates['3']:.0f} with three: "
        f"{rates['3'] / rates['1']:.2f} times as many"
    )


async def _stored(url: str, enough: int, replaying: asyncio.Task[Any]) -> None:
    """Wait until so many votes are stored."""
    db = Database(url)

    async def so_many() -> bool:
        count = "SELECT count(*) FROM ballot"
        stored = await db.read(lambda conn: conn.exec_driver_sql(count).scalar_one())
        return replaying.done() or stored >= enough

    try:
        await until(so_many, within=600)
    finally:
        await db.close()


async def _replay(server: Server, folder: Path) -> dict[str, Any]:
    files = ["--votes", str(folder / "votes.csv"), "--items", str(folder / "comments.csv")]
    process = await asyncio.create_subprocess_exec(
        str(PROGRAM), "replay", *files, "--url", server.url, "--token", server.owner_token,
        "--json", stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    said, _ = await process.communicate()
    assert process.returncode == 0
    return dict(json.loads(said))
