"""Every address that the server answers and every command of its socket, from the code itself."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI

from app.live.frames import FRAMES


def routes(app: FastAPI) -> Iterator[str]:
    """Method and path of each route, those of included routers as well."""
    for part in app.router.routes:
        included: Any = part
        if hasattr(included, "effective_route_contexts"):
            for route in included.effective_route_contexts():
                for method in sorted(route.methods or ()):
                    yield f"{method} {route.path}"


def commands() -> Iterator[str]:
    """The frames that do something."""
    yield from (f"WS {name}" for name in FRAMES if name not in ("hello", "ping"))
