"""Somebody sets the machine's clock two hours on or back while a round with a deadline is open."""

from datetime import UTC, datetime, timedelta

import pytest

from app import clock
from app.actions.closing import close_due, set_deadline
from app.db import Database
from app.errors import Refused
from app.policy import SYSTEM
from tests.support.meeting import Meeting, meeting

DEADLINE = 600  # seconds
STEPS = [timedelta(hours=2), timedelta(hours=-2)]


class Stepped(datetime):
    """The machine's clock, set to another time."""

    by = timedelta()

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return datetime.now(UTC) + cls.by


def step(patch: pytest.MonkeyPatch, by: timedelta) -> None:
    patch.setattr(Stepped, "by", by)
    patch.setattr(clock, "datetime", Stepped)


async def outcome_of_a_step(database: Database, patch: pytest.MonkeyPatch, by: timedelta) -> str:
    """Whether a round closes where it should after a step: open before, closed at its deadline."""
    room = await meeting(database, states=0, experts=3)
    round_id = await room.open()
    await database.change(room.workshop_id, set_deadline, room.facilitator, round_id, DEADLINE)
    first = await room.cast(room.voters[0], round_id, room.rating(5))
    step(patch, by)
    try:
        second = await room.cast(room.voters[1], round_id, room.rating(6))
    except Refused as refusal:
        return refusal.code
    assert second.recorded_at >= first.recorded_at, "a later number bears an earlier time"
    assert (await close(database, room, round_id)) == 0, "it was closed before its deadline"
    patch.setattr(clock, "_BEGAN", clock._BEGAN + timedelta(seconds=DEADLINE))  # so long passes
    with pytest.raises(Refused) as late:
        await room.cast(room.voters[2], round_id, room.rating(7))
    closed = await close(database, room, round_id)
    return late.value.code if closed else "left open"


async def close(database: Database, room: Meeting, round_id: str) -> int:
    """What every process does at a deadline; the number of the close, 0 if it is not yet time."""
    return (await database.change(room.workshop_id, close_due, SYSTEM, round_id)).number


@pytest.mark.parametrize("by", STEPS, ids=["on", "back"])
async def test_a_step_moves_no_deadline(
    database: Database, monkeypatch: pytest.MonkeyPatch, by: timedelta
) -> None:
    assert await outcome_of_a_step(database, monkeypatch, by) == "poll_closed"


async def test_a_clock_that_is_asked_each_time_would_close_it_early(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test can fail: this is what the machine's own clock does to the second ballot."""
    monkeypatch.setattr(clock, "now", lambda: Stepped.now(UTC))
    with monkeypatch.context() as patch:
        room = await meeting(database, states=0, experts=2)
        round_id = await room.open()
        await database.change(room.workshop_id, set_deadline, room.facilitator, round_id, DEADLINE)
        step(patch, STEPS[0])
        with pytest.raises(Refused) as early:
            await room.cast(room.voters[0], round_id, room.rating(5))
        assert early.value.code == "poll_closed"
