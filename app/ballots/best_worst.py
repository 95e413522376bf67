"""The best and the worst of a few options shown together; or that one can't decide."""

from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict

from app.ballots.body import Body
from app.ballots.errors import BallotError
from app.ballots.terms import Terms
from app.errors import N_


class Extremes(BaseModel):
    """What was shown, and which of it stood out; of a set that was skipped, nothing."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)

    shown: list[str]
    best: str
    worst: str
    skip: bool = False


class BestWorst(Body):
    """`{"best_worst": {"shown": ["A", "B", "C", "D"], "best": "A", "worst": "D"}}`."""

    shape: ClassVar[str] = "best_worst"
    best_worst: Extremes

    def named(self) -> list[str]:
        return self.best_worst.shown

    def blank(self) -> bool:
        return self.best_worst.skip

    def check(self, terms: Terms) -> Self:
        self.know_options(terms)
        said = self.best_worst
        if len(set(said.shown)) != len(said.shown):
            raise BallotError(
                "repeated_option",
                N_("An option is shown twice in one set."),
                field="best_worst.shown",
            )
        if said.skip:
            skipped = Extremes(shown=sorted(said.shown), best="", worst="", skip=True)
            return self.model_copy(update={"best_worst": skipped})
        if said.best == said.worst:
            raise BallotError(
                "same_option", N_("Best and worst have to be two options."), field="best_worst"
            )
        for name in (said.best, said.worst):
            if name not in said.shown:
                raise BallotError(
                    "unknown_option",
                    N_("“{option}” was not among those shown."),
                    field="best_worst",
                    option=name,
                )
        named = Extremes(shown=sorted(said.shown), best=said.best, worst=said.worst)
        return self.model_copy(update={"best_worst": named})
