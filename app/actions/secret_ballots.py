"""Casting ballots in a secret round (design law 12): under the lock, but without a log line and
without a number. The mark says who has voted, the staging row what was answered; nothing joins them
but the order in which they came, and that is swept away when the round is sealed.
"""

import hashlib
import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlmodel import col, select

from app.actions.base import Tx
from app.actions.voices import Answer, Cast, Receipt, Voices
from app.db import KEY_REUSED, among
from app.errors import N_, Conflict, Refused
from app.models import RegisterMark, StagedBallot, StagedKey
from app.models.base import new_id
from app.policy import require
from app.queries.disclosure import disclosed

SHORTEST_KEY = 16

ALREADY = N_(
    "An answer of yours is already recorded. It can be changed only in the browser that sent it."
)
COUNTED = N_(
    "This round is closed. An answer of yours was recorded before the close; it stays as it is."
)
SEALED = N_(
    "This round is sealed. Nobody can tell any more whether this very answer came in before the "
    "close."
)
NO_WORDS = N_("A secret round takes no reasons: words tell who wrote them.")
NO_OTHERS = N_("Nobody can enter a secret ballot for somebody else.")
SHORT = N_("A ballot key has at least {shortest} characters, drawn at random by the browser.")


class SecretBatch:
    """The secret ballots of one transaction, and what it will write."""

    def __init__(self, tx: Tx, voices: Voices, ballots: Sequence[Cast]) -> None:
        self.tx = tx
        self.voices = voices
        rounds = {ballot.round_id for ballot in ballots}
        hashes = {ballot.key.hash for ballot in ballots}
        self.macs: dict[tuple[str, str], str] = {}
        self.marked: set[str] = set()
        self.staged: dict[tuple[str, str, str], dict[str, Any]] = {}
        self.changed: list[dict[str, Any]] = []
        self.new: list[dict[str, Any]] = []
        self.marks: list[dict[str, Any]] = []
        self.keys: list[dict[str, Any]] = []
        if ballots:
            self._look_up(rounds, hashes, [voice_of(voices, ballot) for ballot in ballots])

    def _look_up(self, rounds: set[str], hashes: set[str], voices: list[str]) -> None:
        conn, dialect = self.tx.conn, self.tx.conn.dialect
        keys = select(StagedKey).where(
            col(StagedKey.round_id).in_(rounds), among(dialect, col(StagedKey.key_hash), "hashes")
        )
        found = conn.execute(keys, {"hashes": list(hashes)})
        self.macs = {(row.round_id, row.key_hash): row.body_mac for row in found}
        entries = [entry.id for entry in self.voices.entries.values()]
        marks = select(RegisterMark.entry_id).where(
            among(dialect, col(RegisterMark.entry_id), "entries")
        )
        self.marked = set(conn.execute(marks, {"entries": entries}).scalars())
        staged = select(StagedBallot).where(
            col(StagedBallot.round_id).in_(rounds),
            among(dialect, col(StagedBallot.voice), "voices"),
        )
        for row in conn.execute(staged, {"voices": voices}):
            self.staged[row.round_id, row.voice, row.item] = dict(row._mapping)  # noqa: SLF001

    def decide(self, ballot: Cast) -> Answer:
        try:
            return self._decide(ballot)
        except Refused as refusal:
            return refusal

    def _decide(self, ballot: Cast) -> Receipt:
        if (mac := self.macs.get((ballot.round_id, ballot.key.hash))) is not None:
            if not secrets.compare_digest(mac, ballot.key.mac):
                raise Refused("key_reused", KEY_REUSED)
            return Receipt(ballot.round_id, replayed=True)
        round_ = self.voices.round(ballot)
        entry = self.voices.entry(ballot, round_)
        self._refuse_what_tells(ballot)
        if entry is not None and round_.status in ("closed", "sealed"):
            self._too_late(entry, round_)
        require(self.voices.may_cast(ballot, round_, entry))
        self._record(ballot, round_, entry)
        return Receipt(ballot.round_id)

    def _refuse_what_tells(self, ballot: Cast) -> None:
        if ballot.on_behalf_of:
            raise Refused("secret", NO_OTHERS, field="on_behalf_of")
        if ballot.reasons or ballot.codes or ballot.body.get("reason"):
            raise Refused("secret", NO_WORDS, field="reasons")
        if ballot.ballot_key is not None and len(ballot.ballot_key) < SHORTEST_KEY:
            raise Refused("bad_ballot_key", SHORT, field="ballot_key", shortest=SHORTEST_KEY)

    def _too_late(self, entry: Any, round_: Any) -> None:
        """Never tell somebody "not counted" whose ballot may well have been."""
        if entry.id in self.marked:
            raise Conflict("poll_closed", COUNTED)
        if round_.status == "sealed":
            raise Conflict("poll_closed", SEALED)

    def _record(self, ballot: Cast, round_: Any, entry: Any) -> None:
        voice = voice_of(self.voices, ballot)
        mine = [row for place, row in self.staged.items() if place[:2] == (round_.id, voice)]
        if entry.id in self.marked and not mine:
            raise Conflict("already_voted", ALREADY)
        before = self.staged.get((round_.id, voice, ballot.item))
        if before is not None and ballot.revision <= before["revision"]:
            raise Conflict(
                "stale_revision",
                N_("A newer answer is already recorded, perhaps from another tab."),
                revision=before["revision"],
            )
        if before is not None:
            before |= {"revision": ballot.revision, "body": disclosed(round_, ballot.body)}
            self.changed.append(before)
        else:
            self._add(ballot, round_, entry, voice)
        if entry.id not in self.marked:
            self.marked.add(entry.id)
            self.marks.append({"entry_id": entry.id, "round_id": round_.id})
        self.macs[round_.id, ballot.key.hash] = ballot.key.mac
        key = {"key_hash": ballot.key.hash, "body_mac": ballot.key.mac}
        self.keys.append({"round_id": round_.id, **key})

    def _add(self, ballot: Cast, round_: Any, entry: Any, voice: str) -> None:
        row = {
            "id": new_id(),
            "round_id": round_.id,
            "voice": voice,
            "item": ballot.item,
            "revision": ballot.revision,
            "capacity": entry.capacity if round_.apart else "",
            "body": disclosed(round_, ballot.body),  # a region is not even stored
        }
        self.staged[round_.id, voice, ballot.item] = row
        self.new.append(row)

    def write(self) -> None:
        """Rows of this batch are inserted as they stand at its end; earlier ones are changed."""
        conn = self.tx.conn
        fresh = {row["id"] for row in self.new}
        for row in self.changed:
            if row["id"] not in fresh:
                conn.execute(
                    update(StagedBallot)
                    .where(col(StagedBallot.id) == bindparam("row"))
                    .values(revision=bindparam("revision_"), body=bindparam("body_")),
                    {"row": row["id"], "revision_": row["revision"], "body_": row["body"]},
                )
        for table, rows in (
            (StagedBallot, self.new), (RegisterMark, self.marks), (StagedKey, self.keys),
        ):  # fmt: skip
            if rows:
                conn.execute(insert(table), rows)


def voice_of(voices: Voices, ballot: Cast) -> str:
    """What a staged ballot is found by: a hash of the browser's key and the voter's entry. It fits
    no other voter, and without the key nobody can compute it. Random where no key was sent."""
    round_ = voices.rounds.get(ballot.round_id)
    entry = voices.entry(ballot, round_) if round_ is not None else None
    if ballot.ballot_key is None or entry is None:
        return secrets.token_hex(32)
    parts = f"{ballot.ballot_key}\0{ballot.round_id}\0{entry.id}".encode()
    return hashlib.sha256(parts).hexdigest()
