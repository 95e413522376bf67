"""One round of telling: what was found for whom, drawn once for each audience."""

import logging
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from sqlalchemy import Connection
from sqlmodel import col, func, select

from app.live.client import Client
from app.live.frames import Frame, changed, content
from app.live.panels import Ask, Audience, Context, Region, Scope, draw, fetch, head_of, tally
from app.live.regions import REGIONS, regions_of
from app.models import LogLine
from app.policy import observes
from app.queries.changes import BACKSTAGE, Change, changes_after

log = logging.getLogger(__name__)

# Lines after which someone may be somebody else, or nobody.
WHO_IS_WHO = frozenset(
    (
        "admission_decided", "group_changed", "participant_changed", "participant_removed",
        "participant_erased", "people_forgotten", "people_imported",
        "token_revoked",
    )
)  # fmt: skip

# Lines after which the meeting may be closed to observers, or open to them again.
WHO_MAY_STAY = frozenset(
    (
        "item_started", "item_finished", "item_changed", "item_removed",
        "round_opened", "round_closed", "activity_staged",
    )
)  # fmt: skip

Drawn = dict[tuple[Region, Audience], Frame]


@dataclass(eq=False)
class Party:
    """Clients who are told the very same: one audience, one cursor, the same panels due."""

    audience: Audience
    cursor: int
    runs_the_meeting: bool
    regions: list[Region]
    clients: list[Client] = field(default_factory=list)

    @property
    def panels(self) -> list[tuple[Region, Audience]]:
        """Each panel due to them, and for whom it is drawn."""
        return [(region, region.drawn_for(self.audience)) for region in self.regions]


@dataclass(frozen=True)
class Telling:
    """What is new up to `head`, who is told what, and the values of the panels to draw."""

    head: int
    lines: list[Change]
    contexts: dict[Ask, Context]
    parties: list[Party]

    @cached_property
    def named(self) -> frozenset[str]:
        """The people of whom a line tells that not everybody may know of: such a line is for them.
        All others of a party are told the same."""
        backstage = [line.ids for line in self.lines if line.kind in BACKSTAGE]
        return frozenset(ids["participant"] for ids in backstage if "participant" in ids)

    def doubtful(self) -> list[Client]:
        """Clients who may have become somebody else, or nobody, or were sent out, since they were
        looked up."""
        last = self._last(WHO_IS_WHO)
        observers = max(last, self._last(WHO_MAY_STAY))
        if not observers:
            return []  # the usual case, and a full hall has thousands
        return [
            client
            for party in self.parties
            for client in party.clients
            if client.known_at < (observers if observes(client.actor) else last)
        ]

    def _last(self, kinds: frozenset[str]) -> int:
        return max((line.number for line in self.lines if line.kind in kinds), default=0)


def look(
    conn: Connection,
    workshop_id: str,
    owed: Mapping[Client, frozenset[str]],
    around: Scope,
    drawn: Drawn,
    seq: int,
) -> Telling:
    """In one snapshot: the lines that came, and the values of the panels that must be drawn.

    `drawn` holds the panels as they stand for the number `seq`.
    """
    head = head_of(conn, workshop_id)
    after = min([seq, *(client.cursor for client in owed)])
    lines = changes_after(conn, workshop_id, after) if after < head else []
    parties = _parties(owed, lines)
    outdated = stale_names(lines, seq)
    asks = {
        (region, audience.group)
        for party in parties
        for region, audience in party.panels
        if region.name in outdated or (region, audience) not in drawn
    }
    return Telling(head, lines, fetch(conn, workshop_id, asks, around), parties)


def last_who_is_who(conn: Connection, workshop_id: str, after: int) -> tuple[int, int]:
    """The head of the log, and the last line after a number that may have made somebody another
    one (0 if there is none)."""
    last = conn.execute(
        select(func.max(LogLine.number)).where(
            LogLine.workshop_id == workshop_id,
            LogLine.number > after,
            col(LogLine.kind).in_(WHO_IS_WHO),
        )
    ).scalar_one()
    return head_of(conn, workshop_id), last or 0


def stale_names(lines: Iterable[Change], since: int) -> set[str]:
    """The panels that the lines after a number made stale."""
    kinds = {line.kind for line in lines if line.number > since}
    return {region.name for region in REGIONS.values() if region.made_stale_by(kinds)}


def _parties(owed: Mapping[Client, frozenset[str]], lines: list[Change]) -> list[Party]:
    """Who is told the same: the panels they are owed, and those that their numbers made stale."""
    known: dict[int, set[str]] = {}
    parties: dict[Hashable, Party] = {}
    for client, names in owed.items():
        key = (client.audience, client.html, client.runs_the_meeting, client.cursor, names)
        if (party := parties.get(key)) is None:
            if client.cursor not in known:
                known[client.cursor] = stale_names(lines, client.cursor)
            wanted = known[client.cursor] | names
            shown = regions_of(client.page) if client.html else []
            due = [region for region in shown if region.name in wanted]
            party = Party(client.audience, client.cursor, client.runs_the_meeting, due)
            parties[key] = party
        party.clients.append(client)
    return list(parties.values())


def range_for(party: Party, telling: Telling, who: str | None) -> Frame:
    """The `changed` for a party, or where lines are for one of them only, for that one."""
    known = [
        line
        for line in telling.lines
        if line.number > party.cursor and line.known_to(who, party.runs_the_meeting)
    ]
    return changed(party.cursor + 1, telling.head, known)


def draw_all(telling: Telling) -> Drawn:
    """Tally and draw what was fetched, once for each audience that waits for it. Run in a thread.

    A panel that can't be drawn is left out, so that it does not silence all the others.
    """
    contexts = tally(telling.contexts)
    frames: Drawn = {}
    for region, audience in {panel for party in telling.parties for panel in party.panels}:
        if (context := contexts.get((region, audience.group))) is None:
            continue
        try:
            frames[region, audience] = content(region.target, draw(region, audience, context))
        except Exception:
            log.exception("the panel %s could not be drawn for %s", region.name, audience)
    return frames
