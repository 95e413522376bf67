"""What the votes said about areas and responses: priority figures and support, with source."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection
from sqlmodel import and_, col, or_, select

from app.models import Activity, Outcome, Round
from app.queries.results import in_figures

PLACED = ("weighted_criteria", "chnri")


@dataclass(frozen=True)
class Reference:
    """The outcome a figure comes from: round, number in the log, digest."""

    round_id: str
    number: int
    digest: str

    def __str__(self) -> str:
        return f"{self.round_id} no. {self.number} {self.digest[:12]}"


@dataclass(frozen=True)
class AreaFigures:
    """Median, IQR, n of the last rating of an area and its place in the last ranking."""

    median: Any = None
    iqr: Any = None
    n: int | None = None
    rank: int | None = None
    reference: Reference | None = None


@dataclass(frozen=True)
class Support:
    """Approvals of a response out of the ballots cast; a part of a voice where it was split."""

    approvals: int | float
    cast: int
    kept: bool
    reference: Reference

    def __str__(self) -> str:
        return f"{self.approvals} of {self.cast}"


# The rule by which a vote says the same of areas and responses as the exercise of this type.
AS_A_VOTE = {"rate": "rating_consensus", "rank": "schulze", "choose": "approval"}

# What everybody in the room may see of outcomes; policy.may_see_outcome says the same of one.
OPEN = or_(
    col(Round.results) == "always",
    and_(
        col(Round.results) != "organisers",
        or_(col(Round.published_participants).is_(True), col(Round.published_screen).is_(True)),
    ),
)


def recorded(
    conn: Connection, workshop_id: str, which: Any, *more: Any, published: bool
) -> list[Any]:
    """The recorded outcomes of some rounds, first to last, with further columns of round and
    activity; only the published ones, if so."""
    columns: Any = (Outcome.round_id, Outcome.number, Outcome.input_digest, Outcome.result, *more)
    found: Any = conn.execute(
        select(*columns)
        .join(Round, col(Round.id) == col(Outcome.round_id))
        .join(Activity, col(Activity.id) == col(Round.activity_id))
        .where(Outcome.workshop_id == workshop_id, which, *([OPEN] if published else []))
        .order_by(col(Outcome.number))
    )
    return list(found)


def _last_outcomes(conn: Connection, workshop_id: str, kind: str, published: bool) -> list[Any]:
    """Those of an activity type, and of votes by its rule."""
    voted = and_(Activity.type == "vote", Round.method == AS_A_VOTE[kind])
    which = or_(Activity.type == kind, voted)
    return recorded(conn, workshop_id, which, published=published)


def figures_by_area(
    conn: Connection, workshop_id: str, *, published: bool = False
) -> dict[str, AreaFigures]:
    """Area id to its figures: later outcomes replace earlier ones. Scoring on criteria has no
    median of its own; it gives a place, which a ranking replaces."""
    rated: dict[str, dict[str, Any]] = {}
    for row in _last_outcomes(conn, workshop_id, "rate", published):
        reference = Reference(row.round_id, row.number, row.input_digest)
        for area, figures in row.result["diagnostics"].get("options", {}).items():
            if "iqr" in figures:
                own = {name: figures[name] for name in ("median", "iqr", "n")}
                rated.setdefault(area, {}).update(own, reference=reference)
            elif row.result["method"] in PLACED:
                judges = max(figures["n"].values(), default=0)
                rated.setdefault(area, {"n": judges, "reference": reference})
        if row.result["method"] in PLACED:
            for area, place in _places(row.result["ranking"]):
                rated[area]["rank"] = place
    for row in _last_outcomes(conn, workshop_id, "rank", published):
        for area, place in _places(row.result["ranking"]):
            rated.setdefault(area, {})["rank"] = place
    return {area: AreaFigures(**figures) for area, figures in rated.items()}


def _places(ranking: list[list[str]]) -> Iterator[tuple[str, int]]:
    """Options with their places: two on the first are followed by the third."""
    place = 1
    for tier in ranking:
        yield from ((option, place) for option in tier)
        place += len(tier)


def support_by_response(
    conn: Connection, workshop_id: str, *, published: bool = False
) -> dict[str, Support]:
    """Response id to its support in the last choice it stood in."""
    found: dict[str, Support] = {}
    for row in _last_outcomes(conn, workshop_id, "choose", published):
        reference = Reference(row.round_id, row.number, row.input_digest)
        cast = row.result["turnout"]["cast"]
        for response, score in row.result["scores"].items():
            kept = response in row.result["winners"]
            found[response] = Support(in_figures(Fraction(score)), cast, kept, reference)
    return found
