"""A PostgreSQL server that no other test writes on: every transaction that still runs on the same
server puts a sealing off, which the application tries again later and a test would have to await.
"""

from collections.abc import Iterator

import pytest

from tests.support import postgresql
from tests.support.databases import migrate


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[postgresql.PostgreSQL]:
    """A server of this worker's own, with a migrated template."""
    try:
        server = postgresql.start()
    except postgresql.Unavailable as why:
        pytest.skip(str(why))
    server.execute(f"CREATE DATABASE {postgresql.TEMPLATE}")
    migrate(server.url(postgresql.TEMPLATE))
    yield server
    server.stop()
