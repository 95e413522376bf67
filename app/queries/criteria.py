"""A result over several criteria as people read it: means, n and totals, how firm the first places
are against each weight, and the plane of impact and feasibility."""

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from app.activities.criteria import AXES
from app.activities.sentences import Sentence, weights_of
from app.analysis.weights import group_shares, weight_sensitivity, what_if
from app.errors import N_
from app.methods import Outcome, Poll
from app.queries.polls import bare_criterion
from app.queries.results import OptionResult, Results

TOP = 3  # where the round names no number to keep
BOTH_WAYS = N_(
    "{text}: weight {weight}. The first {top} change if it falls below {down} or rises above {up}."
)
DOWN = N_("{text}: weight {weight}. The first {top} change only if it falls below {down}.")
UP = N_("{text}: weight {weight}. The first {top} change only if it rises above {up}.")
NEITHER = N_("{text}: weight {weight}. No other weight of it changes the first {top}.")
NEAREST = N_(
    "The smallest change of one weight that alters the first {top}: {text}, from {weight} to {to}."
)
FIRM = N_("No change of a single weight alters the first {top}.")


@dataclass(frozen=True)
class Cell:
    """One option on one criterion: how many judged it, and their mean on the round's scale."""

    n: int
    mean: float | None


@dataclass(frozen=True)
class Weighted:
    """One criterion: its weight, its share of all weights, and how far the weight could move before
    the first places change; `tried` says for other weights which options would come in or go."""

    id: str
    text: str
    weight: Fraction
    share: float
    down: bool
    down_to: float | None = None
    up_to: float | None = None
    tried: dict[str, dict[str, list[OptionResult]]] = field(default_factory=dict)

    @property
    def nearest(self) -> float | None:
        """The nearer of the two weights at which the first places change."""
        ends = [end for end in (self.down_to, self.up_to) if end is not None]
        return min(ends, key=lambda end: abs(end - float(self.weight)), default=None)


@dataclass(frozen=True)
class Scored:
    """All that is shown of a result over criteria. `top` is how many first places are looked at, 0
    where there is nothing to tell of them; a `plane` places by medians instead of weights."""

    criteria: list[Weighted]
    cells: dict[str, dict[str, Cell]]
    top: int
    source: Sentence | None
    plane: bool = False

    @property
    def nearest(self) -> Sentence | None:
        """The smallest change of one weight that alters the first places."""
        if not self.top:
            return None
        movable = [one for one in self.criteria if one.nearest is not None]
        if not movable:
            return Sentence(FIRM, {"top": self.top})
        first = min(movable, key=lambda one: abs(one.nearest - float(one.weight)))  # type: ignore[operator]
        return Sentence(NEAREST, {**_said(first, self.top), "to": _short(first.nearest)})

    @property
    def firmness(self) -> list[Sentence]:
        """For each criterion, how far its weight could move."""
        return [_sentence(one, self.top) for one in self.criteria] if self.top else []


def scored(found: Results) -> Scored | None:
    """What is shown of a round over criteria beside its order; None for any other round."""
    round_ = found.round
    if round_.shape != "criteria":
        return None
    whole = sum((Fraction(one["weight"]) for one in round_.criteria), start=Fraction(0))
    places = round_.method != "impact_feasibility"
    top = min(round_.keep or TOP, len(found.options) - 1) if places else 0
    moves = _moves(found, top) if top > 0 and found.data["turnout"]["cast"] else {}
    return Scored(
        criteria=[
            Weighted(
                id=one["id"],
                text=one["text"],
                weight=Fraction(one["weight"]),
                share=float(Fraction(one["weight"]) / whole) if whole else 0.0,
                down=one["direction"] == "down",
                **moves.get(one["id"], {}),
            )
            for one in round_.criteria
        ],
        cells={one.option.id: _cells(round_, one.figures) for one in found.options},
        top=top if moves else 0,
        source=weights_of(round_),
        plane=not places,
    )


@dataclass(frozen=True)
class Share:
    """What a group gives one criterion of the whole weight, by the mean and by the median."""

    result: OptionResult
    mean: Fraction
    median: Fraction


def shares(found: Results, poll: Poll) -> list[Share]:
    """The weights that a group gave, the heaviest first; nothing where nobody gave any."""
    by_mean, by_median = group_shares(poll, "mean"), group_shares(poll, "median")
    given = [
        Share(one, by_mean[one.option.id], by_median.get(one.option.id, Fraction(0)))
        for one in found.options
        if one.option.id in by_mean
    ]
    return sorted(given, key=lambda share: -share.mean)


def _moves(found: Results, top: int) -> dict[str, dict[str, Any]]:
    """Criterion → how far its weight could move, and what other weights would bring."""
    outcome = Outcome.model_validate(found.data)
    poll = Poll.model_validate(
        {
            "method": found.round.method,
            "options": [one.option.id for one in found.options],
            "criteria": [bare_criterion(one) for one in found.round.criteria],
        }
    )
    by_id = {one.option.id: one for one in found.options}
    ends, tried = weight_sensitivity(poll, outcome, top), what_if(poll, outcome, top)
    return {
        name: {
            "down_to": end["down_to"],
            "up_to": end["up_to"],
            "tried": {
                times: {way: [by_id[o] for o in options] for way, options in moved.items()}
                for times, moved in tried[name].items()
            },
        }
        for name, end in ends.items()
    }


def _cells(round_: Any, figures: dict[str, Any]) -> dict[str, Cell]:
    """Means of a weighted outcome on the scale that people answered on."""
    if "criteria" not in figures:
        return {
            axis["id"]: Cell(own.get("n", 0), own.get("median"))
            for axis in AXES
            for own in [figures.get(axis["id"], {})]
        }
    low, high = (float(round_.scale[end]) for end in ("min", "max"))
    turned = {one["id"] for one in round_.criteria if one["direction"] == "down"}
    if round_.method == "chnri":  # yes is 1 whatever is asked
        low, high, turned = 0.0, 1.0, set()

    def on_scale(name: str, part: str) -> float:
        unit = float(Fraction(part))
        return low + (high - low) * (1 - unit if name in turned else unit)

    means = {name: on_scale(name, part) for name, part in figures["criteria"].items()}
    return {name: Cell(n, means.get(name)) for name, n in figures["n"].items()}


def _sentence(one: Weighted, top: int) -> Sentence:
    message = {
        (True, True): BOTH_WAYS,
        (True, False): DOWN,
        (False, True): UP,
        (False, False): NEITHER,
    }[one.down_to is not None, one.up_to is not None]
    ends = {"down": one.down_to, "up": one.up_to}
    said = {name: _short(end) for name, end in ends.items() if end is not None}
    return Sentence(message, _said(one, top) | said)


def _said(one: Weighted, top: int) -> dict[str, Any]:
    return {"text": one.text, "weight": _short(float(one.weight)), "top": top}


def _short(value: float | None) -> str:
    return f"{value:.3g}" if value is not None else ""
