"""One voter at three servers at once that share a database: still one live ballot."""

import httpx
import pytest

from app.db import Database
from tests.faults.trial import Trial, prepare
from tests.support.one_voter import ANSWERS, OneVoter, live_rows, one_round
from tests.support.servers import Server
from tests.support.soaking import Saw

pytestmark = pytest.mark.postgres


@pytest.mark.parametrize("rounds", [1, pytest.param(100, marks=pytest.mark.soak)])
@pytest.mark.parametrize("secrecy", ["named", "secret"])
async def test_one_live_ballot_over_three_servers(
    three: list[Server], postgresql_url: str, saw: Saw, secrecy: str, rounds: int
) -> None:
    trial = await prepare(three[0], postgresql_url, 1, watchers=0)
    first = trial.voters[0]
    voter = OneVoter([server.url for server in three], trial.workshop_id, first.token)
    bodies = [{"rating": dict.fromkeys(first.options, n)} for n in range(1, 10)]
    db = Database(postgresql_url)
    for _ in range(rounds):
        round_id = await another_round(trial, secrecy)
        assert await one_round(voter, round_id, bodies, secrecy) == ANSWERS
        assert await db.read(live_rows, round_id, secrecy) == [1, 1]
    await db.close()
    saw(rounds, "50 identical: 1 recorded; 50 different: 1 recorded, 49 stale_revision; 1 live row")


async def another_round(trial: Trial, secrecy: str) -> str:
    """Close the open round and open the next one of the same question."""
    headers = {"Authorization": f"Bearer {trial.facilitator.token}"}
    url = f"{trial.server.url}/api/v1"
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=20) as client:
        open_ = (await client.get(f"/rounds/{trial.facilitator.round_id}")).json()
        await client.post(f"/rounds/{open_['id']}/close", json={})
        path = f"/activities/{open_['activity']}/rounds"
        made = (await client.post(path, json={"secrecy": secrecy})).raise_for_status().json()
        (await client.post(f"/rounds/{made['id']}/open")).raise_for_status()
    trial.facilitator.round_id = made["id"]
    return str(made["id"])
