"""A tie before the room: who is tied, how many places are left, and what settles it."""

import operator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.errors import Refused
from app.methods import Outcome
from app.methods.tie_break import tie_of
from app.models import Outcome as Recorded
from app.models import Round, RoundOption
from app.queries.audit import head_after
from app.queries.results import Results
from app.queries.rounds import OptionView


@dataclass(frozen=True)
class Tie:
    """`how` is the step that the round named before it opened. `rounds` are those that can decide,
    the latest first; `seed` is what a lot is drawn with.
    """

    how: str
    tied: list[OptionView]
    left: int
    rounds: list[Any]
    seed: str = ""

    @property
    def choices(self) -> list[list[str]]:
        """Id and text of each."""
        return [[option.id, option.text] for option in self.tied]


def tie_before(conn: Connection, found: Results) -> Tie | None:
    """The tie that a round's latest outcome leaves, or None."""
    round_ = found.round
    try:
        tied, left = tie_of(Outcome.model_validate(found.outcome.result), round_.keep)
    except Refused:
        return None
    return Tie(
        how=round_.tie,
        tied=[one.option for one in found.options if one.option.id in tied],
        left=left,
        rounds=deciding_rounds(conn, round_, tied),
        seed=published_seed(conn, round_) if round_.tie == "lot" else "",
    )


def published_seed(conn: Connection, round_: Any) -> str:
    """The head of the log as it stood when the round opened: anybody can read it, and nobody knew
    a ballot when it was fixed.
    """
    return head_after(conn, round_.workshop_id, round_.opened_number)


def deciding_rounds(conn: Connection, round_: Any, tied: list[str]) -> list[Any]:
    """Counted rounds that can decide among the tied, the latest first. A run-off opened after the
    close and asked about exactly them; an earlier stage closed before the opening and asked about
    all of them, and perhaps others.
    """
    if round_.tie not in ("runoff", "earlier_stage"):
        return []
    later = round_.tie == "runoff"
    when = (
        col(Round.opened_number) > round_.closed_number
        if later
        else col(Round.closed_number) < round_.opened_number
    )
    counted = select(Recorded.round_id).where(col(Recorded.number) > col(Round.closed_number))
    rows = conn.execute(
        select(Round)
        .where(
            Round.workshop_id == round_.workshop_id,
            col(Round.status).in_(("closed", "sealed")),
            col(Round.id).in_(counted),
            when,
        )
        .order_by(col(Round.closed_number).desc())
    ).all()
    asked = {row.id: _options(conn, row.id) for row in rows}
    fits = operator.eq if later else operator.ge
    return [row for row in rows if fits(asked[row.id], set(tied))]


def _options(conn: Connection, round_id: str) -> set[str]:
    return set(
        conn.execute(select(RoundOption.id).where(RoundOption.round_id == round_id)).scalars()
    )
