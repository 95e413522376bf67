"""What blocs of voters carry or hold. Supporters of an option who carry the same are added up, so
that a step costs a few fractions, not one for each bloc.
"""

from collections.abc import Callable
from fractions import Fraction

from app.methods.case import Power
from app.methods.committees import Bloc


class Loads:
    """One amount for each bloc; `supporters` gives those of an option as (amount, power)."""

    def __init__(self, voters: list[Bloc], start: Fraction) -> None:
        self.voters = voters
        self.amounts = [start]
        self.place = [0] * len(voters)  # of each bloc's amount in `amounts`
        self.blocs: dict[str, list[int]] = {}
        self.powers: dict[str, dict[int, Power]] = {}  # option → place of an amount → power
        for number, bloc in enumerate(voters):
            for option in bloc.approved:
                self.blocs.setdefault(option, []).append(number)
                row = self.powers.setdefault(option, {0: 0})
                row[0] += bloc.power

    def supporters(self, option: str) -> list[tuple[Fraction, Power]]:
        """The different amounts of those who approve of an option, and the power behind each."""
        row = self.powers.get(option, {})
        return [(self.amounts[place], power) for place, power in row.items()]

    def change(self, option: str, to: Callable[[Fraction], Fraction]) -> None:
        """Give every supporter of an option another amount, which depends on the present one."""
        moved: dict[int, int] = {}
        for number in self.blocs[option]:
            old = self.place[number]
            if old not in moved:
                moved[old] = self.place_of(to(self.amounts[old]))
            self.move(number, old, moved[old])

    def place_of(self, amount: Fraction) -> int:
        if amount not in self.amounts:
            self.amounts.append(amount)
        return self.amounts.index(amount)

    def move(self, number: int, old: int, new: int) -> None:
        bloc = self.voters[number]
        self.place[number] = new
        for option in bloc.approved:
            row = self.powers[option]
            row[old] -= bloc.power
            row[new] = row.get(new, 0) + bloc.power
            if not row[old]:
                del row[old]

    def turned_round(self) -> "Loads":
        """What is held as a load below zero; these loads are not to be used any more."""
        self.amounts = [-amount for amount in self.amounts]
        return self
