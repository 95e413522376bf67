"""Which statement a round most needs judged: the least judged, then the most divided."""

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

KNOWN = 5  # of fewer answers, nobody is shown which way they lean


def most_needed(
    statements: Sequence[str],
    answers: Mapping[str, Mapping[str, int]],
    own: Callable[[str], int],
) -> list[str]:
    """Statements in the order in which somebody should judge them: fewest answers first, then the
    most divided, then by `own`, an order of their own for each person, so that at the beginning a
    room spreads over all statements. `answers` are agree, disagree and pass by statement.
    """
    return sorted(statements, key=lambda one: (*need(answers.get(one, {})), own(one), one))


def need(answers: Mapping[str, int]) -> tuple[int, Fraction]:
    """How often a statement was judged, and how far its answers are from half and half."""
    judged = sum(answers.values())
    agree, disagree = answers.get("agree", 0), answers.get("disagree", 0)
    if agree + disagree < KNOWN:
        return judged, Fraction(0)
    return judged, abs(Fraction(agree + 1, agree + disagree + 2) - Fraction(1, 2))
