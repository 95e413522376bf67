"""How commands reach meetings: the running server's API as its owner, or, when none runs, the same
API in this process on the same database."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from app.cli import home
from app.cli.addresses import public_address
from app.cli.schema import upgrade
from app.errors import Refused
from app.settings import Settings

if TYPE_CHECKING:
    import httpx

    from app.db import Database

T = TypeVar("T")


def as_owner(work: Callable[["httpx.AsyncClient", str], Awaitable[T]]) -> T:
    """Run `work(client, address)` with the owner's rights; `address` begins every link.

    Raises what the API refuses as Refused.
    """
    settings = Settings()
    if server := home.running(settings.home):
        return asyncio.run(_remotely(server, work))
    with home.lock(settings.home):
        upgrade(settings.url)
        return asyncio.run(_here(settings, work))


async def _remotely(
    server: home.Running, work: Callable[["httpx.AsyncClient", str], Awaitable[T]]
) -> T:
    import httpx

    async with httpx.AsyncClient(
        base_url=f"{server.here}/api/v1", headers=bearer(server.token), timeout=60
    ) as client:
        return await work(client, server.url)


async def _here(settings: Settings, work: Callable[["httpx.AsyncClient", str], Awaitable[T]]) -> T:
    from app.main import create_app

    app = create_app(settings)
    async with app.router.lifespan_context(app):
        token, revoke = await owner_token(app.state.db)
        try:
            async with in_process(app, token) as client:
                address = public_address(settings.host, settings.port, settings.public_url)
                return await work(client, address)
        finally:
            await revoke()


@asynccontextmanager
async def in_process(app: Any, token: str) -> AsyncIterator["httpx.AsyncClient"]:
    """The API of an application in this very process."""
    import httpx

    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app),
        base_url="http://consilience/api/v1",
        headers=bearer(token),
    ) as client:
        yield client


async def owner_token(db: "Database") -> tuple[str, Callable[[], Awaitable[Any]]]:
    """A new token of the server's owner, and how to revoke it."""
    from app.actions.tokens import make_token, revoke_token
    from app.db import Key, derived_token
    from app.policy import SYSTEM

    key = Key.fresh()
    done = await db.keyed(key, None, make_token, SYSTEM, "owner")

    async def revoke() -> None:
        await db.change(None, revoke_token, SYSTEM, done.id)

    return derived_token(db.secret, key, done.id, "owner"), revoke


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def said(response: "Awaitable[httpx.Response]") -> Any:
    """The answer's data. Raises Refused with the server's own sentence where it said no."""
    answer = await response
    if answer.is_success:
        return answer.json() if answer.content else None
    error = answer.json()["error"]
    raise Refused(error["code"], error["message"])
