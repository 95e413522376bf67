"""The checker finds what it should in histories made by hand, and nothing in a clean one."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest

from tests.faults.checker import RULES, _body, _canonical, violations
from tests.faults.history import Cast, History, Line, Seen, Step, Stored, StoredBallot

SALT = "5a17"


def chained(kinds: list[str]) -> tuple[list[Line], str]:
    """A log with these kinds, rightly linked, and its head."""
    import hashlib

    head = hashlib.sha256(_canonical(["consilience-log-1", "w", SALT])).digest()
    lines: list[Line] = []
    for number, kind in enumerate(kinds, 1):
        line = Line(number, kind, f"2016-05-11T10:0{number}:00Z", {"round": "r"}, {}, "")
        head = hashlib.sha256(head + _canonical(_body(line))).digest()
        lines.append(replace(line, hash=head.hex()))
    return lines, head.hex()


def rating(value: int) -> dict[str, Any]:
    return {"rating": {"PA01": value}}


@pytest.fixture
def history() -> History:
    """Two voters, three ballots of which one was changed, a close, an outcome; one watcher."""
    lines, head = chained(
        ["round_opened", "ballot_cast", "ballot_cast", "ballot_cast", "round_closed",
         "outcome_recorded"]
    )  # fmt: skip
    outcome = {
        "turnout": {"cast": 2},
        "diagnostics": {"options": {"PA01": {"n": 2, "median": 7.0}}},
    }
    ballots = [
        StoredBallot("A", 1, rating(3), 2, live=False),
        StoredBallot("B", 1, rating(6), 3, live=True),
        StoredBallot("A", 2, rating(8), 4, live=True),
    ]
    return History(
        [
            Cast("a1", "A", 1, rating(3), 1.0, 1.5, 2),
            Cast("b1", "B", 1, rating(6), 1.2, 1.9, 3),
            Cast("a2", "A", 2, rating(8), 2.0, 2.5, 4),
            Cast("b2", "B", 2, rating(9), 4.0, 4.1, None, "poll_closed"),
        ],
        [Step("close", "round_closed", 3.0, 3.1)],
        {"C": [Seen(1, 1, 3), Seen(2, 4, 6)]},
        Stored("w", SALT, 6, head, "r", lines, ballots, [(6, outcome)]),
    )


def test_a_clean_history_breaks_nothing(history: History) -> None:
    # The round was opened while the meeting was prepared: no step of the trial.
    assert violations(history) == []


def lost(history: History) -> None:
    assert history.stored
    del history.stored.ballots[1]


def invented(history: History) -> None:
    del history.casts[1]


def doubled(history: History) -> None:
    assert history.stored
    history.stored.ballots[0] = replace(history.stored.ballots[0], live=True)


def miscounted(history: History) -> None:
    assert history.stored
    history.stored.outcomes[0][1]["diagnostics"]["options"]["PA01"]["median"] = 6.5


def altered(history: History) -> None:
    assert history.stored
    history.stored.lines[2] = replace(history.stored.lines[2], at="2016-05-11T09:00:00Z")


def repeated(history: History) -> None:
    history.watched["C"][1] = Seen(2, 3, 6)


def without_a_line(history: History) -> None:
    assert history.stored
    history.stored.ballots[1] = replace(history.stored.ballots[1], number=9)


def overtaken(history: History) -> None:
    history.casts[0] = replace(history.casts[0], number=5)


def late(history: History) -> None:
    assert history.stored
    lines, head = chained(
        ["round_opened", "ballot_cast", "ballot_cast", "round_closed", "ballot_cast",
         "outcome_recorded"]
    )  # fmt: skip
    history.stored = replace(history.stored, lines=lines, head=head)


def closed_twice(history: History) -> None:
    history.steps.append(Step("close", "round_closed", 3.2, 3.3))


BROKEN: list[tuple[str, Callable[[History], None]]] = [
    ("C1", lost), ("C2", invented), ("C3", doubled), ("C4", miscounted), ("C5", altered),
    ("C6", repeated), ("C7", without_a_line), ("C8", overtaken), ("C9", late),
    ("C10", closed_twice),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "damage"), BROKEN)
def test_each_rule_finds_its_damage(
    history: History, rule: str, damage: Callable[[History], None]
) -> None:
    damaged = deepcopy(history)
    damage(damaged)
    assert rule in {said.split(":")[0] for said in violations(damaged)}


def test_every_rule_is_tried() -> None:
    assert [rule for rule, _ in BROKEN] == [rule.__name__.upper() for rule in RULES]
