"""What rules over points share: sums, and a budget on the ballot."""

from app.ballots.allocation import Allocation
from app.methods.case import Case, P, Power


def sums(case: Case[P]) -> dict[str, Power]:
    """The points that each option got."""
    points: dict[str, Power] = dict.fromkeys(case.options, 0)
    for body, power in case.answers(Allocation):
        for option, given in body.allocation.items():
            points[option] += given * power
    return points
