"""Consent: it passes unless somebody objects.

Passes if somebody answered, nobody objects, and no more stand aside than allowed. There are no
ties. A definition; no published figures exist for it. O(ballots).
"""

from typing import ClassVar

from app.ballots.consent import Consent as ConsentBody
from app.ballots.numbers import text
from app.methods.base import Method
from app.methods.case import Case, Params, Power
from app.methods.outcome import Result

ANSWERS = ("consent", "reservation", "stand_aside", "objection", "pending")


class ConsentParams(Params):
    """How many may stand aside before the agreement is too thin; no limit unless given."""

    most_stand_aside: int | None = None


class Consent(Method[ConsentParams]):
    """A reservation supports and is recorded; who stands aside or has the position reserved neither
    blocks nor supports.
    """

    id: ClassVar[str] = "consent"
    shape = "consent"
    reference = "Consensus decision-making with stand-asides and blocks; consent as in sociocracy."
    params = ConsentParams

    def tally(self, case: Case[ConsentParams]) -> Result:
        said: dict[str, Power] = dict.fromkeys(ANSWERS, 0)
        for body, power in case.answers(ConsentBody):
            said[body.consent] += power
        limit = case.params.most_stand_aside
        thin = limit is not None and said["stand_aside"] > limit
        passes = bool(case.votes) and not said["objection"] and not thin
        return Result(
            winners=[],
            decided="yes" if passes else "no",
            scores={answer: text(power) for answer, power in said.items()},
            diagnostics={"said": {answer: text(power) for answer, power in said.items()}},
            trace=[self.summary(said), self.verdict(said, passes, thin)],
        )

    def summary(self, said: dict[str, Power]) -> str:
        return (
            f"Consent {text(said['consent'])}, with reservation {text(said['reservation'])}, "
            f"stand aside {text(said['stand_aside'])}, objection {text(said['objection'])}, "
            f"position reserved {text(said['pending'])}."
        )

    def verdict(self, said: dict[str, Power], passes: bool, thin: bool) -> str:
        if passes:
            return "Nobody objects: it passes."
        if said["objection"]:
            return "There is an unresolved objection: it does not pass."
        return (
            "Too many stand aside: it does not pass."
            if thin
            else "Nobody has answered: it does not pass."
        )
