"""A value on a scale for each option."""

from typing import ClassVar, Self

from app.ballots.body import Body
from app.ballots.numbers import Opinion
from app.ballots.terms import Terms


class Rating(Body):
    """`{"rating": {"A": 7, "B": null}}`: null is “no opinion”, what is left out is not answered."""

    shape: ClassVar[str] = "rating"
    rating: dict[str, Opinion]

    def named(self) -> list[str]:
        return list(self.rating)

    def check(self, terms: Terms) -> Self:
        self.know_options(terms)
        for option, value in self.rating.items():
            if terms.scale and value is not None:
                terms.scale.check(value, f"rating.{option}")
        return self
