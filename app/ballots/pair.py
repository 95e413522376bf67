"""Which of two options is preferred; or that one can't decide between them."""

from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict

from app.ballots.body import Body
from app.ballots.errors import BallotError
from app.ballots.terms import Terms
from app.errors import N_


class Judged(BaseModel):
    """Winner and loser; under a tie, and where it was skipped, the two names have no order. A tie
    says that both are equal, a skip says nothing of them.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)

    winner: str
    loser: str
    tie: bool = False
    skip: bool = False


class Pair(Body):
    """`{"pair": {"winner": "A", "loser": "B", "tie": false}}`."""

    shape: ClassVar[str] = "pair"
    pair: Judged

    def named(self) -> list[str]:
        return [self.pair.winner, self.pair.loser]

    def blank(self) -> bool:
        return self.pair.skip

    def check(self, terms: Terms) -> Self:
        self.know_options(terms)
        one, other, tie = self.pair.winner, self.pair.loser, self.pair.tie
        if one == other:
            raise BallotError(
                "same_option",
                N_("“{option}” cannot be compared with itself."),
                field="pair",
                option=one,
            )
        if tie or self.pair.skip:
            one, other = sorted((one, other))
        said = Judged(winner=one, loser=other, tie=tie and not self.pair.skip)
        if self.pair.skip:
            said = Judged(winner=one, loser=other, skip=True)
        return self.model_copy(update={"pair": said})
