"""In which language an answer speaks: as asked for, else the person's own, else the browser's."""

from collections.abc import Callable

from starlette.requests import HTTPConnection

from app.render.words import LANGUAGES, known, translations

COOKIE = "language"


def language_of(connection: HTTPConnection) -> str:
    """The language: `?lang=`, the browser's choice, the participant's, or Accept-Language."""
    asked = (
        connection.query_params.get("lang", ""),
        connection.cookies.get(COOKIE, ""),
        getattr(connection.state, "language", ""),
    )
    for wish in asked:
        if wish and (wish in LANGUAGES or known(wish) != "en" or wish.startswith("en")):
            return known(wish)
    return _accepted(connection.headers.get("accept-language", ""))


def _accepted(header: str) -> str:
    """The first language of the header that there is; English otherwise."""
    for part in header.split(","):
        tag = part.partition(";")[0].strip()
        if known(tag) != "en" or tag.lower().startswith("en"):
            return known(tag)
    return "en"


def translator(connection: HTTPConnection) -> Callable[[str], str]:
    """gettext in the language of the answer."""
    return translations(language_of(connection)).gettext
