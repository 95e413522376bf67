"""The sentence is strong only where every ground holds; each ground with what makes it fail."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.analysis import analyse
from app.analysis.grounds import NAMES, Ground, grounds_of
from app.analysis.sentence import STRONG, WEAKER, conclude, sentences
from app.methods import Poll, count

FIGURES: dict[str, dict[str, Any]] = {
    "objections": {"open": "1"},
    "threshold": {"method": "schulze", "won": False},
}


@pytest.mark.parametrize("held", list(product([True, False, None], repeat=5)))
def test_no_failing_or_missing_ground_yields_the_strong_sentence(held: tuple[Any, ...]) -> None:
    grounds = [
        Ground(name, holds, FIGURES.get(name, {}))
        for name, holds in zip(NAMES, held, strict=True)
        if holds is not None
    ]
    found = conclude("A", grounds, "digest")
    assert found.strong == all(held)
    assert found.text().startswith("The meeting jointly concluded") == all(held)
    assert found.grounds == grounds


def ranking(text: str, n: int, region: str) -> dict[str, Any]:
    body = {"ranking": [[o] for o in text]}
    return {"count": n, "groups": {"region": region}, "body": body}


CLEAR: dict[str, Any] = {
    "method": "schulze",
    "options": list("ABC"),
    "eligible": 12,
    "quorum": "1/2",
    "ballots": [ranking("ABC", 5, "West"), ranking("ACB", 5, "East")],
}


def first_sentence(poll: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = analyse(Poll.model_validate(poll))["sentences"][0]
    return found


def test_all_grounds_hold() -> None:
    found = first_sentence(CLEAR)
    assert (found["msgid"], found["strong"]) == (STRONG, True)
    assert found["text"] == "The meeting jointly concluded: A."
    assert found["digest"] == count(Poll.model_validate(CLEAR)).input_digest
    assert {ground["name"]: ground["holds"] for ground in found["grounds"]} == dict.fromkeys(
        NAMES, True
    )


FAILING: list[tuple[str, dict[str, Any]]] = [
    ("quorum", {"eligible": 40}),
    ("quorum", {"eligible": 20, "quorum": None}),
    ("quorum", {"eligible": None, "quorum": None}),
    ("unfixed", {"method": None}),
    ("threshold", {"ballots": [ranking("ABC", 5, "West"), ranking("BAC", 5, "West")]}),
    ("regions", {"ballots": [ranking("ABC", 7, "West"), ranking("BCA", 5, "East")]}),
    (
        "robust",
        {
            "method": "plurality",
            "ballots": [
                ranking("ABC", 5, "W"),
                ranking("BAC", 4, "W"),
                ranking("CBA", 3, "W"),
            ],
        },
    ),
]


@pytest.mark.parametrize(("ground", "change"), FAILING)
def test_one_ground_fails(ground: str, change: dict[str, Any]) -> None:
    poll = {name: value for name, value in (CLEAR | change).items() if value is not None}
    found = first_sentence(poll)
    assert (found["msgid"], found["strong"]) == (WEAKER[ground], False)


def test_objections_by_flag_and_by_ballot() -> None:
    poll = Poll.model_validate(CLEAR)
    flagged = sentences(poll, count(poll), [], objections=2)[0]
    assert flagged.text() == "No conclusion on A: open objections stand against it (2)."
    said = [{"count": 9, "body": {"consent": "consent"}}, {"body": {"consent": "objection"}}]
    found = first_sentence({"method": "consent", "eligible": 10, "ballots": said})
    assert found["msgid"] == WEAKER["objections"]
    agreed = first_sentence({"method": "consent", "eligible": 10, "ballots": said[:1]})
    assert agreed["text"] == "The meeting jointly concluded: the text put to the room."


@pytest.mark.parametrize(
    ("method", "yes", "no", "subject"),
    [
        ("motion", {"motion": "yes"}, {"motion": "no"}, "motion"),
        ("consent", {"consent": "consent"}, {"consent": "objection"}, "consent"),
        ("plurality", {"choice": ["A"]}, {"choice": ["B"]}, "A"),
        ("approval", {"approval": ["A"]}, {"approval": ["B"]}, "A"),
        ("agree_disagree", {"react": {"A": "agree"}}, {"react": {"A": "disagree"}}, "A"),
        ("rating_consensus", {"rating": {"A": 9}}, {"rating": {"A": 3}}, "A"),
    ],
)
def test_a_region_against_it_whatever_was_asked(
    method: str, yes: Any, no: Any, subject: str
) -> None:
    def regions(small: int) -> Ground:
        ballots = [
            {"count": 9, "groups": {"region": "West"}, "body": yes},
            {"count": small, "groups": {"region": "East"}, "body": no},
        ]
        poll = Poll.model_validate({"method": method, "ballots": ballots})
        return grounds_of(poll, count(poll), [], subject)[-1]

    assert regions(5).figures == {"regions": 2, "against": ["East"], "unnamed": 0}
    assert regions(4).figures == {"regions": 2, "against": [], "unnamed": 1}
    assert not regions(4).holds


def test_where_a_rating_rejects() -> None:
    ballots = [{"count": 5, "groups": {"region": "West"}, "body": {"rating": {"A": 2}}}]
    for extra, holds in [
        ({"scale": {"min": 1, "max": 5, "step": 1}}, False),
        ({"params": {"disagree_to": 1}}, True),
    ]:
        poll = Poll.model_validate({"method": "rating_consensus", "ballots": ballots, **extra})
        assert grounds_of(poll, count(poll), [], "A")[-1].holds is holds


def test_one_option_alone_has_nobody_against_it() -> None:
    poll = {"method": "borda", "options": ["A"], "eligible": 2, "ballots": [ranking("A", 2, "W")]}
    assert first_sentence(poll)["grounds"][-1]["figures"]["against"] == []


@settings(max_examples=25)
@given(
    st.lists(st.permutations("ABC"), min_size=1, max_size=9),
    st.integers(0, 12),
    st.integers(0, 1),
)
def test_the_strong_sentence_rests_on_what_it_says(
    orders: list[list[str]], absent: int, objections: int
) -> None:
    ballots = [ranking("".join(order), 1, "EW"[n % 2]) for n, order in enumerate(orders)]
    fields = {"method": "borda", "eligible": len(orders) + absent, "ballots": ballots}
    poll = Poll.model_validate({"options": list("ABC"), **fields})
    outcome = count(poll)
    others = [count(poll, rule) for rule in ("schulze", "irv")]
    for one in sentences(poll, outcome, others, objections):
        if one.strong:
            winners = [other.winners for other in (outcome, *others)]
            assert outcome.decided == "yes"
            assert all(one.values["subject"] in names for names in winners)
            assert len(orders) > absent
            assert objections == 0
