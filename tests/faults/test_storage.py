"""The disk is full, the database read-only, or held by another process: it is said in a sentence,
nothing is acknowledged falsely, and all goes on by itself once it is over."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import connect

from tests.faults.checker import violations
from tests.faults.people import until
from tests.faults.storage import ill
from tests.faults.trial import Trial, prepare
from tests.support.servers import Server
from tests.support.soaking import Saw

TOLD = {
    "storage_full": "disk is full: nothing is recorded",
    "read_only": "be written: nothing is recorded",
    "busy_retry": "does not take anything just now",
}


@pytest.mark.long
@pytest.mark.parametrize(
    ("how", "trials"),
    [("storage_full", 1), ("busy_retry", 1)]
    + [pytest.param(how, 20, marks=pytest.mark.soak) for how in TOLD],
)
async def test_takes_nothing_for_a_while(
    faulty: Callable[..., Server],
    sqlite_url: str,
    tmp_path: Path,
    saw: Saw,
    how: str,
    trials: int,
) -> None:
    file = tmp_path / "ill"
    server = faulty(sqlite_url, ILL=str(file))
    refused = 0
    for seed in range(trials):
        trial = await prepare(server, sqlite_url, seed)

        async def trouble(trial: Trial) -> None:
            with ill(file, how, sqlite_url):
                await until(lambda: _all_refused(trial, how), within=60)
                await _facilitator_is_refused(trial, how)
                await _control_shows(trial, TOLD[how])
            await trial.some_answers()
            await _control_shows(trial, "")

        history = await trial.run(trouble)
        assert violations(history) == [], f"{how}, trial {seed}"
        refused += sum(voter.troubles[how] for voter in trial.voters)
    saw(trials, f"{refused} answers refused with {how}, 0 acknowledged falsely, 0 restarts")


async def _all_refused(trial: Trial, how: str) -> bool:
    return all(voter.troubles[how] for voter in trial.voters)


async def _facilitator_is_refused(trial: Trial, how: str) -> None:
    """503, the code, a sentence: by the API as by the page. In the last page of a full database
    a small change may still find its place, and then it is recorded: it is asked again."""
    path = f"{trial.server.url}/api/v1/rounds/{trial.facilitator.round_id}/extend"
    headers = {"Authorization": f"Bearer {trial.facilitator.token}"}
    async with httpx.AsyncClient(headers=headers, timeout=20) as client, asyncio.timeout(60):
        while (answer := await client.post(path, json={"seconds": 600})).is_success:
            pass
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (503, how)
    assert "Nothing was recorded" in error["message"]


async def _control_shows(trial: Trial, words: str) -> None:
    """Wait until the control screen says it, or says nothing of the kind."""
    hello = {"type": "hello", "v": 1, "as": "html", "page": "control", "since": 0}
    url = f"{trial.server.url.replace('http', 'ws', 1)}/ws/workshops/{trial.workshop_id}"
    async with asyncio.timeout(30), connect(url, compression=None, proxy=None) as socket:
        await socket.send(json.dumps(hello | {"token": trial.facilitator.token}))
        while True:
            frame = json.loads(await socket.recv())
            if frame.get("target") == "#region-storage" and (
                words in frame["content"] if words else "notice" not in frame["content"]
            ):
                return


def test_a_second_server_on_the_same_home_refuses_to_start(
    faulty: Callable[..., Server], sqlite_url: str
) -> None:
    """Whatever its port: two writers of one SQLite file would not know of each other's changes."""
    first = faulty(sqlite_url)
    second = Server(first.home, first.port + 1, sqlite_url, spawn=first.spawn)
    with pytest.raises(AssertionError, match="Another server already runs on"):
        second.start()
    assert httpx.get(f"{first.url}/readyz").status_code == httpx.codes.OK
