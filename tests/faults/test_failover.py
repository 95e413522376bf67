"""PostgreSQL goes in the middle of a round and comes back: nothing that was told is lost, and who
heard of numbers by a connection that ended hears of them again."""

import asyncio
from collections.abc import Callable, Iterator

import asyncpg
import pytest

from tests.faults.checker import violations
from tests.faults.test_workers import spread
from tests.faults.trial import Trial, prepare
from tests.support import postgresql
from tests.support.databases import migrate
from tests.support.servers import Server

pytestmark = [pytest.mark.postgres, pytest.mark.server, pytest.mark.soak]

CRASHES = 3
LISTENERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND application_name = 'consilience listener'"
)


@pytest.fixture
def cluster() -> Iterator[postgresql.PostgreSQL]:
    """A PostgreSQL server of its own, which may crash, with a migrated database."""
    try:
        server = postgresql.start(durable=True)
    except postgresql.Unavailable as why:
        pytest.skip(str(why))
    migrate(server.url())
    yield server
    server.stop()


async def test_a_database_that_crashes_loses_nothing(
    cluster: postgresql.PostgreSQL, serve: Callable[..., Server]
) -> None:
    secret = {"CONSILIENCE_SECRET": "one secret for both of these hosts, too"}
    two = [serve(database_url=cluster.url(), environment=secret) for _ in range(2)]
    trial = await prepare(two[0], cluster.url(), 6, voters=8, watchers=2)
    spread(trial, two)

    async def crashed(trial: Trial) -> None:
        for _ in range(CRASHES):
            await asyncio.to_thread(cluster.crash)
            await trial.some_answers()

    history = await trial.run(crashed)
    assert violations(history) == []
    repeated = sum(sum(voter.troubles.values()) for voter in trial.voters)
    print(f"{CRASHES} crashes: {len(history.casts)} answers, {repeated} refusals repeated")
    assert repeated > 0  # somebody was told, and sent it again under the same key


async def test_a_listener_whose_connection_ends_catches_up(
    three: list[Server], postgresql_url: str
) -> None:
    trial = await prepare(three[0], postgresql_url, 7, voters=6, watchers=3)
    spread(trial, three)

    async def ended(trial: Trial) -> None:
        assert await _end_listeners(postgresql_url) == len(three)
        await trial.some_answers()

    history = await trial.run(ended)
    assert violations(history) == []
    assert history.stored is not None
    assert [one.since for one in trial.watchers] == [history.stored.seq] * 3


async def _end_listeners(url: str) -> int:
    connection = await asyncpg.connect(url)
    try:
        return len(await connection.fetch(LISTENERS))
    finally:
        await connection.close()
