"""Behind a proxy: a trusted one is believed, everybody else is not."""

import re
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from app.cli.serve import UVICORN
from app.settings import Settings
from app.web.guards import TrustedProxy, origin_of
from tests.support.databases import ROOT

SAID = [
    (b"host", b"10.0.0.7:8000"), (b"origin", b"https://meeting.example.org"),
    (b"x-forwarded-host", b"evil.test, meeting.example.org"), (b"x-forwarded-proto", b"https"),
    (b"x-forwarded-for", b"203.0.113.9, 198.51.100.4"),
]  # fmt: skip


async def arrived(client: str, kind: str = "http", said: Any = SAID) -> Scope:
    """The request as the application gets it."""
    got: list[Scope] = []

    async def application(scope: Scope, _receive: Receive, _send: Send) -> None:
        got.append(scope)

    scheme = {"http": "http", "websocket": "ws"}[kind]
    scope: Scope = {"type": kind, "scheme": scheme, "headers": said, "client": (client, 4711)}

    async def nothing(*_: Any) -> Any:
        raise AssertionError("nothing is read or written here")

    await TrustedProxy(application, ["127.0.0.1", "10.1.0.0/16"])(scope, nothing, nothing)
    return got[0]


@pytest.mark.parametrize(("kind", "scheme"), [("http", "https"), ("websocket", "wss")])
async def test_a_trusted_proxy_says_what_was_asked_for(kind: str, scheme: str) -> None:
    scope = await arrived("10.1.2.3", kind)
    assert (scope["scheme"], scope["client"][0]) == (scheme, "198.51.100.4")
    assert origin_of(scope) == "own"


async def test_proxies_in_a_row_are_passed_over() -> None:
    said = [(b"host", b"x"), (b"x-forwarded-for", b"203.0.113.9, 10.1.0.8")]
    assert (await arrived("127.0.0.1", said=said))["client"][0] == "203.0.113.9"


@pytest.mark.parametrize("client", ["192.0.2.1", "10.2.0.1", "::ffff:1.2.3.4", "testclient"])
async def test_nobody_else_is_believed(client: str) -> None:
    scope = await arrived(client)
    assert (scope["scheme"], scope["client"][0]) == ("http", client)
    assert origin_of(scope) == "foreign"


def test_an_address_that_is_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", "10.0.0.0/8, proxy")
    with pytest.raises(ValueError, match="'proxy' does not appear to be an IPv4 or IPv6"):
        Settings()


def test_the_server_lets_go_of_an_idle_connection_after_the_proxy() -> None:
    """Who lets go first decides: a server that does may reset the request that is just coming."""
    caddy = re.search(r"keepalive (\d+)m", (ROOT / "deploy" / "Caddyfile").read_text())
    assert caddy is not None
    assert UVICORN["timeout_keep_alive"] > 60 * int(caddy[1])
