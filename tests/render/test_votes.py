"""The outcome of every rule that a vote can have is drawn, whatever its family."""

import re
from types import SimpleNamespace
from typing import Any

import pytest

from app.activities.conditions import conditions_of
from app.activities.rules import rules_by_shape
from app.activities.sentences import rule_of
from app.activities.vote import EXERCISE
from app.methods import METHODS, Poll, count
from app.models import Round
from app.queries.before_the_room import work_out
from app.queries.families import family_of
from app.queries.results import Results, answers_of, in_order
from app.queries.rounds import OptionView
from app.render.pages import page

TEXTS = {"a": "Night posts", "b": "Radio sets", "c": "Ranger schools"}
BODIES: dict[str, list[Any]] = {
    "choice": [["a"], ["a"], ["b"]],
    "approval": [["a", "b"], ["a"], ["c"]],
    "consent": ["consent", "consent", "stand_aside"],
    "motion": ["yes", "yes", "abstain"],
    "allocation": [{"a": 2, "b": -1}, {"a": 1}, {"c": 1}],
    "rating": [{"a": 3, "b": 2, "c": None}, {"a": 4, "b": 1}, {"a": 5, "c": 1}],
    "ranking": [[["a"], ["b"], ["c"]], [["b"], ["c"]], [["c"], ["a", "b"]]],
}


def outcome_of(method: str, **more: Any) -> str:
    """The outcome panel of a small poll, as Control shows it."""
    shape = METHODS[method].shape
    terms: dict[str, Any] = {"params": {"negative": True} if method == "quadratic" else {}, **more}
    scale = {"min": 1, "max": 5} if shape == "rating" else None
    ballots = [{"body": {shape: body}} for body in BODIES[shape]]
    poll = Poll.model_validate(
        {"method": method, "options": list(TEXTS), "seats": 2, "budget": 9, "scale": scale,
         "eligible": 4, "costs": dict.fromkeys(TEXTS, 3), "ballots": ballots, **terms}
    )  # fmt: skip
    round_ = Round(
        id="r", workshop_id="w", activity_id="a", n=1, question="?", shape=shape, method=method,
        params=terms["params"], threshold=None,
        keep=2, tie="stop", apart=False, secrecy="named", results="always", status="closed",
        scale={"min": 1, "max": 5, "step": 1}, published_participants=True,
    )  # fmt: skip
    counts: dict[str, Any] = {}
    for ballot in ballots:
        for option, value in answers_of(ballot["body"]):
            counted = counts.setdefault(option, {}).setdefault("all", {})
            counted[value] = counted.get(value, 0) + 1
    result = count(poll).model_dump(mode="json")
    options = [OptionView(id_, text, "text", None, None) for id_, text in TEXTS.items()]
    recorded = SimpleNamespace(id="o", n=1, number=9, result=result, tie_break_of=None)
    found = Results(round_, recorded, [], in_order(result, options, counts))
    context: dict[str, Any] = {
        "results": found, "discussing": False, "weighs": False,
        "poll": poll if shape == "ranking" else None,
    }  # fmt: skip
    return page(
        "regions/_results.html", **context, **work_out(context), view="control", reveal=True,
        tie=None, focus=None, reasons=[], satisfaction=[], rule=rule_of(round_),
        conditions=conditions_of(round_), step=None,
    )  # fmt: skip


@pytest.mark.parametrize("method", EXERCISE.methods)
def test_every_rule_s_outcome_is_drawn(method: str) -> None:
    drawn = outcome_of(method)
    family = family_of(method, METHODS[method].shape)
    expected = ["Carried"] if family == "motion" else list(TEXTS.values())
    assert [words for words in expected if words not in drawn] == []


def test_a_motion_without_its_quorum_is_not_called_carried() -> None:
    drawn = outcome_of("motion", quorum="1")
    assert ("Not decided" in drawn, "Carried<" in drawn) == (True, False)


def test_how_a_ranking_was_counted_is_told_by_rounds_or_by_pairs() -> None:
    assert "The count in" in outcome_of("irv")
    assert "Each option against each other" in outcome_of("schulze")


def test_every_rule_is_offered_once_with_a_sentence_of_its_own() -> None:
    rules = [rule for some in rules_by_shape().values() for rule in some]
    assert sorted(rule.id for rule in rules) == sorted(EXERCISE.methods)
    assert len({rule.sentence for rule in rules}) == len(rules)
    assert {one.kind for rule in rules for one in rule.fields} == {"number", "flag", "choice"}


def test_a_consent_says_how_many_said_what() -> None:
    said = re.findall(r"<dt>([^<]+)</dt><dd class=\"num\">(\d)</dd>", outcome_of("consent"))
    assert said == [
        ("Consent", "2"), ("With a reservation", "0"), ("Stand aside", "1"), ("Object", "0"),
        ("Position reserved", "0"),
    ]  # fmt: skip
