"""Behind a proxy a request was addressed to another host, by another scheme, from another machine.

Only a proxy that the operator trusts is believed; everybody else's headers are what they sent.
"""

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

SCHEMES = {"http": {"http": "http", "https": "https"}, "websocket": {"http": "ws", "https": "wss"}}


class TrustedProxy:
    """Takes X-Forwarded-Host, -Proto and -For from trusted proxies as if they were the request's
    own host, scheme and peer."""

    def __init__(self, app: ASGIApp, trusted: Iterable[str]) -> None:
        self.app = app
        self.trusted = [ip_network(one) for one in trusted]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] in SCHEMES
            and scope.get("client")
            and self._is_trusted(scope["client"][0])
        ):
            scope = self._as_addressed(scope)
        await self.app(scope, receive, send)

    def _is_trusted(self, address: str) -> bool:
        try:
            found = ip_address(address)
        except ValueError:
            return False
        return any(_holds(network, found) for network in self.trusted)

    def _as_addressed(self, scope: Scope) -> Scope:
        scope = {**scope, "headers": list(scope["headers"])}
        headers = Headers(scope=scope)
        # The proxy nearest to us wrote last; what stands before it, anybody may have sent.
        if host := _last(headers, "x-forwarded-host"):
            MutableHeaders(scope=scope)["host"] = host
        proto = _last(headers, "x-forwarded-proto").lower()
        scope["scheme"] = SCHEMES[scope["type"]].get(proto, scope["scheme"])
        passed = [*_all(headers, "x-forwarded-for"), scope["client"][0]]
        peer = next((one for one in reversed(passed) if not self._is_trusted(one)), passed[0])
        scope["client"] = (peer, 0)
        return scope


def _holds(network: IPv4Network | IPv6Network, address: object) -> bool:
    return address in network


def _all(headers: Headers, name: str) -> list[str]:
    return [one.strip() for given in headers.getlist(name) for one in given.split(",")]


def _last(headers: Headers, name: str) -> str:
    found = _all(headers, name)
    return found[-1] if found else ""
