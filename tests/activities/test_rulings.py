"""Which rulings the flags on a row leave to the chair: every set of flags, every ruling."""

from itertools import combinations

import pytest

from app.activities.rulings import against_ruling
from app.models.matrix import FLAGS, RULINGS

SETS = [
    frozenset(standing) for size in range(len(FLAGS) + 1) for standing in combinations(FLAGS, size)
]


def possible(standing: frozenset[str]) -> set[str]:
    """The rulings of design §1, written from the flags instead of from the rulings."""
    if "objection" in standing or "another_wording" in standing:
        return {"not_agreed"}
    if "reservation" in standing:
        return {"with_reservations", "not_agreed"}
    if standing:  # stand-aside, position reserved
        return {"no_objection", "with_reservations", "not_agreed"}
    return {"consensus", "no_objection", "not_agreed"}


@pytest.mark.parametrize("standing", SETS, ids=lambda found: "+".join(sorted(found)) or "nothing")
def test_flags_leave_exactly_these_rulings(standing: frozenset[str]) -> None:
    left = {ruling for ruling in RULINGS if against_ruling(standing, ruling) is None}
    assert left == possible(standing)


@pytest.mark.parametrize(
    ("standing", "ruling", "code"),
    [
        ({"objection", "reservation"}, "with_reservations", "objection_open"),
        ({"another_wording"}, "no_objection", "wording_open"),
        ({"pending"}, "consensus", "flagged"),
        ({"reservation"}, "no_objection", "reserved"),
        (set(), "with_reservations", "unreserved"),
    ],
)
def test_a_refusal_says_why(standing: set[str], ruling: str, code: str) -> None:
    refused = against_ruling(standing, ruling)
    assert refused is not None
    assert refused[0] == code
