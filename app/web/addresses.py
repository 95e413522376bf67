"""Addresses that other devices can open."""

from starlette.requests import Request

from app.settings import Settings


def base_address(request: Request) -> str:
    """PUBLIC_URL where it is set, else the address this request came by."""
    settings: Settings = request.app.state.settings
    return (settings.public_url or str(request.base_url)).rstrip("/")


def join_address(request: Request, code: str) -> str:
    """Where one joins: short enough to be typed from the big screen."""
    return f"{base_address(request)}/join/{code}"
