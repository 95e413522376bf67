"""The pages people see: one module for each screen."""

from fastapi import APIRouter

from app.web.pages import (
    chair,
    control,
    desk,
    entering,
    evening,
    home,
    join,
    lessons,
    mine,
    notes,
    receipts,
    room,
    screen,
    seat,
)

ROUTERS = (
    home.router, join.router, room.router, receipts.router, control.router, screen.router,
    desk.router, notes.router, mine.router, chair.router, seat.router,
    entering.router, lessons.router, evening.router,
)  # fmt: skip


def pages() -> APIRouter:
    """All pages."""
    whole = APIRouter(include_in_schema=False)
    for router in ROUTERS:
        whole.include_router(router)
    return whole
