"""A round's ballots as the poll that a method counts."""

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import rfc8785
from sqlalchemy import Connection, distinct
from sqlmodel import col, func, select

from app.activities import estimate
from app.ballots import ITEMWISE, REPEATED, Terms, merge_items, parse_body
from app.methods import METHODS, Poll
from app.methods.digest import digest_of
from app.models import Ballot, RegisterEntry, Round, RoundOption, SealedBallot

APART = {"state_representative": "States", "expert": "experts", "": "others"}


def poll_of(conn: Connection, round_id: str) -> Poll:
    """The round's live ballots with everything its method may read; reasons are left out."""
    round_ = conn.execute(select(Round).where(Round.id == round_id)).one()
    return _poll(
        conn,
        round_,
        eligible=eligible(conn, round_id),
        ballots=[
            {
                "weight": one.weight,
                "body": one.body,
                **({"voter": one.unit} if one.unit else {}),
                **({"groups": {"capacity": one.kind}} if one.kind else {}),
            }
            for one in counted_ballots(conn, round_)
        ],
    )


def poll_by_region(conn: Connection, round_id: str) -> Poll:
    """The same with the regions of those who voted: for what stands beside an outcome, never for
    the count. A secret round does not know them."""
    round_ = conn.execute(select(Round).where(Round.id == round_id)).one()
    ballots = [
        {
            "weight": one.weight,
            "body": one.body,
            "groups": {
                **({"capacity": one.kind} if one.kind else {}),
                **({"region": list(one.regions)} if one.regions else {}),
            },
        }
        for one in counted_ballots(conn, round_)
    ]
    return _poll(conn, round_, eligible=eligible(conn, round_id), ballots=ballots)


@dataclass(frozen=True)
class Counted:
    """One voting unit's ballot as it counts: without the unit. `kind` is States, experts or others,
    and empty where the round does not show them apart. Where one unit judges many pairs or sets,
    each is a ballot, and `unit` a number that says which are of the same one."""

    body: dict[str, Any]
    kind: str = ""
    weight: str = "1"
    regions: tuple[str, ...] = ()
    unit: str = ""


def counted_ballots(conn: Connection, round_: Any) -> list[Counted]:
    """A round's live ballots, one for each unit that voted, or each pair or set that it judged;
    never in the order of arrival. A secret round has none before its close."""
    if round_.secrecy == "secret":
        rows = conn.execute(
            select(SealedBallot)
            .where(SealedBallot.round_id == round_.id)
            .order_by(col(SealedBallot.id))
        )
        return [Counted(row.body, APART[row.capacity] if row.capacity else "") for row in rows]
    bodies = all_bodies_by_entry(conn, round_)
    entries = conn.execute(
        select(RegisterEntry)
        .where(RegisterEntry.round_id == round_.id)
        .order_by(col(RegisterEntry.id))
    )
    cast = [entry for entry in entries if entry.id in bodies]
    weights = shares(round_, cast, {entry: found[0] for entry, found in bodies.items()})
    many = round_.shape in REPEATED
    apart = round_.apart and not (many and round_.secrecy == "confidential")
    return [
        Counted(
            body,
            APART[entry.capacity] if apart else "",
            weights[entry.id],
            tuple(entry.regions),
            str(n) if many else "",
        )
        for n, entry in enumerate(cast, 1)
        if entry.id in weights
        for body in bodies[entry.id]
    ]


def shares(round_: Any, cast: Sequence[Any], bodies: Mapping[str, Any]) -> dict[str, str]:
    """The weight of each ballot. A delegation's split voice is divided evenly over the members who
    answered; of a delegation that has answers, blank ballots of its members take no part."""
    if round_.casts != "split":
        return {entry.id: entry.weight for entry in cast}
    units: dict[str, list[str]] = defaultdict(list)
    for entry in cast:
        units[entry.share_of_id or entry.id].append(entry.id)
    found: dict[str, str] = {}
    for members in units.values():
        said = [id_ for id_ in members if not parse_body(bodies[id_]).blank()] or members
        found |= dict.fromkeys(said, str(Fraction(1, len(said))))
    return found


def eligible(conn: Connection, round_id: str) -> int:
    """How many voices the electoral register has: a split one counts once."""
    voice = func.coalesce(RegisterEntry.share_of_id, RegisterEntry.id)
    return int(
        conn.execute(
            select(func.count(distinct(voice)))
            .select_from(RegisterEntry)
            .where(RegisterEntry.round_id == round_id)
        ).scalar_one()
    )


def terms_of(conn: Connection, round_: Any) -> Terms:
    """What ballots of an opened round are checked against, by the method itself. Of how many a
    quorum is asked is no matter here."""
    terms = METHODS[round_.method].terms(_poll(conn, round_, eligible=0, ballots=[]))
    return terms.model_copy(update=estimate.asked(round_.shape, round_.scale or {}))


def costs_of(conn: Connection, round_: Any) -> dict[str, Any]:
    """What each option costs, where the round has a budget for them."""
    if not (round_.params or {}).get("costs"):
        return {}
    return dict(_poll(conn, round_, eligible=0, ballots=[]).costs)


def frozen(poll: Poll) -> bytes:
    """All that a poll's own method may read of it: the file whose SHA-256 is the input digest."""
    method = METHODS[poll.method or ""]
    return method.input(method.prepare(poll))


def frozen_digest(poll: Poll) -> str:
    """The input digest of a poll under its own method, without counting it."""
    return digest_of(frozen(poll))


def _poll(conn: Connection, round_: Any, *, eligible: int, ballots: list[dict[str, Any]]) -> Poll:
    options = conn.execute(
        select(RoundOption.id)
        .where(RoundOption.round_id == round_.id)
        .order_by(col(RoundOption.position))
    ).scalars()
    return poll_with(round_, list(options), eligible, ballots)


def poll_with(terms: Any, options: list[str], eligible: int, ballots: list[dict[str, Any]]) -> Poll:
    """The poll of a round's terms. Quorum, basis and budget stand among the parameters and become
    fields of the poll; a list of costs belongs to the options in their order."""
    params = dict(terms.params or {})
    costs = params.pop("costs", None) or {}
    return Poll.model_validate(
        {
            "method": terms.method,
            "params": params,
            "options": options,
            "eligible": eligible,
            "scale": bare_scale(terms.scale or {}) or None,
            "threshold": terms.threshold,
            "seats": terms.keep,
            "costs": dict(zip(options, costs, strict=False)) if isinstance(costs, list) else costs,
            "tie": terms.tie,
            "shared": True if terms.casts == "split" else None,
            "criteria": [bare_criterion(one) for one in terms.criteria or ()],
            "ballots": ballots,
        }
    )


def bare_scale(scale: dict[str, Any]) -> dict[str, Any]:
    """The numbers of a scale without the labels of its ends."""
    return {name: scale[name] for name in ("min", "max", "step") if name in scale}


def bare_criterion(criterion: dict[str, Any]) -> dict[str, Any]:
    """What a rule reads of a criterion: all but its words."""
    return {name: criterion[name] for name in ("id", "weight", "direction")}


def bodies_by_entry(conn: Connection, round_: Any) -> dict[str, dict[str, Any]]:
    """Register entry id to the one ballot counted for it; itemwise answers are joined. Of many
    pairs or sets it is one."""
    return {entry: found[0] for entry, found in all_bodies_by_entry(conn, round_).items()}


def heard_entries(conn: Connection, round_: Any) -> frozenset[str]:
    """The register entries that have a ballot."""
    live = select(Ballot.entry_id).where(
        Ballot.round_id == round_.id, col(Ballot.superseded_by).is_(None)
    )
    return frozenset(conn.execute(live).scalars())


def all_bodies_by_entry(conn: Connection, round_: Any) -> dict[str, list[dict[str, Any]]]:
    """The same with every pair or set, each of which is a ballot of its own."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for ballot in conn.execute(
        select(Ballot.entry_id, Ballot.body)
        .where(Ballot.round_id == round_.id, col(Ballot.superseded_by).is_(None))
        .order_by(col(Ballot.item))
    ):
        found[ballot.entry_id].append(ballot.body)
    if round_.shape in ITEMWISE:
        return {entry: [merge_items(bodies)] for entry, bodies in found.items()}
    return dict(found)


def register_digest(conn: Connection, round_id: str) -> str:
    """SHA-256 over the electoral register: units, weights, capacities, in a fixed order."""
    entries = conn.execute(select(RegisterEntry).where(RegisterEntry.round_id == round_id)).all()
    units = sorted(
        [entry.id, entry.weight, entry.capacity, sorted(entry.regions)] for entry in entries
    )
    return hashlib.sha256(rfc8785.dumps(units)).hexdigest()
