"""Each option rated on several criteria."""

from typing import ClassVar, Self

from app.ballots.body import Body
from app.ballots.errors import BallotError
from app.ballots.numbers import Opinion
from app.ballots.terms import Terms
from app.errors import N_


class Criteria(Body):
    """`{"criteria": {"A": {"impact": 3, "cost": null}}}`: null is “no opinion”."""

    shape: ClassVar[str] = "criteria"
    criteria: dict[str, dict[str, Opinion]]

    def named(self) -> list[str]:
        return list(self.criteria)

    def check(self, terms: Terms) -> Self:
        self.know_options(terms)
        for option, answers in self.criteria.items():
            for criterion, value in answers.items():
                field = f"criteria.{option}.{criterion}"
                if terms.criteria and criterion not in terms.criteria:
                    raise BallotError(
                        "unknown_criterion",
                        N_("“{criterion}” is not a criterion of this round."),
                        field=field,
                        criterion=criterion,
                    )
                if terms.scale and value is not None:
                    terms.scale.check(value, field)
        return self
