"""What all rules over ratings read from each option's answers."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Any

from app.ballots.numbers import text
from app.ballots.rating import Rating
from app.methods.case import Case, P
from app.methods.statistics import mean, median, quantile, spread_out

Q1, Q3 = Fraction(1, 4), Fraction(3, 4)


@dataclass(frozen=True)
class Rated:
    """The rising answers to one option, and how many said “no opinion”."""

    values: list[Fraction]
    no_opinion: int

    def share_from(self, top: Fraction) -> Fraction:
        """The share of answers at or above a value; 0 without answers."""
        return Fraction(sum(value >= top for value in self.values), len(self.values) or 1)

    @property
    def center(self) -> tuple[Fraction, Fraction]:
        """Median and mean; below every scale where nobody answered."""
        if not self.values:
            return Fraction(-(10**18)), Fraction(-(10**18))
        return median(self.values), mean(self.values)

    def figures(self) -> dict[str, Any]:
        """n, mean, median, quartiles (type 7) and distribution; null where nobody answered."""
        values = self.values
        q1, q3 = (quantile(values, Q1), quantile(values, Q3)) if values else (None, None)
        return {
            "n": len(values),
            "no_opinion": self.no_opinion,
            "mean": number(mean(values)) if values else None,
            "median": number(median(values)) if values else None,
            "q1": None if q1 is None else number(q1),
            "q3": None if q3 is None else number(q3),
            "iqr": None if q1 is None or q3 is None else number(q3 - q1),
            "distribution": {text(value): len(list(same)) for value, same in groupby(values)},
        }


def number(value: Fraction) -> int | float:
    """A statistic as a JSON number."""
    return value.numerator if value.denominator == 1 else float(value)


def rated(case: Case[P]) -> dict[str, Rated]:
    """The answers to each option; a ballot counts once for each one like it."""
    answers: dict[str, list[tuple[int | float, int]]] = {option: [] for option in case.options}
    silent = dict.fromkeys(case.options, 0)
    for body, count in case.heads(Rating):
        for option, value in body.rating.items():
            if value is None:
                silent[option] += count
            else:
                answers[option].append((value, count))
    return {option: Rated(spread_out(answers[option]), silent[option]) for option in case.options}


def answered(ranking: list[list[str]], options: dict[str, Rated]) -> list[list[str]]:
    """The tiers without the options that nobody rated: these cannot win, however many are kept."""
    return [tier for tier in ranking if options[tier[0]].values]
