"""A motion: yes or no, by a stated share of a stated basis, with or without a quorum.

Share = yes / D, where D is yes + no (valid), yes + no + abstain (present) or all eligible
(members). Carried if share > 1/2 (simple) or share ≥ the fraction stated. Exactly half under
“simple” is not carried and reported as a tie; D = 0 is not carried. O(ballots).
"""

from typing import ClassVar

from app.ballots.motion import Motion as MotionBody
from app.ballots.numbers import text
from app.errors import N_, Refused
from app.methods.base import Method
from app.methods.case import Case, Params, Power, Reads
from app.methods.outcome import Result
from app.methods.shares import enough, needed, share_of

BASES = {"valid": "yes and no", "present": "yes, no and abstain", "members": "all members"}


class Motion(Method[Params]):
    """The basis decides what a share is a share of: `valid` yes and no, `present` abstentions too,
    `members` all eligible.
    """

    id: ClassVar[str] = "motion"
    shape = "motion"
    reads: ClassVar[Reads] = {"threshold": "simple", "basis": "valid"}
    reference = (
        "Robert's Rules of Order: majority of votes cast, of those present, of the membership."
    )
    params = Params

    def tally(self, case: Case[Params]) -> Result:
        votes: dict[str, Power] = {"yes": 0, "no": 0, "abstain": 0}
        for body, power in case.answers(MotionBody):
            votes[body.motion] += power
        threshold, basis = case.poll.threshold or "simple", case.poll.basis or "valid"
        whole = self.whole(case, votes, basis)
        share = share_of(votes["yes"], whole)
        carried = enough(share, threshold)
        half = votes["yes"] * 2 == whole and whole != 0 and threshold == "simple"
        return Result(
            winners=[],
            decided="yes" if carried else "no",
            scores={answer: text(power) for answer, power in votes.items()},
            ties=[["yes", "no"]] if half else [],
            diagnostics={
                "share": None if share is None else text(share),
                "of": text(whole),
                "basis": basis,
                "threshold": str(threshold),
                "quorum_met": case.quorum_met,
            },
            trace=[
                ", ".join(f"{answer} {text(power)}" for answer, power in votes.items()) + ".",
                f"Yes is {text(votes['yes'])} of {text(whole)} ({BASES[basis]}).",
                self.verdict(carried, half, needed(threshold)),
            ],
        )

    def verdict(self, carried: bool, half: bool, bar: str) -> str:
        if half:
            return "Exactly half is not more than half: not carried."
        return f"{bar} is needed: {'carried' if carried else 'not carried'}.".capitalize()

    def whole(self, case: Case[Params], votes: dict[str, Power], basis: str) -> Power:
        """What the share of yes is taken of."""
        if basis == "valid":
            return votes["yes"] + votes["no"]
        if basis == "present":
            return votes["yes"] + votes["no"] + votes["abstain"]
        if case.poll.eligible is None:
            raise Refused(
                "bad_poll",
                N_("A share of the members needs their number in “eligible”."),
                field="eligible",
            )
        return case.poll.eligible
