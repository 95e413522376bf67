"""Which groups may stand beside a total: tables whose answer can be worked out by hand."""

import pytest

from app.analysis.suppression import apart, hidden_groups, uncounted_groups

Row = dict[str, int]


def row(agree: int, disagree: int, passed: int = 0) -> Row:
    return {"agree": agree, "disagree": disagree, "pass": passed}


@pytest.mark.parametrize(
    ("table", "hidden"),
    [
        ({"A": row(6, 3), "B": row(5, 4)}, ""),  # both large, both of two minds
        ({"A": row(6, 3), "B": row(2, 1)}, "AB"),  # B follows from the total and A
        ({"A": row(6, 0), "B": row(5, 4), "C": row(6, 5)}, "AB"),  # all of A said the same
        ({"A": row(6, 3), "B": row(2, 1), "C": row(1, 2), "D": row(9, 9)}, "BC"),
        # B and C hide together, but all six of them agreed: so the smallest large one goes, too
        ({"A": row(6, 3), "B": row(3, 0), "C": row(3, 0), "D": row(9, 9)}, "ABC"),
        # B, C: seven agree, one does not; three of the eight must hold two who agree
        ({"A": row(6, 3), "B": row(4, 0), "C": row(3, 1), "D": row(9, 9)}, "BC"),
        ({"A": row(6, 3), "B": row(0, 0), "C": row(5, 4)}, ""),  # who is not there needs no hiding
        ({"A": row(9, 0)}, "A"),  # all said the same: nothing can hide it
    ],
)
def test_who_is_hidden(table: dict[str, Row], hidden: str) -> None:
    assert hidden_groups(table, fewest=5) == frozenset(hidden)


def test_apart_or_all_together() -> None:
    whole = {"A": row(6, 3), "B": row(5, 4)}
    assert apart(whole, 5) == whole
    assert apart({"A": row(6, 3), "B": row(2, 1)}, 5) == {"all": {"agree": 8, "disagree": 4}}


def heard(some: int, quiet: int) -> Row:
    return {"heard": some, "quiet": quiet}


@pytest.mark.parametrize(
    ("table", "hidden"),
    [
        ({"A": heard(6, 3), "B": heard(5, 4)}, ""),
        ({"A": heard(0, 9), "B": heard(5, 4)}, ""),  # that none took part joins nothing to anybody
        ({"A": heard(9, 0), "B": heard(5, 4)}, "AB"),  # that all did would name each of them
        ({"A": heard(1, 2), "B": heard(5, 4), "C": heard(6, 6)}, "AB"),  # A follows from the rest
        ({"A": heard(0, 3), "B": heard(5, 4)}, "AB"),  # too few to say even that of
        # The silent are left out last: A would follow from the total, so B goes before C.
        ({"A": heard(1, 2), "B": heard(5, 9), "C": heard(0, 6)}, "AB"),
        ({"A": heard(9, 0), "B": heard(0, 5)}, "AB"),  # only the silent are left to hide it behind
        ({"A": heard(0, 3), "B": heard(0, 9)}, "A"),  # nobody took part: nothing is left to find
        ({"A": heard(0, 0), "B": heard(5, 4)}, ""),
    ],
)
def test_who_is_not_counted(table: dict[str, Row], hidden: str) -> None:
    assert uncounted_groups(table, fewest=5) == frozenset(hidden)
