"""Turnout of a round: units, not rows. Not seen, not answered, no opinion, abstained stay apart."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection
from sqlalchemy import select as columns
from sqlalchemy.orm import aliased
from sqlmodel import col, func, select

from app.ballots import REPEATED
from app.models import Ballot, Delegation, Participant, RegisterEntry, RegisterMark, Round
from app.policy import FEWEST, Actor
from app.queries.polls import APART, all_bodies_by_entry, counted_ballots, eligible

OPEN = ("open", "closing")
FURTHEST = ("finished", "in", "begun", "seen", "away")


@dataclass(frozen=True)
class Seat:
    """One voice: of a State or an expert; in, finished, begun, seen or not seen. `label` only where
    the round lets names of those missing be shown; `holder` is the proxy who casts for it."""

    kind: str
    state: str
    label: str = ""
    holder: str = ""


@dataclass(frozen=True)
class Turnout:
    """How many of the register have spoken. Counts are voting units; `coarse` ones are rounded
    down, and say "at least"."""

    eligible: int
    cast: int
    blank: int
    finished: int
    seen: int
    seats: list[Seat] = field(default_factory=list)
    coarse: bool = False

    @property
    def not_seen(self) -> int:
        return self.eligible - max(self.seen, self.cast)

    @property
    def not_answered(self) -> int:
        return self.eligible - self.cast - self.not_seen

    @property
    def missing(self) -> list[Seat]:
        """Who has not answered yet; without names where the round is confidential."""
        return [seat for seat in self.seats if seat.state in ("seen", "away", "begun")]

    def of(self, kind: str) -> tuple[int, int]:
        """How many of one kind are in, and how many there are."""
        mine = [seat for seat in self.seats if seat.kind == kind]
        return sum(seat.state in ("in", "finished") for seat in mine), len(mine)


def turnout(conn: Connection, round_id: str) -> Turnout:
    """The turnout of a round. Where it is confidential, seats fill from the start and say only
    how many; where it is secret, they say no more than in steps of five while it is open."""
    round_ = conn.execute(select(Round).where(Round.id == round_id)).one()
    return _secret(conn, round_) if round_.secrecy == "secret" else _by_entry(conn, round_)


def _by_entry(conn: Connection, round_: Any) -> Turnout:
    bodies = all_bodies_by_entry(conn, round_)
    holder: Any = aliased(Participant)
    entries: Any = conn.execute(
        columns(  # no more than is needed, of a thousand, several times a second
            col(RegisterEntry.id),
            col(RegisterEntry.capacity),
            col(RegisterEntry.share_of_id),
            col(RegisterEntry.seen_at).is_not(None).label("seen"),
            col(RegisterEntry.finished_at).is_not(None).label("finished"),
            col(Participant.label),
            col(Participant.position),
            col(Delegation.name),
            col(holder.label).label("holder"),
        )
        .join(holder, col(holder.id) == RegisterEntry.proxy_id, isouter=True)
        .join(Participant, col(Participant.id) == RegisterEntry.participant_id, isouter=True)
        .join(
            Delegation,
            col(Delegation.id)
            == func.coalesce(RegisterEntry.delegation_id, RegisterEntry.share_of_id),
            isouter=True,
        )
        .where(RegisterEntry.round_id == round_.id)
        .order_by(
            col(RegisterEntry.capacity).desc(), col(Participant.position), col(Delegation.name)
        )
    ).all()
    units: dict[str, list[Any]] = defaultdict(list)
    for entry in entries:
        units[entry.share_of_id or entry.id].append(entry)
    seats = [_seat(members, bodies) for members in units.values()]
    cast = [[b for e in members for b in bodies.get(e.id, ())] for members in units.values()]
    if round_.secrecy == "confidential":
        seats = sorted(
            (Seat(seat.kind, seat.state) for seat in seats),
            key=lambda seat: (seat.kind != "States", seat.kind, FURTHEST.index(seat.state)),
        )
    return Turnout(
        eligible=len(units),
        cast=sum(bool(found) for found in cast),
        blank=sum(bool(found) and all(map(_blank, found)) for found in cast),
        finished=sum(any(e.finished for e in members) for members in units.values()),
        seen=sum(any(e.seen for e in members) for members in units.values()),
        seats=seats,
    )


def _seat(members: list[Any], bodies: dict[str, Any]) -> Seat:
    """The one seat of a voice: of those who share it, whoever is furthest stands for it."""
    first = members[0]
    states = [_state(entry, entry.id in bodies) for entry in members]
    label = first.name if first.share_of_id else first.label or first.name
    return Seat(APART[first.capacity], min(states, key=FURTHEST.index), label, first.holder or "")


def _secret(conn: Connection, round_: Any) -> Turnout:
    """Seats of one kind: States and experts apart would tell of a single ballot. Nobody's looking
    is recorded, so all count as having seen it."""
    bodies = [one.body for one in counted_ballots(conn, round_)]
    voices = eligible(conn, round_.id)
    cast = coarse_turnout(conn, round_.id, voices) if round_.status in OPEN else len(bodies)
    seats = [Seat("all", "in" if n < cast else "seen") for n in range(voices)]
    return Turnout(
        eligible=voices,
        cast=cast,
        blank=sum(_blank(body) for body in bodies),
        finished=0,
        seen=voices,
        seats=seats,
        coarse=round_.status in OPEN and cast < voices,
    )


def coarse_turnout(conn: Connection, round_id: str, voices: int) -> int:
    """How many have voted in an open secret round, rounded down to fives; exact when all have.
    Single steps, seen as they come, would tell whose ballot came when."""
    marks = select(func.count()).select_from(RegisterMark).where(RegisterMark.round_id == round_id)
    cast = int(conn.execute(marks).scalar_one())
    return cast if cast == voices else cast - cast % FEWEST


def secret_turnouts(conn: Connection, workshop_id: str) -> dict[str, int]:
    """The open secret rounds of a workshop, each with its coarse turnout."""
    rounds = conn.execute(
        select(Round.id).where(
            Round.workshop_id == workshop_id,
            Round.secrecy == "secret",
            col(Round.status).in_(OPEN),
        )
    ).scalars()
    return {
        round_id: coarse_turnout(conn, round_id, eligible(conn, round_id))
        for round_id in rounds.all()
    }


def _state(entry: Any, answered: bool) -> str:
    if entry.finished and answered:
        return "finished"
    if answered:
        return "in"
    return "seen" if entry.seen else "away"


def _blank(body: dict[str, Any]) -> bool:
    """A ballot that answers nothing: empty, skipped, or "no opinion" everywhere."""
    ((shape, answers),) = body.items()
    if shape in REPEATED:
        return bool(answers.get("skip"))
    if isinstance(answers, dict):
        return all(value is None for value in answers.values())
    return not answers


def answered_items(conn: Connection, round_id: str, own: Any) -> int:
    """How many items the viewer's own ballots answer."""
    if own is None:
        return 0
    rows = conn.execute(
        select(Ballot.body).where(
            Ballot.round_id == round_id,
            Ballot.entry_id == own.id,
            col(Ballot.superseded_by).is_(None),
        )
    )
    count = 0
    for row in rows:
        (answers,) = row.body.values()
        count += len(answers) if isinstance(answers, dict | list) else 1
    return count


def may_name_missing(actor: Actor, round_: Any) -> bool:
    """Those who run the meeting see who is missing, unless the round is confidential."""
    return actor.has("owner", "organiser", "facilitator", "chair") and round_.secrecy in (
        "named",
        "delegation",
    )
