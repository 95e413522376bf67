"""How a choice of several serves each region: how many of those chosen its voters approved of.

It stands beside the result and decides nothing. A region too small to hide in is left out wherever
answers may not be joined to people.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.analysis.fairness import served
from app.analysis.suppression import hidden_groups
from app.errors import N_
from app.methods import Ballot
from app.models import RegisterEntry
from app.policy import FEWEST
from app.queries.attribution import hides_answers
from app.queries.polls import bodies_by_entry

SEVERAL = N_("Several regions")
NO_REGION = N_("No region said")


@dataclass(frozen=True)
class Served:
    """One region: its voters, and how many of those chosen they approved of on average. Both are
    None where it is too small to be shown; `said` marks a name of ours, to be translated."""

    region: str
    voters: int | None
    mean: Fraction | None
    with_one: int | None
    said: bool = False


def satisfaction(conn: Connection, round_: Any, chosen: Sequence[str]) -> list[Served]:
    """Every region's satisfaction with those chosen, by name; none in a secret round, whose ballots
    know no region, and none where nothing was approved or chosen."""
    if round_.secrecy == "secret" or round_.shape != "approval" or len(chosen) < 2:
        return []
    voted = _by_region(conn, round_)
    if not set(voted) - {SEVERAL, NO_REGION}:
        return []
    table = {
        region: Counter(str(len(set(one.body["approval"]) & set(chosen))) for one in ballots)
        for region, ballots in voted.items()
    }
    hidden = hidden_groups(table, FEWEST) if hides_answers(conn, round_) else frozenset()
    ordered = sorted(voted, key=lambda region: (region in (SEVERAL, NO_REGION), region))
    return [_served(region, voted[region], chosen, region in hidden) for region in ordered]


def _served(region: str, ballots: list[Ballot], chosen: Sequence[str], hidden: bool) -> Served:
    ours = region in (SEVERAL, NO_REGION)
    if hidden:
        return Served(region, None, None, None, ours)
    found = served(ballots, chosen)
    some = round(found["represented"] * found["voters"])
    return Served(region, found["voters"], Fraction(found["satisfaction"]), some, ours)


def _by_region(conn: Connection, round_: Any) -> dict[str, list[Ballot]]:
    """The counted ballots by where their voters come from; each voter stands in one place."""
    bodies = bodies_by_entry(conn, round_)
    entries = conn.execute(
        select(RegisterEntry.id, col(RegisterEntry.regions)).where(
            RegisterEntry.round_id == round_.id
        )
    )
    found: dict[str, list[Ballot]] = defaultdict(list)
    for entry in entries:
        if entry.id in bodies:
            named = entry.regions[0] if len(entry.regions) == 1 else ""
            region = named or (SEVERAL if entry.regions else NO_REGION)
            found[region].append(Ballot(body=bodies[entry.id]))
    return dict(found)
