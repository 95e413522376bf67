"""Ballots in flight while a round closes: the commit order decides, on both databases."""

import asyncio
import random

import pytest
from sqlalchemy import Connection
from sqlmodel import col, select

from app.db import Database
from app.errors import Refused
from app.models import Ballot, Outcome
from tests.support.meeting import meeting
from tests.support.soaking import Saw

SEED = 20160511


@pytest.mark.parametrize(
    ("closes", "in_flight"), [(60, 12), pytest.param(300, 30, marks=pytest.mark.soak)]
)
async def test_no_ballot_is_counted_after_the_close(
    database: Database, saw: Saw, closes: int, in_flight: int
) -> None:
    """Every acknowledged ballot precedes its round's close; every refused one is not counted."""
    draw = random.Random(SEED)
    room = await meeting(database, states=0, experts=in_flight)
    late, refused = 0, 0
    for _ in range(closes):
        round_id = await room.open()
        first, rest = room.voters[: in_flight // 3], room.voters[in_flight // 3 :]
        sending = [asyncio.create_task(room.cast(v, round_id, room.rating(5))) for v in first]
        for _ in range(draw.randrange(6)):
            await asyncio.sleep(0)
        closing = asyncio.create_task(room.close(round_id))
        sending += [asyncio.create_task(room.cast(v, round_id, room.rating(6))) for v in rest]
        answers = await asyncio.gather(*sending, return_exceptions=True)
        closed_at = await closing
        refusals = [answer for answer in answers if isinstance(answer, Refused)]
        accepted = [answer for answer in answers if not isinstance(answer, BaseException)]
        assert len(refusals) + len(accepted) == in_flight
        assert {refusal.code for refusal in refusals} <= {"poll_closed"}
        late += sum(receipt.number > closed_at for receipt in accepted)
        refused += len(refusals)
        stored, counted = await database.read(_numbers, round_id)
        assert stored == sorted(receipt.number for receipt in accepted)
        assert counted == len(accepted)
    assert late == 0
    assert refused > 0, "no ballot ever met a closed door: the race was not tried"
    saw(closes, f"{closes * in_flight} ballots in flight, {refused} refused, 0 misclassified")


def _numbers(conn: Connection, round_id: str) -> tuple[list[int], int]:
    stored = conn.execute(
        select(Ballot.number).where(Ballot.round_id == round_id).order_by(col(Ballot.number))
    ).scalars()
    outcome = conn.execute(select(Outcome).where(Outcome.round_id == round_id)).one()
    return list(stored), outcome.result["turnout"]["cast"]
