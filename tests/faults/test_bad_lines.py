"""People behind bad lines: every answer is recorded once, nobody is told so falsely, nobody has to
reload, and the facilitator is told who is cut off before the round closes."""

import asyncio
import contextlib
import json
import math
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import pytest
from websockets.asyncio.client import connect

from tests.faults.checker import violations
from tests.faults.people import Person
from tests.faults.proxy import Line, Weather
from tests.faults.trial import Trial, prepare
from tests.support.servers import Server

SEED = 20160511
SHORT = Weather(delay=0.02, resets=20, calm=(0.3, 1.0), outage=(0.2, 0.8), half_open=0.2)
HALL = Weather(delay=0.4, resets=0.03, calm=(20, 90), outage=(5, 60))
PATIENCE = 2.0  # of a voter whose line says nothing
SILENT = 60.0  # seconds: only a long run waits until the server misses somebody by itself
SOON = 3.0  # an answer that was under way is told within this, once the line is back


@pytest.mark.parametrize(
    ("people", "weather", "seconds"),
    [(4, SHORT, 3.0), pytest.param(40, HALL, 1200.0, marks=pytest.mark.soak)],
)
async def test_bad_lines(
    faulty: Callable[..., Server], database_url: str, people: int, weather: Weather, seconds: float
) -> None:
    server = faulty(database_url)
    trial = await prepare(server, database_url, SEED, voters=people, watchers=2)
    async with contextlib.AsyncExitStack() as stack:
        lines = [
            await stack.enter_async_context(_line(one, server.port, weather))
            for one in [*trial.voters, *trial.watchers]
        ]
        history = await trial.run(_storms(lines, seconds))
    assert violations(history) == []
    assert [one.reloads for one in [*trial.voters, *trial.watchers]] == [0] * (people + 2)
    waits = sorted(_waits(trial, lines))
    late = sum(wait > SOON for wait in waits)
    told = [cast for cast in history.casts if cast.acknowledged]
    print(
        f"{people} people, {sum(len(line.outages) for line in lines)} outages, "
        f"{sum(line.resets for line in lines)} resets: {len(history.casts)} answers sent, "
        f"{len(told)} acknowledged, 0 falsely; {len(waits)} under way as a line came back, "
        f"{len(waits) - late} of them told within {SOON:g} s, the slowest in {waits[-1]:.1f} s"
    )
    assert late <= len(waits) * 0.05


@contextlib.asynccontextmanager
async def _line(person: Person, port: int, weather: Weather) -> AsyncIterator[Line]:
    """A line of this person's own, which they dial from now on."""
    person.patience = PATIENCE
    async with Line(port, weather, random.Random(person.name)).open() as line:
        person.url = person.url.replace(f":{port}/", f":{line.port}/")
        yield line


def _storms(lines: list[Line], seconds: float) -> Callable[[Trial], Awaitable[None]]:
    """Bad weather on every line; then one person is cut off, and the control screen says so."""

    async def trouble(trial: Trial) -> None:
        await asyncio.gather(*(line.storm(seconds) for line in lines))
        for watcher in trial.watchers:  # one that hangs half-open notices by the silence
            await watcher.reach(watcher.since + 1)
        lines[0].cut()
        if seconds < SILENT:
            lines[0].reset()
        await _told_as_away(trial, trial.voters[0].name)
        lines[0].mend()

    return trouble


async def _told_as_away(trial: Trial, participant_id: str) -> None:
    """Wait until the control screen shows this person as not connected."""
    hello = {"type": "hello", "v": 1, "as": "html", "page": "control", "since": 0}
    url = f"{trial.server.url.replace('http', 'ws', 1)}/ws/workshops/{trial.workshop_id}"
    async with asyncio.timeout(40), connect(url, compression=None, proxy=None) as socket:
        await socket.send(json.dumps(hello | {"token": trial.facilitator.token}))
        while f'id="here-{participant_id}" class="away"' not in str(await socket.recv()).replace(
            '\\"', '"'
        ):
            pass


def _waits(trial: Trial, lines: list[Line]) -> list[float]:
    """For each answer under way as its line came back: seconds until it was told, or until then a
    line that stayed up long enough had still not told it."""
    return [
        min(cast.answered, until) - back
        for voter, line in zip(trial.voters, lines, strict=False)
        for cast in voter.casts
        for back, until in _times_up(line)
        if cast.answered is not None and cast.invoked < back < cast.answered
        if cast.answered < until or until - back > SOON
    ]


def _times_up(line: Line) -> Iterator[tuple[float, float]]:
    """From each return of the line to its next outage."""
    starts = [began for began, _ in line.outages[1:]]
    yield from zip((back for _, back in line.outages), [*starts, math.inf], strict=True)
