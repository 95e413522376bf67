"""Best–worst scaling by counts: how much more often best than worst, for each time shown.

Score: (best − worst) / shown. Equal scores tie. O(answers).
"""

from fractions import Fraction
from typing import ClassVar

from app.ballots.best_worst import BestWorst as BestWorstBody
from app.ballots.numbers import text
from app.methods.base import Method
from app.methods.case import Case, Params, Power, Reads
from app.methods.outcome import Result
from app.methods.tiers import cut, in_words, tiers_by


class BestWorst(Method[Params]):
    """Score: (best − worst) / shown, from −1 to 1. An option never shown has none."""

    id: ClassVar[str] = "best_worst"
    version = "2"
    shape = "best_worst"
    reads: ClassVar[Reads] = {"seats": None}
    reads_voters = True  # for the turnout: one voter judges many sets
    reference = "Finn and Louviere (1992); Louviere, Flynn and Marley (2015), Best-Worst Scaling."
    params = Params

    def tally(self, case: Case[Params]) -> Result:
        kinds = ("best", "worst", "shown")
        counts: dict[str, dict[str, Power]] = {o: dict.fromkeys(kinds, 0) for o in case.options}
        for body, power in case.answers(BestWorstBody):
            said = body.best_worst
            for option in said.shown:
                counts[option]["shown"] += power
            counts[said.best]["best"] += power
            counts[said.worst]["worst"] += power
        scores = {
            option: Fraction(n["best"] - n["worst"]) / n["shown"] if n["shown"] else None
            for option, n in counts.items()
        }
        ranking = tiers_by(scores, lambda o: -2 if scores[o] is None else scores[o])
        winners, ties, decided = cut(ranking, case.poll.seats)
        return Result(
            winners=winners,
            decided=decided,
            ranking=ranking,
            scores={o: None if score is None else text(score) for o, score in scores.items()},
            ties=ties,
            diagnostics={
                "options": {o: {kind: text(n[kind]) for kind in kinds} for o, n in counts.items()}
            },
            trace=[f"Order by (best − worst) / shown: {in_words(ranking)}."],
        )
