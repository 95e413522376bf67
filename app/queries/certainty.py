"""What stands beside an outcome: fetched in one snapshot, worked out once, in a thread."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.analysis.beside import Beside, beside
from app.errors import NotFound
from app.methods import Poll
from app.models import Flag, Outcome, Round
from app.policy import FEWEST, Actor, may_see_certainty
from app.queries.polls import poll_by_region
from app.queries.rounds import OptionView, options_of

KEPT = 200  # outcomes whose surroundings are remembered; they never change


@dataclass(frozen=True)
class Asked:
    """An outcome's ballots; two are the same if they are of the same outcome."""

    outcome_id: str
    poll: Poll = field(compare=False)
    guarded: int = field(compare=False)


@dataclass(frozen=True)
class Around:
    """A closed round with what is asked about its outcome, its options by id, and how many
    objections now stand against each."""

    round: Any
    outcome: Any
    asked: Asked
    options: Mapping[str, OptionView]
    objections: Mapping[str, int]


def around_outcome(
    conn: Connection, workshop_id: str, round_id: str, actor: Actor
) -> Around | None:
    """The round's last outcome with its ballots, None while it is being counted. Raises NotFound
    for whoever may not see it yet."""
    round_ = conn.execute(
        select(Round).where(Round.id == round_id, Round.workshop_id == workshop_id)
    ).one_or_none()
    if round_ is None or not may_see_certainty(actor, round_):
        raise NotFound
    return around(conn, round_)


def around(conn: Connection, round_: Any) -> Around | None:
    """The same of a round that may be seen; None without an outcome of its last close."""
    if round_.status not in ("closed", "sealed"):
        return None
    outcome = conn.execute(
        select(Outcome)
        .where(Outcome.round_id == round_.id, col(Outcome.number) > round_.closed_number)
        .order_by(col(Outcome.n).desc())
    ).first()
    if outcome is None:
        return None
    options = {option.id: option for option in options_of(conn, round_)}
    guarded = FEWEST if round_.secrecy in ("confidential", "secret") else 0
    asked = Asked(outcome.id, poll_by_region(conn, round_.id), guarded)
    return Around(round_, outcome, asked, options, _objections(conn, options))


def _objections(conn: Connection, options: Mapping[str, OptionView]) -> Mapping[str, int]:
    """How many objections stand against the rows among the options."""
    flags = select(Flag.row_id).where(
        col(Flag.row_id).in_(options), Flag.flag == "objection", col(Flag.withdrawn_at).is_(None)
    )
    return Counter(conn.execute(flags).scalars())


@lru_cache(maxsize=KEPT)
def worked_out(asked: Asked) -> Beside:
    """What the ballots say beside their outcome. Seconds, for a large poll: never in a push."""
    return beside(asked.poll, asked.guarded)
