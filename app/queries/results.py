"""Outcomes and what stands beside them: distributions, spreads, reasons, earlier rounds."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.analysis.suppression import apart
from app.errors import NotFound
from app.models import Outcome, Reason, Round
from app.policy import FEWEST
from app.queries.polls import counted_ballots
from app.queries.rounds import OptionView, options_of

UNANSWERED = ""


@dataclass(frozen=True)
class OptionResult:
    """One option with its figures: `counts[kind][value]` is how many of States or experts gave
    which value; `figures` are the method's own (median, IQR, share …)."""

    option: OptionView
    score: Any
    winner: bool
    place: int | None
    counts: dict[str, dict[str, int]]
    figures: dict[str, Any]

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
    def unanimous(self) -> list[OptionResult]:
        """In a confidential or secret round: the options on which all who voted said the same, so
        that publishing the result tells everybody's answer."""
        if self.round.secrecy not in ("confidential", "secret"):
            return []
        cast = self.data["turnout"]["cast"]
        return [one for one in self.options if cast and list(one.total.values()) == [cast]]

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
    values = option.total
    total = sum(values.values())
    return 1 - max(values.values(), default=0) / total if total else 0.0


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
    found = [
        OptionResult(
            option=option,
            score=data["scores"].get(option.id),
            winner=option.id in data["winners"],
            place=places.get(option.id),
            counts=counts.get(option.id, {}),
            figures=figures.get(option.id, {}),
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
        kind = one.kind or "all"
        sizes[kind] += 1
        for option, value in answers_of(one.body):
            counts[option][kind][value] += 1
    return {option: _guarded(round_, by_kind, sizes) for option, by_kind in counts.items()}


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
    if shape in ("rating", "react"):
        return [(o, "no_opinion" if v is None else str(v)) for o, v in answers.items()]
    if shape == "approval":
        return [(option, "approve") for option in answers]
    if shape == "judgement":
        return [(option, given["holds"]) for option, given in answers.items() if given.get("holds")]
    if shape == "ranking":
        return [(option, str(place)) for place, tier in enumerate(answers, 1) for option in tier]
    if shape == "consent":
        return [("", str(answers))]
    return []


def reasons_of(conn: Connection, round_id: str) -> list[Any]:
    """Reasons as their authors let them be shown: without the person, in an order that is not
    the order of arrival; what came after the close is marked late."""
    late = (col(Reason.number) > col(Round.closed_number)).label("late")
    rows = conn.execute(
        select(Reason, late)
        .join(Round, col(Round.id) == col(Reason.round_id))
        .where(
            Reason.round_id == round_id,
            col(Reason.superseded_by).is_(None),
            col(Reason.held_back).is_(False),
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
