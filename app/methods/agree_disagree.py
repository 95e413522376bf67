"""Reactions to statements: agree, disagree, pass.

Score: agree − disagree; share: agree / (agree + disagree), a pass being no side. Statements of
equal score share a tier; a tie at the cut is reported. O(ballots · options).
"""

from typing import ClassVar

from app.ballots.numbers import text
from app.ballots.react import React
from app.methods.base import Method
from app.methods.case import Case, Params, Power, Reads
from app.methods.outcome import Result
from app.methods.shares import enough, needed, share_of
from app.methods.tiers import cut, in_words, listed, tiers


class AgreeDisagree(Method[Params]):
    """Statements are ordered by agreement less disagreement; those with enough agreement among who
    took a side win.
    """

    id: ClassVar[str] = "agree_disagree"
    shape = "react"
    reads: ClassVar[Reads] = {"seats": None, "threshold": "simple"}
    reference = "Small et al. (2021), Polis: scaling deliberation by mapping opinion spaces."
    params = Params

    def tally(self, case: Case[Params]) -> Result:
        said: dict[str, dict[str, Power]] = {
            o: {"agree": 0, "disagree": 0, "pass": 0} for o in case.options
        }
        for body, power in case.answers(React):
            for option, answer in body.react.items():
                said[option][answer] += power
        shares = {
            o: share_of(said[o]["agree"], said[o]["agree"] + said[o]["disagree"])
            for o in case.options
        }
        net = {option: answers["agree"] - answers["disagree"] for option, answers in said.items()}
        threshold = case.poll.threshold or "simple"
        ranking = tiers(net)
        passed = [[o for o in tier if enough(shares[o], threshold)] for tier in ranking]
        found = [tier for tier in passed if tier]
        winners, ties, decided = cut(found, case.poll.seats or max(2, len(case.options)))
        return Result(
            winners=winners,
            decided=decided,
            ranking=ranking,
            scores={option: text(score) for option, score in net.items()},
            ties=ties,
            diagnostics={
                "options": {
                    option: {
                        **{answer: text(power) for answer, power in said[option].items()},
                        "n": text(sum(said[option].values())),
                        "share": None if shares[option] is None else text(shares[option] or 0),
                    }
                    for option in case.options
                }
            },
            trace=[
                "Order by agreement less disagreement: " + in_words(ranking) + ".",
                f"Agreed by {needed(threshold)} of those who took a side: {listed(winners)}.",
            ],
        )
