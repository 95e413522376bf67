"""Everybody comes back at once after the server died: all are told every number, once."""

import asyncio
import time
from collections.abc import Callable

import pytest

from tests.faults.checker import violations
from tests.faults.trial import Trial, prepare
from tests.support.servers import Server
from tests.support.soaking import Saw


@pytest.mark.parametrize("sockets", [30, pytest.param(300, marks=pytest.mark.soak)])
async def test_all_come_back(
    faulty: Callable[..., Server], sqlite_url: str, saw: Saw, sockets: int
) -> None:
    server = faulty(sqlite_url)
    trial = await prepare(server, sqlite_url, 1, watchers=sockets)
    took = [0.0]

    async def storm(trial: Trial) -> None:
        await asyncio.gather(*(one.reach(1) for one in trial.watchers))
        await asyncio.to_thread(server.kill)
        before = {one.name: one.connections for one in trial.watchers}
        head = (await trial.stored()).seq
        await trial.come_back()
        began = time.monotonic()
        await asyncio.gather(*(one.reach(head + 1) for one in trial.watchers))
        took[0] = time.monotonic() - began
        assert all(one.connections > before[one.name] for one in trial.watchers)

    history = await trial.run(storm)
    assert violations(history) == []
    assert [one.reloads for one in trial.watchers] == [0] * sockets
    saw(sockets, f"all told 1 to {history.stored.seq}, the last {took[0]:.1f} s after the start"
        if history.stored else "")  # fmt: skip
