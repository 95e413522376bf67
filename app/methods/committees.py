"""What rules for committees share: who approves of what, and one result out of all ways."""

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from app.ballots.approval import Approval
from app.ballots.numbers import text
from app.errors import N_, Refused
from app.methods.case import Case, P, Power
from app.methods.outcome import Decided, Result
from app.methods.ways import Pick, Ways


@dataclass(frozen=True)
class Bloc:
    """Voters with the same approvals, and how many they are."""

    approved: frozenset[str]
    power: Power


@dataclass
class Committee:
    """One way a committee came about: its members in the order chosen, and each step."""

    members: list[str] = field(default_factory=list)
    steps: list[dict[str, Any]] = field(default_factory=list)
    scores: dict[str, Fraction] = field(default_factory=dict)

    def take(self, option: str, tied: list[str], **figures: Any) -> None:
        self.members.append(option)
        told = {name: text(value) for name, value in figures.items() if value is not None}
        self.steps.append({"option": option, **told, **({"tied": tied} if len(tied) > 1 else {})})


def blocs(case: Case[P]) -> list[Bloc]:
    """The voters by what they approve of, in canonical order."""
    powers: dict[tuple[str, ...], Power] = {}
    for body, power in case.answers(Approval):
        key = tuple(body.approval)
        powers[key] = powers.get(key, 0) + power
    return [Bloc(frozenset(names), power) for names, power in sorted(powers.items())]


def seats_of(case: Case[P]) -> int:
    """How many are to be chosen; raises `bad_poll` if the poll does not say."""
    if case.poll.seats is None:
        raise Refused("bad_poll", N_("Please say in “seats” how many to choose."), field="seats")
    return min(case.poll.seats, len(case.options))


def result_of(case: Case[P], run: Callable[[Pick], Committee], how: str) -> Result:
    """The committee of the first way; decided if all ways lead to the same one."""
    ways = Ways()
    found = list(ways.all_of(run))
    first = found[0]
    committees = sorted({tuple(sorted(one.members)) for one in found})
    sure = set(committees[0]).intersection(*committees)
    open_ = sorted(set().union(*map(set, committees)) - sure)
    chosen = [[option] for option in first.members]
    rest = sorted(set(case.options) - set(first.members))
    decided: Decided = "tie" if len(committees) > 1 else "yes" if first.members else "no"
    return Result(
        winners=[option for option in first.members if option in sure],
        decided=decided,
        ranking=[*chosen, *([rest] if rest else [])],
        scores={option: text(score) for option, score in first.scores.items()},
        ties=[open_] if open_ else [],
        diagnostics={
            "steps": first.steps,
            "committees": [list(committee) for committee in committees],
            "satisfaction": satisfaction(blocs(case), first.members),
        },
        trace=[how, *map(in_words, first.steps)],
        exact=not ways.capped,
        warnings=["So many ties that not every way was followed."] if ways.capped else [],
    )


def satisfaction(voters: list[Bloc], members: list[str]) -> dict[str, str]:
    """How many ballots have 0, 1, 2 … of their approved options in the committee."""
    counts: dict[int, Power] = {}
    for bloc in voters:
        number = len(bloc.approved.intersection(members))
        counts[number] = counts.get(number, 0) + bloc.power
    return {str(number): text(power) for number, power in sorted(counts.items())}


def in_words(step: dict[str, Any]) -> str:
    figures = ", ".join(f"{k} {v}" for k, v in step.items() if k not in ("option", "tied"))
    others = [option for option in step.get("tied", ()) if option != step["option"]]
    tied = f"; tied with {', '.join(others)}" if others else ""
    return f"{step['option']} is chosen ({figures}{tied})."
