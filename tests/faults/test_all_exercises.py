"""A whole meeting behind bad lines, exercise after exercise: every answer is recorded once, nobody
is told so falsely or has to reload, and the facilitator is told who is cut off before closing."""

import asyncio
import contextlib
import math
import time
from collections.abc import Callable, Iterator

import pytest

from tests.faults.history import Cast
from tests.faults.long_meeting import LongMeeting, gathered
from tests.faults.proxy import Line, Weather
from tests.support.servers import Server

SEED = 20160511
SHORT = Weather(delay=0.02, resets=20, calm=(0.5, 2.0), outage=(0.2, 0.8), half_open=0.0)
HALL = Weather(delay=0.4, resets=0.03, calm=(20, 90), outage=(5, 60))
EXERCISES = 10  # that take their time; clustering happens in between
SOON = 3.0  # an answer that was under way is told within this, once the line is back
MISSED = 25.0  # seconds after which the server misses somebody by itself


@pytest.mark.parametrize(
    "database_url",
    ["sqlite", pytest.param("postgresql", marks=[pytest.mark.postgres, pytest.mark.soak])],
    indirect=True,
)
@pytest.mark.parametrize(
    ("people", "weather", "seconds", "pace"),
    [
        (6, SHORT, 5.0, (0.1, 0.3)),
        pytest.param(40, HALL, 1200.0, (2.0, 8.0), marks=pytest.mark.soak),
    ],
)
async def test_all_exercises(
    faulty: Callable[..., Server], database_url: str, people: int, weather: Weather,
    seconds: float, pace: tuple[float, float],
) -> None:  # fmt: skip
    server = faulty(database_url)
    async with contextlib.AsyncExitStack() as stack:
        meeting = await stack.enter_async_context(gathered(server, database_url, people, pace))
        lines = [
            await stack.enter_async_context(Line(server.port, weather, one.draw).open())
            for one in meeting.guests
        ]
        for guest, line in zip(meeting.guests, lines, strict=True):
            guest.url = guest.url.replace(f":{server.port}/", f":{line.port}/")
        cut_off = CutOff(lines)
        await stack.enter_async_context(meeting.everybody())
        storms = asyncio.gather(*(line.storm(seconds) for line in lines))
        await meeting.hold(seconds / EXERCISES, cut_off.look)
        await storms
        await asyncio.gather(*(guest.told_all() for guest in meeting.guests))
        head = (await meeting.run.get(meeting.at))["seq"]
        await asyncio.gather(*(watcher.reach(head) for watcher in meeting.watchers))
        assert await meeting.broken_promises() == []
    casts = [cast for one in meeting.guests for some in one.casts.values() for cast in some]
    assert [one.reloads for one in [*meeting.guests, *meeting.watchers]] == [0] * (people + 2)
    assert {cast.refused for cast in casts} <= {None, "poll_closed", "stale_revision"}
    waits = sorted(_waits(meeting, lines))
    late = sum(wait > SOON for wait in waits)
    told = sum(cast.acknowledged for cast in casts)
    print(
        f"{people} people, {len(meeting.asked)} rounds, {sum(len(line.outages) for line in lines)} "
        f"outages, {sum(line.resets for line in lines)} resets: {len(casts)} answers and proposals "
        f"sent, {told} acknowledged, 0 falsely, {len(casts) - told} told that they came too late; "
        f"{len(meeting.flags)} flags and {len(meeting.cells)} rows, each once; {len(waits)} under "
        f"way as a line came back, {len(waits) - late} told within {SOON:g} s, the slowest in "
        f"{waits[-1]:.1f} s; {cut_off.shown} times somebody was long cut off before a "
        f"close, each shown, "
        f"{cut_off.named} warned of beside the button; no reload"
    )
    assert late <= len(waits) * 0.05


class CutOff:
    """Who is cut off as a round is about to close, and whether the control screen says so."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.shown = 0
        self.named = 0

    async def look(self, meeting: LongMeeting) -> None:
        """Everybody whose line has long been dead is shown as such before the close."""
        now = time.monotonic()
        for guest, line in zip(meeting.guests, self.lines, strict=True):
            if not line.up.is_set() and now - line.outages[-1][0] > MISSED:
                assert f'id="here-{guest.name}" class="away"' in meeting.present
                self.shown += 1
        self.named += meeting.cut_off.count("<bdi>")


def _waits(meeting: LongMeeting, lines: list[Line]) -> list[float]:
    """For each answer under way as its line came back: seconds until it was told, or until then a
    line that stayed up long enough had still not told it."""
    return [
        min(cast.answered, until) - back
        for guest, line in zip(meeting.guests, lines, strict=True)
        for cast in _casts(guest.casts)
        for back, until in _times_up(line)
        if cast.answered is not None and cast.invoked < back < cast.answered
        if cast.answered < until or until - back > SOON
    ]


def _casts(casts: dict[str, list[Cast]]) -> Iterator[Cast]:
    for some in casts.values():
        yield from some


def _times_up(line: Line) -> Iterator[tuple[float, float]]:
    """From each return of the line to its next outage."""
    starts = [began for began, _ in line.outages[1:]]
    yield from zip((back for _, back in line.outages), [*starts, math.inf], strict=True)
