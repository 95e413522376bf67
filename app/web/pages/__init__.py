"""The pages people see: one module for each screen."""

from fastapi import APIRouter

from app.web.pages import control, room

ROUTERS = (room.router, control.router)


def pages() -> APIRouter:
    """All pages."""
    whole = APIRouter(include_in_schema=False)
    for router in ROUTERS:
        whole.include_router(router)
    return whole
