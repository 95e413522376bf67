"""Mail as plain text: a subject and a body by the same catalogues as the pages."""

from typing import Any

from app.render.environment import environment
from app.render.words import known


def letter(template: str, *, lang: str, **context: Any) -> tuple[str, str]:
    """Subject and body. The template's first line is the subject."""
    # Plain text is no markup: “R & D” stays as it is.
    plain = environment(known(lang)).overlay(autoescape=False)
    subject, _, body = plain.get_template(template).render(**context).strip().partition("\n")
    return subject.strip(), body.strip() + "\n"
