"""Naming one option, or several where the round allows it."""

from typing import ClassVar, Self

from app.ballots.body import Body
from app.ballots.errors import BallotError
from app.ballots.terms import Terms
from app.errors import N_


class Choice(Body):
    """`{"choice": ["A"]}`; an empty list is a blank ballot."""

    shape: ClassVar[str] = "choice"
    of_texts: ClassVar[bool] = True
    choice: list[str]

    def named(self) -> list[str]:
        return self.choice

    def check(self, terms: Terms) -> Self:
        self.know_options(terms)
        names = picked(self.choice, terms, self.shape)
        return self if names == self.choice else self.model_copy(update={"choice": names})


def picked(options: list[str], terms: Terms, field: str) -> list[str]:
    """A set of options in canonical order; raises `budget` for too many and `unknown_option` for a
    repetition.
    """
    if len(set(options)) < len(options):
        twice = next(option for option in options if options.count(option) > 1)
        raise BallotError(
            "repeated_option", N_("“{option}” is named twice."), field=field, option=twice
        )
    terms.picks(len(options), field)
    return sorted(options)
