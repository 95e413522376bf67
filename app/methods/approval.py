"""Approval: every option that a ballot names gets its vote.

Score: the power of the ballots that name the option. With a threshold t an option is kept if score
/ ballots cast ≥ t; an empty ballot is cast too and lowers the share. Ties at the cut are reported.
O(ballots · options).
"""

from typing import Any, ClassVar

from app.ballots import Terms
from app.ballots.approval import Approval as ApprovalBody
from app.ballots.numbers import text
from app.methods.base import Method
from app.methods.case import Case, Params, Power, Reads
from app.methods.outcome import Decided, Result
from app.methods.poll import Poll
from app.methods.shares import enough, needed, share_of
from app.methods.tiers import cut, in_words, scored, tiers


class ApprovalParams(Params):
    """The most options that one ballot may approve of."""

    most: int | None = None


class Approval(Method[ApprovalParams]):
    """With a threshold, the winners are all options approved by that share of the ballots cast,
    however many.
    """

    id: ClassVar[str] = "approval"
    shape = "approval"
    reads: ClassVar[Reads] = {"seats": None, "threshold": None}
    reference = "Brams and Fishburn (1978), Approval voting."
    params = ApprovalParams

    def terms_with(self, poll: Poll, params: ApprovalParams) -> Terms:
        return super().terms_with(poll, params).model_copy(update={"most": params.most})

    def tally(self, case: Case[ApprovalParams]) -> Result:
        votes: dict[str, Power] = dict.fromkeys(case.options, 0)
        for body, power in case.answers(ApprovalBody):
            for option in body.approval:
                votes[option] += power
        shares = {option: share_of(votes[option], case.power) for option in case.options}
        ranking = tiers(votes)
        winners, ties, decided, how = self.decide(case, ranking, shares)
        return Result(
            winners=winners,
            decided=decided,
            ranking=ranking,
            scores={option: text(power) for option, power in votes.items()},
            ties=ties,
            diagnostics={
                "options": {
                    option: {
                        "approved": text(votes[option]),
                        "of": text(case.power),
                        "share": spelled(shares[option]),
                    }
                    for option in case.options
                }
            },
            trace=[
                f"Approvals of {text(case.power)} ballots cast: " + scored(ranking, votes) + ".",
                how,
            ],
        )

    def decide(
        self, case: Case[ApprovalParams], ranking: list[list[str]], shares: dict[str, Any]
    ) -> tuple[list[str], list[list[str]], Decided, str]:
        threshold = case.poll.threshold
        if threshold is None:
            return (*cut(ranking, case.poll.seats), f"Order by approvals: {in_words(ranking)}.")
        passed = [[o for o in tier if enough(shares[o], threshold)] for tier in ranking]
        passed = [tier for tier in passed if tier]
        kept = sum(len(tier) for tier in passed)
        winners, ties, decided = cut(passed, case.poll.seats or max(kept, 2))
        return (
            winners,
            ties,
            decided,
            f"Kept are those approved by {needed(threshold)}: {', '.join(winners) or 'none'}.",
        )


def spelled(share: Any) -> str | None:
    """An exact share as text, null of nothing."""
    return None if share is None else text(share)
