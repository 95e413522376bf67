"""The electoral register: who has one voice in a round, frozen when it opens."""

from collections import Counter
from fractions import Fraction
from typing import Any

from sqlalchemy import insert
from sqlmodel import col, select

from app.actions.base import Done, Tx, add, load
from app.actions.sharing import asked_late
from app.errors import N_, Conflict, Refused
from app.models import Participant, RegisterEntry, Round
from app.models.base import new_id
from app.policy import Actor, may_facilitate, require
from app.queries.proxies import proxies_of
from app.queries.rounds import ELECTORATE


def freeze_register(tx: Tx, round_: Any, group_id: str | None = None) -> int:
    """Write the register of a round and return how many voices it has: of everybody, or of one
    group.

    A State's delegation has one voice however many of its members sit, others one each, unless
    the round says otherwise (`unit`); where that voice is split, each member has a share of it in a
    row of their own. Who has left is in it only with a proxy, whom it names, and never in a secret
    round. Raises Refused `no_voters` if nobody is entitled.
    """
    holders = {} if round_.secrecy == "secret" else proxies_of(tx.conn, tx.workshop_id)
    people = tx.conn.execute(
        select(Participant)
        .where(Participant.workshop_id == tx.workshop_id)
        .order_by(col(Participant.position), col(Participant.id))
    ).all()
    units: dict[str, dict[str, Any]] = {}
    for person in people:
        if "participant" not in person.roles or group_id not in (None, person.group_id):
            continue
        if person.capacity not in ELECTORATE[round_.electorate]:
            continue
        if person.left_at is None or person.id in holders:
            _add_voice(units, round_, person, holders.get(person.id) if person.left_at else None)
    if not units:
        raise Refused(
            "no_voters", N_("Nobody is entitled to vote in this round. Check who may vote.")
        )
    sharers = Counter(unit["share_of_id"] for unit in units.values())
    for unit in units.values():
        if unit["share_of_id"]:
            unit["weight"] = str(Fraction(1, sharers[unit["share_of_id"]]))
    tx.conn.execute(insert(RegisterEntry), list(units.values()))
    return len({unit["share_of_id"] or unit["id"] for unit in units.values()})


def speaks_for_delegation(round_: Any, person: Any) -> bool:
    """Whether this person casts the one ballot of a delegation in this round."""
    return round_.casts != "split" and of_delegation(round_, person)


def of_delegation(round_: Any, person: Any) -> bool:
    """Whether this person's delegation has one voice in this round."""
    if person.delegation_id is None or round_.unit == "person":
        return False
    return bool(round_.unit == "delegation" or person.capacity == "state_representative")


def _add_voice(
    units: dict[str, dict[str, Any]], round_: Any, person: Any, proxy_id: str | None = None
) -> None:
    together = speaks_for_delegation(round_, person)
    shares = not together and of_delegation(round_, person)
    unit = person.delegation_id if together else person.id
    if unit in units:
        known = units[unit]
        known["regions"] = sorted({*known["regions"], *person.regions})
        known["proxy_id"] = known["proxy_id"] and proxy_id  # a delegation with a member here
        return
    units[unit] = {
        "id": new_id(),
        "round_id": round_.id,
        "participant_id": None if together else person.id,
        "delegation_id": person.delegation_id if together else None,
        "weight": "1",
        "capacity": person.capacity,
        "regions": list(person.regions),
        "added_number": 0,
        "proxy_id": proxy_id,
        "share_of_id": person.delegation_id if shares else None,
    }


def add_voter(tx: Tx, actor: Actor, round_id: str, participant_id: str) -> Done:
    """Enter a late arrival into the register of an open round; logged, never in a secret round.

    Raises Refused `not_asked` for whom the round does not ask, Conflict `in_register` for whoever
    has a voice in it already: a State has one, however many of its members come.
    """
    round_ = load(tx, Round, round_id)
    require(may_facilitate(actor))
    person = load(tx, Participant, participant_id)
    if round_.status != "open" or round_.secrecy == "secret":
        raise Refused(
            "not_open", N_("Only an open round that is not secret can take a late voter.")
        )
    units: dict[str, dict[str, Any]] = {}
    _add_voice(units, round_, person)
    (entry,) = units.values()
    _refuse_voice(tx, round_, person, entry)
    number = tx.log("voter_added", round=round_id, participant=participant_id)
    more = {"added_number": number, "asked": asked_late(tx, round_)}
    return Done(add(tx, RegisterEntry(**{**entry, **more})), number)


def _refuse_voice(tx: Tx, round_: Any, person: Any, entry: dict[str, Any]) -> None:
    asked = person.capacity in ELECTORATE[round_.electorate]
    if "participant" not in person.roles or not asked:
        raise Refused(
            "not_asked", N_("This round does not ask this person: see who may vote in it.")
        )
    unit = next(name for name in ("share_of_id", "delegation_id", "participant_id") if entry[name])
    known = select(RegisterEntry.id).where(
        RegisterEntry.round_id == round_.id, getattr(RegisterEntry, unit) == entry[unit]
    )
    if tx.conn.execute(known).first():
        raise Conflict("in_register", N_("This person has a voice in this round already."))
