"""What every request passes before the application sees it, as pure ASGI middlewares."""

from app.web.guards.address import AddressCheck
from app.web.guards.body import BodyLimit
from app.web.guards.headers import SecurityHeaders
from app.web.guards.last_resort import LastResort
from app.web.guards.origin import CSRF, OriginCheck, origin_of
from app.web.guards.proxy import TrustedProxy

__all__ = [
    "CSRF",
    "AddressCheck",
    "BodyLimit",
    "LastResort",
    "OriginCheck",
    "SecurityHeaders",
    "TrustedProxy",
    "origin_of",
]
