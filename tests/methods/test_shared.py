"""Voices that several ballots share: weights are counted as fractions, turnout as voices."""

from typing import Any

from app.methods import Poll, count

HALF = "1/2"


def shared(**more: Any) -> Poll:
    ballots = [
        {"weight": HALF, "body": {"approval": ["A"]}},
        {"weight": HALF, "body": {"approval": ["A", "B"]}},
        {"body": {"approval": ["B"]}},
        {"weight": HALF, "body": {"approval": []}},
        {"weight": HALF, "body": {"approval": []}},
    ]
    asked = {"method": "approval", "options": ["A", "B"], "threshold": HALF, "eligible": 4}
    return Poll.model_validate({**asked, "ballots": ballots, **more})


def test_a_shared_voice_counts_once() -> None:
    found = count(shared(shared=True))
    assert found.scores == {"A": "1", "B": "3/2"}
    assert found.turnout.model_dump() == {"eligible": 4, "cast": 3, "blank": 1, "invalid": 0}
    assert found.winners == ["B"]


def test_without_it_every_ballot_is_a_voice_and_the_digest_says_which() -> None:
    plain = count(shared())
    assert plain.turnout.cast == 5
    assert plain.input_digest != count(shared(shared=True)).input_digest
