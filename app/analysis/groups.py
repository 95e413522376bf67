"""Reactions by declared group: which statements a group agrees with more than chance, and than
others.
"""

from collections.abc import Iterable, Mapping
from math import sqrt
from typing import Any

from app.analysis.subgroups import SMALLEST, enough, groups_of
from app.ballots import BallotError, parse_body
from app.ballots.react import React
from app.methods.poll import Ballot
from app.methods.reading import joined

Counts = dict[str, list[int]]  # statement → [agreed, answered]


def one_proportion(agreed: int, answered: int) -> float:
    """z of one share against one half, with a pseudo-count (Polis)."""
    return 2 * sqrt(answered + 1) * ((agreed + 1) / (answered + 1) - 0.5)


def two_proportions(inside: tuple[int, int], outside: tuple[int, int]) -> float:
    """z of a group's share against everyone else's, with pseudo-counts (Polis). 0 if all agree."""
    (a, n), (b, m) = ((agreed + 1, answered + 1) for agreed, answered in (inside, outside))
    pooled = (a + b) / (n + m)
    return 0.0 if pooled == 1 else (a / n - b / m) / sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))


def by_group(ballots: Iterable[Ballot]) -> dict[str, dict[str, dict[str, dict[str, Any]]]]:
    """Statement → kind of group → group → n, agree, z_one, z_two. Who is in no group counts
    nowhere. A group of fewer than five voters is left out, and the comparison with the others where
    these are fewer than five: it would show single answers.
    """
    ballots = [ballot for _, ballot in joined(list(ballots))]
    large = {
        (kind, name)
        for kind, members in groups_of(ballots).items()
        for name, own in members.items()
        if enough(own)
    }
    everyone: dict[str, Counts] = {}
    groups: dict[tuple[str, str], Counts] = {}
    for ballot in ballots:
        reactions = reactions_of(ballot)
        for kind, names in ballot.groups.items():
            add(everyone.setdefault(kind, {}), reactions, ballot.count)
            for name in [names] if isinstance(names, str) else names:
                add(groups.setdefault((kind, name), {}), reactions, ballot.count)
    found: dict[str, dict[str, dict[str, dict[str, Any]]]] = {}
    for (kind, name), counts in sorted(groups.items()):
        if (kind, name) not in large:
            continue
        for statement, (agreed, answered) in sorted(counts.items()):
            all_agreed, all_answered = everyone[kind][statement]
            outside = (all_agreed - agreed, all_answered - answered)
            found.setdefault(statement, {}).setdefault(kind, {})[name] = {
                "n": answered,
                "agree": agreed,
                "z_one": one_proportion(agreed, answered),
                "z_two": two_proportions((agreed, answered), outside)
                if outside[1] == 0 or outside[1] >= SMALLEST
                else None,
            }
    return found


def reactions_of(ballot: Ballot) -> Mapping[str, str]:
    """What a valid ballot says; nothing of an invalid one."""
    try:
        body = parse_body(ballot.body)
    except BallotError:
        return {}
    return body.react if isinstance(body, React) else {}


def add(counts: Counts, reactions: Mapping[str, str], times: int) -> None:
    for statement, answer in reactions.items():
        tally = counts.setdefault(statement, [0, 0])
        tally[0] += times * (answer == "agree")
        tally[1] += times
