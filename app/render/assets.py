"""Addresses of static files: each carries its content's hash, so that browsers keep it for good."""

import hashlib
from functools import cache

from app.settings import ROOT

STATIC = ROOT / "static"


@cache
def static(path: str) -> str:
    """The address of a file under static/. Raises FileNotFoundError for one that is not there."""
    digest = hashlib.sha256((STATIC / path).read_bytes()).hexdigest()
    return f"/static/{path}?v={digest[:12]}"
