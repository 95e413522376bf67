"""A map of opinions: declared groups first, none among few, nothing that could be worked out."""

from typing import Any

from app.analysis.opinion_map import (
    DECLARED,
    FOUND,
    NO_GROUPS,
    TOO_FEW,
    TOO_MANY,
    opinion_map,
)
from app.methods import Ballot
from tests.analysis.test_opinion import panel


def ballots(*answers: dict[str, str], groups: Any = ()) -> list[Ballot]:
    return [
        Ballot(body={"react": one}, groups=groups[n] if groups else {})
        for n, one in enumerate(answers)
    ]


HERE = [{"capacity": "States"}] * 7 + [{"capacity": "experts"}] * 7
BOTH = [{"A": "agree", "B": "agree", "C": "agree"}] * 6 + [{"A": "agree", "B": "disagree"}]
OTHERS = [{"A": "agree", "B": "disagree", "C": "disagree"}] * 7
MEETING = ballots(*BOTH, *OTHERS, groups=HERE)


def test_declared_groups_are_kept_to_and_no_point_has_a_name() -> None:
    found = opinion_map(MEETING)
    assert (found.by, found.groups) == (DECLARED, {"States": 7, "experts": 7})
    assert [(point.n, point.group) for point in found.points] == [
        (7, "experts"), (1, "States"), (6, "States"),
    ]  # fmt: skip
    assert [one.statement for one in found.bridging] == ["A"]
    assert [one.statement for one in found.dividing] == ["C", "B"]
    assert found.dividing[1].agree == {"States": 6 / 7, "experts": 0.0}
    assert found.why_no_map == ""


def test_a_round_that_hides_who_said_what_marks_no_point_and_tells_of_nobody() -> None:
    found = opinion_map(MEETING, guarded=5)
    assert {point.group for point in found.points} == {""}
    assert found.bridging == found.dividing == []  # in each a group is of one mind


def test_groups_of_four_are_none() -> None:
    groups = [{"region": "West"}] * 4 + [{"region": "East"}] * 3
    found = opinion_map(ballots(*BOTH, groups=groups))
    assert (found.groups, found.by, found.why_no_map) == ({}, NO_GROUPS, TOO_FEW)
    assert (found.points, found.bridging, found.limits["least"]) == ([], [], 12)


def test_groups_that_the_answers_show_are_numbered() -> None:
    rows = panel(1, planted=True)
    answers = [{s: "agree" if side else "disagree" for s, side in row.items()} for row in rows]
    found = opinion_map(ballots(*answers), guarded=5)
    assert (found.by, sorted(found.groups)) == (FOUND, ["1", "2"])
    assert {point.group for point in found.points} == {"1", "2"}
    assert found.dividing
    assert found == opinion_map(ballots(*answers), guarded=5)


def test_a_hall_is_too_many_and_who_passes_stands_nowhere() -> None:
    many = [{"A": "agree", "B": "disagree"}] * 501
    assert opinion_map(ballots(*many)).why_no_map == TOO_MANY
    assert opinion_map(ballots({"A": "pass"})).points == []


def test_what_a_group_did_not_answer_divides_nobody() -> None:
    answers = [{"A": "agree", "B": "agree"}] * 7 + [{"A": "agree"}] * 7
    found = opinion_map(ballots(*answers, groups=HERE))
    assert [one.statement for one in found.bridging] == ["A"]
