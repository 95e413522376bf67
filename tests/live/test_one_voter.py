"""One voter, many ballots at once, by POST and by socket: one live ballot, answers that agree."""

import pytest

from tests.support.one_voter import ANSWERS, OneVoter, live_rows, one_round
from tests.support.soaking import Saw
from tests.support.sockets import House

ROUNDS = (3, pytest.param(100, marks=pytest.mark.soak))
SECRECY = ("named", "secret")


@pytest.mark.parametrize("rounds", ROUNDS)
@pytest.mark.parametrize("secrecy", SECRECY)
async def test_one_live_ballot_whatever_is_sent(
    small_house: House, saw: Saw, secrecy: str, rounds: int
) -> None:
    room = await small_house.meeting()
    token = await small_house.token(room.workshop_id, room.voters[0])
    voter = OneVoter([small_house.origin], room.workshop_id, token)
    bodies = [room.rating(n) for n in range(1, 10)]
    for _ in range(rounds):
        round_id = await room.open(secrecy=secrecy)
        assert await one_round(voter, round_id, bodies, secrecy) == ANSWERS
        assert await room.db.read(live_rows, round_id, secrecy) == [1, 1]
        await room.close(round_id)
    saw(rounds, "50 identical: 1 recorded; 50 different: 1 recorded, 49 stale_revision; 1 live row")
