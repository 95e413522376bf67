"""To the provider and back: what the browser must bring back is kept in a cookie of its own."""

import secrets

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.actions.devices import sign_in_maker
from app.errors import N_, Forbidden, NotFound, Refused
from app.policy import SYSTEM
from app.queries.tokens import held_beside
from app.settings import Settings
from app.web.addresses import base_address
from app.web.cookies import set_errand, set_tokens, take_errand, tokens_in
from app.web.oidc.provider import FORGED, Provider, discover

router = APIRouter(include_in_schema=False)

CALLBACK = "/oidc/callback"
NOT_LISTED = N_(
    "{email} may not make workshops on this server. Use the link that an organiser gave you, or "
    "ask the operator."
)
CANCELLED = N_("The sign-in service did not sign you in. Start again, or use your link.")


@router.get("/oidc/start")
async def start(request: Request) -> Response:
    """Send the browser to the provider, with a state, a nonce and a verifier made for this once."""
    settings = _configured(request)
    provider = await _provider(request)
    state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
    there = provider.link(settings, _back(request), state, nonce, verifier)
    response = RedirectResponse(there, 303)
    set_errand(response, request, [state, nonce, verifier])
    return response


@router.get(CALLBACK)
async def callback(
    request: Request, code: str = "", state: str = "", iss: str = "", error: str = ""
) -> Response:
    """Back from the provider: whom it vouches for is signed in here, and led to the start page."""
    settings = _configured(request)
    errand = take_errand(request)
    if len(errand) != 3 or not secrets.compare_digest(errand[0].encode(), state.encode()):
        raise Refused("sign_in_forged", FORGED)
    if error or not code:
        raise Refused("sign_in_cancelled", CANCELLED)
    if iss and iss != settings.oidc_issuer:
        raise Refused("sign_in_forged", FORGED)
    _, nonce, verifier = errand
    provider = await _provider(request)
    token = await provider.redeem(settings, _back(request), code, verifier)
    email = await provider.vouched_for(settings, token, nonce)
    if not {email, email.rpartition("@")[2]} & settings.organisers:
        raise Forbidden("not_allowed", NOT_LISTED, email=email)
    return await _signed_in(request, email)


async def _signed_in(request: Request, email: str) -> Response:
    db, held, secret = request.app.state.db, tokens_in(request), secrets.token_urlsafe(32)
    await db.change(None, sign_in_maker, SYSTEM, email, secret)
    response = RedirectResponse("/", 303)
    set_tokens(response, request, [secret, *await db.read(held_beside, held, secret)])
    set_errand(response, request, [])
    return response


def _configured(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    if not settings.oidc_issuer:
        raise NotFound
    return settings


async def _provider(request: Request) -> Provider:
    """The provider as it described itself when it was first asked."""
    state = request.app.state
    if not hasattr(state, "provider"):
        state.provider = await discover(state.settings)
    found: Provider = state.provider
    return found


def _back(request: Request) -> str:
    return base_address(request) + CALLBACK
