"""A live panel: what makes it stale, who is shown it, and how it is queried and drawn.

The same partial is drawn for the first page, the push and the catch-up (design law 7), once for
each audience and never for a single viewer (law 8).
"""

import logging
from collections.abc import Callable, Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from app.errors import NotFound
from app.models import Workshop
from app.policy import Actor
from app.render import pages

log = logging.getLogger(__name__)

Context = dict[str, Any]

VIEWS = ("room", "control", "screen", "desk")
# A change of the workshop itself (its languages, attribution rule, end) may change any panel.
ALWAYS = frozenset({"workshop_changed", "workshop_ended"})
SEES_UNPUBLISHED = ("owner", "organiser", "facilitator", "chair")


@dataclass(frozen=True)
class Scope:
    """Whom a query is asked for: the plenary or one group; and what no table knows: which
    participants are connected, and why the database takes no change, if it does not."""

    group: str | None = None
    present: frozenset[str] = frozenset()
    trouble: str = ""


Query = Callable[[Connection, str, Scope], Context]


class Audience(NamedTuple):
    """People who are shown the very same panels. `reveal`: they may see unpublished results.
    `leads`: they lead the group.

    A tuple, since every client's is compared in every round of telling.
    """

    view: str
    group: str | None = None
    reveal: bool = False
    language: str = "en"
    leads: bool = False


@dataclass(frozen=True)
class Region:
    """One row of the table.

    `query(conn, workshop_id, scope)` fetches plain values; `tally`, if any, works on them in a
    thread, outside the snapshot. The partial gets both results, and `view`, `reveal` and `lang`.
    `by_group`: what it shows differs from group to group. `numbered` is False for what no log line
    announces (presence, timer): it is sent on every hello as well.
    """

    name: str
    stale_on: frozenset[str]
    views: tuple[str, ...]
    query: Query
    partial: str
    tally: Callable[[Context], Context] | None = None
    by_group: bool = False
    numbered: bool = True

    def made_stale_by(self, kinds: AbstractSet[str]) -> bool:
        return not kinds.isdisjoint(self.stale_on | ALWAYS)

    @property
    def target(self) -> str:
        return f"#region-{self.name}"

    def group_of(self, audience: Audience) -> str | None:
        """The group to query for: none where the panel is the same for all groups."""
        return audience.group if self.by_group else None

    def drawn_for(self, audience: Audience) -> Audience:
        """The audience as far as this panel can tell it from others."""
        leads = audience.leads and self.by_group
        return audience._replace(group=self.group_of(audience), leads=leads)


def kinds(listed: str) -> frozenset[str]:
    """Kinds of log lines, written as words in a row."""
    return frozenset(listed.split())


def value(name: str, query: Callable[[Connection, str], Any]) -> Query:
    """A panel's query where it needs one value, the same for every group."""

    def fetch_value(conn: Connection, workshop_id: str, _scope: Scope) -> Context:
        return {name: query(conn, workshop_id)}

    return fetch_value


# What a region's query is asked: which region, for which group.
Ask = tuple[Region, str | None]


def audience_of(actor: Actor, view: str, group: str | None, language: str) -> Audience:
    """The audience a viewer belongs to. The big screen never reveals, whoever opened it; and only
    those who run the meeting, or a big screen, may look at a group that is not their own. In the
    room everybody is with their group, elsewhere with the plenary."""
    runs = actor.has(*SEES_UNPUBLISHED)
    own = actor.group_id if view == "room" else None
    may_choose = runs or actor.has("screen") or (view == "screen" and actor.leads == group)
    place = group if group and may_choose else own
    leads = view == "room" and place is not None and actor.leads == place
    return Audience(view, place, runs and view != "screen", language, leads)


def fetch(
    conn: Connection, workshop_id: str, asks: Collection[Ask], around: Scope
) -> dict[Ask, Context]:
    """The values of several panels, read in one snapshot; panels that share a query ask once.

    A panel whose query fails is left out, so that it does not silence all the others.
    """
    found: dict[tuple[Query, str | None], Context | None] = {}
    for region, group in asks:
        if (region.query, group) not in found:
            found[region.query, group] = _ask(
                conn, workshop_id, region, replace(around, group=group)
            )
    contexts = {(region, group): found[region.query, group] for region, group in asks}
    return {ask: context for ask, context in contexts.items() if context is not None}


def _ask(conn: Connection, workshop_id: str, region: Region, scope: Scope) -> Context | None:
    try:
        return region.query(conn, workshop_id, scope)
    except DBAPIError:
        raise  # the database's trouble is everybody's: all are told again soon
    except Exception:
        log.exception("the panel %s could not be read", region.name)
        return None


def tally(fetched: Mapping[Ask, Context]) -> dict[Ask, Context]:
    """Work out what the fetched values amount to; one that fails is left out. Pure; run it in a
    thread."""
    found: dict[Ask, Context] = {}
    for ask, context in fetched.items():
        try:
            found[ask] = {**context, **ask[0].tally(context)} if ask[0].tally else context
        except Exception:
            log.exception("the panel %s could not be tallied", ask[0].name)
    return found


def draw(region: Region, audience: Audience, context: Context) -> str:
    """The panel's HTML for one audience."""
    return pages.region(
        region.partial,
        lang=audience.language,
        view=audience.view,
        reveal=audience.reveal,
        leads=audience.leads,
        **context,
    )


def head_of(conn: Connection, workshop_id: str) -> int:
    """The number of the workshop's last log line."""
    found = conn.execute(select(Workshop.seq).where(Workshop.id == workshop_id)).scalar()
    if found is None:
        raise NotFound
    return int(found)
