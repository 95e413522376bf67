"""Whether a share is enough, and how that is said."""

from fractions import Fraction
from typing import Literal

Threshold = Literal["simple"] | Fraction


def share_of(part: int | Fraction, whole: int | Fraction) -> Fraction | None:
    """Part of the whole; None of nothing."""
    return Fraction(part) / Fraction(whole) if whole else None


def enough(share: Fraction | None, threshold: Threshold) -> bool:
    """“simple” is strictly more than half; a fraction is reached by being equal. Of nothing there
    is never enough.
    """
    if share is None:
        return False
    return share > Fraction(1, 2) if threshold == "simple" else share >= threshold


def needed(threshold: Threshold) -> str:
    """The threshold in words."""
    return "more than half" if threshold == "simple" else f"at least {threshold}"
