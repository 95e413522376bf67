"""What holds whatever the rule: turnout, quorum, invalid ballots, parameters, the digest."""

from typing import Any

import pytest

from app.errors import Refused
from app.methods import METHODS, Poll, count
from app.methods.files import describe, load_poll

RANKED: dict[str, Any] = {
    "method": "schulze",
    "options": ["A", "B", "C"],
    "ballots": [
        {"count": 2, "body": {"ranking": [["A"], ["B", "C"]]}},
        {"count": 1, "body": {"ranking": [["B"]]}},
    ],
}


def poll(**fields: Any) -> Poll:
    return Poll.model_validate({**RANKED, **fields})


def test_turnout_tells_answered_blank_and_invalid_apart() -> None:
    bodies: list[dict[str, Any]] = [
        {"ranking": [["A"]]}, {"ranking": []}, {"ranking": [["A"], ["A"]]}, {"ranking": [["X"]]},
    ]  # fmt: skip
    outcome = count(poll(eligible=9, ballots=[{"body": body} for body in bodies]))
    assert outcome.turnout.model_dump() == {"eligible": 9, "cast": 4, "blank": 1, "invalid": 2}
    assert [(one["row"], one["code"]) for one in outcome.diagnostics["invalid"]] == [
        (3, "rank_invalid"),
        (4, "unknown_option"),
    ]


def test_nothing_is_decided_by_nobody() -> None:
    for method in METHODS.values():
        outcome = count(Poll(options=["A", "B"], eligible=9, seats=1), method.id)
        assert (outcome.winners, outcome.decided) == ([], "no"), method.id


def test_below_the_quorum_nobody_wins_and_the_scores_stay() -> None:
    below = count(poll(eligible=7, quorum="1/2"))
    assert (below.winners, below.decided) == ([], "no_quorum")
    assert below.diagnostics["quorum_met"] is False
    assert below.scores == {"A": "2", "B": "1", "C": "0"}
    assert count(poll(eligible=6, quorum="1/2")).winners == ["A"]


def test_the_digest_does_not_know_in_which_order_or_grouping_ballots_came() -> None:
    apart = [
        {"body": {"ranking": [["B"]]}},
        {"body": {"ranking": [["A"], ["C", "B"]]}, "groups": {"region": "Africa"}},
        {"body": {"ranking": [["A"], ["B", "C"]], "reasons": {"A": "Urgent."}}},
    ]
    assert count(poll(ballots=apart)).input_digest == count(poll()).input_digest


@pytest.mark.parametrize(
    "change",
    [
        {"params": {"strength": "margins"}},
        {"seats": 2},
        {"eligible": 29},
        {"options": ["A", "B", "C", "D"]},
        {"ballots": RANKED["ballots"][:1]},
    ],
)
def test_the_digest_changes_with_whatever_the_rule_may_read(change: dict[str, Any]) -> None:
    assert count(poll(**change)).input_digest != count(poll()).input_digest


def test_a_default_written_out_is_the_same_poll() -> None:
    written = poll(params={"strength": "winning_votes", "unranked": "last"})
    assert count(written).input_digest == count(poll()).input_digest


def test_another_rule_drops_parameters_that_are_not_its_own_and_says_so() -> None:
    outcome = count(poll(params={"strength": "margins"}), "borda")
    assert outcome.warnings == ["The parameter “strength” means nothing to borda."]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"method": "tombola"}, "unknown_method"),
        ({"method": None}, "unknown_method"),
        ({"method": "approval"}, "wrong_shape"),
        ({"params": {"strenght": "margins"}}, "unknown_field"),
        ({"params": {"strength": "luck"}}, "unknown_answer"),
    ],
)
def test_a_rule_that_does_not_fit_is_refused_with_a_sentence(
    change: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as caught:
        count(poll(**change))
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "bad_json"),
        ("[1]", "bad_poll"),
        ('{"options": [], "options": []}', "duplicate_key"),
        ('{"realisations": {"Q": NaN}}', "not_a_number"),
        ('{"threshold": "0.6667"}', "not_a_number"),
        ('{"quorum": "1/2"}', "bad_poll"),
        ('{"options": ["A", "A"]}', "bad_poll"),
        ('{"options": ["\\ud800"]}', "bad_characters"),
        ('{"colour": "red"}', "unknown_field"),
        ('{"eligible": true}', "not_a_number"),
        ("[" * 100_000, "bad_json"),
    ],
)
def test_a_poll_file_that_cannot_be_read(text: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        load_poll(text)
    assert caught.value.code == code
    assert caught.value.sentence()


def test_a_voter_counts_once_and_items_of_one_voter_are_one_ballot() -> None:
    twice = [{"voter": "v1", "body": {"ranking": [["A"]]}}] * 2
    assert count(poll(ballots=twice)).diagnostics["invalid"][0]["code"] == "already_voted"
    taps = [
        {"voter": "v1", "body": {"react": {"S1": "agree"}}},
        {"voter": "v1", "body": {"react": {"S2": "pass"}}},
        {"voter": "v2", "body": {"react": {"S1": "disagree"}}},
    ]
    outcome = count(Poll.model_validate({"method": "agree_disagree", "ballots": taps}))
    assert outcome.turnout.cast == 2
    assert outcome.diagnostics["options"]["S1"]["share"] == "1/2"


def test_seats_never_cut_through_a_tie() -> None:
    outcome = count(poll(seats=2, ballots=[{"body": {"ranking": [["A"], ["B", "C"]]}}]))
    assert (outcome.winners, outcome.ties, outcome.decided) == (["A"], [["B", "C"]], "tie")


# Whose count of the same ballots has changed since they were first released.
COUNTED_ANEW = {"bradley_terry": "2", "best_worst": "2"}


def test_every_method_describes_itself() -> None:
    for one in describe():
        assert one["reference"]
        assert one["version"] == COUNTED_ANEW.get(one["id"], "1")
        for parameter in one["params"]:
            assert "default" in parameter
            assert "allowed" in parameter or parameter["type"]


@pytest.mark.parametrize("method", ["score", "rating_consensus"])
def test_what_nobody_rated_is_not_kept(method: str) -> None:
    ballots = [{"body": {"rating": {"A": 8, "B": None}}}]
    outcome = count(
        Poll.model_validate(
            {"method": method, "options": ["A", "B", "C"], "seats": 2, "ballots": ballots}
        )
    )
    assert outcome.winners == ["A"]
    assert outcome.scores == {"A": "8", "B": None, "C": None}


def test_the_poll_of_the_contract() -> None:
    text = """{"method": "schulze", "params": {}, "options": ["A", "B", "C"], "seats": 1,
     "scale": {"min": 1, "max": 9, "step": 1},
     "criteria": [{"id": "impact", "weight": "2", "direction": "up"}],
     "budget": 10, "eligible": 29, "quorum": "1/2", "threshold": "2/3", "basis": "valid",
     "ballots": [{"count": 42, "weight": "1", "groups": {"region": "West Africa"},
                  "body": {"ranking": [["A"], ["B", "C"]]}}]}"""
    outcome = count(load_poll(text))
    assert (outcome.winners, outcome.ranking) == (["A"], [["A"], ["B", "C"]])
    assert outcome.ties == []
    assert outcome.warnings == ["More ballots were cast than there are eligible."]
