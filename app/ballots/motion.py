"""Yes, no or abstain to one proposal."""

from typing import ClassVar, Literal

from app.ballots.body import Body


class Motion(Body):
    """`{"motion": "yes"}`; abstaining is an answer."""

    shape: ClassVar[str] = "motion"
    names_options: ClassVar[bool] = False
    motion: Literal["yes", "no", "abstain"]

    def blank(self) -> bool:
        return False
