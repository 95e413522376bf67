"""Signs on buttons, drawn into the page from the vendored icons: no request, the text's colour."""

import re
from functools import cache

from markupsafe import Markup

from app.settings import ROOT

ICONS = ROOT / "static" / "vendor" / "lucide"
DRAWING = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
# Those that point along the line of reading turn with it.
ALONG = {"arrow-right"}


@cache
def glyph(name: str) -> Markup:
    """One icon as SVG, hidden from readers: the button says in words what it does.

    Raises FileNotFoundError for an icon that is not vendored."""
    found = DRAWING.search((ICONS / f"{name}.svg").read_text(encoding="utf-8"))
    assert found is not None
    shapes = " ".join(found[1].split())
    turns = " turns" if name in ALONG else ""
    return Markup(  # noqa: S704 - our own vendored files
        f'<svg class="icon{turns}" viewBox="0 0 24 24" aria-hidden="true">{shapes}</svg>'
    )
