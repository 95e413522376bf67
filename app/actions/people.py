"""People of a workshop: added one by one or as a list, and changed while the meeting runs."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import func, select

from app.actions.base import Done, Tx, add, change, expect_version, label_key, load
from app.actions.people_fields import Places, checked_person
from app.errors import N_, Conflict
from app.models import Participant, Token
from app.policy import Actor, may_organise, require
from app.queries.tokens import token_hash

TAKEN = N_("“{label}” is on the list already. Tell the two apart, for example “{suggestion}”.")
KEY_TAKEN = N_("Another person has the id “{own_key}” already.")


def add_people(tx: Tx, actor: Actor, people: Sequence[dict[str, Any]]) -> Done:
    """Put people on the list; delegations and groups are made on the way.

    Each may sign in with `tx.token(participant id, "participant")`, whose door is made here too.
    Raises Conflict `name_taken`; then nobody was added.
    """
    require(may_organise(actor))
    places = Places(tx)
    ids = [add_person(tx, places, fields) for fields in people]
    for participant_id in ids:
        _open_a_door(tx, participant_id)
    return Done(" ".join(ids), tx.seq)


def _open_a_door(tx: Tx, participant_id: str) -> None:
    token = Token(
        hash=token_hash(tx.token(participant_id, "participant")),
        kind="access",
        workshop_id=tx.workshop_id,
        participant_id=participant_id,
        created_at=tx.now,
    )
    add(tx, token)


def add_person(tx: Tx, places: Places, fields: dict[str, Any]) -> str:
    """Put one person on the list; returns the id."""
    values = checked_person(places, fields)
    _refuse_twins(tx, values)
    person = Participant(workshop_id=tx.workshop_id, position=_next_position(tx), **values)
    add(tx, person)
    tx.log("participant_added", participant=person.id)
    return person.id


def change_person(
    tx: Tx, actor: Actor, participant_id: str, version: int | None, fields: dict[str, Any]
) -> Done:
    """Change what is known of a person. Registers of opened rounds stay as they froze."""
    require(may_organise(actor))
    now = load(tx, Participant, participant_id)
    values = checked_person(Places(tx), fields, now)
    expect_version(now, version, {name: getattr(now, name) for name in values})
    _refuse_twins(tx, values, but=participant_id)
    change(tx, Participant, participant_id, **values, version=now.version + 1)
    number = tx.log("participant_changed", participant=participant_id, fields=sorted(fields))
    return Done(participant_id, number)


def _refuse_twins(tx: Tx, values: dict[str, Any], but: str = "") -> None:
    """No two people with the same label or the same own id."""
    if "label" in values:
        key = label_key(values["label"])
        taken = {row.label_key for row in _others(tx, but)}
        if key in taken:
            label = values["label"]
            free = next(n for n in range(2, 10_000) if label_key(f"{label} ({n})") not in taken)
            raise Conflict(
                "name_taken", TAKEN, field="label", label=label, suggestion=f"{label} ({free})"
            )
        values["label_key"] = key
    if (own := values.get("own_key")) and own in {row.own_key for row in _others(tx, but)}:
        raise Conflict("id_taken", KEY_TAKEN, field="own_key", own_key=own)


def _others(tx: Tx, but: str) -> list[Any]:
    return list(
        tx.conn.execute(
            select(Participant.label_key, Participant.own_key).where(
                Participant.workshop_id == tx.workshop_id, Participant.id != but
            )
        )
    )


def _next_position(tx: Tx) -> int:
    last = tx.conn.execute(
        select(func.max(Participant.position)).where(Participant.workshop_id == tx.workshop_id)
    ).scalar_one()
    return (last or 0) + 1
