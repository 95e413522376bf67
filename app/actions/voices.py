"""Who speaks in a batch of ballots: the ballots as they came in, their rounds, their voices."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect, Executable, bindparam
from sqlalchemy import select as columns
from sqlmodel import col, or_

from app.actions.base import Tx
from app.actions.register import speaks_for_delegation
from app.db import Key, among
from app.errors import NotFound, Refused
from app.models import Participant, RegisterEntry, Round
from app.policy import Actor, Verdict, may_cast, may_cast_as_head, may_cast_for
from app.queries.heads import heads_of


@dataclass(frozen=True)
class Cast:
    """One ballot as it came in: its shape and terms were checked outside the lock."""

    actor: Actor
    key: Key
    round_id: str
    revision: int
    body: dict[str, Any]
    item: str = ""
    reasons: dict[str, str] = field(default_factory=dict)
    on_behalf_of: str | None = None
    ballot_key: str | None = None
    codes: dict[str, str] = field(default_factory=dict)  # of which kind its reasons are

    @property
    def voter(self) -> str | None:
        return self.on_behalf_of or self.actor.participant_id


@dataclass(frozen=True)
class Receipt:
    """What was recorded: said only after the commit. In a secret round nothing is numbered."""

    round_id: str
    number: int | None = None
    revision: int | None = None
    recorded_at: datetime | None = None
    replayed: bool = False
    words: str | None = None  # by which its voter finds it in the published list


Answer = Receipt | Refused


class Voices:
    """The rounds, people and register entries of a batch, fetched by one statement each."""

    def __init__(self, tx: Tx, ballots: Sequence[Cast]) -> None:
        self.tx = tx
        self.rounds = self._rounds({ballot.round_id for ballot in ballots})
        self.people = self._people({ballot.voter for ballot in ballots if ballot.voter})
        self.entries = self._entries()
        self.heads = self._heads()

    def _rounds(self, ids: set[str]) -> dict[str, Any]:
        given = {"workshop": self.tx.workshop_id, "ids": list(ids)}
        rows = self.tx.conn.execute(_rounds(self.tx.conn.dialect), given)
        return {row.id: row for row in rows}

    def _people(self, ids: set[str]) -> dict[str, Any]:
        given = {"workshop": self.tx.workshop_id, "ids": list(ids)}
        rows = self.tx.conn.execute(_people(self.tx.conn.dialect), given)
        return {row.id: row for row in rows}

    def _heads(self) -> dict[str, frozenset[str]]:
        if not any(round_.casts == "head" for round_ in self.rounds.values()):
            return {}
        return heads_of(
            self.tx.conn, {one.delegation_id for one in self.people.values() if one.delegation_id}
        )

    def _entries(self) -> dict[tuple[str, str], Any]:
        delegations = {row.delegation_id for row in self.people.values() if row.delegation_id}
        given = {
            "rounds": list(self.rounds), "people": list(self.people),
            "delegations": list(delegations),
        }  # fmt: skip
        rows = self.tx.conn.execute(_entries(self.tx.conn.dialect), given)
        return {(row.round_id, row.participant_id or row.delegation_id): row for row in rows}

    def secret(self, ballot: Cast) -> bool:
        """Whether this ballot belongs to a secret round."""
        round_ = self.rounds.get(ballot.round_id)
        return round_ is not None and round_.secrecy == "secret"

    def round(self, ballot: Cast) -> Any:
        """The ballot's round, or NotFound."""
        if (round_ := self.rounds.get(ballot.round_id)) is None:
            raise NotFound
        return round_

    def entry(self, ballot: Cast, round_: Any) -> Any:
        """The register entry by which the ballot's voter speaks, or None."""
        person = self.people.get(ballot.voter or "")
        if person is None:
            return None
        together = speaks_for_delegation(round_, person)
        return self.entries.get((round_.id, person.delegation_id if together else person.id))

    def may_cast(self, ballot: Cast, round_: Any, entry: Any) -> Verdict:
        """Whether it counts, decided under the lock: a deadline that has passed has closed it."""
        if ballot.on_behalf_of and not (verdict := may_cast_for(ballot.actor, entry)):
            return verdict
        if round_.casts == "head" and entry is not None and entry.delegation_id:
            heads = self.heads.get(entry.delegation_id, frozenset())
            if not (verdict := may_cast_as_head(ballot.voter in heads)):
                return verdict
        late = round_.closes_at is not None and self.tx.now >= round_.closes_at
        closed_at = round_.closed_at or (round_.closes_at if late else None)
        status = "closed" if late and round_.status in ("open", "closing") else round_.status
        own = entry is not None and (ballot.on_behalf_of or entry.proxy_id is None)
        return may_cast(ballot.actor, bool(own), closed_at, status, ballot.on_behalf_of)


# Put together once: for every batch anew, that took longer here than to send them and read.


@lru_cache(maxsize=4)
def _rounds(dialect: Dialect) -> Executable:
    return columns(Round).where(
        col(Round.workshop_id) == bindparam("workshop"), among(dialect, col(Round.id), "ids")
    )


@lru_cache(maxsize=4)
def _people(dialect: Dialect) -> Executable:
    return columns(
        col(Participant.id), col(Participant.capacity), col(Participant.delegation_id)
    ).where(
        col(Participant.workshop_id) == bindparam("workshop"),
        among(dialect, col(Participant.id), "ids"),
    )


@lru_cache(maxsize=4)
def _entries(dialect: Dialect) -> Executable:
    entry = RegisterEntry
    return columns(
        col(entry.id), col(entry.round_id), col(entry.participant_id), col(entry.delegation_id),
        col(entry.capacity), col(entry.proxy_id), col(entry.asked),
    ).where(
        among(dialect, col(entry.round_id), "rounds"),
        or_(
            among(dialect, col(entry.participant_id), "people"),
            among(dialect, col(entry.delegation_id), "delegations"),
        ),
    )  # fmt: skip
