"""States and experts on one ballot: what each says first, and where they are furthest apart."""

from typing import Any

from app.analysis.electorates import electorates
from app.methods import Poll

NAMES = {"A": "Alpha", "B": "Beta", "C": "Gamma"}
SCALE = {"min": 1, "max": 9, "step": 1}


def said(poll: dict[str, Any]) -> list[str]:
    found = electorates(Poll.model_validate(poll), NAMES)
    return [one.message.format(**one.params) for one in found]


def cast(kind: str, body: dict[str, Any], n: int = 1) -> dict[str, Any]:
    return {"count": n, "groups": {"capacity": kind}, "body": body}


def poll(method: str, *ballots: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"method": method, "options": list("ABC"), "ballots": list(ballots), **more}


def test_medians_stand_side_by_side() -> None:
    rated = poll(
        "rating_consensus",
        cast("States", {"rating": {"A": 9, "B": 4, "C": 1}}, 2),
        cast("experts", {"rating": {"A": 2, "B": 7, "C": 1}}),
        cast("experts", {"rating": {"A": 2, "B": 8, "C": 1}}),
        cast("others", {"rating": {"A": 1, "B": 1, "C": 9}}, 9),
        scale=SCALE,
    )
    assert said(rated) == [
        "States put “Alpha” first, experts “Beta”.",
        "They are furthest apart on “Alpha”: median 9 of the States, 2 of the experts.",
    ]


def test_shares_of_approvals_and_reactions() -> None:
    approved = poll(
        "approval",
        cast("States", {"approval": ["A", "B"]}, 2),
        cast("States", {"approval": ["A"]}),
        cast("experts", {"approval": ["A"]}),
        threshold="1/2",
    )
    first, widest = said(approved)
    assert first == "States and experts both put “Alpha” first."
    assert widest.startswith("They are furthest apart on “Beta”: agreed to by 66.7 % of the States")
    assert widest.endswith("by 0 % of the experts.")
    same = cast("States", {"react": {"A": "agree"}})
    assert said(poll("agree_disagree", same, cast("experts", {"react": {"A": "agree"}}))) == [
        "States and experts both put “Alpha” first."
    ]


def test_rankings_have_no_figures_and_many_firsts_are_counted() -> None:
    names = [[o] for o in "CBA"]
    ranked = poll("borda", cast("States", {"ranking": names}), cast("experts", {"ranking": names}))
    assert said(ranked) == ["States and experts both put “Gamma” first."]
    tied = {
        **poll("borda", cast("States", {"ranking": [list("ABCDE")]}),
               cast("experts", {"ranking": [["B"]]})),
        "options": list("ABCDE"),
    }  # fmt: skip
    assert said(tied) == ["States put “Alpha”, “Beta”, “Gamma” +2 first, experts “Beta”."]


def test_a_motion_is_decided_alike_or_not() -> None:
    def asked(experts: str) -> dict[str, Any]:
        yes = cast("States", {"motion": "yes"})
        return {**poll("motion", yes, cast("experts", {"motion": experts})), "options": []}

    assert said(asked("yes")) == ["States and experts alone would have decided the same."]
    assert said(asked("no")) == ["Alone, States and experts would not have decided the same."]


def test_nothing_is_compared_where_both_are_not_apart() -> None:
    assert said(poll("borda", {"body": {"ranking": [["A"]]}})) == []
