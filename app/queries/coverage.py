"""How far the cells of a round are rated: which are asked no more, how many answers are to come.

All of it follows from the live ballots and what the register asks each voice for; nothing of it is
stored.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection
from sqlmodel import select

from app.activities.thrift import Sharing, Verdicts, stopped
from app.ballots.numbers import exact
from app.methods import METHODS
from app.models import RegisterEntry
from app.queries.polls import bodies_by_entry
from app.queries.rounds import options_of
from app.queries.step import step_now


@dataclass(frozen=True)
class Progress:
    """The cells of a round: how many ratings each has, which are asked no more and why, and how
    many answers were asked for, given, and are still to come."""

    ratings: dict[str, int]
    stopped: dict[str, str]
    asked: int
    answered: int
    to_come: int

    @property
    def fewest(self) -> int:
        return min(self.ratings.values(), default=0)

    @property
    def most(self) -> int:
        return max(self.ratings.values(), default=0)

    @property
    def saved(self) -> int:
        """Answers that were asked for and are not needed any more."""
        return self.asked - self.answered - self.to_come


def progress(conn: Connection, round_: Any) -> Progress | None:
    """How far an opened round is that shares its cells out; None for other rounds."""
    terms = Sharing.of(round_.thrift)
    if terms is None or round_.status == "planned":
        return None
    values, waiting = _answers(conn, round_)
    verdicts = _verdicts(round_)
    cells = [option.id for option in options_of(conn, round_)]
    why = {}
    if verdicts is not None and terms.stops:
        for cell in cells:
            if reason := stopped(sorted(values[cell]), waiting[cell], terms, verdicts):
                why[cell] = reason
    given = {cell: len(values[cell]) for cell in cells}
    asked, answered = waiting["asked"], waiting["answered"]
    to_come = sum(waiting[cell] for cell in cells if cell not in why)
    return Progress(given, why, asked, answered, to_come)


def _answers(conn: Connection, round_: Any) -> tuple[dict[str, list[Fraction]], Counter[str]]:
    """The values given to each cell, and how many who were asked have not answered it; of all
    together, under "asked" and "answered", how many answers there could be and are."""
    values: dict[str, list[Fraction]] = defaultdict(list)
    counts: Counter[str] = Counter()
    bodies = bodies_by_entry(conn, round_)
    entries = conn.execute(select(RegisterEntry).where(RegisterEntry.round_id == round_.id))
    for entry in entries:
        said = bodies.get(entry.id, {}).get("rating", {})
        for cell, value in said.items():
            if value is not None:
                values[cell].append(exact(value))
        asked = entry.asked or []
        counts["asked"] += len(asked)
        counts["answered"] += sum(cell in said for cell in asked)
        counts.update(cell for cell in asked if cell not in said)
    return values, counts


def _verdicts(round_: Any) -> Verdicts | None:
    """The limits of the rule and the ends of the scale; None under a rule that has no such limits,
    where a cell stops by its IQR alone."""
    if not round_.scale or round_.method != "rating_consensus":
        return None
    rule = METHODS[round_.method].params.model_validate(round_.params)
    return Verdicts(
        exact(rule.agree_from), exact(rule.disagree_to),
        exact(round_.scale["min"]), exact(round_.scale["max"]),
    )  # fmt: skip


def asked_no_more(conn: Connection, workshop_id: str, group: str | None = None) -> dict[str, Any]:
    """For everybody in the room: which cells of the present round are asked no more. Who has one
    of them before them unanswered is not asked for it."""
    round_ = step_now(conn, workshop_id, group).round
    running = round_ is not None and round_.status in ("open", "closing")
    return {"progress": progress(conn, round_) if running else None}
