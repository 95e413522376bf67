"""What rules over several criteria share: the answers to each option and criterion."""

from collections.abc import Mapping
from fractions import Fraction

from app.ballots.criteria import Criteria
from app.methods.case import Case, P
from app.methods.poll import Criterion
from app.methods.statistics import spread_out

Cells = dict[str, dict[str, list[Fraction]]]


def criteria_of(case: Case[P]) -> list[Criterion]:
    """The poll's criteria; where it lists none, those that the ballots name, of equal weight."""
    if case.poll.criteria:
        return list(case.poll.criteria)
    named = {
        name for body, _ in case.heads(Criteria) for cell in body.criteria.values() for name in cell
    }
    return [Criterion(id=name) for name in sorted(named)]


def cells(case: Case[P]) -> Cells:
    """Option → criterion → rising answers; “no opinion” left out."""
    raw: dict[str, dict[str, list[tuple[int | float, int]]]] = {
        option: {criterion.id: [] for criterion in criteria_of(case)} for option in case.options
    }
    for body, count in case.heads(Criteria):
        for option, answers in body.criteria.items():
            for criterion, value in answers.items():
                if value is not None:
                    raw[option][criterion].append((value, count))
    return {
        option: {criterion: spread_out(answers) for criterion, answers in row.items()}
        for option, row in raw.items()
    }


def weighted_mean(parts: Mapping[str, Fraction], criteria: list[Criterion]) -> Fraction | None:
    """The mean of the criteria answered by their weights; None if none is, or none weighs."""
    weights = {criterion.id: criterion.weight for criterion in criteria if criterion.id in parts}
    total = sum(weights.values(), start=Fraction(0))
    if not total:
        return None
    return sum((weights[name] * parts[name] for name in weights), start=Fraction(0)) / total
