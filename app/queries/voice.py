"""Why somebody may or may not vote in the round before them, in one sentence of their own."""

from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, func, select

from app.activities.sentences import Sentence
from app.errors import N_
from app.models import Delegation, Participant, RegisterEntry
from app.policy import Actor
from app.queries.heads import heads_besides
from app.queries.rounds import ELECTORATE

NO_VOTE = N_("You follow this round without a vote: only participants have one.")
GONE = N_(
    "You have left the meeting: rounds opened since then count without you. Say on “Your "
    "seat” that you are back."
)
ONLY = {
    "states": N_("Only State representatives vote in this round."),
    "experts": N_("Only experts vote in this round."),
}
LATE_SECRET = N_(
    "You were not here yet when this round opened, and a secret round takes no late voters. "
    "You vote in the next one."
)
LATE = N_(
    "You are not in the register of this round, which was written when it opened. The "
    "facilitator can still enter you."
)
BY_PROXY = N_(
    "You left before this round opened: {holder} votes for you. Say on “Your seat” that you "
    "are back, and you vote yourself."
)
TOGETHER = N_("You vote for {delegation}: one voice for all its members. The last answer counts.")
ALONE = N_("You vote for {delegation}: one voice.")
SHARED = N_(
    "You share the one voice of {delegation}: it is divided evenly over those of its members who "
    "answer."
)
HEAD_CASTS = N_("{head} casts the one voice of {delegation} in this round, as its head.")
HEAD = N_("You cast the one voice of {delegation}, as its head.")
ENTERED = N_("You came after this round opened and were entered into its register: one voice.")
IN_PERSON = N_("You vote in person: one voice.")


def own_voice(conn: Connection, round_: Any, actor: Actor, own: Any) -> Sentence:
    """The sentence for one person and one round; `own` is their entry in its register."""
    person = conn.execute(
        select(Participant).where(Participant.id == actor.participant_id)
    ).one_or_none()
    if person is None or "participant" not in person.roles:
        return Sentence(NO_VOTE)
    if own is None:
        heads = heads_besides(conn, round_, person)
        if heads and _has_voice(conn, round_, person):
            head = ", ".join(_label(conn, one) for one in sorted(heads))
            return Sentence(HEAD_CASTS, {"head": head, **_delegation(conn, person.delegation_id)})
        return Sentence(_why_not(round_, person))
    if own.proxy_id is not None:
        return Sentence(BY_PROXY, {"holder": _label(conn, own.proxy_id)})
    if own.share_of_id is not None:
        return Sentence(SHARED, _delegation(conn, own.share_of_id))
    if own.delegation_id is not None:
        return _for_delegation(conn, round_, own)
    return Sentence(ENTERED if own.added_number else IN_PERSON)


def _why_not(round_: Any, person: Any) -> str:
    if person.left_at is not None:
        return GONE
    if person.capacity not in ELECTORATE[round_.electorate]:
        return ONLY[round_.electorate]
    return LATE_SECRET if round_.secrecy == "secret" else LATE


def _has_voice(conn: Connection, round_: Any, person: Any) -> bool:
    """Whether this person's delegation is in the register, and they are of those it counts for."""
    entry = select(RegisterEntry.id).where(
        RegisterEntry.round_id == round_.id, RegisterEntry.delegation_id == person.delegation_id
    )
    return conn.execute(entry).first() is not None


def _delegation(conn: Connection, delegation_id: str) -> dict[str, str]:
    name = select(Delegation.name).where(Delegation.id == delegation_id)
    return {"delegation": conn.execute(name).scalar_one()}


def _for_delegation(conn: Connection, round_: Any, own: Any) -> Sentence:
    members = conn.execute(
        select(func.count())
        .select_from(Participant)
        .where(col(Participant.delegation_id) == own.delegation_id)
    ).scalar_one()
    values = _delegation(conn, own.delegation_id)
    if members > 1 and round_.casts == "head":
        return Sentence(HEAD, values)
    return Sentence(TOGETHER if members > 1 else ALONE, values)


def sent_for(conn: Connection, ballot: Any) -> Sentence | None:
    """How one's own live ballot came in, where somebody else sent it."""
    if ballot is None or ballot.how is None:
        return None
    if ballot.how == "entered":
        return Sentence(
            N_("Entered for you by the facilitator. You can change it until the close.")
        )
    return Sentence(
        N_("Cast for you by {holder}, your proxy."), {"holder": _label(conn, ballot.entered_by)}
    )


def _label(conn: Connection, participant_id: str | None) -> str:
    found = select(Participant.label).where(Participant.id == participant_id)
    return str(conn.execute(found).scalar_one_or_none() or "—")
