"""What all rules over rankings share: their parameters, and the profile of tiers."""

from typing import ClassVar, Literal, TypeVar

from app.ballots import Terms
from app.ballots.ranking import Ranking
from app.methods.base import Method
from app.methods.case import Case, Params, Power
from app.methods.poll import Poll

Tiers = tuple[tuple[str, ...], ...]
Profile = list[tuple[Tiers, Power]]


class RankingParams(Params):
    """`unranked` options are tied below all ranked ones (`last`) or left out of account
    (`unknown`).
    """

    unranked: Literal["last", "unknown"] = "last"
    ties: bool = True
    complete: bool = False


R = TypeVar("R", bound=RankingParams)


class RankingMethod(Method[R]):
    """A rule over rankings."""

    shape: ClassVar[str] = "ranking"

    def terms_with(self, poll: Poll, params: R) -> Terms:
        terms = super().terms_with(poll, params)
        return terms.model_copy(update={"ties": params.ties, "complete": params.complete})


def profile(case: Case[R]) -> Profile:
    """Distinct rankings with the power behind each, in canonical order; options not ranked form the
    last tier.

    Under `unknown` they are left out instead.
    """
    return filled(case, as_given(case))


def filled(case: Case[R], given: Profile) -> Profile:
    """The rankings as given, with their last tier."""
    known, everyone = set(case.options), len(case.options)
    gaps = any(sum(map(len, tiers)) < everyone for tiers, _ in given)
    if not gaps or case.params.unranked == "unknown":
        return given
    powers: dict[Tiers, Power] = {}
    for tiers, power in given:
        rest = tuple(sorted(known.difference(*tiers)))
        full = (*tiers, rest) if rest else tiers
        powers[full] = powers.get(full, 0) + power
    return sorted(powers.items())


def as_given(case: Case[R]) -> Profile:
    """Distinct rankings as they were submitted, with the power behind each, in canonical order."""
    powers: dict[Tiers, Power] = {}
    alone = {option: (option,) for option in case.options}  # one tuple for all who rank it so
    for body, power in case.answers(Ranking):
        tiers = tuple([alone[t[0]] if len(t) == 1 else tuple(t) for t in body.ranking])
        powers[tiers] = powers.get(tiers, 0) + power
    return sorted(powers.items())
