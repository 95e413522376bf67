"""Several processes on one PostgreSQL database: on one port, and on several hosts' behalf."""

import asyncio
import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.checker import violations
from tests.faults.people import until
from tests.faults.trial import Trial, prepare
from tests.support.servers import PROGRAM, Server

pytestmark = pytest.mark.postgres


def spread(trial: Trial, servers: list[Server]) -> None:
    """Everybody at another server in turn."""
    path = trial.voters[0].url.split("/", 3)[3]
    for at, person in enumerate([*trial.voters, *trial.watchers]):
        server = servers[at % len(servers)]
        person.url = f"{server.url.replace('http', 'ws', 1)}/{path}"


async def test_a_rolling_restart_loses_nothing(three: list[Server], postgresql_url: str) -> None:
    trial = await prepare(three[0], postgresql_url, 1, voters=9, watchers=3)
    spread(trial, three)

    async def restarted(trial: Trial) -> None:
        for server in three:
            await asyncio.to_thread(server.stop)
            await asyncio.to_thread(server.start)
            await trial.some_answers()

    history = await trial.run(restarted)
    assert violations(history) == []


async def test_a_deadline_closes_once(three: list[Server], postgresql_url: str) -> None:
    """Every process wakes at the deadline; one closes, one counts."""
    trial = await prepare(three[0], postgresql_url, 2, voters=3, watchers=3)
    spread(trial, three)

    async def counted_down(trial: Trial) -> None:
        await trial.facilitator.close(countdown=1)
        await trial.facilitator.wait_for_outcome()
        await trial.facilitator.reopen()

    history = await trial.run(counted_down)
    assert violations(history) == []
    assert history.stored is not None
    kinds = [line.kind for line in history.stored.lines]
    assert (kinds.count("round_closed"), kinds.count("outcome_recorded")) == (2, 2)


def workers_of(server: Server) -> list[int]:
    """The processes that the server has started."""
    assert server.process is not None
    pid = server.process.pid
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def running(pid: int) -> bool:
    """Whether there is such a process, and it has not ended yet."""
    status = Path(f"/proc/{pid}/status")
    return status.exists() and "State:\tZ" not in status.read_text()


async def test_workers_share_a_port_and_are_replaced(
    serve: Callable[..., Server], postgresql_url: str
) -> None:
    server = serve("--workers", "3", database_url=postgresql_url)
    trial = await prepare(server, postgresql_url, 3, voters=6, watchers=6)

    async def one_dies(trial: Trial) -> None:
        first = workers_of(server)
        os.kill(first[0], signal.SIGKILL)

        async def replaced() -> bool:
            return len(workers_of(server)) == 2 and first[0] not in workers_of(server)

        await until(replaced)

    history = await trial.run(one_dies)
    assert violations(history) == []


async def test_workers_end_with_the_first(
    serve: Callable[..., Server], postgresql_url: str
) -> None:
    server = serve("--workers", "2", database_url=postgresql_url)
    (worker,) = workers_of(server)
    server.kill()

    async def gone() -> bool:
        return not running(worker)

    await until(gone, within=60)


def test_sqlite_has_one_worker(home: Path) -> None:
    said = subprocess.run(
        [PROGRAM, "serve", "--workers", "2"], check=False, capture_output=True, text=True,
        env={**os.environ, "CONSILIENCE_HOME": str(home)},
    )  # fmt: skip
    assert (said.returncode, said.stderr.split(":")[1].strip()) == (
        3, "SQLite is written by one process",
    )  # fmt: skip
