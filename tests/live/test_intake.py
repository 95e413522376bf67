"""How those are answered whose ballots one transaction recorded."""

import asyncio

from app import clock
from app.actions.voices import Answer, Cast, Receipt
from app.db import Key
from app.live.intake import IN_ONE_GO, _answer, _Waiting
from app.policy import Actor


def waiting() -> _Waiting:
    ballot = Cast(Actor(), Key.fresh(), "round", 1, {})
    return _Waiting(ballot, asyncio.get_running_loop().create_future())


def receipts(number: int) -> list[Answer]:
    return [Receipt("round", n, 1, clock.now()) for n in range(number)]


async def test_others_have_their_turn_between_the_answers() -> None:
    """Whoever waits for the database waits for a few answers, not for a hall's."""
    batch = [waiting() for _ in range(2 * IN_ONE_GO + 1)]
    answering = asyncio.create_task(_answer(batch, receipts(len(batch))))
    seen = []
    while not answering.done():
        await asyncio.sleep(0)
        seen.append(sum(one.answer.done() for one in batch))
    assert seen == [IN_ONE_GO, 2 * IN_ONE_GO, len(batch)]


async def test_each_gets_the_answer_to_its_own_ballot_though_one_hung_up() -> None:
    batch = [waiting() for _ in range(3)]
    batch[1].answer.cancel()
    answers = receipts(3)
    await _answer(batch, answers)
    assert [batch[0].answer.result(), batch[2].answer.result()] == [answers[0], answers[2]]
