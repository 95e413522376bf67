"""What an OpenID provider says: where its doors are, which keys it signs with, who came back.

Authlib is imported where it is used: a server without a provider never loads it.
"""

from dataclasses import dataclass
from typing import Any

import httpx

from app import clock
from app.errors import N_, Refused
from app.settings import Settings

# Signed with a private key only: a public key must never serve as the secret of a HMAC, and what
# is signed with nothing was said by nobody.
ALGORITHMS = ("RS256", "PS256", "ES256", "EdDSA")
WITHIN = 10.0
LEEWAY = 60  # seconds that the two clocks may differ

AWAY = N_("The sign-in service could not be reached. Try again in a moment, or use your link.")
STRANGE = N_("The sign-in service answered in a way that can't be trusted. Tell the operator.")
FORGED = N_("What the sign-in service sent could not be confirmed. Start again.")
UNVERIFIED = N_("The sign-in service has not verified your e-mail address. Verify it there first.")


@dataclass(frozen=True)
class Provider:
    """Where a provider's doors are, as its own discovery document says."""

    issuer: str
    authorize: str
    token: str
    jwks: str

    def link(self, settings: Settings, back: str, state: str, nonce: str, verifier: str) -> str:
        """Where to send the browser, with PKCE by S256."""
        from authlib.common.urls import add_params_to_uri
        from authlib.oauth2.rfc7636 import create_s256_code_challenge

        asked = {
            "response_type": "code",
            "client_id": settings.oidc_client_id,
            "redirect_uri": back,
            "scope": "openid email",
            "state": state,
            "nonce": nonce,
            "code_challenge": create_s256_code_challenge(verifier),
            "code_challenge_method": "S256",
        }
        return str(add_params_to_uri(self.authorize, list(asked.items())))

    async def redeem(self, settings: Settings, back: str, code: str, verifier: str) -> str:
        """The ID token for a code that the browser brought back."""
        asked = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": back,
            "code_verifier": verifier,
        }
        known = httpx.BasicAuth(settings.oidc_client_id, settings.oidc_client_secret)
        said = await _asked("POST", self.token, data=asked, auth=known)
        if not isinstance(token := said.get("id_token"), str):
            raise Refused("sign_in_strange", STRANGE)
        return token

    async def vouched_for(self, settings: Settings, token: str, nonce: str) -> str:
        """The verified e-mail address that an ID token names, in lower case.

        Raises Refused where signature, issuer, audience, time or nonce are not what they must be,
        or the address is not verified.
        """
        from authlib.oidc.core import CodeIDToken
        from joserfc import jwt
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        keys: Any = await _asked("GET", self.jwks)
        expected = {
            "iss": {"essential": True, "value": self.issuer},
            "aud": {"essential": True, "value": settings.oidc_client_id},
            "nonce": {"essential": True, "value": nonce},
        }
        told = {"nonce": nonce, "client_id": settings.oidc_client_id}
        try:
            read = jwt.decode(token, KeySet.import_key_set(keys), algorithms=list(ALGORITHMS))
            claims = CodeIDToken(read.claims, read.header, expected, told)
            claims.validate(now=int(clock.now().timestamp()), leeway=LEEWAY)
        except (JoseError, ValueError, TypeError, KeyError) as error:
            raise Refused("sign_in_forged", FORGED) from error
        if claims.get("email_verified") is not True or "@" not in str(claims.get("email")):
            raise Refused("email_unverified", UNVERIFIED)
        return str(claims["email"]).lower()


async def discover(settings: Settings) -> Provider:
    """Read the provider's discovery document; it must name the very issuer that was configured."""
    at = f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration"
    said = await _asked("GET", at)
    if said.get("issuer") != settings.oidc_issuer:
        raise Refused("sign_in_strange", STRANGE)
    doors = [said.get(f"{name}_endpoint") for name in ("authorization", "token")]
    return Provider(settings.oidc_issuer, *map(_safe, [*doors, said.get("jwks_uri")]))


def _safe(address: Any) -> str:
    """An address of the provider; secrets are sent over TLS, or to this machine itself."""
    from app.settings import SAFE_ISSUER

    if not isinstance(address, str) or not SAFE_ISSUER.match(address):
        raise Refused("sign_in_strange", STRANGE)
    return address


async def _asked(method: str, address: str, **sent: Any) -> dict[str, Any]:
    """The provider's answer as data. Redirects are not followed."""
    try:
        async with httpx.AsyncClient(timeout=WITHIN) as client:
            answer = await client.request(method, address, **sent)
            said = answer.raise_for_status().json()
    except httpx.HTTPStatusError as error:
        raise Refused("sign_in_forged", FORGED) from error
    except (httpx.HTTPError, ValueError) as error:
        raise Refused("sign_in_away", AWAY) from error
    if not isinstance(said, dict):
        raise Refused("sign_in_strange", STRANGE)
    return said
