"""How many times as important one option is as another, for the analytic hierarchy process."""

from typing import ClassVar, Self

from app.ballots.body import Body
from app.ballots.errors import BallotError
from app.ballots.numbers import Ratio
from app.ballots.terms import Terms
from app.errors import N_


class Judgements(Body):
    """`{"judgements": {"A": {"B": "4"}}}`: A is four times B; the reverse is the reciprocal."""

    shape: ClassVar[str] = "judgements"
    judgements: dict[str, dict[str, Ratio]]

    def named(self) -> list[str]:
        return [name for row, cells in self.judgements.items() for name in (row, *cells)]

    def check(self, terms: Terms) -> Self:
        self.know_options(terms)
        for row, cells in self.judgements.items():
            for column, ratio in cells.items():
                field = f"judgements.{row}.{column}"
                back = self.judgements.get(column, {}).get(row)
                if ratio <= 0:
                    raise BallotError(
                        "score_range", N_("A ratio has to be above zero."), field=field
                    )
                if (row == column and ratio != 1) or (back is not None and back * ratio != 1):
                    raise BallotError(
                        "score_range",
                        N_("“{row}” and “{column}” are compared twice, and differently."),
                        field=field,
                        row=row,
                        column=column,
                    )
        return self
