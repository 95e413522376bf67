"""In which language an answer speaks: as asked for, else the person's own, else the browser's."""

from collections.abc import Callable

from starlette.requests import HTTPConnection

from app.render.words import LANGUAGES, known, translations

COOKIE = "language"


def language_of(connection: HTTPConnection) -> str:
    """The language: `?lang=`, the browser's choice, the participant's, or Accept-Language."""
    wishes = (
        connection.query_params.get("lang", ""),
        connection.cookies.get(COOKIE, ""),
        getattr(connection.state, "language", ""),
        *connection.headers.get("accept-language", "").split(","),
    )
    for wish in wishes:
        name = wish.partition(";")[0].strip()
        if name in LANGUAGES or name.split("-")[0].lower() in LANGUAGES:
            return known(name)
    return "en"


def translator(connection: HTTPConnection) -> Callable[[str], str]:
    """gettext in the language of the answer."""
    return translations(language_of(connection)).gettext
