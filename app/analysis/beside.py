"""What may stand beside an outcome before everybody: how certain its order is, what other rules and
other rooms would have said, and how strongly it may be put.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from app.analysis.analyse import BOOTSTRAPPED, SPOKEN, first_places, shape_of
from app.analysis.certainty import certainty
from app.analysis.grounds import Ground
from app.analysis.opinion_map import OpinionMap, opinion_map
from app.analysis.sensitivity import sensitivity
from app.analysis.sentence import Sentence, conclude, sentences
from app.analysis.subgroups import SMALLEST, by_subgroup, groups_of, valid
from app.methods import Outcome, Poll, adapted, find


@dataclass(frozen=True)
class Beside:
    """`certainty` as the bootstrap gives it, or None; `methods` that counted the same ballots and
    `left_out` those that could not; `robust` is first by all of them, `contested` by some;
    `without` is each region left out, with what enters and leaves the first `top`; `too_small` are
    the regions that are not named; `said` are sentences of this round's ballots alone; `opinions`
    is the map of reactions.
    """

    top: int
    ranking: list[list[str]]
    certainty: dict[str, Any] | None = None
    methods: list[str] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    robust: list[str] = field(default_factory=list)
    contested: list[str] = field(default_factory=list)
    without: dict[str, dict[str, Any]] = field(default_factory=dict)
    too_small: int = 0
    said: list[Sentence] = field(default_factory=list)
    opinions: OpinionMap | None = None

    @property
    def settled(self) -> bool:
        """Whether nobody who was left out would have changed the first places."""
        return not any(one["entered"] or one["left"] for one in self.without.values())

    def sentences(self, objections: Mapping[str, int]) -> list[Sentence]:
        """The strongest sentences that are true, with the objections that now stand against an
        option besides those in the ballots.
        """
        return [with_objections(one, objections.get(one.values["subject"], 0)) for one in self.said]


def with_objections(said: Sentence, more: int) -> Sentence:
    """The sentence that the grounds bear when so many objections more stand open."""
    grounds = [opposed(one, more) if one.name == "objections" else one for one in said.grounds]
    return conclude(said.values["subject"], grounds, said.digest)


def opposed(ground: Ground, more: int) -> Ground:
    count = Fraction(ground.figures["open"]) + more
    return Ground("objections", count == 0, {"open": str(count)})


def beside(poll: Poll, guarded: int = 0) -> Beside:
    """Everything that can be said beside the outcome of a poll whose ballots name the regions of
    their voters. Regions of fewer than five voters are left out of nothing by name: that would show
    what single ballots did. `guarded`: the size under which a group of a round that hides who said
    what could be worked out, as for `opinion_map`.
    """
    rule = find(poll.method)
    own = adapted(poll, rule)
    case = rule.prepare(own)
    outcome = rule.count(own)
    shape = shape_of(poll)
    top = first_places(poll)
    others: list[Outcome] = []
    found: dict[str, Any] = {"ranking": outcome.ranking}
    if shape in BOOTSTRAPPED and rule.shape == shape:
        found["certainty"] = certainty(case, shape, outcome.method, top)
    if len(case.options) > 1 and outcome.ranking:
        compared, others = sensitivity(poll, case.options, top, case.turnout.invalid)
        found |= {
            "methods": list(compared["methods"]),
            "left_out": compared["left_out"],
            "robust": by_place(outcome, compared["robust_core"]),
            "contested": by_place(outcome, compared["in_some"]),
        }
        sizes = region_sizes(poll)
        left_out = by_subgroup(own, rule, outcome, top).get("region", {}).get("without", {})
        found["without"] = {
            name: change
            for name, change in left_out.items()
            if change is not None and sizes[name] >= SMALLEST
        }
        found["too_small"] = sum(size < SMALLEST for size in sizes.values())
    if rule.shape in SPOKEN:
        found["said"] = sentences(poll, outcome, others)
    if rule.shape == "react":
        found["opinions"] = opinion_map(poll.ballots, guarded)
    return Beside(top, **found)


def by_place(outcome: Outcome, options: list[str]) -> list[str]:
    """Some options in the order of the outcome."""
    places = {option: n for n, tier in enumerate(outcome.ranking) for option in tier}
    return sorted(options, key=lambda option: (places[option], option))


def region_sizes(poll: Poll) -> Counter[str]:
    """How many voters each region has."""
    regions = groups_of(valid(poll, find(poll.method))).get("region", {})
    return Counter({name: sum(one.count for one in own) for name, own in regions.items()})
