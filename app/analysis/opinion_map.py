"""Reactions as a map: where voters stand without their names, which statements divide the groups,
and which bridge them.

Groups are those declared (States and experts, otherwise regions), each of five voters or more; only
where there are none, those that the reactions show, if they show any more sharply than chance.
Bridging is the group-informed consensus of Polis (Small et al. 2021): the product over the groups
of the share that agrees, with pseudo-counts.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import prod
from typing import Any

from app.analysis.groups import reactions_of, two_proportions
from app.analysis.opinion import LEAST, MOST, opinion_groups, plane
from app.analysis.raters import Row
from app.analysis.subgroups import enough, groups_of, names
from app.analysis.suppression import hidden_groups
from app.errors import N_
from app.methods import Ballot
from app.methods.reading import joined

KINDS = ("capacity", "region")
SIDES = {"agree": Fraction(1), "disagree": Fraction(0)}
SURE = 1.96  # two shares differ by more than chance would make one in twenty
MOST_LISTED = 5

TOO_FEW = N_("No map is drawn of fewer than {least} who answered, or of a single statement.")
TOO_MANY = N_("No map is drawn of more than {most} who answered.")
NO_GROUPS = N_("There are no groups that are large enough, and no cut is sharper than chance.")
DECLARED = N_("By the groups that were declared; each has five voters or more.")
FOUND = N_("By groups that the answers show, more sharply than chance would make them.")


@dataclass(frozen=True)
class Point:
    """Voters who stand at the same place of the map: how many, and their group where it may be
    shown. Places are from −1 to 1.
    """

    x: float
    y: float
    n: int
    group: str = ""


@dataclass(frozen=True)
class Stand:
    """A statement with the share of each group that agrees, of those who took a side."""

    statement: str
    agree: dict[str, float]
    figure: float


@dataclass(frozen=True)
class OpinionMap:
    """`points` are empty where there may be no map, which `why_no_map` says; `groups` have how many
    voters; `by` says where they come from.
    """

    points: list[Point] = field(default_factory=list)
    groups: dict[str, int] = field(default_factory=dict)
    by: str = NO_GROUPS
    why_no_map: str = ""
    bridging: list[Stand] = field(default_factory=list)
    dividing: list[Stand] = field(default_factory=list)

    @property
    def limits(self) -> dict[str, int]:
        """The figures of `why_no_map`."""
        return {"least": LEAST, "most": MOST}


def opinion_map(ballots: Sequence[Ballot], guarded: int = 0) -> OpinionMap:
    """The map of some reactions. `guarded`, where the round hides who said what: no point shows its
    group, and a statement's shares stand there only where no group smaller than that, and none in
    which all say the same, could be worked out from them.
    """
    cast = [ballot for _, ballot in joined(list(ballots))]
    answers = [dict(reactions_of(ballot)) for ballot in cast]
    rows = [{o: SIDES[said] for o, said in one.items() if said in SIDES} for one in answers]
    spoke = [n for n, row in enumerate(rows) if row]
    statements = sorted({o for row in rows for o in row})
    why = no_map(len(spoke), len(statements))
    groups, by = grouping(cast, [rows[n] for n in spoke], spoke)
    marks = {} if guarded and by is DECLARED else groups
    return OpinionMap(
        points=[] if why else points([rows[n] for n in spoke], statements, marks, spoke),
        groups=dict(sorted(Counter(name for found in groups.values() for name in found).items())),
        by=by,
        why_no_map=why,
        **stands(rows, statements, groups, guarded if by is DECLARED else 0),
    )


def no_map(voters: int, statements: int) -> str:
    """Why there is no map, or nothing."""
    if voters < LEAST or statements < 2:
        return TOO_FEW
    return TOO_MANY if voters > MOST else ""


def grouping(
    cast: Sequence[Ballot], rows: Sequence[Row], spoke: Sequence[int]
) -> tuple[dict[int, list[str]], str]:
    """The groups of each voter by number, and where they come from."""
    declared = groups_of(cast, least=2)
    for kind in KINDS:
        large = {name for name, own in declared.get(kind, {}).items() if enough(own)}
        if len(large) >= 2:
            inside = {n: [g for g in names(cast[n], kind) if g in large] for n in spoke}
            return {n: found for n, found in inside.items() if found}, DECLARED
    cut = opinion_groups(rows)["groups"]
    if cut is None:
        return {}, NO_GROUPS
    return {n: [str(group + 1)] for n, group in zip(spoke, cut, strict=True)}, FOUND


def points(
    rows: Sequence[Row],
    statements: Sequence[str],
    groups: Mapping[int, list[str]],
    spoke: Sequence[int],
) -> list[Point]:
    """Voters on the two main directions, in the order of their places: none of arrival is left."""
    import numpy as np

    found = plane(np.array([[float(row.get(s, np.nan)) for s in statements] for row in rows]))
    across, up = upright(found[:, -1]), upright(found[:, -2])
    widest = max(float(np.abs(found).max()), 1e-9)
    places = Counter(
        (
            round(float(x) / widest, 2) + 0.0,
            round(float(y) / widest, 2) + 0.0,
            " · ".join(groups.get(n, [])),
        )
        for n, x, y in zip(spoke, across, up, strict=True)
    )
    return [Point(x, y, n, group) for (x, y, group), n in sorted(places.items())]


def upright(along: Any) -> Any:
    """A direction has no sign of its own: the side with the long tail is the far one."""
    return along if (along**3).sum() >= 0 else -along


def stands(
    rows: Sequence[Row], statements: Sequence[str], groups: Mapping[int, list[str]], guarded: int
) -> dict[str, list[Stand]]:
    """The statements that bridge and those that divide, strongest first."""
    listed = sorted({name for found in groups.values() for name in found})
    bridging, dividing = [], []
    for statement in statements:
        table = sides(rows, statement, groups)
        if guarded and hidden_groups(table, guarded):
            continue
        if listed and all(sum(table[name].values()) for name in listed):
            agree = {name: share(table[name]) for name in listed}
            together = prod((leaning(table[name]) for name in listed), start=Fraction(1))
            if all(leaning(table[name]) > Fraction(1, 2) for name in listed):
                bridging.append(Stand(statement, agree, float(together)))
            if (gap := widest_gap(table)) >= SURE:
                dividing.append(Stand(statement, agree, gap))
    return {
        "bridging": strongest(bridging),
        "dividing": strongest(dividing),
    }


def strongest(found: list[Stand]) -> list[Stand]:
    return sorted(found, key=lambda one: (-one.figure, one.statement))[:MOST_LISTED]


def sides(
    rows: Sequence[Row], statement: str, groups: Mapping[int, list[str]]
) -> dict[str, Counter[str]]:
    """Group → agree and disagree → how many."""
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for n, found in groups.items():
        if statement in rows[n]:
            for name in found:
                table[name]["agree" if rows[n][statement] else "disagree"] += 1
    return table


def share(row: Mapping[str, int]) -> float:
    return row["agree"] / (row["agree"] + row["disagree"])


def leaning(row: Mapping[str, int]) -> Fraction:
    """The share that agrees, with a pseudo-count on either side."""
    return Fraction(row["agree"] + 1, row["agree"] + row["disagree"] + 2)


def widest_gap(table: Mapping[str, Mapping[str, int]]) -> float:
    """The largest z of one group's share against that of all others."""
    gaps = []
    for name, row in table.items():
        rest = Counter[str]()
        for other, counts in table.items():
            rest.update(counts if other != name else {})
        inside, outside = ((one["agree"], one["agree"] + one["disagree"]) for one in (row, rest))
        gaps.append(abs(two_proportions(inside, outside)))
    return max(gaps)
