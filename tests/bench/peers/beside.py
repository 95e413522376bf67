"""Beside other systems: fan-out, then polls. The server has one core, we the other."""

from collections.abc import Callable

from tests.bench.measure import Figure
from tests.bench.peers import fanout, polls
from tests.bench.peers.crowd import Gone
from tests.bench.peers.machine import CLIENT, many_files, on_core


def run() -> list[Figure]:
    """Both parts."""
    return measured(fanout.run, polls.run)


def measured(*parts: Callable[[], list[Figure]]) -> list[Figure]:
    """One part after the other; a part that breaks down is told and leaves the others alone."""
    figures: list[Figure] = []
    many_files()
    with on_core(CLIENT):
        for part in parts:
            try:
                figures += part()
            except (OSError, AssertionError, Gone) as error:
                print(f"  {part.__module__} could not be measured: {error!r}")
    return figures
