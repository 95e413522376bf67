"""What is put before a voting unit to compare: chosen by what is judged, and kept."""

from typing import Any

from sqlalchemy import insert

from app.actions.base import Done, Tx, load
from app.actions.voices import Cast, Voices
from app.activities.compare import AHEAD, at_once, compares
from app.analysis.adaptive import next_set
from app.ballots import set_of
from app.db import Key
from app.models import Round, Showing
from app.models.base import new_id
from app.policy import Actor, require
from app.queries.comparing import asked_of, showings_of


def show_sets(tx: Tx, actor: Actor, round_id: str, person: str | None = None) -> Done:
    """Choose what comes next for a voter, until so many lie ready that are not answered.

    It takes no number: what was shown is kept row by row, and says of nobody when they saw it.
    Raises Refused if their answer would not count now.
    """
    round_ = load(tx, Round, round_id)
    ballot = Cast(actor, Key("", b""), round_id, 1, {}, on_behalf_of=person)
    voices = Voices(tx, [ballot])
    entry = voices.entry(ballot, round_)
    require(voices.may_cast(ballot, round_, entry))
    if not compares(round_):
        return Done(round_id)
    before = showings_of(tx.conn, entry.id)
    ready = sum(one.body is None for one in before)
    for n in range(len(before) + 1, len(before) + 1 + AHEAD - ready):
        found = next_set(asked_of(tx.conn, round_, entry.id), at_once(round_))
        if found is None:
            break
        tx.conn.execute(insert(Showing).values(_row(round_, entry, n, found)))
    return Done(round_id)


def _row(round_: Any, entry: Any, n: int, found: Any) -> dict[str, Any]:
    return {
        "id": new_id(), "round_id": round_.id, "entry_id": entry.id, "n": n,
        "item": set_of(found.shown), "shown": list(found.shown), "rule": found.rule,
    }  # fmt: skip
