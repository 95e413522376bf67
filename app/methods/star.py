"""STAR: score, then automatic run-off between the two highest totals.

Score: the sum of the stars. Run-off: a beats b if more power scores a above b than b above a. What
the official order of tie-breaks leaves equal is reported. O(ballots · options²).
"""

from itertools import groupby
from typing import ClassVar

from app.ballots import Terms
from app.ballots.numbers import exact, text
from app.ballots.rating import Rating
from app.ballots.terms import Scale
from app.methods.base import Method
from app.methods.case import Case, Params, Power, Reads
from app.methods.outcome import Result
from app.methods.pairwise import Matrix, copeland_scores
from app.methods.poll import Poll
from app.methods.tiers import scored, tiers

Stars = list[tuple[dict[str, Power], Power]]


class Star(Method[Params]):
    """What a ballot leaves out counts 0 stars. The finalist preferred on more ballots wins.

    Equal totals: who is preferred head to head, then who has more top scores. Equal run-off: the
    higher total, then more top scores. What is equal after that is a tie.
    """

    id: ClassVar[str] = "star"
    shape = "rating"
    reads: ClassVar[Reads] = {"scale": Scale(min=0, max=5)}
    reference = "STAR voting, Equal Vote Coalition: protocol with its official tie-breaking order."
    params = Params

    def terms_with(self, poll: Poll, params: Params) -> Terms:
        scale = poll.scale or Scale(min=0, max=5)
        return super().terms_with(poll, params).model_copy(update={"scale": scale})

    def tally(self, case: Case[Params]) -> Result:
        ballots: Stars = [
            ({o: exact(body.rating.get(o) or 0) for o in case.options}, power)
            for body, power in case.answers(Rating)
        ]
        top = exact(case.poll.scale.max) if case.poll.scale else exact(5)
        totals: dict[str, Power] = {o: sum(s[o] * p for s, p in ballots) for o in case.options}
        tops: dict[str, Power] = {
            o: sum(p for s, p in ballots if s[o] == top) for o in case.options
        }
        matrix = preferences(ballots, case.options)
        ranking = tiers(totals)
        groups = self.score_round(ranking, matrix, tops)
        return self.runoff(groups, totals, tops, matrix, ranking)

    def score_round(
        self, ranking: list[list[str]], matrix: Matrix, tops: dict[str, Power]
    ) -> list[list[str]]:
        """Options in the order they qualify; a group of several cannot be told apart."""
        groups: list[list[str]] = []
        for tier in ranking:
            inside: Matrix = {a: {b: matrix[a][b] for b in tier if b != a} for a in tier}
            wins = copeland_scores(inside)
            ordered = sorted(tier, key=lambda o, w=wins: (w[o], tops[o]), reverse=True)  # type: ignore[misc]
            for _, same in groupby(ordered, key=lambda o, w=wins: (w[o], tops[o])):  # type: ignore[misc]
                groups.append(sorted(same))
        return groups

    def runoff(
        self,
        groups: list[list[str]],
        totals: dict[str, Power],
        tops: dict[str, Power],
        matrix: Matrix,
        ranking: list[list[str]],
    ) -> Result:
        result = Result(
            winners=[],
            decided="tie",
            ranking=ranking,
            scores={option: text(total) for option, total in totals.items()},
            trace=[f"Totals: {scored(ranking, totals)}."],
        )
        finalists = [o for group in groups[:2] for o in group] if groups else []
        if groups and len(groups[0]) > 1:
            finalists = groups[0]
        if len(finalists) > 2:
            tied = groups[0] if len(groups[0]) > 2 else groups[1]
            result.winners, result.ties = sorted(finalists), [tied]
            result.trace.append(f"{', '.join(tied)} cannot be told apart; no run-off is held.")
            return result
        if len(finalists) < 2:
            result.winners, result.decided = finalists, "yes" if finalists else "no"
            return result
        a, b = finalists
        result.diagnostics = {
            "finalists": [a, b],
            "runoff": {a: text(matrix[a][b]), b: text(matrix[b][a])},
        }
        result.trace.append(f"Run-off: {a} {text(matrix[a][b])}, {b} {text(matrix[b][a])}.")
        first, second = ((matrix[x][y], totals[x], tops[x]) for x, y in ((a, b), (b, a)))
        if first == second:
            result.winners, result.ties = sorted([a, b]), [sorted([a, b])]
        else:
            result.winners, result.decided = [a if first > second else b], "yes"
            loser = b if first > second else a
            rest = [[o for o in tier if o not in (a, b)] for tier in ranking]
            result.ranking = [result.winners, [loser], *(tier for tier in rest if tier)]
        return result


def preferences(ballots: Stars, options: tuple[str, ...]) -> Matrix:
    """The power of the ballots that score one option above another."""
    return {
        a: {b: sum(p for s, p in ballots if s[a] > s[b]) for b in options if b != a}
        for a in options
    }
