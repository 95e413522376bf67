"""Naming every option one can support."""

from typing import ClassVar, Self

from app.ballots.body import Body
from app.ballots.choice import picked
from app.ballots.terms import Terms


class Approval(Body):
    """`{"approval": ["A", "C"]}`; an empty list approves of none and counts as cast."""

    shape: ClassVar[str] = "approval"
    of_texts: ClassVar[bool] = True
    approval: list[str]

    def named(self) -> list[str]:
        return self.approval

    def check(self, terms: Terms) -> Self:
        self.know_options(terms)
        names = picked(self.approval, terms, self.shape)
        return self if names == self.approval else self.model_copy(update={"approval": names})
