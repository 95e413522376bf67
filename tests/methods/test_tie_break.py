"""A tie is broken by a step of its own, named and told; the first outcome stays as it was."""

import hashlib
from typing import Any

import pytest

from app.errors import Refused
from app.methods import Outcome, Poll, count
from app.methods.tie_break import by_chair, by_earlier_stage, by_lot, by_runoff

TIED = [["A", "B"], ["A", "C"], ["A", "D"], ["D", "B", "C"]]


def approval(bodies: list[list[str]] = TIED, seats: int | None = 2) -> Outcome:
    """A 3, then B, C and D with 2 each: two seats leave one for three."""
    ballots = [{"body": {"approval": names}} for names in bodies]
    poll = {"method": "approval", "options": list("ABCD"), "seats": seats, "ballots": ballots}
    return count(Poll.model_validate(poll))


def test_the_rule_itself_draws_nothing() -> None:
    outcome = approval()
    assert (outcome.winners, outcome.ties, outcome.decided) == (["A"], [["B", "C", "D"]], "tie")


def test_the_chair_decides() -> None:
    first = approval()
    second = by_chair(first, 2, ["C"])
    assert (second.winners, second.ties, second.decided) == (["A", "C"], [], "yes")
    assert second.ranking == [["A"], ["C"], ["B", "D"]]
    assert second.trace[-2:] == ["The chair decides: C.", "In: A, C."]
    assert second.diagnostics["tie_break"] == {
        "how": "chair",
        "tied": ["B", "C", "D"],
        "order": [["C"], ["B", "D"]],
        "of": first.input_digest,
    }
    assert first.winners == ["A"]


@pytest.mark.parametrize("chosen", [["A"], ["B", "C"], [], ["B", "B"]])
def test_the_chair_names_as_many_of_the_tied_as_there_are_seats(chosen: list[str]) -> None:
    with pytest.raises(Refused, match="Please name 1 of those tied: B, C, D") as caught:
        by_chair(approval(), 2, chosen)
    assert (caught.value.code, caught.value.field) == ("not_tied", "chosen")


def test_a_run_off_decides_as_far_as_it_does() -> None:
    clear = by_runoff(approval(), 2, approval([["D"], ["D"], ["B"]], 1))
    assert (clear.winners, clear.decided) == (["A", "D"], "yes")
    assert clear.ranking == [["A"], ["D"], ["B"], ["C"]]
    again = by_runoff(approval(), 2, approval([["D"], ["B"]], 1))
    assert (again.winners, again.ties, again.decided) == (["A"], [["B", "D"]], "tie")
    assert again.trace[-1] == "Still tied: B, D."


def test_an_earlier_stage_decides_and_is_named_by_its_digest() -> None:
    earlier = approval([["B"], ["B", "C"]], 1)
    second = by_earlier_stage(approval(), 2, earlier)
    assert second.winners == ["A", "B"]
    assert second.diagnostics["tie_break"]["digest"] == earlier.input_digest
    assert second.trace[-2] == "The earlier stage (approval) ranks those tied: B > C > D."


def test_a_lot_is_drawn_again_by_whoever_knows_the_seed() -> None:
    first = approval()

    def ticket(option: str) -> str:
        text = f"Bangkok, day 3\n{first.input_digest}\n{option}"
        return hashlib.sha256(text.encode()).hexdigest()

    expected = sorted("BCD", key=ticket)
    second = by_lot(first, 2, "Bangkok, day 3")
    assert second.winners == ["A", expected[0]]
    assert second.ranking == [["A"], *([option] for option in expected)]
    assert second.diagnostics["tie_break"]["seed"] == "Bangkok, day 3"
    assert by_lot(first, 2, "Bangkok, day 3") == second
    with pytest.raises(Refused, match="seed"):
        by_lot(first, 2, "  ")


def test_other_seeds_draw_others() -> None:
    assert {by_lot(approval(), 2, str(n)).winners[1] for n in range(40)} == {"B", "C", "D"}


def test_a_tie_for_the_first_place_and_a_circle_can_be_broken() -> None:
    for bodies in (["AB", "BA"], ["ABC", "BCA", "CAB"]):
        ballots: list[dict[str, Any]] = [
            {"body": {"ranking": [[option] for option in body]}} for body in bodies
        ]
        outcome = count(Poll.model_validate({"method": "schulze", "ballots": ballots}))
        assert outcome.decided in ("tie", "cycle")
        assert by_chair(outcome, None, ["B"]).winners == ["B"]


def test_what_is_decided_holds_no_tie() -> None:
    with pytest.raises(Refused) as caught:
        by_lot(approval(seats=1), 1, "seed")
    assert caught.value.code == "no_tie"


def test_what_no_quorum_decided_is_not_tied() -> None:
    poll = {"eligible": 9, "quorum": "1/2", "ballots": [{"body": {"choice": [o]}} for o in "AB"]}
    outcome = count(Poll.model_validate({"method": "plurality", **poll}))
    assert (outcome.decided, outcome.ties) == ("no_quorum", [["A", "B"]])
    with pytest.raises(Refused) as refused:
        by_chair(outcome, 1, ["A"])
    assert refused.value.code == "no_tie"
