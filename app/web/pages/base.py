"""What all pages share: who looks, in which language, with which panels."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Any

from starlette.responses import HTMLResponse

from app import clock
from app.actions.devices import see_devices
from app.errors import Refused
from app.live.page import Panels, panels
from app.live.panels import Scope, audience_of
from app.queries.admissions import asked_of
from app.queries.step import workshop_row
from app.queries.tokens import long_unseen
from app.render import pages
from app.web.deps import Visit
from app.web.language import language_of


async def page(
    here: Visit,
    template: str,
    view: str,
    group: str | None = None,
    *,
    names: Iterable[str] | None = None,
    **context: Any,
) -> HTMLResponse:
    """A whole page with the panels of its view (or those named), drawn by the partials that pushes
    use too; those of one group where the page is its own."""
    await seen(here)
    found = await panels_of(here, view, group, names)
    workshop = await here.read(workshop_row)
    at_door = await here.read(asked_of, here.actor)
    return await drawn(
        here, template, workshop=workshop, region=found, live=True, group=group, at_door=at_door,
        **context,
    )  # fmt: skip


async def seen(here: Visit) -> None:
    """A device is seen by its pages, not by every request; nothing waits for it to be noted."""
    if await here.db.read(long_unseen, here.actor.held, clock.now()):
        with suppress(Refused):
            await here.db.change(None, see_devices, here.actor)


async def panels_of(
    here: Visit, view: str, group: str | None = None, names: Iterable[str] | None = None
) -> Panels:
    """The first state of every panel of a view, or of those named.

    The page's number is the one at which it was looked up who asks, before any of its rows were
    read: what was written in between a page's lists and its panels comes once more, not never.
    """
    audience = audience_of(here.actor, view, group, language_of(here.request))
    hub = getattr(here.request.app.state, "hub", None)
    around = hub.around(here.workshop_id) if hub else Scope()
    found = await panels(here.db, here.workshop_id, audience, names, around)
    return replace(found, seq=min(found.seq, here.request.state.seq))


async def drawn(here: Visit, template: str, **context: Any) -> HTMLResponse:
    """A template rendered in a thread: a long table must not hold up the sockets."""
    html = await asyncio.to_thread(
        pages.page, template, lang=language_of(here.request), actor=here.actor, **context
    )
    return HTMLResponse(html)
