"""Every shape is taken as the contract writes it, and what is wrong is named by its code."""

import pytest

from app.ballots import SHAPES, BallotError, Scale, Terms, check, item_of, merge_items, parse_body

OPTIONS = ("A", "B", "C", "D")

GOOD = {
    "choice": {"choice": ["A"]},
    "approval": {"approval": ["A", "C"]},
    "motion": {"motion": "abstain"},
    "consent": {"consent": "objection", "reason": "Not in our mandate."},
    "ranking": {"ranking": [["A"], ["B", "C"]]},
    "rating": {"rating": {"A": 7, "B": None}},
    "allocation": {"allocation": {"A": 3}},
    "pair": {"pair": {"winner": "A", "loser": "B", "tie": False}},
    "best_worst": {"best_worst": {"shown": ["A", "B", "C", "D"], "best": "A", "worst": "D"}},
    "criteria": {"criteria": {"A": {"impact": 3, "cost": None}}},
    "quantiles": {"quantiles": {"A": {"0.05": 1, "0.5": 4, "0.95": 9}}},
    "judgement": {
        "judgement": {"A": {"holds": "partly", "strength": "mixed", "regions": ["West Africa"]}}
    },
    "react": {"react": {"A": "pass"}},
    "interval": {"interval": {"A": {"low": 20, "best": 35, "high": 60, "confidence": 80}}},
    "judgements": {"judgements": {"A": {"B": "4"}}},
}

BAD = [
    ({"rating": {"A": True}}, "not_a_number", "rating.A"),
    ({"rating": {"A": "5"}}, "not_a_number", "rating.A"),
    ({"rating": {"A": float("nan")}}, "not_a_number", "rating.A"),
    ({"rating": {"A": float("inf")}}, "not_a_number", "rating.A"),
    ({"rating": {"A": 10**5000}}, "not_a_number", "rating.A"),
    ({"rating": {"A": 10}}, "score_range", "rating.A"),
    ({"rating": {"A": 1.5}}, "score_range", "rating.A"),
    ({"rating": {"Z": 1}}, "unknown_option", "rating"),
    ({"rating": {"A": 1}, "role": "chair"}, "unknown_field", "role"),
    ({"rating": {"A": 1}, "reasons": {"Z": "x"}}, "unknown_option", "reasons"),
    ({"rating": {"A": 1}, "reasons": {"A": "\0"}}, "bad_characters", "reasons.A"),
    ({"rating": {"A": 1}, "reasons": {"A": "\ud800"}}, "bad_characters", "reasons.A"),
    ({"rating": {"A": 1}, "reasons": {"A": "x" * 4001}}, "too_long", "reasons.A"),
    ({"motion": "maybe"}, "unknown_answer", "motion"),
    ({"choice": ["A", "A"]}, "repeated_option", "choice"),
    ({"choice": ["A", "B"]}, "budget", "choice"),
    ({"ranking": [["A"], ["A"]]}, "rank_invalid", "ranking"),
    ({"ranking": [["A"], []]}, "rank_invalid", "ranking"),
    ({"ranking": [["A"]]}, "rank_invalid", "ranking"),
    ({"allocation": {"A": 7, "B": 4}}, "budget", "allocation"),
    ({"allocation": {"A": -1}}, "budget", "allocation.A"),
    ({"allocation": {"A": 1.5}}, "not_a_number", "allocation.A"),
    ({"pair": {"winner": "A"}}, "missing_field", "pair.loser"),
    ({"pair": {"winner": "A", "loser": "A"}}, "same_option", "pair"),
    (
        {"best_worst": {"shown": ["A", "B"], "best": "A", "worst": "C"}},
        "unknown_option",
        "best_worst",
    ),
    ({"interval": {"A": {"low": 3, "best": 2, "high": 4}}}, "interval_order", "interval.A"),
    (
        {"interval": {"A": {"low": 1, "best": 2, "high": 3, "confidence": 0}}},
        "interval_order",
        "interval.A.confidence",
    ),
    ({"quantiles": {"A": {"0.5": 4, "0.05": 4}}}, "interval_order", "quantiles.A"),
    ({"quantiles": {"A": {"1.5": 4}}}, "interval_order", "quantiles.A"),
    ({"judgements": {"A": {"B": "0.25"}}}, "not_a_number", "judgements.A.B"),
    ({"judgements": {"A": {"B": "4"}, "B": {"A": "4"}}}, "score_range", "judgements.A.B"),
    ({"criteria": {"A": {"beauty": 3}}}, "unknown_criterion", "criteria.A.beauty"),
]


def terms(shape: str) -> Terms:
    scale = Scale(min=1, max=9) if shape in ("rating", "criteria") else None
    return Terms(
        shape=shape,
        options=OPTIONS,
        scale=scale,
        budget=10,
        most=1 if shape == "choice" else None,
        complete=True,
        criteria=("impact", "cost"),
    )


def test_every_shape_has_an_example_here() -> None:
    assert set(GOOD) == set(SHAPES)


@pytest.mark.parametrize("shape", [shape for shape in GOOD if shape != "ranking"])
def test_a_good_body_comes_back_unchanged(shape: str) -> None:
    assert check(GOOD[shape], terms(shape)) == GOOD[shape]


def test_a_ranking_may_be_partial_and_tied_unless_the_round_says_otherwise() -> None:
    loose = Terms(shape="ranking", options=OPTIONS)
    assert check({"ranking": [["C", "B"], ["A"]]}, loose) == {"ranking": [["B", "C"], ["A"]]}
    with pytest.raises(BallotError, match="share rank 1"):
        check({"ranking": [["A", "B"]]}, loose.model_copy(update={"ties": False}))


@pytest.mark.parametrize(("body", "code", "field"), BAD)
def test_a_fault_is_named(body: dict[str, object], code: str, field: str) -> None:
    shape = next(key for key in body if key in SHAPES)
    with pytest.raises(BallotError) as caught:
        check(body, terms(shape))
    assert (caught.value.code, caught.value.field) == (code, field)
    assert caught.value.sentence().endswith(".")


@pytest.mark.parametrize("body", [{}, [], None, "yes", {"motion": "yes", "rating": {}}])
def test_not_exactly_one_answer(body: object) -> None:
    with pytest.raises(BallotError) as caught:
        parse_body(body)
    assert caught.value.code == "bad_shape"


def test_a_round_without_options_takes_none_and_a_motion_needs_none() -> None:
    with pytest.raises(BallotError, match="is not an option of this round"):
        check({"react": {"S1": "agree"}}, Terms(shape="react", options=()))
    said = {"motion": "yes", "reasons": {"motion": "It is time."}}
    assert check(said, Terms(shape="motion", options=())) == said


def test_an_objection_needs_a_reason_only_where_the_round_asks_for_it() -> None:
    assert check({"consent": "objection"}, Terms(shape="consent")) == {"consent": "objection"}
    with pytest.raises(BallotError) as caught:
        check({"consent": "objection"}, Terms(shape="consent", objection_needs_reason=True))
    assert caught.value.code == "reason_missing"


def test_reasons_are_kept_beside_and_are_no_part_of_the_answer() -> None:
    body = parse_body({"rating": {"A": 7}, "reasons": {"A": "Cafe\u0301"}})
    assert body.dump() == {"rating": {"A": 7}, "reasons": {"A": "Café"}}
    assert body.answer() == {"rating": {"A": 7}}


def test_no_opinion_is_an_answer_and_an_empty_body_is_blank() -> None:
    assert parse_body({"rating": {}}).blank()
    assert not parse_body({"rating": {"A": None}}).blank()
    assert parse_body({"approval": []}).blank()
    assert not parse_body({"motion": "abstain"}).blank()


def test_itemwise_bodies_name_one_item_and_join_to_one_ballot() -> None:
    assert item_of(parse_body({"react": {"A": "agree"}})) == "A"
    assert item_of(parse_body({"rating": {"A": 7, "B": 3}})) == ""
    for one in ({"winner": "B", "loser": "A"}, {"winner": "A", "loser": "B", "tie": True}):
        assert item_of(parse_body({"pair": one})) == "A B"
    few = {"shown": ["C", "A", "B"], "best": "B", "worst": "C"}
    assert item_of(parse_body({"best_worst": few})) == "A B C"
    with pytest.raises(BallotError) as caught:
        item_of(parse_body({"react": {"A": "agree", "B": "pass"}}))
    assert caught.value.code == "one_item"
    bodies = [{"react": {"A": "agree"}}, {"react": {"B": "pass"}}, {"react": {"A": "disagree"}}]
    assert merge_items(bodies) == {"react": {"A": "disagree", "B": "pass"}}
