"""What a person is told, before they send something, about whom others will see it is from."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection

from app.policy import Actor
from app.queries.attribution import HIDDEN, Author, authors, shown_as
from app.queries.step import workshop_row


@dataclass(frozen=True)
class Signature:
    """How others see the author of a contribution. `kind` is named, delegation, region or hidden;
    `alone` says that nobody else who contributes is shown the same, so that it points at one
    person."""

    kind: str
    text: str
    alone: bool


def signatures(
    conn: Connection, workshop_id: str, actor: Actor, wishes: Collection[str]
) -> dict[str, Signature]:
    """How this person's contributions are signed under the workshop's rule, for each of the ways
    that an exercise or the author may wish besides (named, delegation, anonymous)."""
    rule = workshop_row(conn, workshop_id).attribution
    everyone = authors(conn, workshop_id)
    own = everyone.get(actor.participant_id or "")
    others = [one for one in everyone.values() if one.contributes and one != own]
    return {wish: _signature(own, others, rule, wish) for wish in wishes}


def _signature(own: Author | None, others: list[Author], rule: str, wish: str) -> Signature:
    signed = shown_as(own, None, rule, wish)
    alone = signed != HIDDEN and all(shown_as(one, None, rule, wish) != signed for one in others)
    return Signature(signed.kind, signed.text, alone)


def alone_in(conn: Connection, workshop_id: str, actor: Actor) -> dict[str, bool]:
    """Each region this person may speak for, with whether nobody else who contributes is from
    there."""
    others = [
        one
        for one in authors(conn, workshop_id).values()
        if one.contributes and one.id != actor.participant_id
    ]
    return {
        region: not any(region in one.regions for one in others)
        for region in sorted(set(actor.regions))
    }
