"""A refusal as a page, or as a fragment where htmx asked for one."""

from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, Response

from app.errors import Refused
from app.render import pages
from app.web.language import language_of


def error_page(
    request: HTTPConnection,
    refusal: Refused,
    sentence: str,
    ref: str,
    status: int,
    headers: dict[str, str],
) -> Response:
    """The sentence for a person; a form that was sent by htmx stays as it was."""
    asked_by_htmx = request.headers.get("hx-request") == "true"
    whole = "pages/outside.html" if refusal.code == "closed_to_observers" else "pages/error.html"
    template = "pages/_refusal.html" if asked_by_htmx else whole
    told = {"code": refusal.code, "ref": ref, "sentence": sentence}
    body = pages.page(template, lang=language_of(request), workshop=None, **told)
    return HTMLResponse(body, status, headers)
