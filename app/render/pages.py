"""Whole pages and single regions, by the same templates."""

from base64 import b64encode
from hashlib import sha256
from typing import Any

from markupsafe import Markup

from app.render.environment import environment
from app.render.words import known
from app.settings import ROOT


def page(template: str, *, lang: str = "en", **context: Any) -> str:
    """A page's HTML in one language."""
    return environment(known(lang)).get_template(template).render(**context)


def region(partial: str, *, lang: str = "en", **context: Any) -> Markup:
    """One region's HTML: a partial with one root element that has an id. It is markup already, so
    that a page may include it as it stands."""
    return Markup(page(partial, lang=lang, **context).strip())  # noqa: S704 - templates escape


def standalone(template: str, sheet: str, *, lang: str = "en", **context: Any) -> str:
    """A page that needs neither server nor network: its one style sheet lies within it, and its
    `policy` allows that sheet by its digest and nothing else."""
    css = (ROOT / "static" / "css" / f"{sheet}.css").read_text(encoding="utf-8")
    digest = b64encode(sha256(css.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    style = Markup(f"<style>{css}</style>")  # noqa: S704 - our own sheet
    return page(template, lang=lang, style=style, policy=policy, **context).strip() + "\n"
