"""A small OpenID provider on a port of this machine, which can be told to lie."""

import base64
import hashlib
import secrets
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import uvicorn
from fastapi import FastAPI
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from tests.support.sockets import serving_on

CLIENT = ("consilience", "a secret of client and provider")
Lie = Callable[["Provider", dict[str, Any]], str]


@dataclass
class Provider:
    """`issuer` is its address; `email` and `verified` are whom it vouches for; `lie` makes another
    ID token of the true claims."""

    issuer: str
    email: str = "ann@example.org"
    verified: Any = True
    lie: Lie | None = None
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    asked: dict[str, dict[str, str]] = field(default_factory=dict)

    def signed(self, claims: dict[str, Any]) -> str:
        """The claims as this provider signs them."""
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)

    def signed_with_public_key(self, claims: dict[str, Any]) -> str:
        """Algorithm confusion: the public key's text as the secret of a HMAC."""
        key = OctKey.import_key(self.key.as_pem(private=False))
        return jwt.encode({"alg": "HS256", "kid": "one"}, claims, key)

    def unsigned(self, claims: dict[str, Any]) -> str:
        """Signed with nothing: alg none."""
        _, body, _ = self.signed(claims).split(".")
        header = _b64(b'{"alg":"none","kid":"one"}')
        return f"{header}.{body}."

    def signed_by_another(self, claims: dict[str, Any]) -> str:
        """Signed with a key that this provider does not have."""
        other = RSAKey.generate_key(2048, {"kid": "one"})
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, other)

    def token(self, asked: dict[str, str]) -> str:
        """The ID token for one authorization request."""
        now = int(time.time())
        claims = {
            "iss": self.issuer, "sub": "1", "aud": CLIENT[0], "nonce": asked["nonce"],
            "iat": now, "exp": now + 300, "email": self.email, "email_verified": self.verified,
        }  # fmt: skip
        return self.lie(self, claims) if self.lie else self.signed(claims)


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _app(provider: Provider) -> FastAPI:
    app = FastAPI()

    @app.get("/.well-known/openid-configuration")
    async def discovery() -> dict[str, str]:
        doors = {
            "authorization_endpoint": "authorize",
            "token_endpoint": "token",
            "jwks_uri": "keys",
        }
        return {
            "issuer": provider.issuer,
            **{name: f"{provider.issuer}/{path}" for name, path in doors.items()},
        }

    @app.get("/keys")
    async def keys() -> Any:
        return KeySet([provider.key]).as_dict(private=False)

    @app.get("/authorize")
    async def authorize(request: Request) -> Response:
        """Whoever comes is the one person this provider knows."""
        asked = dict(request.query_params)
        assert (asked["response_type"], asked["client_id"]) == ("code", CLIENT[0])
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        provider.asked[code] = asked
        return RedirectResponse(f"{asked['redirect_uri']}?code={code}&state={asked['state']}", 303)

    @app.post("/token")
    async def token(request: Request) -> Response:
        """A code is good once, for whoever knows the client's secret and the verifier."""
        given = {name: one[0] for name, one in parse_qs((await request.body()).decode()).items()}
        known = base64.b64encode(":".join(CLIENT).encode()).decode()
        asked = provider.asked.pop(given["code"], {})
        challenge = _b64(hashlib.sha256(given["code_verifier"].encode()).digest())
        good = (
            request.headers["authorization"] == f"Basic {known}"
            and asked.get("code_challenge") == challenge
            and asked.get("redirect_uri") == given["redirect_uri"]
        )
        if not good:
            return JSONResponse({"error": "invalid_grant"}, 400)
        said = {"access_token": "x", "token_type": "Bearer", "id_token": provider.token(asked)}
        return JSONResponse(said)

    return app


@asynccontextmanager
async def opened() -> AsyncIterator[Provider]:
    """The provider, until the block ends."""
    listening = socket.create_server(("127.0.0.1", 0))
    provider = Provider(f"http://127.0.0.1:{listening.getsockname()[1]}")
    async with serving_on(uvicorn.Config(_app(provider), log_config=None), listening):
        yield provider


def back_from(address: str) -> str:
    """Path and query of the address to which the provider sends the browser."""
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}"
