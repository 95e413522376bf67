"""The JSON API /api/v1. One router for each noun."""

from fastapi import APIRouter

from app.web.api import (
    activities,
    ballots,
    matrix,
    proposals,
    rounds,
    tokens,
    workshops,
)
from app.web.api.base import JsonRoute

ROUTERS = (
    workshops.router,
    tokens.router,
    activities.router,
    rounds.router,
    ballots.router,
    proposals.router,
    matrix.router,
)


def api() -> APIRouter:
    """All of /api/v1."""
    whole = APIRouter(prefix="/api/v1", route_class=JsonRoute)
    for router in ROUTERS:
        whole.include_router(router)
    return whole
