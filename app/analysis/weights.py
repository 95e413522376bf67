"""The weights of criteria: as a group gives them, and how far each could move before the first k
change."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import combinations, pairwise
from math import sqrt
from typing import Any

from app.ballots.numbers import exact, text
from app.methods import METHODS, Outcome, Poll, adapted
from app.methods.poll import Criterion
from app.methods.statistics import mean, median

NOTHING = 1e-12
FINEST = 10_000  # shares are told to four digits
WHAT_IF = {"0": 0.0, "1/2": 0.5, "2": 2.0}  # times the present weight

Parts = Mapping[str, Mapping[str, float]]  # option → criterion → mean from 0 to 1


def weight_sensitivity(poll: Poll, outcome: Outcome, top: int) -> dict[str, dict[str, Any]]:
    """Criterion → its weight, and the nearest smaller and larger weight at which the first `top`
    change while all other weights stay; null where none does. `outcome` is by `weighted_criteria`.

    Two options are equal where (A₁ + w·m₁)(B₂ + w) = (A₂ + w·m₂)(B₁ + w), A and B the weighted sum
    and the weights of the other criteria answered; only there can their order turn.
    """
    rule = METHODS["weighted_criteria"]
    criteria = weights_of(adapted(poll, rule), outcome)
    parts = parts_of(outcome)
    return {
        criterion.id: {"weight": text(criterion.weight)}
        | turning_points(parts, {c.id: float(c.weight) for c in criteria}, criterion.id, top)
        for criterion in criteria
    }


def what_if(poll: Poll, outcome: Outcome, top: int) -> dict[str, dict[str, dict[str, list[str]]]]:
    """Criterion → its weight taken 0, 1/2 and 2 times, all others as they are → which options come
    `in` among the first `top` and which go `out`; those equal across the cut are in.
    """
    parts, weights = parts_of(outcome), {c.id: float(c.weight) for c in weights_of(poll, outcome)}
    now = leading(parts, weights, top)
    found: dict[str, dict[str, dict[str, list[str]]]] = {}
    for name, weight in weights.items():
        found[name] = {}
        for times, factor in WHAT_IF.items():
            then = leading(parts, weights | {name: weight * factor}, top)
            found[name][times] = {"in": sorted(then - now), "out": sorted(now - then)}
    return found


def group_shares(poll: Poll, by: str) -> dict[str, Fraction]:
    """Option → the share of weight that a group gives it, from points or swings (SMARTS, Edwards
    and Barron 1994: swings relative to the best). Each ballot is brought to shares of its own sum
    first, so that everybody counts alike; of them the `mean` or the `median` is taken, brought to a
    sum of 1 and to four digits by largest remainders. Empty if nobody gave anything.
    """
    own: dict[str, list[Fraction]] = {option: [] for option in poll.options}
    for ballot in poll.ballots:
        (answers,) = ballot.body.values()
        given = {name: exact(value or 0) for name, value in answers.items()}
        total = sum(given.values(), start=Fraction(0))
        if total:
            for option in own:
                own[option] += [given.get(option, Fraction(0)) / total] * ballot.count
    middle = median if by == "median" else mean
    found = {option: middle(sorted(shares)) for option, shares in own.items() if shares}
    whole = sum(found.values(), start=Fraction(0))
    return to_four_digits({o: share / whole for o, share in found.items()}) if whole else {}


def to_four_digits(shares: Mapping[str, Fraction]) -> dict[str, Fraction]:
    """Shares of 1 in ten thousandths that still add up to 1."""
    units = {option: share * FINEST // 1 for option, share in shares.items()}
    by_rest = sorted(shares, key=lambda o: (units[o] - shares[o] * FINEST, o))
    for option in by_rest[: FINEST - sum(units.values())]:
        units[option] += 1
    return {option: Fraction(n, FINEST) for option, n in units.items()}


def parts_of(outcome: Outcome) -> dict[str, dict[str, float]]:
    """Option → criterion → mean from 0 to 1, as an outcome over criteria tells them."""
    return {
        option: {name: float(Fraction(value)) for name, value in figures["criteria"].items()}
        for option, figures in outcome.diagnostics["options"].items()
    }


def weights_of(poll: Poll, outcome: Outcome) -> list[Criterion]:
    """The poll's criteria, or those answered, of equal weight."""
    answered = {
        name for option in outcome.diagnostics["options"].values() for name in option["criteria"]
    }
    return poll.criteria or [Criterion(id=name) for name in sorted(answered)]


def turning_points(
    parts: Parts, weights: dict[str, float], name: str, top: int
) -> dict[str, float | None]:
    """The nearest weights below and above the present one beyond which the first `top` differ."""
    here, now = weights[name], leading(parts, weights, top)
    points = sorted(
        {w for a, b in combinations(parts, 2) for w in equal_at(parts, weights, name, a, b)}
    )
    below = [w for w in reversed(points) if w < here]
    above = [w for w in points if w > here]

    def first_change(stops: list[float]) -> float | None:
        for near, far in pairwise(stops):
            if leading(parts, weights | {name: (near + far) / 2}, top) != now:
                return near
        return None

    beyond = 2 * max(points, default=here) + 1
    return {
        "down_to": first_change([*below, 0.0]),
        "up_to": first_change([*above, beyond]),
    }


def equal_at(
    parts: Parts, weights: dict[str, float], name: str, one: str, other: str
) -> list[float]:
    """The weights of a criterion, not below 0, at which two options score the same."""
    (a1, b1, m1, has1), (a2, b2, m2, has2) = (
        (
            sum(weights[c] * m for c, m in parts[option].items() if c != name),
            sum(weights[c] for c in parts[option] if c != name),
            parts[option].get(name, 0.0),
            float(name in parts[option]),
        )
        for option in (one, other)
    )
    square = has1 * has2 * (m1 - m2)
    linear = a1 * has2 + has1 * m1 * b2 - a2 * has1 - has2 * m2 * b1
    return [w for w in roots(square, linear, a1 * b2 - a2 * b1) if w >= 0]


def roots(square: float, linear: float, constant: float) -> list[float]:
    """The real roots of square·w² + linear·w + constant; none where it vanishes everywhere."""
    if square == 0:
        return [-constant / linear] if linear else []
    inside = linear**2 - 4 * square * constant
    if inside < 0:
        return []
    return [(-linear + sign * sqrt(inside)) / (2 * square) for sign in (1, -1)]


def leading(parts: Parts, weights: dict[str, float], top: int) -> set[str]:
    """The first `top` options; those equal across the cut are in."""
    scores = {option: score(own, weights) for option, own in parts.items()}
    falling = sorted(scores.values(), reverse=True)
    bar = falling[min(top, len(falling)) - 1] - NOTHING
    return {option for option, reached in scores.items() if reached >= bar}


def score(own: Mapping[str, float], weights: dict[str, float]) -> float:
    """The weighted mean of the criteria answered; below all others where none weighs."""
    total = sum(weights[name] for name in own)
    return sum(weights[name] * mean for name, mean in own.items()) / total if total else -1.0
