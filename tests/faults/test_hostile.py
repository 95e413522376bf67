"""Clients that flood or send what no page sends are closed, and nobody else's answer is lost."""

import asyncio
import json
from collections.abc import Callable

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.faults.checker import violations
from tests.faults.people import Watcher
from tests.faults.trial import Trial, prepare
from tests.support.servers import Server

A_SECOND = 1000
HOSTILE: dict[str, tuple[str | bytes, int, set[int]]] = {
    # What is sent, how many at once ten times a second, and how it may end: too fast, text only,
    # too big.
    "nonsense": ("nonsense", A_SECOND // 10, {1008}),
    "pings": ('{"type":"ping"}', A_SECOND // 10, {1008}),
    "binary": (b"\x00" * 100, 1, {1003}),
    "huge": ("x" * 16_000_000, 1, {1009}),
}


async def closed(guest: Watcher, frame: str | bytes, at_once: int) -> int:
    """Say hello, then nothing but this until the server has enough; how it ended."""
    async with connect(guest.url, compression=None, proxy=None, max_queue=None) as socket:
        hello = {"type": "hello", "v": 1, "as": "data", "page": "room", "since": 0}
        await socket.send(json.dumps(hello | {"token": guest.token}))
        try:
            async with asyncio.timeout(60):
                while True:
                    await asyncio.gather(*(socket.send(frame) for _ in range(at_once)))
                    await asyncio.sleep(0.1)
        except ConnectionClosed:
            return int(socket.close_code or 0)


async def test_the_others_vote_on(faulty: Callable[..., Server], sqlite_url: str) -> None:
    trial = await prepare(faulty(sqlite_url), sqlite_url, 1, watchers=len(HOSTILE) + 2)
    hostile = [trial.watchers.pop() for _ in HOSTILE]
    ended: dict[str, int] = {}

    async def trouble(trial: Trial) -> None:
        async with asyncio.TaskGroup() as group:
            tasks = {
                name: group.create_task(closed(guest, frame, at_once))
                for guest, (name, (frame, at_once, _)) in zip(hostile, HOSTILE.items(), strict=True)
            }
            while not all(task.done() for task in tasks.values()):
                await trial.some_answers()
        ended.update({name: task.result() for name, task in tasks.items()})

    history = await trial.run(trouble)
    assert violations(history) == []
    assert {n: code for n, code in ended.items() if code not in HOSTILE[n][2]} == {}
    assert [voter.troubles for voter in trial.voters] == [{}] * len(trial.voters)
