"""What is made of proposals takes their place wherever they are options, from the next round on;
rounds that were opened keep what they asked."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from app.actions.base import Tx, load
from app.actions.options import as_option, refuse_while_open, set_options
from app.models import Activity, Option


def replace_options(tx: Tx, gone: Collection[str], new: Collection[str]) -> None:
    """Let new proposals stand where the first of those that are gone stood.

    Raises Conflict `round_open` while a round of such an activity is open.
    """
    for activity_id, standing in _activities_with(tx, gone):
        _replace(tx, activity_id, standing, gone, new)


def restore_options(
    tx: Tx, made: Collection[str], originals: Collection[str], at: datetime
) -> None:
    """Put originals back where what was made of them (at that moment) stands; all of them where
    none of them stood before. Raises Conflict `round_open` likewise."""
    for activity_id, standing in _activities_with(tx, made):
        withdrawn = select(Option.id).where(
            Option.activity_id == activity_id,
            col(Option.id).in_(originals),
            Option.withdrawn_at == at,
        )
        stood = set(tx.conn.execute(withdrawn).scalars())
        back = [one for one in originals if one in stood] or list(originals)
        _replace(tx, activity_id, standing, made, back)


def _activities_with(tx: Tx, proposal_ids: Collection[str]) -> list[tuple[str, list[Any]]]:
    """The activities whose options some of these are, with all that stand there, in order."""
    here = (
        select(Option.activity_id)
        .join(Activity, col(Activity.id) == col(Option.activity_id))
        .where(
            Activity.workshop_id == tx.workshop_id,
            Option.source_kind == "proposal",
            col(Option.id).in_(proposal_ids),
            col(Option.withdrawn_at).is_(None),
        )
        .distinct()
    )
    return [
        (
            activity_id,
            list(
                tx.conn.execute(
                    select(Option)
                    .where(Option.activity_id == activity_id, col(Option.withdrawn_at).is_(None))
                    .order_by(col(Option.position), col(Option.id))
                )
            ),
        )
        for activity_id in sorted(tx.conn.execute(here).scalars())
    ]


def _replace(
    tx: Tx, activity_id: str, standing: list[Any], gone: Collection[str], new: Collection[str]
) -> None:
    refuse_while_open(tx, activity_id)
    first = next(place for place, option in enumerate(standing) if option.id in gone)
    kept = [(place, as_option(option)) for place, option in enumerate(standing)]
    options: list[Any] = [one for place, one in kept[:first]]
    options += [{"proposal": one} for one in new]
    options += [one for place, one in kept[first:] if standing[place].id not in gone]
    set_options(tx, load(tx, Activity, activity_id), options)
