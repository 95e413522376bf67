"""What a round most needs judged comes first, and a room spreads over what nobody judged yet."""

from app.analysis.routing import most_needed

ANSWERS = {
    "split": {"agree": 3, "disagree": 3},
    "clear": {"agree": 6},
    "passed": {"pass": 6},
    "young": {"agree": 1},
}


def test_the_least_judged_then_the_most_divided() -> None:
    known = [*ANSWERS, "new"]
    found = most_needed(known, ANSWERS, known.index)
    assert found == ["new", "young", "split", "passed", "clear"]


def test_what_is_equal_stands_in_an_order_of_ones_own() -> None:
    assert most_needed(["a", "b", "c"], {}, "bca".index) == ["b", "c", "a"]
