"""Whole pages and single regions, by the same templates."""

from typing import Any

from app.render.environment import environment
from app.render.words import known


def page(template: str, *, lang: str = "en", **context: Any) -> str:
    """A page's HTML in one language."""
    return environment(known(lang)).get_template(template).render(**context)


def region(partial: str, *, lang: str = "en", **context: Any) -> str:
    """One region's HTML: a partial with one root element that has an id."""
    return page(partial, lang=lang, **context).strip()
