"""How many rank each option above each other, and what the majorities say of it."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

from app.ballots.numbers import text
from app.methods.case import Power
from app.methods.rankings import Profile

Matrix = dict[str, dict[str, Power]]
MANY = 100_000  # comparisons from which the import of numpy pays
SOME = 5_000  # and from which its use pays once it is there


def pairwise(options: Sequence[str], profile: Profile) -> Matrix:
    """d[a][b]: the power of the ballots that rank a strictly above b."""
    pays = SOME if "numpy" in sys.modules else MANY
    if len(profile) * len(options) ** 2 > pays and fit(power for _, power in profile):
        return at_once(options, profile)
    matrix: Matrix = {a: {b: 0 for b in options if b != a} for a in options}
    for tiers, power in profile:
        for place, tier in enumerate(tiers):
            for lower in tiers[place + 1 :]:
                for a in tier:
                    row = matrix[a]
                    for b in lower:
                        row[b] += power
    return matrix


def fit(powers: Iterable[Power]) -> bool:
    """True if all are whole, and their sum fits into 64 bits with room to spare."""
    known = list(powers)
    return all(isinstance(power, int) for power in known) and sum(known) < 2**62


def at_once(options: Sequence[str], profile: Profile) -> Matrix:
    """The same by whole columns, for powers that fit."""
    import numpy as np

    nowhere = len(options)
    rows = [dict.fromkeys(options, nowhere) for _ in profile]
    for row, (tiers, _) in zip(rows, profile, strict=True):
        for place, tier in enumerate(tiers):
            for option in tier:
                row[option] = place
    places = np.array([list(row.values()) for row in rows], dtype=np.int16)
    ranked = places < nowhere  # who is not on a ballot stands in no order to the others
    powers = np.array([power for _, power in profile], dtype=np.int64)
    matrix: Matrix = {}
    for column, a in enumerate(options):
        mine = places[:, [column]]
        row = (powers @ ((mine < places) & ranked)).tolist()
        matrix[a] = {b: power for b, power in zip(options, row, strict=True) if b != a}
    return matrix


def beats(matrix: Matrix, a: str, b: str) -> bool:
    """A strict majority of those who order the two prefers a."""
    return matrix[a][b] > matrix[b][a]


def condorcet_winner(matrix: Matrix) -> str | None:
    """The option that beats every other one, if there is one."""
    return (
        next((a for a in matrix if all(beats(matrix, a, b) for b in matrix[a])), None)
        if len(matrix) > 1
        else None
    )


def weak_winners(matrix: Matrix) -> list[str]:
    """The options that no other one beats."""
    return sorted(a for a in matrix if not any(beats(matrix, b, a) for b in matrix[a]))


def copeland_scores(matrix: Matrix) -> dict[str, int]:
    """Twice the Copeland score, to stay whole: two for a win, one for a tie."""
    scores = dict.fromkeys(matrix, 0)
    for a, b in combinations(matrix, 2):
        if matrix[a][b] == matrix[b][a]:
            scores[a] += 1
            scores[b] += 1
        else:
            scores[a if beats(matrix, a, b) else b] += 2
    return scores


def smith_set(matrix: Matrix) -> list[str]:
    """The smallest set whose every member beats everyone outside it."""
    scores = copeland_scores(matrix)
    if not scores:
        return []
    inside = {option for option in scores if scores[option] == max(scores.values())}
    while grown := {
        b for a in inside for b in matrix[a] if b not in inside and not beats(matrix, a, b)
    }:
        inside |= grown
    return sorted(inside)


def spelled_matrix(matrix: Mapping[str, Mapping[str, Power]]) -> dict[str, dict[str, str]]:
    """The matrix with its numbers as strings."""
    return {a: {b: text(power) for b, power in row.items()} for a, row in matrix.items()}


def report(matrix: Matrix) -> dict[str, Any]:
    """The diagnostics that every rule over rankings gives."""
    return {
        "pairwise": spelled_matrix(matrix),
        "condorcet_winner": condorcet_winner(matrix),
        "weak_condorcet": weak_winners(matrix),
        "smith": smith_set(matrix),
    }


def in_a_circle(matrix: Matrix, tied: Sequence[str]) -> bool:
    """True if each of the tied is beaten by another of them: the majority runs in a circle among
    them.
    """
    return len(tied) > 2 and all(any(beats(matrix, b, a) for b in tied if b != a) for a in tied)
