"""What every form of the single transferable vote keeps: who is in, who is out, and each stage."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.ballots.numbers import text
from app.methods.case import Power
from app.methods.rankings import Profile
from app.methods.ways import Pick

PLACES = 10**9


class Election:
    """An election under way; each stage begins with a tally and ends with who is in or out."""

    def __init__(
        self,
        ballots: Profile,
        options: tuple[str, ...],
        seats: int,
        quota: str,
        decimal: bool,
    ) -> None:
        self.decimal = decimal
        self.ballots = ballots
        self.seats = seats
        self.hopeful = set(options)
        self.elected: list[str] = []
        self.eliminated: list[str] = []
        self.rounds: list[dict[str, Any]] = []
        self.tallies: list[dict[str, Fraction]] = []
        total = sum((Fraction(power) for _, power in ballots), start=Fraction(0))
        self.rule = quota
        self.quota = self.quota_of(total)

    def quota_of(self, votes: Fraction) -> Fraction:
        """Droop: the least whole number only `seats` can reach; Hare: the equal part of a seat. A
        poll without options fills none.
        """
        if self.rule == "hare":
            return votes / max(1, self.seats)
        return Fraction(votes // (self.seats + 1) + 1)

    @property
    def left(self) -> int:
        """Seats still to fill."""
        return self.seats - len(self.elected)

    def over(self) -> bool:
        return self.left == 0 or not self.hopeful

    def stage(self, tally: Mapping[str, Fraction]) -> None:
        """Begin a stage."""
        self.tallies.append(dict(tally))
        shown = {option: self.votes(tally[option]) for option in sorted(tally)}
        self.rounds.append({"tally": shown, "elected": [], "eliminated": []})

    def elect(self, option: str) -> None:
        self.hopeful.discard(option)
        self.elected.append(option)
        self.rounds[-1]["elected"].append(option)

    def drop(self, option: str) -> None:
        self.hopeful.discard(option)
        self.eliminated.append(option)
        self.rounds[-1]["eliminated"].append(option)

    def elect_all_left(self, tally: Mapping[str, Power]) -> None:
        """As many are left as there are seats: all of them are in, the strongest first."""
        for option in sorted(self.hopeful, key=lambda o: (-tally[o], o)):
            self.elect(option)

    def one_of(self, tied: list[str], highest: bool, pick: Pick) -> str:
        """The one of those tied that was ahead (or behind) at the latest stage that tells them
        apart.
        """
        for tally in reversed(self.tallies):
            best = (max if highest else min)(tally.get(option, Fraction(0)) for option in tied)
            tied = [option for option in tied if tally.get(option, Fraction(0)) == best]
        return pick(tied)

    def votes(self, value: Fraction) -> str:
        """Votes as text: a decimal where the rule cuts to decimals, else the exact fraction."""
        if not self.decimal or value.denominator == 1:
            return text(value)
        return f"{Decimal(int(value * PLACES)) / PLACES:f}".rstrip("0")
