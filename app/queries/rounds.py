"""One round as a viewer may know it: its terms, its options, whether they may vote and why not."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.activities.conditions import conditions_of
from app.activities.sentences import Sentence, rule_of, seen_by, shared_by, voters_of
from app.errors import NotFound
from app.models import (
    Activity,
    Ballot,
    Option,
    Participant,
    RegisterEntry,
    RegisterMark,
    Round,
    RoundOption,
)
from app.policy import Actor, Verdict, may_cast
from app.queries.heads import heads_besides
from app.queries.polls import eligible
from app.queries.receipts import receipt_of

ELECTORATE = {
    "states": ("state_representative",),
    "experts": ("expert",),
    "all": ("state_representative", "expert", ""),
}


@dataclass(frozen=True)
class OptionView:
    """One option: its id, its frozen wording, and where it comes from."""

    id: str
    text: str
    source_kind: str
    area_id: str | None
    version: str | None


@dataclass(frozen=True)
class RoundView:
    """A round with everything around it. `row` is its table row, `own` the viewer's voice."""

    row: Any
    activity: Any
    options: list[OptionView]
    eligible: int
    own: Any
    may_vote: Verdict
    own_revision: int | None
    own_number: int | None
    own_recorded_at: datetime | None
    own_receipt: str | None
    own_mark: bool = False

    @property
    def rule(self) -> Sentence:
        return rule_of(self.row)

    @property
    def conditions(self) -> list[Sentence]:
        return conditions_of(self.row)

    @property
    def voters(self) -> Sentence:
        return voters_of(self.row)

    @property
    def shared_by(self) -> list[Sentence]:
        return shared_by(self.row)

    @property
    def seen_by(self) -> tuple[Sentence, Sentence]:
        return seen_by(self.row)


def round_view(conn: Connection, workshop_id: str, round_id: str, actor: Actor) -> RoundView:
    """The round, or NotFound if it is of another workshop."""
    round_ = conn.execute(
        select(Round).where(Round.id == round_id, Round.workshop_id == workshop_id)
    ).one_or_none()
    if round_ is None:
        raise NotFound
    activity = conn.execute(select(Activity).where(Activity.id == round_.activity_id)).one()
    own = own_entry(conn, round_, actor)
    mark = own is not None and round_.secrecy == "secret" and _marked(conn, own.id)
    last = _last_own_ballot(conn, own)
    return RoundView(
        row=round_,
        activity=activity,
        options=options_of(conn, round_),
        eligible=eligible(conn, round_id),
        own=own,
        may_vote=may_cast(
            actor, own is not None and own.proxy_id is None, round_.closed_at, round_.status
        ),
        own_revision=last.revision if last else None,
        own_number=last.number if last else None,
        own_recorded_at=last.recorded_at if last else None,
        own_receipt=receipt_of(last.id) if last else None,
        own_mark=mark,
    )


def workshop_of_round(conn: Connection, round_id: str) -> str:
    """Which workshop a round belongs to; NotFound if there is no such round."""
    found = conn.execute(select(Round.workshop_id).where(Round.id == round_id)).first()
    if found is None:
        raise NotFound
    return str(found[0])


def options_of(conn: Connection, round_: Any, *, frozen: bool = False) -> list[OptionView]:
    """The options as the round froze them, or as the activity has them while it is planned."""
    planned = round_.status == "planned" and not frozen
    table: Any = Option if planned else RoundOption
    where = (
        (Option.activity_id == round_.activity_id, col(Option.withdrawn_at).is_(None))
        if planned
        else (RoundOption.round_id == round_.id,)
    )
    rows = conn.execute(select(table).where(*where).order_by(table.position, table.id))
    return [
        OptionView(row.id, row.text, row.source_kind, row.area_id, row.wording_version_id)
        for row in rows
    ]


def own_entry(conn: Connection, round_: Any, actor: Actor) -> Any:
    """The register entry through which this viewer speaks, or None."""
    if actor.participant_id is None:
        return None
    person = conn.execute(
        select(Participant).where(Participant.id == actor.participant_id)
    ).one_or_none()
    if person is None:
        return None
    as_person = RegisterEntry.participant_id == person.id
    as_delegation = RegisterEntry.delegation_id == person.delegation_id
    entries = conn.execute(
        select(RegisterEntry).where(
            RegisterEntry.round_id == round_.id,
            as_delegation if person.delegation_id else as_person,
        )
    ).all()
    if not entries and person.delegation_id:
        entries = conn.execute(
            select(RegisterEntry).where(RegisterEntry.round_id == round_.id, as_person)
        ).all()
    together = bool(entries and entries[0].delegation_id)
    if together and (not _speaks(round_, person) or heads_besides(conn, round_, person)):
        return None
    return entries[0] if entries else None


def _speaks(round_: Any, person: Any) -> bool:
    """A non-voting aide of a delegation does not cast its ballot."""
    return "participant" in person.roles and (
        round_.unit == "delegation" or person.capacity == "state_representative"
    )


def _marked(conn: Connection, entry_id: str) -> bool:
    """Whether this voice has voted in a secret round; what it answered is not to be found."""
    marks = select(RegisterMark.entry_id).where(RegisterMark.entry_id == entry_id)
    return conn.execute(marks).first() is not None


def _last_own_ballot(conn: Connection, own: Any) -> Any:
    if own is None:
        return None
    return conn.execute(
        select(Ballot)
        .where(Ballot.entry_id == own.id, col(Ballot.superseded_by).is_(None))
        .order_by(col(Ballot.number).desc())
    ).first()


def own_ballots(conn: Connection, round_id: str, own: Any) -> list[Any]:
    """The viewer's own live ballots in a round: one, or one for each item answered."""
    if own is None:
        return []
    return list(
        conn.execute(
            select(Ballot)
            .where(
                Ballot.round_id == round_id,
                Ballot.entry_id == own.id,
                col(Ballot.superseded_by).is_(None),
            )
            .order_by(col(Ballot.item))
        )
    )


def rounds_of_activity(conn: Connection, activity_id: str) -> list[Any]:
    """All rounds of an activity, first to last."""
    return list(
        conn.execute(select(Round).where(Round.activity_id == activity_id).order_by(col(Round.n)))
    )
