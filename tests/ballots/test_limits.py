"""Every limit that a round can set, met and overstepped, with the sentence that says so."""

from fractions import Fraction
from typing import Any

import pytest

from app.ballots import BallotError, Scale, Terms, check
from app.ballots.numbers import a_fraction, exact, text
from app.errors import Refused
from app.methods.files import load_poll

LIMITS: list[tuple[dict[str, Any], dict[str, Any], str, str, str]] = [
    (
        {"per_option": 3}, {"allocation": {"A": 4}}, "budget", "allocation.A",
        "You gave 4 to one option; at most 3 may be given to one.",
    ),
    (
        {"budget": 10, "spend_all": True}, {"allocation": {"A": 4}}, "budget", "allocation",
        "You spent 4 of 10. Please spend all of them.",
    ),
    (
        {"budget": 10, "squared": True}, {"allocation": {"A": 3, "B": 2}}, "budget", "allocation",
        "You spent 13 of 10. Please take some back.",
    ),
    (
        {"least": 2}, {"approval": ["A"]}, "budget", "approval",
        "You picked 1; please pick at least 2.",
    ),
    (
        {"most": 2}, {"approval": ["A", "B", "C"]}, "budget", "approval",
        "You picked 3; at most 2 may be picked.",
    ),
    (
        {"scale": Scale(min=0, max=50)},
        {"interval": {"A": {"low": 1, "best": 2, "high": 60}}}, "score_range", "interval.A",
        "The answer lies between 0 and 50.",
    ),
    (
        {"scale": Scale(min=0, max=1, step=0.5)}, {"rating": {"A": 0.25}}, "score_range",
        "rating.A", "1/4 is not on the scale from 0 to 1 in steps of 1/2.",
    ),
    (
        {}, {"interval": {"A": {"low": 1, "best": 2, "high": 3, "confidence": 101}}},
        "interval_order", "interval.A.confidence",
        "Confidence lies above 0 and at most at 100 percent.",
    ),
    (
        {}, {"judgements": {"A": {"B": 0}}}, "score_range", "judgements.A.B",
        "A ratio has to be above zero.",
    ),
    (
        {}, {"judgements": {"A": {"A": 2}}}, "score_range", "judgements.A.A",
        "“A” and “A” are compared twice, and differently.",
    ),
    (
        {}, {"best_worst": {"shown": ["A", "A"], "best": "A", "worst": "B"}}, "repeated_option",
        "best_worst.shown", "An option is shown twice in one set.",
    ),
    (
        {}, {"best_worst": {"shown": ["A", "B"], "best": "A", "worst": "A"}}, "same_option",
        "best_worst", "Best and worst have to be two options.",
    ),
    (
        {"complete": True}, {"ranking": [["A"], ["B", "C"]]}, "rank_invalid", "ranking",
        "“D” is not ranked yet; all are to be ranked here.",
    ),
    ({}, {"rating": {"A": 1}, "reasons": {"A": 1}}, "not_text", "reasons.A",
     "Please write this as text."),
    ({}, {"rating": [1]}, "bad_shape", "rating", "“rating” does not have the form of an answer."),
    ({}, {"quantiles": {"A": {"0.0": 1}}}, "interval_order", "quantiles.A",
     "“0.0” is not a probability between 0 and 1."),
    (
        {"least_confidence": 50},
        {"interval": {"A": {"low": 1, "best": 2, "high": 3, "confidence": 40}}},
        "interval_order", "interval.A.confidence",
        "Below 50 percent the range is too narrow to tell: please widen it.",
    ),
    (
        {"asks_confidence": True}, {"interval": {"A": {"low": 1, "best": 2, "high": 3}}},
        "interval_order", "interval.A.confidence",
        "Please say how sure you are that the answer lies in your range.",
    ),
    (
        {"probabilities": ("0.25", "0.75")}, {"quantiles": {"A": {"0.25": 1}}},
        "interval_order", "quantiles.A",
        "Please give a value at each of these probabilities: 0.25, 0.75.",
    ),
    (
        {"scale": Scale(min=0, max=50)}, {"quantiles": {"A": {"0.5": 51}}}, "score_range",
        "quantiles.A", "The answer lies between 0 and 50.",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("limits", "body", "code", "field", "sentence"), LIMITS)
def test_a_limit_overstepped(
    limits: dict[str, Any], body: dict[str, Any], code: str, field: str, sentence: str
) -> None:
    terms = Terms(shape=next(iter(body)), options=tuple("ABCD"), **limits)
    with pytest.raises(BallotError) as caught:
        check(body, terms)
    fault = caught.value
    assert (fault.code, fault.field, fault.sentence()) == (code, field, sentence)


@pytest.mark.parametrize(
    ("limits", "body"),
    [
        ({"per_option": 3}, {"allocation": {"A": 3}}),
        ({"budget": 10, "spend_all": True}, {"allocation": {"A": 4, "B": 6}}),
        ({"budget": 10, "spend_all": True}, {"allocation": {}}),
        ({"budget": 61, "squared": True, "negative": True}, {"allocation": {"A": 6, "B": -5}}),
        ({"least": 2, "most": 2}, {"approval": ["A", "B"]}),
        ({"least": 2}, {"approval": []}),
        ({"complete": True}, {"ranking": [["B"], ["A", "C"], ["D"]]}),
        ({"complete": True}, {"ranking": []}),
        ({"scale": Scale(min=0.1, max=0.7, step=0.2)}, {"rating": {"A": 0.3, "B": None}}),
        ({"scale": Scale(min=1, max=3)}, {"interval": {"A": {"low": 1, "best": 2, "high": 3}}}),
        ({}, {"judgements": {"A": {"B": "4"}, "B": {"A": "1/4", "B": "1"}}}),
        ({}, {"quantiles": {"A": {"0.05": 1, ".5": 4}}}),
    ],
)
def test_a_limit_just_met(limits: dict[str, Any], body: dict[str, Any]) -> None:
    terms = Terms(shape=next(iter(body)), options=tuple("ABCD"), **limits)
    assert check(body, terms) == body


def test_a_ballot_of_another_shape_is_told_which_one_is_taken() -> None:
    with pytest.raises(BallotError) as caught:
        check({"motion": "yes"}, Terms(shape="rating"))
    assert caught.value.sentence() == (
        "This round takes ballots of the shape “rating”, not “motion”."
    )


def test_options_shown_and_tied_come_back_in_canonical_order() -> None:
    shown = {"shown": ["C", "A", "B"], "best": "C", "worst": "A"}
    found = check({"best_worst": shown}, Terms(shape="best_worst"))
    assert found["best_worst"]["shown"] == ["A", "B", "C"]
    pair = {"winner": "B", "loser": "A", "tie": True}
    assert check({"pair": pair}, Terms(shape="pair"))["pair"] == {
        "winner": "A", "loser": "B", "tie": True,
    }  # fmt: skip


@pytest.mark.parametrize("value", [Fraction(2, 3), "2/3"])
def test_a_fraction_is_what_it_says(value: Any) -> None:
    assert a_fraction(value) == Fraction(2, 3)


@pytest.mark.parametrize("value", [0.5, "0.5", "1/0", "", "x", True, None, "1/2/3", "9" * 17])
def test_no_fraction(value: Any) -> None:
    with pytest.raises(BallotError) as caught:
        a_fraction(value)
    assert caught.value.code == "not_a_number"


def test_whole_numbers_and_decimals_are_taken_as_typed() -> None:
    assert (a_fraction(3), a_fraction("-3")) == (Fraction(3), Fraction(-3))
    assert (exact(0.1), text(0.1), text(Fraction(6, 4))) == (Fraction(1, 10), "1/10", "3/2")


@pytest.mark.parametrize(
    ("text", "code", "field"),
    [
        ('{"rating": {"A": NaN}}', "not_a_number", None),
        ('{"rating": {"A": Infinity}}', "not_a_number", None),
        ('{"rating": {"A": -Infinity}}', "not_a_number", None),
        ('{"rating": {"A": 1, "A": 2}}', "duplicate_key", None),
        ('{"options": ["A"], "options": ["B"]}', "duplicate_key", None),
        ('{"seats": "2"}', "not_a_number", "seats"),
        ('{"seats": 0}', "bad_shape", "seats"),
        ('{"threshold": "4/3"}', "score_range", "threshold"),
        ('{"threshold": 0}', "score_range", "threshold"),
        ('{"ballots": [{"voter": "v", "count": 2, "body": {}}]}', "bad_poll", None),
        ('{"ballots": [{"role": "chair", "body": {}}]}', "unknown_field", "ballots.0.role"),
        ('{"ballots": [{"weight": "-1", "body": {}}]}', "bad_shape", "ballots.0.weight"),
        ('{"scale": {"min": 1, "max": 9, "low": "no"}}', "unknown_field", "scale.low"),
    ],
)
def test_a_poll_that_means_nothing(text: str, code: str, field: str | None) -> None:
    with pytest.raises(Refused) as caught:
        load_poll(text)
    assert caught.value.code == code
    if field:
        assert caught.value.field == field
