"""What the body of every ballot has in common, whatever its shape."""

from collections.abc import Collection
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict

from app.ballots.terms import Terms
from app.ballots.wording import Wording

SAID_BESIDE = ("reasons", "reason")


class Texts(dict[str, Any]):
    """An answer of texts alone: it has no number that a digest would have to spell out."""


class Body(BaseModel):
    """One complete answer. `reasons` are stored apart and are never part of counting or digest."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)

    shape: ClassVar[str]
    names_options: ClassVar[bool] = True
    of_texts: ClassVar[bool] = False  # its one field is JSON without a number
    reasons: dict[str, Wording] | None = None

    def named(self) -> Collection[str]:
        """Every option that the answer names, in its order; with repetitions if it repeats one."""
        return ()

    def blank(self) -> bool:
        """True if nothing is answered. “No opinion” and “abstain” are answers."""
        return not self.named()

    def check(self, terms: Terms) -> Self:
        """The answer in its normal form; raises BallotError if the terms do not allow it."""
        self.know_options(terms)
        return self

    def know_options(self, terms: Terms) -> Collection[str]:
        """Every option that is named. Raises `unknown_option` for a name, also of a reason, that
        the round does not have.
        """
        named = self.named()
        if self.names_options:
            terms.know(named, self.shape)
            if self.reasons:
                terms.know(self.reasons, "reasons")
        return named

    def dump(self) -> dict[str, Any]:
        """As it is stored: what was not said is left out."""
        return self.model_dump(mode="json", exclude_unset=True)

    def answer(self) -> dict[str, Any]:
        """What is counted: the dump without what is said beside it."""
        if self.of_texts:
            return Texts({self.shape: getattr(self, self.shape)})
        return {key: value for key, value in self.dump().items() if key not in SAID_BESIDE}
