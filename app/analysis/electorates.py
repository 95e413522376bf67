"""Two electorates on one ballot: what States and what experts alone would have said by the same
rule, and in a sentence where they differ. They are never mixed by this: the outcome stays that of
all.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from app.analysis.subgroups import groups_of, recount, valid
from app.errors import N_
from app.methods import Outcome, Poll, adapted, find

KINDS = ("States", "experts")
MOST_NAMED = 3

SAME_FIRST = N_("States and experts both put {both} first.")
OTHER_FIRST = N_("States put {states} first, experts {experts}.")
SAME_ANSWER = N_("States and experts alone would have decided the same.")
OTHER_ANSWER = N_("Alone, States and experts would not have decided the same.")
WIDEST_MEDIAN = N_(
    "They are furthest apart on {option}: median {states} of the States, {experts} of the experts."
)
WIDEST_SHARE = N_(
    "They are furthest apart on {option}: agreed to by {states} % of the States, by {experts} % of "
    "the experts."
)


@dataclass(frozen=True)
class Compared:
    """A msgid with its values, as pages say it; the figure that each electorate gives an option."""

    message: str
    params: dict[str, str] = field(default_factory=dict)


def electorates(poll: Poll, names: Mapping[str, str]) -> list[Compared]:
    """What States and experts say beside each other, in one or two sentences; none where the poll
    does not hold both apart, or its rule is too heavy to be run again. `names` are the options'.
    """
    rule = find(poll.method)
    own = adapted(poll, rule)
    cast = groups_of(valid(poll, rule)).get("capacity", {})
    if not all(kind in cast for kind in KINDS) or rule.heavy(own):
        return []
    options = list(rule.prepare(own).options)
    alone = [recount(own.model_copy(update={"options": options}), rule, cast[k]) for k in KINDS]
    if len(options) < 2 or not all(one.ranking for one in alone):
        return [Compared(SAME_ANSWER if alone[0].decided == alone[1].decided else OTHER_ANSWER)]
    return [first_of(alone, names), *furthest(alone, names)]


def first_of(alone: list[Outcome], names: Mapping[str, str]) -> Compared:
    """Whom each puts first."""
    states, experts = (one.ranking[0] for one in alone)
    if set(states) == set(experts):
        return Compared(SAME_FIRST, {"both": listed(states, names)})
    found = {"states": listed(states, names), "experts": listed(experts, names)}
    return Compared(OTHER_FIRST, found)


def listed(options: list[str], names: Mapping[str, str]) -> str:
    """The first few of some options by name; how many more there are."""
    shown = [quoted(names.get(option, option)) for option in sorted(options)[:MOST_NAMED]]
    more = len(options) - len(shown)
    return ", ".join(shown) + (f" +{more}" if more else "")


def quoted(text: str) -> str:
    """Somebody’s words within a sentence, which has a full stop of its own."""
    return f"“{text.rstrip('.')}”"


def furthest(alone: list[Outcome], names: Mapping[str, str]) -> list[Compared]:
    """The option whose figure differs most between the two, where they differ at all."""
    message, figures = WIDEST_MEDIAN, [medians(one) for one in alone]
    if not all(figures):
        message, figures = WIDEST_SHARE, [shares(one) for one in alone]
    states, experts = figures
    both = sorted(states.keys() & experts.keys())
    gaps = {option: abs(states[option] - experts[option]) for option in both}
    option = max(both, key=lambda one: gaps[one], default="")
    if not gaps.get(option):
        return []
    found = {"states": spoken(states[option]), "experts": spoken(experts[option])}
    return [Compared(message, {"option": quoted(names.get(option, option)), **found})]


def spoken(figure: Fraction) -> str:
    """A figure with at most one digit after the point."""
    return f"{float(figure):.1f}".removesuffix(".0")


def medians(outcome: Outcome) -> dict[str, Fraction]:
    """The median that each option got, where the rule gives medians."""
    return figures_of(outcome, "median")


def shares(outcome: Outcome) -> dict[str, Fraction]:
    """The share in percent that agreed to each option, where the rule gives shares."""
    return {option: share * 100 for option, share in figures_of(outcome, "share").items()}


def figures_of(outcome: Outcome, name: str) -> dict[str, Fraction]:
    given: dict[str, dict[str, Any]] = outcome.diagnostics.get("options", {})
    found = {option: figures.get(name) for option, figures in given.items()}
    return {option: Fraction(str(value)) for option, value in found.items() if value is not None}
