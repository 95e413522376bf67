"""A house: the application on a free port, once on each database."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.sockets import House
from tests.support.sockets import house as opened


@pytest.fixture
async def house(home: Path, database_url: str) -> AsyncIterator[House]:
    """The application behind a port, on SQLite and on PostgreSQL."""
    async with opened(home, database_url) as found:
        yield found


@pytest.fixture
async def small_house(home: Path, sqlite_url: str) -> AsyncIterator[House]:
    """The same where the database makes no difference."""
    async with opened(home, sqlite_url) as found:
        yield found
