"""The JSON API /api/v1. One router for each noun."""

from fastapi import APIRouter

from app.web.api import (
    activities,
    admissions,
    agenda,
    ballots,
    capital,
    components,
    conclusions,
    day,
    decisions,
    evidence,
    export,
    exports,
    flags,
    floor,
    groups,
    imports,
    lessons,
    log,
    mail,
    matrix,
    notes,
    parking,
    people,
    proposals,
    rounds,
    screen,
    steps,
    tokens,
    turns,
    workshops,
)
from app.web.api.base import REFUSALS

NOUNS = (
    workshops,
    people,
    admissions,
    tokens,
    agenda,
    evidence,
    groups,
    components,
    conclusions,
    notes,
    screen,
    steps,
    imports,
    log,
    mail,
    activities,
    rounds,
    ballots,
    proposals,
    matrix,
    flags,
    decisions,
    export,
    exports,
    floor,
    parking,
    day,
    lessons,
    capital,
    turns,
)


def add_api(whole: APIRouter) -> None:
    """Put all of /api/v1 into a router. Each noun directly: a router inside a router is searched
    once more for each level, with every request."""
    for noun in NOUNS:
        whole.include_router(noun.router, prefix="/api/v1", responses=REFUSALS)
