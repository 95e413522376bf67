"""Whole pages and single regions, by the same templates."""

from typing import Any

from markupsafe import Markup

from app.render.environment import environment
from app.render.words import known


def page(template: str, *, lang: str = "en", **context: Any) -> str:
    """A page's HTML in one language."""
    return environment(known(lang)).get_template(template).render(**context)


def region(partial: str, *, lang: str = "en", **context: Any) -> Markup:
    """One region's HTML: a partial with one root element that has an id. It is markup already, so
    that a page may include it as it stands."""
    return Markup(page(partial, lang=lang, **context).strip())  # noqa: S704 - templates escape
