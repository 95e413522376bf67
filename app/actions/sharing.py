"""Sharing cells out among the voices of a round: it freezes with the register."""

import hashlib
from typing import Any

import rfc8785
from sqlmodel import select

from app.actions.base import Tx, change
from app.activities.blocks import late_block
from app.activities.thrift import Sharing
from app.errors import N_, Refused
from app.models import RegisterEntry
from app.queries.rounds import options_of
from app.queries.sharing import raters_of, share

NOT_ASKED = N_("You are not asked for this one in this round: others rate it.")


def share_out(tx: Tx, round_: Any) -> dict[str, Any]:
    """Write which options are put to each voice of a round that shares them out; what the log says
    of it is a digest."""
    terms = Sharing.of(round_.thrift)
    if terms is None:
        return {}
    voices = raters_of(tx.conn, round_)
    given, _ = share(
        tx.conn, terms, options_of(tx.conn, round_, frozen=True), [*voices.values()],
        round_.activity_id,
    )  # fmt: skip
    for entry_id, rater in voices.items():
        change(tx, RegisterEntry, entry_id, asked=given[rater.id])
    told = sorted([entry_id, given[rater.id]] for entry_id, rater in voices.items())
    return {"asked": hashlib.sha256(rfc8785.dumps(told)).hexdigest()}


def asked_late(tx: Tx, round_: Any) -> list[str] | None:
    """What is put to a voice that comes late: what the fewest were asked for."""
    if Sharing.of(round_.thrift) is None:
        return None
    entries = tx.conn.execute(select(RegisterEntry).where(RegisterEntry.round_id == round_.id))
    cells = [option.id for option in options_of(tx.conn, round_)]
    return late_block([entry.asked or [] for entry in entries], cells)


def refuse_unasked(asked: list[str] | None, body: dict[str, Any]) -> None:
    """Raise Refused `not_asked` for an answer to what was not put to this voice."""
    if asked is None:
        return
    for answers in body.values():
        for option in answers:
            if option not in asked:
                raise Refused("not_asked", NOT_ASKED, field="rating")
