"""Where rules and polls meet their limits: nobody, too many, not enough said."""

import json
from typing import Any

import pytest

from app.errors import Refused
from app.methods import METHODS, Poll, count
from app.methods.describe import describe
from app.methods.files import load_poll
from app.methods.poll import Ballot


def counted(method: str, shape: str, bodies: list[Any], **fields: Any) -> Any:
    ballots = [{"body": {shape: body}} for body in bodies]
    return count(Poll.model_validate({"method": method, "ballots": ballots, **fields}))


def refused(method: str, shape: str, bodies: list[Any], **fields: Any) -> tuple[str, str | None]:
    with pytest.raises(Refused) as caught:
        counted(method, shape, bodies, **fields)
    assert caught.value.sentence().endswith(".")
    return caught.value.code, caught.value.field


def test_nothing_to_choose_from() -> None:
    for method in METHODS:
        outcome = count(Poll(method=method, seats=2))
        assert (outcome.winners, outcome.decided) == ([], "no"), method


def test_every_method_says_what_it_takes_and_checks_one_ballot() -> None:
    assert len(METHODS) == 35
    poll = Poll(options=["A", "B"], scale={"min": 1, "max": 9})
    terms = METHODS["rating_consensus"].terms(poll)
    assert (terms.shape, terms.options) == ("rating", ("A", "B"))
    body = METHODS["rating_consensus"].validate(poll, Ballot(body={"rating": {"A": 7}}))
    assert body.dump() == {"rating": {"A": 7}}


def test_the_pair_that_no_one_can_place() -> None:
    """Two who approve of nothing seated: every committee is as good as any other."""
    assert refused("seq_phragmen", "approval", [["A"]]) == ("bad_poll", "seats")
    assert refused("equal_shares", "approval", [["A"]]) == ("bad_poll", "seats")
    assert refused("equal_shares", "approval", [["A"]], budget=5) == ("bad_poll", "costs")
    assert refused("motion", "motion", ["yes"], basis="members") == ("bad_poll", "eligible")
    assert refused("cooke", "quantiles", [{"Q": {"0.5": 1}}]) == ("bad_poll", "realisations")


def test_what_a_parameter_cannot_be() -> None:
    assert refused("approval", "approval", [["A"]], params={"most": "3"}) == (
        "not_a_number",
        "most",
    )
    body = {"Q": {"0.05": 1, "0.5": 2, "0.95": 3}}
    fields = {"params": {"overshoot": 0}, "realisations": {"Q": 2}}
    assert refused("cooke", "quantiles", [body], **fields) == ("bad_shape", "overshoot")


def test_defaults_are_those_that_a_count_uses() -> None:
    told = {method["id"]: method["params"] for method in describe()}
    for name, method in METHODS.items():
        given = {param["name"]: param["default"] for param in told[name]}
        assert given == method.params().model_dump(mode="json"), name
    assert told["cooke"][-1] == {"name": "scales", "default": {}, "type": "object"}


def test_heavy_rules_say_so_before_they_start() -> None:
    many = Poll(options=[f"R{n}" for n in range(20)], seats=10)
    said = {name: rule.heavy(many) for name, rule in METHODS.items() if rule.heavy(many)}
    assert said == {
        "kemeny": "Kemeny weighs every order of 20 options, which takes a while.",
        "pav": "There are 184,756 committees to compare.",
    }
    few = Poll(options=["A", "B", "C"], seats=2)
    assert not any(rule.heavy(few) for rule in METHODS.values())
    meek = Poll(options=[f"R{n}" for n in range(31)], params={"rule": "meek"})
    assert (
        METHODS["stv"].heavy(meek) == "Meek's method repeats its count many times for 31 options."
    )
    assert METHODS["stv"].heavy(meek.model_copy(update={"params": {}})) is None


@pytest.mark.parametrize(
    ("method", "shape", "options", "seats", "lighter"),
    [("kemeny", "ranking", 21, None, "Schulze"), ("pav", "approval", 30, 10, "seq_pav")],
)
def test_what_is_too_heavy_is_refused_with_the_lighter_rule(
    method: str, shape: str, options: int, seats: int | None, lighter: str
) -> None:
    poll = Poll(options=[f"R{n}" for n in range(options)], seats=seats)
    with pytest.raises(Refused, match=lighter) as caught:
        count(poll, method)
    assert caught.value.code == "too_heavy"
    smaller = 20 if method == "kemeny" else 22
    METHODS[method].check_size(smaller, seats)


def test_files_name_what_they_take() -> None:
    poll = load_poll(json.dumps({"options": ["1"], "names": {"1": "Ann"}}))
    outcome = count(poll, "borda")
    assert outcome.diagnostics["names"] == {"1": "Ann"}
    nameless = count(poll.model_copy(update={"names": {}}), "borda")
    assert (nameless.input_digest, "names" in nameless.diagnostics) == (outcome.input_digest, False)


def test_weights_do_not_count_in_statistics_and_it_says_so() -> None:
    ballots = [{"weight": "3", "body": {"rating": {"A": 9}}}, {"body": {"rating": {"A": 1}}}]
    outcome = count(Poll.model_validate({"method": "score", "ballots": ballots}))
    assert outcome.scores == {"A": "5"}
    assert outcome.warnings == ["This rule counts people; the weights of ballots were not used."]


def test_weights_count_in_rules() -> None:
    ballots = [{"weight": "1/2", "body": {"ranking": [["A"], ["B"]]}},
               {"weight": "1/3", "body": {"ranking": [["B"], ["A"]]}}]  # fmt: skip
    poll = Poll.model_validate({"ballots": ballots})
    assert count(poll, "borda").scores == {"A": "1/2", "B": "1/3"}
    assert count(poll, "kemeny").diagnostics["score"] == "1/2"


@pytest.mark.parametrize("broken", [{"react": [1]}, {"react": {"S1": "agree"}, "judgement": 1}])
def test_a_broken_tap_does_not_take_the_others_with_it(broken: dict[str, Any]) -> None:
    taps = [
        {"voter": "v1", "body": {"react": {"S1": "agree"}}},
        {"voter": "v1", "body": broken},
        {"body": broken},
        {"voter": "v2", "body": {"react": {"S1": "pass"}}},
        {"body": 7},
    ]
    outcome = count(Poll.model_validate({"method": "agree_disagree", "ballots": taps}))
    assert outcome.scores["S1"] in ("0", "1")
    assert outcome.turnout.invalid >= 2
    assert outcome.turnout.cast == outcome.turnout.blank + outcome.turnout.invalid + 2 - (
        outcome.scores["S1"] == "0"
    )


def test_options_are_those_named_where_none_are_listed() -> None:
    ballots = [
        {"body": {"ranking": [["B"]]}},
        {"body": {"ranking": "A"}},
        {"body": {"motion": "yes"}},
    ]
    outcome = count(Poll.model_validate({"method": "borda", "ballots": ballots}))
    assert outcome.scores == {"B": "0"}
    assert outcome.turnout.invalid == 2


def test_limits_beside_the_scale_are_warned_of() -> None:
    ballots = [{"body": {"rating": {"A": 2}}}, {"body": {"rating": {"A": 2, "B": 5}}}]
    fields = {"method": "rating_consensus", "ballots": ballots}
    outcome = count(Poll.model_validate({**fields, "scale": {"min": 1, "max": 5}}))
    assert outcome.warnings == [
        "The limits for agreement do not lie on this scale; state them for it."
    ]
    told = outcome.diagnostics["options"]
    assert (told["A"]["agreement"], told["B"]["agreement"]) == ("disagree", "neither")


def test_stars_that_cannot_be_told_apart() -> None:
    two = counted("star", "rating", [{"A": 5, "B": 3, "C": 3}, {"A": 5, "B": 3, "C": 3}])
    assert (two.winners, two.ties, two.decided) == (["A", "B", "C"], [["B", "C"]], "tie")
    three = counted("star", "rating", [{"A": 1, "B": 1, "C": 1}])
    assert three.ties == [["A", "B", "C"]]
    pair = counted("star", "rating", [{"A": 5, "B": 0}, {"A": 0, "B": 5}])
    assert (pair.winners, pair.ties) == (["A", "B"], [["A", "B"]])
    assert counted("star", "rating", [{"A": 5}]).winners == ["A"]
    by_total = counted("star", "rating", [{"A": 5, "B": 1}, {"A": 2, "B": 3}])
    assert (by_total.winners, by_total.decided) == (["A"], "yes")
    by_tops = counted("star", "rating", [{"A": 5, "B": 4, "C": 0}, {"A": 2, "B": 3, "C": 0}])
    assert by_tops.winners == ["A"]


def test_judgements_that_contradict_each_other() -> None:
    circle = {"A": {"B": "9"}, "B": {"C": "9"}, "C": {"A": "9"}}
    outcome = counted("ahp", "judgements", [circle])
    assert outcome.warnings == ["The judgements contradict each other: CR is not below 0.10."]
    assert counted("ahp", "judgements", [{"A": {"B": "2"}}]).diagnostics["cr"] == 0.0
    many = {f"o{n:02}": {f"o{n + 1:02}": 1} for n in range(10)}
    assert counted("ahp", "judgements", [many]).diagnostics["cr"] is None


def test_a_range_is_kept_within_the_scale() -> None:
    guess = {"low": 10, "best": 50, "high": 90, "confidence": 50}
    outcome = counted("idea", "interval", [{"Q": guess}], scale={"min": 0, "max": 100})
    assert outcome.diagnostics["options"]["Q"]["mean"] == {"low": 0, "best": 50, "high": 100}
    bare = counted(
        "idea", "interval", [{"Q": {"low": 1, "best": 2, "high": 3}}], options=["Q", "R"]
    )
    assert bare.diagnostics["options"]["Q"]["mean"] == {"low": 1, "best": 2, "high": 3}
    assert bare.diagnostics["options"]["R"]["n"] == 0


def test_one_quantile_fits_nothing() -> None:
    outcome = counted("linear_pool", "quantiles", [{"Q": {"0.5": 4}}])
    assert (outcome.decided, outcome.scores) == ("no", {"Q": None})


def test_impact_without_answers_or_on_the_cut_is_undecided() -> None:
    rows = [{"A": {"impact": 5, "feasibility": 9}, "B": {"impact": 9}}]
    found = counted("impact_feasibility", "criteria", rows, options=["A", "B"])
    assert {o: one["cell"] for o, one in found.diagnostics["options"].items()} == {
        "A": "undecided", "B": "undecided",
    }  # fmt: skip
    low = counted("impact_feasibility", "criteria", [{"A": {"impact": 1, "feasibility": 2}}])
    assert low.diagnostics["options"]["A"]["cell"] == "low_low"


def test_half_a_vote_halved_is_still_counted() -> None:
    """Weights are fractions as the shares of a rule are: 3/2 + 1 + 3/4 for A and B."""
    ballots = [
        {"body": {"approval": ["A", "B"]}},
        {"body": {"approval": ["A"]}},
        {"body": {"approval": ["A", "B", "C"]}, "weight": "1/2"},
    ]
    outcome = count(Poll.model_validate({"method": "pav", "seats": 2, "ballots": ballots}))
    assert (outcome.diagnostics["score"], outcome.winners) == ("13/4", ["A", "B"])


def test_no_option_fills_no_seat() -> None:
    outcome = count(Poll.model_validate({"method": "stv", "seats": 3, "params": {"quota": "hare"}}))
    assert (outcome.winners, outcome.decided) == ([], "no")
