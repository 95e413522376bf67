"""Which groups may stand beside a total: tables whose answer can be worked out by hand."""

import pytest

from app.analysis.suppression import apart, hidden_groups

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
