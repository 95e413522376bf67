"""Who says hello on a socket: found by token or cookie, checked against page and workshop."""

from starlette.websockets import WebSocket

from app.errors import N_, Busy, Conflict, NotFound, Refused
from app.live.client import Client
from app.live.frames import SENT_OUT, Hello
from app.live.wire import Wire
from app.policy import may_open_page, require
from app.render.words import known
from app.web.cookies import tokens_in
from app.web.deps import known_by
from app.web.language import language_of

SOMEBODY_ELSE = N_(
    "Somebody else has signed in on this laptop. Reload the page; what you typed is kept."
)


class TurnedAway(Exception):
    """A hello that leads nowhere: the close code, and the refusal that says why."""

    def __init__(self, code: int, refusal: Refused) -> None:
        super().__init__(refusal.code)
        self.code = code
        self.refusal = refusal


async def admit(
    websocket: WebSocket, workshop_id: str, hello: Hello, wire: Wire, *, own: bool
) -> tuple[Client, int]:
    """The client that says hello, and the head of the log. Raises TurnedAway.

    `own`: the page is our own, so that its cookie counts; from elsewhere only a token does.
    """
    try:
        return await _known(websocket, workshop_id, hello, wire, own=own)
    except NotFound as refusal:
        raise TurnedAway(4403, refusal) from None
    except Busy as refusal:
        raise TurnedAway(1013, refusal) from None
    except Conflict as refusal:
        raise TurnedAway(SENT_OUT, refusal) from None
    except Refused as refusal:
        raise TurnedAway(4401 if refusal.code == "sign_in" else 4403, refusal) from None


async def _known(
    websocket: WebSocket, workshop_id: str, hello: Hello, wire: Wire, *, own: bool
) -> tuple[Client, int]:
    cookie = tokens_in(websocket) if own else []
    tokens = [hello.token] if hello.token else cookie
    actor = await known_by(websocket, tokens, workshop_id)
    head = websocket.state.seq
    require(may_open_page(actor, hello.page, hello.group))
    if hello.participant not in (None, actor.participant_id):
        raise TurnedAway(4426, Refused("somebody_else", SOMEBODY_ELSE))
    if hello.lang:
        websocket.state.language = known(hello.lang)
    client = Client(
        wire=wire,
        actor=actor,
        page=hello.page,
        html=hello.form == "html",
        cursor=min(hello.since, head),
        known_at=head,
        language=known(hello.lang) if hello.lang else language_of(websocket),
        group=hello.group,
    )
    return client, head
