"""Of each rated option: where the panel stands, and whether it stands together.

Agreement and consensus are two things: a panel can be of one mind in rejecting, or lean towards yes
while it is divided. Hence four classes (Holey et al. 2007; Diamond et al. 2014).
"""

from fractions import Fraction
from math import sqrt
from typing import Any

from app.methods import METHODS, Outcome, Poll
from app.methods.case import Case
from app.methods.ram_appropriateness import panel
from app.methods.ratings import Rated, rated

RAM = METHODS["ram_appropriateness"].reads["scale"]


def verdicts(poll: Poll, case: Case[Any], consensus: Outcome) -> dict[str, dict[str, Any]]:
    """Option → median, quartiles (type 7), coefficient of variation, the two verdicts and their
    class; on a scale of 1–9 also the RAND/UCLA index. `consensus` is the outcome by
    `rating_consensus`.
    """
    options = consensus.diagnostics["options"]
    return {
        option: {
            name: options[option][name]
            for name in ("n", "mean", "median", "q1", "q3", "iqr", "agreement", "consensus")
        }
        | {"verdict": verdict(options[option]), "variation": variation(answers)}
        | (rand_ucla(answers) if poll.scale == RAM else {})
        for option, answers in rated(case).items()
    }


def verdict(figures: dict[str, Any]) -> str | None:
    """`agreed` and `agreed_divided`: the median lies where the panel agrees, with consensus or
    without; `rejected`: it lies where the panel disagrees; `undecided`: neither, however close the
    answers. None where nobody answered.
    """
    if figures["agreement"] == "agree":
        return "agreed" if figures["consensus"] else "agreed_divided"
    return {"disagree": "rejected", "neither": "undecided", None: None}[figures["agreement"]]


def variation(answers: Rated) -> float | None:
    """Standard deviation over mean; None with fewer than two answers or a mean of nothing."""
    n = len(answers.values)
    total = sum(answers.values, Fraction(0))
    if n < 2 or not total:
        return None
    squares = sum((value - total / n) ** 2 for value in answers.values)
    return sqrt(squares / (n - 1)) / abs(float(total / n))


def rand_ucla(answers: Rated) -> dict[str, Any]:
    """IPR, IPRAS, the disagreement index and the class of the RAND/UCLA manual."""
    found = panel(answers.values)
    kept = ("p30", "p70", "ipr", "ipras", "di", "disagreement", "class")
    return {name: found[name] for name in kept if name in found}
