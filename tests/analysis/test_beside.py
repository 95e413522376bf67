"""What stands beside an outcome: certainty, the robust core, one region left out, sentences."""

from typing import Any

from app.analysis.beside import beside
from app.methods import Poll

SCALE = {"min": 1, "max": 9, "step": 1}


def rated(region: str, n: int, **values: int) -> dict[str, Any]:
    return {"count": n, "groups": {"region": region}, "body": {"rating": values}}


def poll(*ballots: dict[str, Any], **more: Any) -> Poll:
    whole = {"method": "rating_consensus", "options": list("ABCD"), "scale": SCALE, **more}
    return Poll.model_validate({**whole, "eligible": 20, "ballots": ballots})


CLEAR = poll(
    rated("West", 6, A=9, B=8, C=7, D=1), rated("East", 6, A=9, B=8, C=7, D=2), rated("Islands", 1)
)


def test_a_clear_order_is_certain_and_rests_on_no_region() -> None:
    found = beside(CLEAR)
    assert found.top == 3
    assert found.certainty is not None
    assert found.certainty["options"]["D"] == {"rank_low": 4, "rank_high": 4, "in_top": 0.0}
    assert (found.robust, found.contested, found.settled) == (["A", "B", "C"], [], True)
    assert "rating_consensus" in found.methods
    assert list(found.without) == ["East", "West"]
    assert found.too_small == 1  # not named
    assert [one.text() for one in found.sentences({})] == [
        f"The meeting jointly concluded: {option}." for option in "ABC"
    ]


def test_an_objection_that_stands_weakens_the_sentence_of_its_option_alone() -> None:
    texts = [one.text() for one in beside(CLEAR).sentences({"B": 2})]
    assert texts[1] == "No conclusion on B: open objections stand against it (2)."
    assert texts[0].startswith("The meeting jointly concluded")


def test_what_a_region_carried_is_told() -> None:
    found = beside(
        poll(rated("West", 5, A=9, B=8, C=7, D=1), rated("East", 8, A=9, B=2, C=7, D=8), seats=1)
    )
    assert found.settled
    turned = beside(
        poll(rated("West", 7, A=9, B=2, C=1, D=1), rated("East", 5, A=1, B=9, C=8, D=8), seats=1)
    )
    assert not turned.settled
    assert turned.without["West"]["entered"] == ["B"]
    assert turned.without["West"]["left"] == ["A"]


def test_one_option_has_no_order_and_a_motion_no_map() -> None:
    motion = {"method": "motion", "options": [], "ballots": [{"body": {"motion": "yes"}}]}
    found = beside(Poll.model_validate({**motion, "threshold": "simple", "eligible": 1}))
    assert (found.certainty, found.methods, found.without) == (None, [], {})
    assert found.said[0].text() == "The meeting jointly concluded: the text put to the room."
    judged = {"judgement": {"E": {"holds": "yes"}}}
    evidence = {"method": "evidence_judgement", "options": ["E"], "ballots": [{"body": judged}]}
    assert beside(Poll.model_validate(evidence)).said == []


def test_reactions_bring_their_map() -> None:
    ballots = [{"body": {"react": {"A": "agree", "B": "pass"}}}]
    reacted = {"method": "agree_disagree", "options": ["A", "B"], "ballots": ballots}
    assert beside(Poll.model_validate(reacted)).opinions is not None
