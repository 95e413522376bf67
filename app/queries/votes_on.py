"""What rounds said of one thing on its way through the meeting, as far as a viewer may know it."""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.activities.sentences import Sentence
from app.errors import N_
from app.models import Activity, Outcome, Round, RoundOption
from app.policy import Actor, may_see_outcome
from app.queries.estimated import Pooled, pooled_of, unit_of
from app.queries.results import in_figures
from app.queries.support import PLACED

OPEN = N_("Stands before the room in “{activity}”, round {n}")
UNPUBLISHED = N_("Stood in “{activity}”, round {n}; the result is not published")
STOOD = N_("Stood in “{activity}”, round {n}")
RATED = N_("Rated in “{activity}”, round {n}: median {median}, IQR {iqr}, n {count}")
APPROVED = N_("Approved by {approvals} of {cast} in “{activity}”, round {n}")
RANKED = N_("Place {place} of {all} in “{activity}”, round {n}")
ESTIMATED = N_(
    "Estimated in “{activity}”, round {n}: best guess {best} (median {median}), between {low} and "
    "{high}, n {count}"
)
POOLED = N_(
    "Estimated in “{activity}”, round {n}: median {median}, {sure} % between {low} and {high}"
)
CHOSEN = N_("Chosen in “{activity}”, round {n}")
NOT_CHOSEN = N_("Not chosen in “{activity}”, round {n}")
CARRIED = N_("Carried in “{activity}”, round {n}: yes {yes}, no {no}, abstain {abstain}")
NOT_CARRIED = N_("Not carried in “{activity}”, round {n}: yes {yes}, no {no}, abstain {abstain}")


@dataclass(frozen=True)
class Event:
    """One step of a thing's way through the meeting, with its number in the log. `line` says which
    line of a row's story it belongs to: wording, merge, vote or ruling."""

    number: int
    sentence: Sentence
    line: str = ""


def votes_on(conn: Connection, ids: Collection[str], viewer: Actor) -> list[Event]:
    """Every round in which one of these stood as an option. The result of one is told to whoever
    may see its outcome."""
    rows: Any = conn.execute(
        select(Round, col(RoundOption.id).label("option"), Activity.title, Activity.type)
        .join(RoundOption, col(RoundOption.round_id) == col(Round.id))
        .join(Activity, col(Activity.id) == col(Round.activity_id))
        .where(col(RoundOption.id).in_(ids), Round.status != "planned")
        .order_by(col(Round.opened_number))
    ).all()
    return [_event(conn, row, viewer) for row in rows]


def _event(conn: Connection, row: Any, viewer: Actor) -> Event:
    where = {"activity": row.title, "n": row.n}
    if row.status in ("open", "closing"):
        return Event(row.opened_number, Sentence(OPEN, where), "vote")
    if not may_see_outcome(viewer, row):
        return Event(row.closed_number, Sentence(UNPUBLISHED, where), "vote")
    outcome = conn.execute(
        select(Outcome).where(Outcome.round_id == row.id).order_by(col(Outcome.n).desc())
    ).first()
    if outcome is None:
        return Event(row.closed_number, Sentence(STOOD, where), "vote")
    if row.type == "estimate" and (pooled := pooled_of(outcome.result, row.option)):
        told = _estimated(pooled, unit_of(row.scale))
        return Event(outcome.number, Sentence(told.message, {**told.params, **where}), "vote")
    message, figures = _figures(row.type, row.option, outcome.result)
    return Event(outcome.number, Sentence(message, where | figures), "vote")


def _estimated(pooled: Pooled, unit: str) -> Sentence:
    figures = pooled.told(unit)
    if pooled.best is None:
        return Sentence(POOLED, figures)
    return Sentence(ESTIMATED, {**figures, "count": pooled.n})


def _figures(type_: str, option: str, result: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The sentence for an option of this kind of activity, and what it needs beside the round."""
    measured = result["diagnostics"].get("options", {}).get(option)
    if type_ == "rate" and measured and measured.get("median") is not None:
        figures = {name: f"{measured[name]:g}" for name in ("median", "iqr")}
        return RATED, {**figures, "count": measured["n"]}
    if type_ == "choose" and option in result["scores"]:
        approvals = in_figures(Fraction(result["scores"][option]))
        return APPROVED, {"approvals": approvals, "cast": result["turnout"]["cast"]}
    placed = type_ in ("rank", "compare") or result["method"] in PLACED
    if placed and (place := _place(option, result["ranking"])):
        return RANKED, {"place": place, "all": sum(map(len, result["ranking"]))}
    if type_ == "vote":
        return _voted(option, result)
    return STOOD, {}


def _voted(option: str, result: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """What became of an option in a vote; without a quorum it only stood there."""
    if result["decided"] == "no_quorum":
        return STOOD, {}
    if result["method"] == "motion":
        return (CARRIED if result["decided"] == "yes" else NOT_CARRIED), result["scores"]
    if option in chain.from_iterable(result["ties"]):
        return STOOD, {}
    return (CHOSEN if option in result["winners"] else NOT_CHOSEN), {}


def _place(option: str, tiers: list[list[str]]) -> int | None:
    """Where an option stands; those of one tier share a place."""
    before = 0
    for tier in tiers:
        if option in tier:
            return before + 1
        before += len(tier)
    return None
