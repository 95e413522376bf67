"""The thrifty matrix on the scenario's voters, against rating every cell.

`python -m tests.scenario.thrifty` prints the table of docs/thrifty-matrix.md.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from statistics import mean, median
from typing import Any

from app.activities.blocks import Rater, blocks, coverage, nearness
from app.activities.pace import predicted
from app.activities.thrift import Sharing, Shortlist, Verdicts, shortlisted, stopped
from app.methods import Poll, count
from app.scenario import files
from app.scenario.cells import Ratings, plausible
from app.scenario.cells import every_cell as cells
from app.scenario.cells import ratings as everything

SCALE = {"min": 1, "max": 9}
LIMITS = Verdicts(Fraction(7), Fraction(3), Fraction(1), Fraction(9))


def voters() -> list[dict[str, str]]:
    return [one for one in files.rows("participants") if one["voting"] == "voting"]


def result(ratings: Ratings) -> dict[str, Any]:
    """What the method of the rating rounds makes of these ballots."""
    poll = {
        "method": "rating_consensus", "scale": SCALE, "options": list(cells()),
        "ballots": [{"body": {"rating": dict(given)}} for given in ratings.values()],
    }  # fmt: skip
    return count(Poll.model_validate(poll)).model_dump(mode="json")


@cache
def nominations() -> dict[str, Fraction]:
    counted = Counter(cell for voter in everything() for cell in plausible(voter))
    return {cell: Fraction(n) for cell, n in counted.items()}


@dataclass(frozen=True)
class Trial:
    """One way to be thrifty, and what it came to."""

    rule: Shortlist
    terms: Sharing
    shortlist: list[str]
    ratings: Ratings
    predicted: int
    used: tuple[int, int]
    asked: int

    @property
    def answers(self) -> int:
        return sum(len(given) for given in self.ratings.values())

    @property
    def cells(self) -> float:
        """The share of all cells that anybody was asked to rate."""
        return len(self.shortlist) / len(cells())

    @property
    def share(self) -> float:
        """Answers given, of those that rating everything takes."""
        return self.answers / (len(cells()) * len(voters()))

    def overlap(self, k: int) -> float:
        """How many of the first k of rating everything are among the first k of this."""
        return len({*first(_whole(), k)} & {*first(result(self.ratings), k)}) / k

    @property
    def agreed(self) -> tuple[int, int, int]:
        """Cells that both agree on; that only rating everything does; that only this does."""
        all_of, here = set(_whole()["winners"]), set(result(self.ratings)["winners"])
        return len(all_of & here), len(all_of - here), len(here - all_of)

    @property
    def correlation(self) -> float:
        """Spearman's, over the shortlist, of the order by median, then mean."""
        means = [_centers(found, self.shortlist) for found in (_whole(), result(self.ratings))]
        return spearman(*means)


@cache
def _whole() -> dict[str, Any]:
    return result(everything())


def first(outcome: dict[str, Any], k: int) -> list[str]:
    """The first k cells; where the cut goes through a tie, by id."""
    return [cell for tier in outcome["ranking"] for cell in sorted(tier)][:k]


def _centers(outcome: dict[str, Any], chosen: Sequence[str]) -> list[tuple[float, float]]:
    figures = outcome["diagnostics"]["options"]
    return [(figures[cell]["median"] or 0, figures[cell]["mean"] or 0) for cell in chosen]


def spearman(one: Sequence[Any], other: Sequence[Any]) -> float:
    """The correlation of ranks, ties at their middle rank."""
    a, b = _ranks(one), _ranks(other)
    middle = (len(a) + 1) / 2
    both = sum((x - middle) * (y - middle) for x, y in zip(a, b, strict=True))
    spread = [sum((x - middle) ** 2 for x in ranks) for ranks in (a, b)]
    return float(both / (spread[0] * spread[1]) ** 0.5)


def _ranks(values: Sequence[Any]) -> list[float]:
    ordered = sorted(values)
    return [ordered.index(value) + (ordered.count(value) + 1) / 2 for value in values]


def trial(rule: Shortlist, terms: Sharing) -> Trial:
    """Nominate, shortlist, share out, and rate one cell after the other until each stops."""
    areas: dict[str, str | None] = {cell: area["id"] for cell, (area, _) in cells().items()}
    chosen = shortlisted(nominations(), areas, rule)
    raters = [
        Rater(v["id"], v["role"], frozenset({v["region"], v["institution_type"]})) for v in voters()
    ]
    words = {
        cell: f"{cells()[cell][1]['lead_actor']}, {cells()[cell][1]['partner']}" for cell in chosen
    }
    near = nearness(words, raters)
    given = blocks(chosen, raters, terms.raters, terms.cells_most, near, "bangkok")
    ratings = _rated(given, terms)
    most = coverage(given, chosen, near).a_rater[1]
    nominating = predicted("nomination", len(cells()), 1, []).minutes
    sizes = [len(block) for block in ratings.values()]
    used = [nominating + predicted("rating", round(n), 1, []).minutes
            for n in (median(sizes), max(sizes))]  # fmt: skip
    return Trial(
        rule, terms, chosen, ratings, nominating + predicted("rating", most, 1, []).minutes,
        (used[0], used[1]), sum(map(len, given.values())),
    )  # fmt: skip


def _rated(given: Mapping[str, Sequence[str]], terms: Sharing) -> Ratings:
    """Everybody rates one cell at a time, all at the same pace; a cell that stops is left out."""
    done: dict[str, dict[str, int | None]] = {voter: {} for voter in given}
    waiting = Counter(cell for block in given.values() for cell in block)
    values: dict[str, list[Fraction]] = {cell: [] for cell in waiting}
    left = {voter: list(block) for voter, block in given.items()}
    while any(left.values()):
        for voter, block in left.items():
            while block:
                cell = block.pop(0)
                waiting[cell] -= 1
                if stopped(sorted(values[cell]), waiting[cell] + 1, terms, LIMITS):
                    continue
                value = done[voter][cell] = everything()[voter][cell]
                values[cell] += [] if value is None else [Fraction(value)]
                break
    return done


TRIALS = (
    (Shortlist(3), Sharing(29)),
    (Shortlist(3), Sharing(9)),
    (Shortlist(3), Sharing(9, stop_from=5, stop_iqr=2, stop_settled=True)),
    (Shortlist(6), Sharing(9)),
    (Shortlist(6), Sharing(9, stop_from=5, stop_iqr=2, stop_settled=True)),
    (Shortlist(6), Sharing(15, stop_from=9, stop_iqr=2, stop_settled=True)),
    (Shortlist(3, 4), Sharing(15, stop_from=9, stop_iqr=2, stop_settled=True)),
)
HEAD = (
    "nominated by", "first of an area", "ratings a cell", "stops from", "cells asked",
    "answers, of all", "top 10 kept", "top 20 kept", "rank correlation",
    "agreed: both, only all, only thrifty", "predicted min", "used min: median, most",
)  # fmt: skip


def table() -> str:
    """The table as it stands in the docs."""
    lines = ["| " + " | ".join(HEAD) + " |", "|" + "---:|" * len(HEAD)]
    for rule, terms in TRIALS:
        one = trial(rule, terms)
        both, missed, added = one.agreed
        figures = (
            rule.shortlist_from, rule.shortlist_top or "all", terms.raters, terms.stop_from or "–",
            f"{len(one.shortlist)} ({one.cells:.0%})", f"{one.answers} ({one.share:.1%})",
            f"{one.overlap(10):.0%}", f"{one.overlap(20):.0%}", f"{one.correlation:.2f}",
            f"{both}, {missed}, {added}", one.predicted, f"{one.used[0]}, {one.used[1]}",
        )  # fmt: skip
        lines.append("| " + " | ".join(map(str, figures)) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    whole = predicted("rating", len(cells()), 1, []).minutes
    print(table())
    print(f"\nRating everything: {len(cells())} cells, {whole} minutes for each person.")
    print(f"Agreed on by all: {len(_whole()['winners'])}; mean nominations a person: "
          f"{mean([float(sum(nominations().values())) / len(voters())]):.0f}.")  # fmt: skip
