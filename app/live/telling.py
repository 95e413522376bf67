"""One round of telling: what was found for whom, drawn once for each audience."""

import logging
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import Connection
from sqlmodel import col, func, select

from app.live.client import Client
from app.live.frames import Frame, changed, content
from app.live.panels import Ask, Audience, Context, Region, Scope, draw, fetch, head_of, tally
from app.live.regions import REGIONS, regions_of
from app.models import LogLine
from app.queries.changes import BACKSTAGE, Change, changes_after

log = logging.getLogger(__name__)

# Lines after which someone may be somebody else, or nobody.
WHO_IS_WHO = frozenset(
    (
        "admission_decided", "participant_changed", "participant_removed",
        "participant_erased", "people_forgotten", "people_imported",
        "token_revoked",
    )
)  # fmt: skip

Drawn = dict[tuple[Region, Audience], Frame]


@dataclass(frozen=True)
class Telling:
    """What is new up to `head`, and the panels due to each client, with their values."""

    head: int
    lines: list[Change]
    contexts: dict[Ask, Context]
    due: dict[Client, list[Region]]

    @cached_property
    def personal(self) -> bool:
        """Whether a line is for some viewers only."""
        return any(line.kind in BACKSTAGE for line in self.lines)

    def doubtful(self) -> list[Client]:
        """Clients who may have become somebody else, or nobody, since they were looked up."""
        last = max((line.number for line in self.lines if line.kind in WHO_IS_WHO), default=0)
        return [client for client in self.due if client.known_at < last]


def look(
    conn: Connection,
    workshop_id: str,
    owed: Mapping[Client, set[str]],
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
    due = _due(owed, lines)
    outdated = stale_names(lines, seq)
    asks = {
        (region, region.group_of(client.audience))
        for client, regions in due.items()
        for region in regions
        if region.name in outdated or (region, region.drawn_for(client.audience)) not in drawn
    }
    return Telling(head, lines, fetch(conn, workshop_id, asks, around), due)


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


def _due(owed: Mapping[Client, set[str]], lines: list[Change]) -> dict[Client, list[Region]]:
    """For each client the panels it is owed and those that its numbers made stale."""
    known: dict[int, set[str]] = {}
    due: dict[Client, list[Region]] = {}
    for client, names in owed.items():
        if client.cursor not in known:
            known[client.cursor] = stale_names(lines, client.cursor)
        wanted = known[client.cursor] | names
        shown = regions_of(client.page) if client.html else []
        due[client] = [region for region in shown if region.name in wanted]
    return due


def range_for(client: Client, telling: Telling, ranges: dict[Hashable, Frame]) -> Frame:
    """The `changed` for one client; encoded once for all who are told the same."""
    who = client.actor.participant_id
    key = (client.cursor, client.runs_the_meeting, who if telling.personal else None)
    if key not in ranges:
        known = [
            line
            for line in telling.lines
            if line.number > client.cursor and line.known_to(who, client.runs_the_meeting)
        ]
        ranges[key] = changed(client.cursor + 1, telling.head, known)
    return ranges[key]


def draw_all(telling: Telling) -> Drawn:
    """Tally and draw what was fetched, once for each audience that waits for it. Run in a thread.

    A panel that can't be drawn is left out, so that it does not silence all the others.
    """
    contexts = tally(telling.contexts)
    frames: Drawn = {}
    for region, audience in {
        (region, region.drawn_for(client.audience))
        for client, regions in telling.due.items()
        for region in regions
    }:
        if (context := contexts.get((region, audience.group))) is None:
            continue
        try:
            frames[region, audience] = content(region.target, draw(region, audience, context))
        except Exception:
            log.exception("the panel %s could not be drawn for %s", region.name, audience)
    return frames
