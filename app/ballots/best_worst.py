"""The best and the worst of a few options shown together."""

from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict

from app.ballots.body import Body
from app.ballots.errors import BallotError
from app.ballots.terms import Terms
from app.errors import N_


class Extremes(BaseModel):
    """What was shown, and which of it stood out."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)

    shown: list[str]
    best: str
    worst: str


class BestWorst(Body):
    """`{"best_worst": {"shown": ["A", "B", "C", "D"], "best": "A", "worst": "D"}}`."""

    shape: ClassVar[str] = "best_worst"
    best_worst: Extremes

    def named(self) -> list[str]:
        return self.best_worst.shown

    def check(self, terms: Terms) -> Self:
        self.know_options(terms)
        said = self.best_worst
        if len(set(said.shown)) != len(said.shown):
            raise BallotError(
                "repeated_option",
                N_("An option is shown twice in one set."),
                field="best_worst.shown",
            )
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
        return self.model_copy(
            update={"best_worst": said.model_copy(update={"shown": sorted(said.shown)})}
        )
