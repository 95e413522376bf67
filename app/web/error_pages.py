"""A refusal as a page, or as a fragment where htmx asked for one."""

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from app.errors import Refused

PAGE = Markup(
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Consilience</title>'
    "</head><body>{}</body></html>"
)
FRAGMENT = Markup('<p role="alert" data-code="{code}" data-ref="{ref}">{sentence}</p>')


def error_page(
    request: Request, refusal: Refused, ref: str, status: int, headers: dict[str, str]
) -> Response:
    """The sentence for a person; their form stays as it was."""
    from app.web.errors import sentence

    fragment = FRAGMENT.format(code=refusal.code, ref=ref, sentence=sentence(refusal, request))
    asked_by_htmx = request.headers.get("hx-request") == "true"
    body = fragment if asked_by_htmx else PAGE.format(fragment)
    return HTMLResponse(str(body), status, headers)
