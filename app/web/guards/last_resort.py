"""What nobody foresaw becomes a sentence with a reference, never a traceback."""

import logging

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import N_, Refused
from app.web.errors import new_ref, refuse

log = logging.getLogger(__name__)
UNEXPECTED = N_(
    "Something went wrong here that should not have. Please try again; if it stays, tell the "
    "organiser the reference {ref}."
)


class LastResort:
    """Answers 500 `unexpected` in the usual shape; the log holds the error under the same ref."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception:
            ref = new_ref()
            log.exception("unexpected error %s on %s %s", ref, scope["method"], scope["path"])
            if started:
                raise  # half an answer is out: the connection must break rather than lie
            await refuse(scope, receive, send, Refused("unexpected", UNEXPECTED, ref=ref), ref)
