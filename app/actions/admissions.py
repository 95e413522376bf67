"""The door: someone knocks with the shared code, the facilitator decides."""

from collections.abc import Sequence
from typing import Any

from sqlmodel import col, select

from app.actions.base import Done, Tx, add, change, clean, load, meeting
from app.actions.devices import OF_ONE_BROWSER
from app.actions.people import add_person
from app.actions.people_fields import Places
from app.errors import N_, Conflict, Refused
from app.models import Admission, Participant, Token
from app.policy import Actor, may_answer_door, may_facilitate, may_knock, require
from app.queries.tokens import link_of, token_hash

ALREADY_HERE = N_("“{label}” is here already. Ask the facilitator for a link of your own.")
DECIDED = N_("This has been decided already.")
NO_NAME = N_("Pick your name from the list, or type it.")
ENDED = N_("This workshop has ended.")


def ask_admission(tx: Tx, actor: Actor, participant_id: str | None, label: str | None) -> Done:
    """Knock: as someone on the list who is not here yet, or under a name of one's own.

    The token that waits is `tx.token(admission id, "admission")`; it opens nothing until the
    facilitator has decided. Raises Conflict `already_here`.
    """
    require(may_knock(actor))
    workshop = meeting(tx)
    if workshop.ended_at:
        raise Conflict("ended", ENDED)
    if participant_id:
        person = load(tx, Participant, participant_id)
        if person.arrived_at:
            raise Conflict("already_here", ALREADY_HERE, label=person.label)
        name = person.label
    elif label:
        name = clean(label, "label", limit=200, name=True)
    else:
        raise Refused("label_empty", NO_NAME, field="label")
    admission = Admission(
        workshop_id=tx.workshop_id,
        token_id="",
        participant_id=participant_id,
        label=name,
        asked_at=tx.now,
    )
    admission.token_id = _waiting_token(tx, admission.id)
    add(tx, admission)
    return Done(admission.id, tx.log("admission_asked", admission=admission.id))


def ask_by_link(tx: Tx, actor: Actor, secret: str) -> Done:
    """Wait with a personal link whose person is here by another device already, until that device
    or a facilitator has answered. The token that waits goes with the link: shutting it shuts this
    too. Raises NotFound for an unknown link.
    """
    require(may_knock(actor))
    link = link_of(tx.conn, secret)
    person = load(tx, Participant, link.participant_id)
    admission = Admission(
        workshop_id=tx.workshop_id,
        token_id="",
        participant_id=person.id,
        label=person.label,
        asked_at=tx.now,
    )
    admission.token_id = _waiting_token(tx, admission.id, opened_by=link.id)
    add(tx, admission)
    number = tx.log("device_asked", admission=admission.id, participant=person.id)
    return Done(admission.id, number)


def _waiting_token(tx: Tx, admission_id: str, opened_by: str | None = None) -> str:
    token = Token(
        hash=token_hash(tx.token(admission_id, "admission")),
        kind="admission",
        workshop_id=tx.workshop_id,
        opened_by=opened_by,
        created_at=tx.now,
    )
    return add(tx, token)


def decide_admission(
    tx: Tx,
    actor: Actor,
    admission_id: str,
    admit: bool,
    participant_id: str | None = None,
    roles: Sequence[str] | None = None,
    sign_out: bool = False,
) -> Done:
    """Let someone in, or not. The token they wait with becomes the participant's.

    Who is not on the list is put on it, as observer unless `roles` says otherwise. Whoever is asked
    whether a second device is theirs answers for themselves, and with `sign_out` leaves it the
    first one's place. Raises Conflict `decided` where somebody decided otherwise.
    """
    admission = load(tx, Admission, admission_id)
    require(may_answer_door(actor, admission))
    if participant_id or roles:
        require(may_facilitate(actor))
    if admission.status != "waiting":
        if (admission.status == "admitted") == admit:
            return Done(admission_id)
        raise Conflict("decided", DECIDED)
    person = _let_in(tx, admission, participant_id, roles) if admit else None
    status = "admitted" if admit else "refused"
    change(tx, Admission, admission_id, status=status, participant_id=person, decided_at=tx.now)
    if admit and sign_out and admission.participant_id == actor.participant_id:
        _leave_place(tx, actor)
    number = tx.log(
        "device_answered" if _by_link(tx, admission) else "admission_decided",
        admission=admission_id,
        admitted=admit,
        participant=person,
        by=actor.participant_id,
    )
    return Done(admission_id, number)


def _leave_place(tx: Tx, actor: Actor) -> None:
    """Sign out the browser that answers, as far as it is theirs: another one takes its place."""
    for row in tx.conn.execute(select(Token).where(col(Token.id).in_(actor.held))).all():
        if row.kind in OF_ONE_BROWSER and row.participant_id == actor.participant_id:
            change(tx, Token, row.id, revoked_at=tx.now)
            tx.log("token_revoked", token=row.id)


def _by_link(tx: Tx, admission: Any) -> bool:
    opened_by = select(Token.opened_by).where(Token.id == admission.token_id)
    return tx.conn.execute(opened_by).scalar_one() is not None


def _let_in(tx: Tx, admission: Any, participant_id: str | None, roles: Sequence[str] | None) -> str:
    chosen = participant_id or admission.participant_id
    if chosen:
        person = load(tx, Participant, chosen)
        if person.arrived_at is not None:
            change(tx, Token, admission.token_id, participant_id=chosen, seen_at=tx.now)
            return str(chosen)
        change(tx, Participant, chosen, arrived_at=tx.now)
    else:
        fields = {"label": admission.label, "roles": list(roles or ["observer"])}
        chosen = add_person(tx, Places(tx), fields)
        change(tx, Participant, chosen, arrived_at=tx.now)
    change(tx, Token, admission.token_id, participant_id=chosen, seen_at=tx.now)
    tx.log("participant_arrived", participant=chosen)
    return str(chosen)
