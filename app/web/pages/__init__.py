"""The pages people see: one module for each screen."""

from fastapi import APIRouter

from app.web.pages import (
    certainty,
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
    entering.router, lessons.router, evening.router, certainty.router,
)  # fmt: skip


def add_pages(whole: APIRouter) -> None:
    """Put all pages into a router."""
    for router in ROUTERS:
        whole.include_router(router, include_in_schema=False)
