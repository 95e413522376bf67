"""Casting ballots. Up to 200 of one workshop share one transaction; each is decided by itself."""

from collections.abc import Sequence
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Dialect, Executable, Table
from sqlalchemy import select as columns
from sqlmodel import col, select

from app.actions.base import Done, Tx, goes_on
from app.actions.reasons import NewReason, give_reasons
from app.actions.secret_ballots import SecretBatch
from app.actions.sharing import refuse_unasked
from app.actions.voices import Answer, Cast, Receipt, Voices
from app.db import KEY_REUSED, among, known_keys, update_rows
from app.errors import N_, Conflict, Refused
from app.models import Ballot
from app.models.base import new_id
from app.policy import casts_as_proxy, require
from app.queries.receipts import receipt_of

# What the record says beside a ballot that somebody else sent.
SENT_FOR = {"entered": "ballot_entered", "proxy": "ballot_by_proxy"}
BALLOTS: Table = Ballot.__table__  # type: ignore[attr-defined]


@goes_on
def cast_ballots(tx: Tx, ballots: Sequence[Cast]) -> list[Answer]:
    """Decide each ballot under the lock and record those that count.

    Answers stand in the order of the ballots: a Receipt, or the Refused that its voter is told.
    """
    voices = Voices(tx, ballots)
    secret = SecretBatch(tx, voices, [ballot for ballot in ballots if voices.secret(ballot)])
    others = _Batch(tx, voices, [ballot for ballot in ballots if not voices.secret(ballot)])
    answers = [(secret if voices.secret(ballot) else others).decide(ballot) for ballot in ballots]
    secret.write()
    others.write()
    return answers


class _Batch:
    """Ballots that the register joins to a voting unit, and what the transaction will write."""

    def __init__(self, tx: Tx, voices: Voices, ballots: Sequence[Cast]) -> None:
        self.tx = tx
        self.voices = voices
        self.known = known_keys(tx.conn, tx.workshop_id, [ballot.key for ballot in ballots])
        ids = [entry.id for entry in voices.entries.values()] if ballots else []
        self.live: dict[tuple[str, str], Any] = {
            (row.entry_id, row.item): row
            for row in tx.conn.execute(_live(tx.conn.dialect), {"entries": ids})
        }
        self.macs: dict[str, str] = {}  # of the keys that came first in this very batch
        self.superseded: dict[str, str] = {}
        self.inserted: dict[str, dict[str, Any]] = {}
        self.reasons: list[NewReason] = []

    def decide(self, ballot: Cast) -> Answer:
        try:
            return self._decide(ballot)
        except Refused as refusal:
            return refusal

    def _decide(self, ballot: Cast) -> Receipt:
        if before := self.known.get(ballot.key.hash):
            return self._again(ballot, before)
        round_ = self.voices.round(ballot)
        entry = self.voices.entry(ballot, round_)
        require(self.voices.may_cast(ballot, round_, entry))
        refuse_unasked(entry.asked, ballot.body)
        live = self.live.get((entry.id, ballot.item))
        if live is not None and ballot.revision <= live.revision:
            raise Conflict(
                "stale_revision",
                N_("A newer answer is already recorded, perhaps from another of your devices."),
                revision=live.revision,
                **self._own_body(ballot, entry, live),
            )
        return self._record(ballot, entry, live)

    def _own_body(self, ballot: Cast, entry: Any, live: Any) -> dict[str, Any]:
        """What was answered is told to whose answer it is, and to nobody who enters another."""
        if ballot.on_behalf_of and not casts_as_proxy(ballot.actor, entry):
            return {}
        return {"body": self._body_of(live.id)}

    def _body_of(self, ballot_id: str) -> Any:
        if here := self.inserted.get(ballot_id):
            return here["body"]
        stored = select(col(Ballot.body)).where(Ballot.id == ballot_id)
        return self.tx.conn.execute(stored).scalar_one()

    def _again(self, ballot: Cast, before: Done) -> Receipt:
        first_here = self.macs.get(ballot.key.hash, ballot.key.mac)
        if before.number < 0 or first_here != ballot.key.mac:
            raise Refused("key_reused", KEY_REUSED)
        stored = self.inserted.get(before.id)
        if stored is None:
            row = self.tx.conn.execute(select(Ballot).where(Ballot.id == before.id)).one()
            stored = {"revision": row.revision, "recorded_at": row.recorded_at}
        return Receipt(
            ballot.round_id, before.number, stored["revision"], stored["recorded_at"], True,
            receipt_of(before.id),
        )  # fmt: skip

    def _record(self, ballot: Cast, entry: Any, live: Any) -> Receipt:
        tx = self.tx
        by = ballot.voter or ""
        number = tx.log("ballot_cast", salted={"by": by}, round=ballot.round_id)
        how = _how(ballot, entry)
        if how is not None:
            tx.log(SENT_FOR[how], salted={"by": ballot.actor.identity}, round=ballot.round_id)
        row = {
            "id": new_id(),
            "round_id": ballot.round_id,
            "entry_id": entry.id,
            "item": ballot.item,
            "revision": ballot.revision,
            "body": ballot.body,
            "number": number,
            "recorded_at": tx.now,
            "entered_by": ballot.actor.participant_id if ballot.on_behalf_of else None,
            "superseded_by": None,
            "how": how,
        }
        if live is not None:
            self._supersede(live.id, row["id"])
        self.inserted[row["id"]] = row
        self.live[entry.id, ballot.item] = SimpleNamespace(id=row["id"], revision=ballot.revision)
        self.reasons += [
            NewReason(
                ballot.round_id, entry.id, option, ballot.reasons.get(option, ""), number,
                ballot.codes.get(option),
            )
            for option in {**ballot.reasons, **ballot.codes}
        ]  # fmt: skip
        done = Done(row["id"], number)
        tx.remember(ballot.key, done)
        self.known[ballot.key.hash] = done
        self.macs[ballot.key.hash] = ballot.key.mac
        words = receipt_of(row["id"])
        return Receipt(ballot.round_id, number, ballot.revision, tx.now, words=words)

    def _supersede(self, old: str, new: str) -> None:
        if old in self.inserted:  # two revisions of one answer in one batch
            self.inserted[old]["superseded_by"] = new
        else:
            self.superseded[old] = new

    def write(self) -> None:
        """Old revisions step aside before new ones come in, or the live index would refuse."""
        update_rows(self.tx.conn, BALLOTS, "superseded_by", self.superseded)
        self.tx.insert(BALLOTS, list(self.inserted.values()))
        give_reasons(self.tx, self.reasons)


@lru_cache(maxsize=4)
def _live(dialect: Dialect) -> Executable:
    return columns(
        col(Ballot.id), col(Ballot.entry_id), col(Ballot.item), col(Ballot.revision)
    ).where(among(dialect, col(Ballot.entry_id), "entries"), col(Ballot.superseded_by).is_(None))


def _how(ballot: Cast, entry: Any) -> str | None:
    """How somebody else came to send this ballot; None for one's own."""
    if not ballot.on_behalf_of:
        return None
    return "proxy" if casts_as_proxy(ballot.actor, entry) else "entered"
