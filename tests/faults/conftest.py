"""Servers that can be made to fail."""

import sys
from collections.abc import Callable

import pytest

from tests.support.databases import ROOT
from tests.support.servers import Server

FAULTY = [sys.executable, "-m", "tests.faults.server"]


@pytest.fixture
def faulty(serve: Callable[..., Server]) -> Callable[..., Server]:
    """Start a server with a fault: `faulty(url, FAIL_AT="before_commit:12")`."""

    def start(database_url: str, **fault: str) -> Server:
        environment = {"PYTHONPATH": str(ROOT), **fault}
        return serve(database_url=database_url, program=FAULTY, environment=environment)

    return start


@pytest.fixture
def three(serve: Callable[..., Server], postgresql_url: str) -> list[Server]:
    """Three servers with homes of their own, as on three hosts, sharing database and secret."""
    secret = {"CONSILIENCE_SECRET": "one secret for all three of these hosts"}
    return [serve(database_url=postgresql_url, environment=secret) for _ in range(3)]
