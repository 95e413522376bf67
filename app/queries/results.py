"""Outcomes and what stands beside them: distributions, spreads, reasons, earlier rounds."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from statistics import quantiles
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.activities.thrift import Shortlist, shortlisted
from app.analysis.estimates import Curve, curve_of, each, written
from app.analysis.suppression import apart
from app.ballots import REPEATED
from app.errors import NotFound
from app.models import Outcome, Reason, Round
from app.policy import FEWEST
from app.queries.families import Parts, family_of, parts_of
from app.queries.polls import counted_ballots
from app.queries.rounds import OptionView, options_of

UNANSWERED = ""
ON_STAGE = {
    "interval": 2, "quantiles": 2, "nomination": 4, "rating": 5, "criteria": 5,
    "impact_feasibility": 10,
}  # fmt: skip


@dataclass(frozen=True)
class OptionResult:
    """One option with its figures: `counts[kind][value]` is how many of States or experts gave
    which value; `figures` are the method's own (median, IQR, share …), `pooled` the curve that it
    made of all curves."""

    option: OptionView
    score: Any
    winner: bool
    place: int | None
    counts: dict[str, dict[str, int]]
    figures: dict[str, Any]
    pooled: Curve | None = None

    @property
    def total(self) -> dict[str, int]:
        """The distribution over everybody."""
        both: Counter[str] = Counter()
        for counted in self.counts.values():
            both.update(counted)
        return dict(both)


@dataclass(frozen=True)
class Results:
    """The recorded outcome of a round with its options in the outcome's own order."""

    round: Any
    outcome: Any
    earlier: list[Any]
    options: list[OptionResult]
    reasons: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def data(self) -> dict[str, Any]:
        return dict(self.outcome.result)

    @property
    def family(self) -> str:
        """How it is drawn: as nominations, by what its rule gives, or by its ballots' shape."""
        if Shortlist.of(self.round.thrift) is not None:
            return "nomination"
        return family_of(self.round.method, self.round.shape)

    @property
    def partials(self) -> list[str]:
        """What may draw it, the most fitting first."""
        named = (self.family, self.round.shape, "scores")
        return [f"regions/results/_{name}.html" for name in named]

    @property
    def parts(self) -> Parts:
        """The figures beside the options."""
        return parts_of(self.data)

    @property
    def unanimous(self) -> list[OptionResult]:
        """In a confidential or secret round: the options on which all who voted said the same, so
        that publishing the result tells everybody's answer."""
        if self.round.secrecy not in ("confidential", "secret") or self.round.shape in REPEATED:
            return []
        cast = self.data["turnout"]["cast"]
        if self.round.shape == "motion":
            given = [votes for votes in self.data["scores"].values() if votes != "0"]
            return self.options if len(given) == 1 else []
        return [one for one in self.options if cast and cast in one.total.values()]

    @property
    def rows_on_stage(self) -> int:
        """How many options a big screen has room for; fewer where it says how certain they are."""
        rows = ON_STAGE.get(self.family, 8)
        return min(rows, 3) if self.round.published_certainty else rows

    @cached_property
    def shortlist(self) -> set[str]:
        """What the round's rule takes of its nominations; nothing in other rounds."""
        rule = Shortlist.of(self.round.thrift)
        if rule is None:
            return set()
        areas = {one.option.id: one.option.area_id for one in self.options}
        nominated = {one.option.id: Fraction(one.score or 0) for one in self.options}
        return set(shortlisted(nominated, areas, rule))

    @property
    def by_area(self) -> list[tuple[str, list[OptionResult]]]:
        """The options area by area, as the round put the areas; within one as the outcome has
        them."""
        order = {option: n for n, option in enumerate(self.outcome.result["scores"])}
        found: dict[str, list[OptionResult]] = defaultdict(list)
        for one in self.options:
            found[one.option.area_id or ""].append(one)
        return sorted(
            found.items(), key=lambda area: min(order.get(o.option.id, 0) for o in area[1])
        )

    def area_text(self, one: OptionResult) -> str:
        """The area's part of a cell's wording."""
        return one.option.text.partition(" × ")[0]

    def response_text(self, one: OptionResult) -> str:
        """The response's part of a cell's wording."""
        return one.option.text.partition(" × ")[2] or one.option.text

    @property
    def trace(self) -> list[str]:
        """The method's own account, with the options' texts where it names their ids."""
        texts = {one.option.id: f"“{one.option.text}”" for one in self.options}
        if not texts:
            return list(self.data["trace"])
        ids = re.compile("|".join(map(re.escape, texts)))
        return [ids.sub(lambda id_: texts[id_[0]], sentence) for sentence in self.data["trace"]]

    @property
    def before_tie_break(self) -> Any:
        """The outcome whose tie this one settled, or None."""
        return next((one for one in self.earlier if one.id == self.outcome.tie_break_of), None)

    def widest_first(self) -> list[OptionResult]:
        """All items by spread, whatever the verdict: widest IQR first, then widest range."""
        return sorted(self.options, key=lambda o: (-_spread(o), o.option.text))


def _spread(option: OptionResult) -> float:
    figures = option.figures
    if "iqr" in figures and figures["iqr"] is not None:
        return float(figures["iqr"])
    if option.pooled or "mean" in option.figures:
        return _middle_half([one.best for one in each(option.total)])
    values = option.total
    total = sum(values.values())
    return 1 - max(values.values(), default=0) / total if total else 0.0


def _middle_half(values: list[float]) -> float:
    if len(values) < 2:
        return 0.0
    low, _, high = quantiles(values, method="inclusive")
    return high - low


def outcomes_of(conn: Connection, round_id: str) -> list[Any]:
    """All outcomes of a round, the latest first."""
    return list(
        conn.execute(
            select(Outcome).where(Outcome.round_id == round_id).order_by(col(Outcome.n).desc())
        )
    )


def results(conn: Connection, round_id: str) -> Results | None:
    """The round's latest outcome with distributions, or None while nothing is recorded."""
    round_ = conn.execute(select(Round).where(Round.id == round_id)).one_or_none()
    if round_ is None:
        raise NotFound
    recorded = outcomes_of(conn, round_id)
    if not recorded:
        return None
    options, counts = options_of(conn, round_), distribution(conn, round_)
    found = in_order(recorded[0].result, options, counts)
    return Results(round_, recorded[0], recorded[1:], found)


def in_order(
    data: dict[str, Any], options: list[OptionView], counts: dict[str, dict[str, dict[str, int]]]
) -> list[OptionResult]:
    """The options with their figures, in the order that an outcome gives them."""
    places = {option: n for n, tier in enumerate(data["ranking"], 1) for option in tier}
    order = {option: n for n, tier in enumerate(data["ranking"]) for option in sorted(tier)}
    figures = data["diagnostics"].get("options", {})
    pools = data["diagnostics"].get("pool", {})
    found = [
        OptionResult(
            option=option,
            score=data["scores"].get(option.id),
            winner=option.id in data["winners"],
            place=places.get(option.id),
            counts=counts.get(option.id, {}),
            figures=figures.get(option.id) or pools.get(option.id, {}),
            pooled=curve_of(pools.get(option.id, {}).get("quantiles", {})),
        )
        for option in options
    ]
    return sorted(found, key=lambda result: order.get(result.option.id, len(order)))


def distribution(conn: Connection, round_: Any) -> dict[str, dict[str, dict[str, int]]]:
    """Option id → kind (States, experts, others) → value → how many. Kinds stay together as
    "all" where the round does not show them apart, and, in a confidential or secret round, where a
    kind is too small to hide in, or all of it gave the same answer."""
    counts: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    sizes: Counter[str] = Counter()
    for one in counted_ballots(conn, round_):
        kind, voice = one.kind or "all", voices(one.weight)
        sizes[kind] += voice
        for option, value in answers_of(one.body):
            counts[option][kind][value] += voice
    guarded = {option: _guarded(round_, by_kind, sizes) for option, by_kind in counts.items()}
    return {
        option: {
            kind: {value: in_figures(n) for value, n in values.items()}
            for kind, values in by_kind.items()
        }
        for option, by_kind in guarded.items()
    }


def in_figures(voices: Fraction | int) -> Any:
    """So many voices as a figure: whole where they are, otherwise rounded as people read it."""
    return int(voices) if voices == int(voices) else round(float(voices), 2)


def voices(weight: str) -> Any:
    """The weight of a ballot as a number: whole, or the share of a voice that is split."""
    share = Fraction(weight)
    return share if share.denominator > 1 else share.numerator


def _guarded(
    round_: Any, by_kind: dict[str, Counter[str]], sizes: Counter[str]
) -> dict[str, dict[str, int]]:
    if round_.secrecy not in ("confidential", "secret") or len(sizes) < 2:
        return {kind: dict(values) for kind, values in by_kind.items()}
    # Whoever gave no answer counts as one of the answers: the sizes of the kinds are known.
    whole = {
        kind: {**by_kind[kind], UNANSWERED: max(0, size - sum(by_kind[kind].values()))}
        for kind, size in sizes.items()
    }
    return {
        kind: {value: n for value, n in values.items() if value != UNANSWERED and n}
        for kind, values in apart(whole, FEWEST).items()
    }


def answers_of(body: dict[str, Any]) -> list[tuple[str, str]]:
    """A ballot as (option, value) pairs, for counting how many gave which answer."""
    ((shape, answers),) = body.items()
    if shape in ("interval", "quantiles"):
        return [(option, written(shape, given)) for option, given in answers.items()]
    return ANSWERS[shape](answers) if shape in ANSWERS else []


def _valued(answers: dict[str, Any]) -> list[tuple[str, str]]:
    return [(o, "no_opinion" if v is None else str(v)) for o, v in answers.items()]


def _ranked(tiers: list[list[str]]) -> list[tuple[str, str]]:
    return [(option, str(place)) for place, tier in enumerate(tiers, 1) for option in tier]


def _scored(rows: dict[str, dict[str, Any]]) -> list[tuple[str, str]]:
    return [
        (option, f"{criterion}={value}") for option, row in rows.items()
        for criterion, value in _valued(row)
    ]  # fmt: skip


def _of_set(said: dict[str, Any]) -> list[tuple[str, str]]:
    """What became of each option of a pair, or of a few that were judged together."""
    if "shown" in said:
        chosen = {said["best"]: "best", said["worst"]: "worst"}
        rest = "skipped" if said.get("skip") else "neither"
        return [(option, chosen.get(option, rest)) for option in said["shown"]]
    both = "skipped" if said.get("skip") else "tied" if said.get("tie") else ""
    return [(said["winner"], both or "won"), (said["loser"], both or "lost")]


ANSWERS: dict[str, Callable[[Any], list[tuple[str, str]]]] = {
    "rating": _valued,
    "react": _valued,
    "allocation": _valued,
    "ranking": _ranked,
    "criteria": _scored,
    "approval": lambda chosen: [(option, "approve") for option in chosen],
    "choice": lambda chosen: [(option, "chosen") for option in chosen],
    "judgement": lambda given: [(o, one["holds"]) for o, one in given.items() if one.get("holds")],
    "consent": lambda said: [("", str(said))],
    "motion": lambda said: [("", str(said))],
    **dict.fromkeys(REPEATED, _of_set),
}


def reasons_of(conn: Connection, round_id: str) -> list[Any]:
    """Reasons in words, as their authors let them be shown: without the person, in an order that is
    not the order of arrival; what came after the close is marked late."""
    late = (col(Reason.number) > col(Round.closed_number)).label("late")
    rows = conn.execute(
        select(Reason, late)
        .join(Round, col(Round.id) == col(Reason.round_id))
        .where(
            Reason.round_id == round_id,
            col(Reason.superseded_by).is_(None),
            col(Reason.held_back).is_(False),
            Reason.words != "",
        )
        .order_by(col(Reason.option_id), col(Reason.id))
    )
    return list(rows)


def latest_closed_round(conn: Connection, activity_id: str) -> Any:
    """The last closed round of an activity, or None."""
    return conn.execute(
        select(Round)
        .where(Round.activity_id == activity_id, col(Round.status).in_(("closed", "sealed")))
        .order_by(col(Round.n).desc())
    ).first()
