"""CHNRI: research and programme priorities from yes, undecided, no, and not informed.

Score: Σ w · c / Σ w, c being the mean of the answers to a criterion. AEA: the mean over criteria of
the share of all experts who gave the commonest answer (the formula as commonly used; the paper was
not read again). Ties at the cut are reported. O(answers).
"""

from collections import Counter
from fractions import Fraction
from typing import Any, ClassVar

from app.ballots import Terms
from app.ballots.numbers import text
from app.ballots.terms import Scale
from app.methods.base import Method
from app.methods.case import Case, Params, Reads
from app.methods.criteria_cells import cells, criteria_of, weighted_mean
from app.methods.outcome import Result
from app.methods.poll import Poll
from app.methods.statistics import mean
from app.methods.tiers import cut, in_words, tiers_by


class Chnri(Method[Params]):
    """Answers are 1, 0.5 (informed, undecided), 0, or null (not informed). The score of an option
    is the mean of its criteria by weight; AEA is the average agreement of the experts.
    """

    id: ClassVar[str] = "chnri"
    shape = "criteria"
    reads: ClassVar[Reads] = {"criteria": None, "seats": None}
    weighted = False
    reference = (
        "Rudan et al. (2008), Setting priorities in global child health research investments."
    )
    params = Params

    def terms_with(self, poll: Poll, params: Params) -> Terms:
        scale = Scale(min=0, max=1, step=0.5)
        return super().terms_with(poll, params).model_copy(update={"scale": scale})

    def tally(self, case: Case[Params]) -> Result:
        table, criteria = cells(case), criteria_of(case)
        parts = {o: {c: mean(a) for c, a in row.items() if a} for o, row in table.items()}
        scores = {option: weighted_mean(part, criteria) for option, part in parts.items()}
        ranking = tiers_by(scores, lambda o: -1 if scores[o] is None else scores[o])
        winners, ties, decided = cut(ranking, case.poll.seats)
        experts = sum(vote.count for vote in case.votes)
        return Result(
            winners=winners,
            decided=decided,
            ranking=ranking,
            scores={o: None if score is None else text(score) for o, score in scores.items()},
            ties=ties,
            diagnostics={
                "options": {o: figures(table[o], parts[o], scores[o], experts) for o in table}
            },
            trace=[f"Order by research priority score: {in_words(ranking)}."],
        )


def figures(
    answers: dict[str, list[Fraction]],
    parts: dict[str, Fraction],
    score: Fraction | None,
    experts: int,
) -> dict[str, Any]:
    """Criterion scores, RPS, and AEA: the mean share of all experts giving the commonest answer."""
    commonest = [max(Counter(given).values(), default=0) for given in answers.values()]
    aea = Fraction(sum(commonest), experts * len(answers)) if experts and answers else None
    return {
        "n": {criterion: len(given) for criterion, given in answers.items()},
        "criteria": {criterion: text(part) for criterion, part in parts.items()},
        "rps": None if score is None else text(score),
        "aea": None if aea is None else text(aea),
    }
