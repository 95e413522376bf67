"""The live panels as a page first shows them: the same partials that are pushed later."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from app.db import Database
from app.live.panels import Ask, Audience, Context, Scope, draw, fetch, head_of, tally
from app.live.regions import REGIONS, regions_of

PLENARY = Scope()


@dataclass(frozen=True)
class Panels:
    """The panels of one page as first drawn. `seq` was read before their rows: the page carries
    it, so that what changed in between comes once more rather than never."""

    seq: int
    audience: Audience
    contexts: dict[str, Context]

    def __call__(self, name: str, **asked: Any) -> str:
        """One panel's HTML; given to templates as `region`. `asked` is what this reader's address
        asks for beyond what all are shown."""
        return draw(REGIONS[name], self.audience, {**self.contexts[name], **asked})


async def panels(
    db: Database,
    workshop_id: str,
    audience: Audience,
    names: Iterable[str] | None = None,
    around: Scope = PLENARY,
) -> Panels:
    """Query panels for a page: those named, or all that its view may show."""
    wanted = regions_of(audience.view) if names is None else [REGIONS[name] for name in names]
    asks: list[Ask] = [(region, region.group_of(audience)) for region in wanted]

    def look(conn: Connection) -> tuple[int, dict[Ask, Context]]:
        return head_of(conn, workshop_id), fetch(conn, workshop_id, asks, around)

    seq, fetched = await db.read(look)
    tallied = await asyncio.to_thread(tally, fetched)
    return Panels(seq, audience, {ask[0].name: context for ask, context in tallied.items()})
