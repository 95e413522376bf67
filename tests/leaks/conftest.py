"""One database is enough here: what is shown does not depend on which."""

import pytest


@pytest.fixture
def database_url(sqlite_url: str) -> str:
    return sqlite_url
