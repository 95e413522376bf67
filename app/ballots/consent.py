"""What a voting unit says to a wording put up for agreement."""

from typing import ClassVar, Literal, Self

from app.ballots.body import Body
from app.ballots.errors import BallotError
from app.ballots.terms import Terms
from app.ballots.wording import Wording
from app.errors import N_


class Consent(Body):
    """`{"consent": "reservation", "reason": "…"}`; `pending` is “position reserved”: it neither
    blocks nor supports.
    """

    shape: ClassVar[str] = "consent"
    names_options: ClassVar[bool] = False
    consent: Literal["consent", "reservation", "stand_aside", "objection", "pending"]
    reason: Wording | None = None

    def blank(self) -> bool:
        return False

    def check(self, terms: Terms) -> Self:
        if (
            terms.objection_needs_reason
            and self.consent == "objection"
            and not (self.reason or "").strip()
        ):
            raise BallotError(
                "reason_missing",
                N_("Please say why you object: without a reason the others cannot meet it."),
                field="reason",
            )
        return self
