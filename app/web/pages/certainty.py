"""What stands beside an outcome: fetched by each page when the outcome stands there, so that no
push waits for it. It is worked out once for all of them."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from app.queries.certain_words import core_of, regions_of, sentences_of
from app.queries.certainty import around_outcome, worked_out
from app.web.deps import InWorkshop
from app.web.pages.base import drawn

router = APIRouter()
# One thread: who asks while another's is worked out waits for that, and holds up no page.
ANALYST = ThreadPoolExecutor(1, "analyst")


@router.get("/w/{workshop_id}/certainty/{round_id}")
async def certainty(
    here: InWorkshop,
    round_id: str,
    on: Annotated[Literal["page", "screen"], Query()] = "page",
) -> HTMLResponse:
    """How certain an outcome is, for whoever may see that by now."""
    around = await here.read(around_outcome, round_id, here.actor)
    if around is None:
        return await drawn(here, "pages/_certainty.html", around=None, on=on)
    loop = asyncio.get_running_loop()
    found = await loop.run_in_executor(ANALYST, worked_out, around.asked)
    return await drawn(
        here,
        "pages/_certainty.html",
        around=around,
        beside=found,
        said=sentences_of(around, found),
        core=core_of(around, found),
        regions=regions_of(around, found),
        on=on,
    )
