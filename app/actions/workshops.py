"""A workshop's own life: made, changed, ended."""

import re
import secrets
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.actions.base import Done, Tx, add, change, clean, expect_version, goes_on, meeting, new_id
from app.actions.closing import close_round
from app.actions.codes import new_code
from app.actions.people import add_person
from app.actions.people_fields import Places
from app.actions.privacy import anybody_answered
from app.db import ENDED
from app.errors import N_, Conflict, Refused
from app.models import Participant, Token, Workshop
from app.models.workshop import ATTRIBUTION
from app.policy import Actor, may_create_workshop, may_organise, require
from app.queries.retention import is_over
from app.queries.tokens import token_hash
from app.queries.workshops import open_rounds

TOO_SOON = N_(
    "Who took part is erased for good once this day is over: choose one from tomorrow on. To erase "
    "somebody at once, use the page People."
)
DOORS = ("organiser", "facilitator", "screen")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def create_workshop(tx: Tx, actor: Actor, fields: dict[str, Any]) -> Done:
    """A new workshop with its code and a token each for organiser, facilitator and screen. Who
    signed in through a provider stands on its list of people as an organiser, by their address.

    The tokens' secrets are `tx.token(workshop id, role)`.
    """
    require(may_create_workshop(actor))
    workshop_id, salt = new_id(), secrets.token_hex(16)
    head = tx.begin_log(workshop_id, salt)
    workshop = Workshop(
        id=workshop_id,
        head=head,
        salt=salt,
        code=new_code(),
        created_at=tx.now,
        **_checked(fields),
    )
    _check_dates(workshop.starts_on, workshop.ends_on)
    add(tx, workshop)
    for role in DOORS:
        token = Token(
            hash=token_hash(tx.token(workshop_id, role)),
            kind="access",
            workshop_id=workshop_id,
            role=role,
            created_at=tx.now,
        )
        add(tx, token)
    number = tx.log("workshop_created", workshop_kind=workshop.kind)
    if actor.email:
        maker = {"label": "Organiser", "roles": ["organiser"], "email": actor.email}
        person = add_person(tx, Places(tx), maker)
        change(tx, Participant, person, arrived_at=tx.now)  # not a name to be picked at the door
    return Done(workshop_id, number)


@goes_on
def change_workshop(tx: Tx, actor: Actor, version: int, fields: dict[str, Any]) -> Done:
    """Change what the organiser set. The kind never changes, and after the first ballot the
    attribution rule can only become stricter. Once the meeting has ended only the day can be
    changed after which it forgets who took part."""
    require(may_organise(actor))
    now = meeting(tx)
    checked = _checked(fields)
    if now.ended_at and checked.keys() - {"retain_until"}:
        raise Conflict("ended", ENDED)
    expect_version(now, version, {name: getattr(now, name) for name in checked})
    if checked.get("kind", now.kind) != now.kind:
        raise Conflict(
            "kind_fixed",
            N_("A workshop stays what it was made as: {kind}."),
            field="kind",
            kind=now.kind,
        )
    _check_attribution(tx, now.attribution, checked.get("attribution", now.attribution))
    _check_dates(checked.get("starts_on", now.starts_on), checked.get("ends_on", now.ends_on))
    if "retain_until" in checked:
        checked |= _remembered_until(checked, now, tx.now)
    change(tx, Workshop, now.id, **checked, version=now.version + 1)
    return Done(now.id, tx.log("workshop_changed", fields=sorted(checked)))


@goes_on
def end_workshop(tx: Tx, actor: Actor) -> Done:
    """End the meeting: nothing is lost, and nothing changes any more. Rounds that are still open
    are closed with the ballots they hold; the server no longer prints links for it."""
    require(may_organise(actor))
    now = meeting(tx)
    if now.ended_at:
        return Done(now.id)
    for round_ in open_rounds(tx.conn, now.id):
        close_round(tx, actor, round_.id)
    change(tx, Workshop, now.id, ended_at=tx.now, version=now.version + 1)
    return Done(now.id, tx.log("workshop_ended"))


def _checked(fields: dict[str, Any]) -> dict[str, Any]:
    checked = dict(fields)
    if "title" in fields:
        checked["title"] = clean(fields["title"], "title", limit=300, name=True)
    if "place" in fields:
        checked["place"] = clean(fields["place"], "place", limit=300, required=False, name=True)
    if "time_zone" in fields:
        checked["time_zone"] = _zone(fields["time_zone"])
    if "languages" in fields:
        checked["languages"] = [_language(code) for code in fields["languages"]] or ["en"]
    return checked


def _zone(name: str) -> str:
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Refused(
            "bad_zone",
            N_("There is no time zone “{name}”. Take one such as Asia/Bangkok."),
            field="time_zone",
            name=name[:60],
        ) from None


def _language(code: str) -> str:
    if not LANGUAGE.fullmatch(code):
        raise Refused(
            "bad_language",
            N_("“{language}” is not a language code. Take one such as en or fr."),
            field="languages",
            language=code[:20],
        )
    return code


def _check_dates(first: date | None, last: date | None) -> None:
    if first and last and last < first:
        raise Refused(
            "bad_dates", N_("The last day can't be before the first one."), field="ends_on"
        )


def _remembered_until(checked: dict[str, Any], row: Any, now: datetime) -> dict[str, Any]:
    """A new day lies ahead, since what is over is forgotten at once; with it whoever has been
    added meanwhile will be forgotten too."""
    day, zone = checked["retain_until"], checked.get("time_zone", row.time_zone)
    if day == row.retain_until:
        return {}
    if day and is_over(day - timedelta(days=1), zone, now):
        raise Refused("bad_retention", TOO_SOON, field="retain_until")
    return {"forgotten_at": None}


def _check_attribution(tx: Tx, old: str, new: str) -> None:
    if ATTRIBUTION.index(new) >= ATTRIBUTION.index(old):
        return
    if anybody_answered(tx):
        raise Conflict(
            "only_stricter",
            N_("People have answered under this attribution rule. It can only become stricter."),
        )
