"""Others who answer all the while over real sockets, and what became of their answers."""

import asyncio
import contextlib
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing

from tests.support.gathering import OPTIONS, Gathering
from tests.support.killing import Trial, Voter

VOTERS = 6
EACH_PER_SECOND = 4


@contextlib.asynccontextmanager
async def crowd(here: Gathering) -> AsyncIterator[Trial]:
    """While the block runs, some 20 ballots a second arrive in a round of their own. At its end
    every voter waits until the last one is acknowledged."""
    round_ = await here.voting("rate", OPTIONS)
    url = f"{here.server.url.replace('http', 'ws', 1)}/ws/{here.at}"
    ids = [option["id"] for option in round_["options"]]
    voters = [
        Voter(url, token, round_["id"], ids, pause=1 / EACH_PER_SECOND)
        for token in here.entries[-VOTERS:]
    ]
    voting = [asyncio.create_task(voter.vote()) for voter in voters]
    try:
        yield Trial(here.server, here.id, voters)
    finally:
        for voter in voters:
            voter.enough = True
        await asyncio.gather(*voting)


async def check_record(trial: Trial) -> None:
    """No acknowledged ballot is missing or doubled, no number skipped or repeated: by the API's
    log, and by the tables themselves."""
    lines = await trial.log()
    assert [line["number"] for line in lines] == list(range(1, len(lines) + 1))
    acknowledged = sorted(n for voter in trial.voters for n in voter.acknowledged)
    path = trial.server.home / "consilience.db"
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        stored = database.execute(
            "SELECT number FROM ballot WHERE round_id = ? ORDER BY number",
            [trial.voters[0].round_id],
        ).fetchall()
        logged = database.execute(
            "SELECT number FROM log_line WHERE workshop_id = ? ORDER BY number", [trial.workshop_id]
        ).fetchall()
    assert [number for (number,) in stored] == acknowledged
    assert [number for (number,) in logged] == [line["number"] for line in lines]
