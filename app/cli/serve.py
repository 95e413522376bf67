"""`consilience serve`: meetings for this machine, or for the whole room."""

import asyncio
import gc
import io
import socket
from collections.abc import Coroutine
from typing import Annotated, Any

import typer

from app.cli import home
from app.cli import workers as crew
from app.cli.addresses import bind, only_here, public_address
from app.cli.client import in_process, owner_token
from app.cli.links import Link, every, find, fresh, print_links
from app.cli.schema import upgrade
from app.settings import Settings

OPEN_FILES = 65536
UVICORN: dict[str, Any] = {
    "log_level": "warning",
    "access_log": False,
    "server_header": False,
    "proxy_headers": False,  # guards/proxy.py reads them, the host too
    "ws_max_size": 65536,
    "ws_per_message_deflate": False,
    "ws_max_queue": 8,
    "ws_ping_interval": 10,
    "ws_ping_timeout": 10,
    "timeout_graceful_shutdown": 10,
    # Longer than proxies keep an idle connection: with uvicorn's five seconds, the same as httpx's,
    # a request that came in at that very moment met a connection that had just been closed.
    "timeout_keep_alive": 130,
}
ONLY_HERE = (
    "Only this machine can open these links; to open the meeting to the room, start it with "
    "HOST=0.0.0.0 (consilience serve --host 0.0.0.0)."
)


def run(
    host: Annotated[
        str | None, typer.Option(help="Address to listen on; 0.0.0.0 opens it to the room.")
    ] = None,
    port: Annotated[int | None, typer.Option(help="Port; 0 takes a free one.")] = None,
    demo: Annotated[
        bool, typer.Option("--demo", help="Make the demonstration workshop if there is none.")
    ] = False,
    workers: Annotated[
        int,
        typer.Option(min=1, max=64, help="Processes on this port; more than one on PostgreSQL."),
    ] = 1,
    shares: Annotated[
        int | None, typer.Option(hidden=True, help="The listening socket of the first worker.")
    ] = None,
) -> None:
    """Serve meetings and print the links to them.

    Example: consilience serve --host 0.0.0.0 --port 8000
    """
    chosen = {name: value for name, value in (("host", host), ("port", port)) if value is not None}
    settings = Settings(**chosen)  # type: ignore[arg-type]
    crew.check(workers, settings.url)
    _raise_open_files()
    if shares is not None:
        _run(_help(settings, socket.socket(fileno=shares)))
        return
    with home.lock(settings.home):
        listening = _bind(settings)
        settings.port = listening.getsockname()[1]
        upgrade(settings.url)
        _run(_serve(settings, listening, demo, workers))


def _bind(settings: Settings) -> socket.socket:
    try:
        return bind(settings.host, settings.port)
    except OSError as error:
        place = f"{settings.host}:{settings.port}"
        raise OSError(
            error.errno, f"{error.strerror}; choose another port, for example PORT=8001", place
        ) from error


def _raise_open_files() -> None:
    """Every laptop is an open file; the usual soft limit of 1,024 is a full hall's."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _run(serving: Coroutine[Any, Any, None]) -> None:
    """On the quickest event loop that is installed."""
    import uvicorn

    with asyncio.Runner(loop_factory=uvicorn.Config("").get_loop_factory()) as runner:
        runner.run(serving)


def _config(app: Any) -> Any:
    """What uvicorn is told: the limits above, and the connection that we know."""
    import uvicorn

    from app.live.wire import server_options

    return uvicorn.Config(app, **UVICORN, **server_options())


def _settle() -> None:
    """What was loaded to start with stays to the end: the garbage collector need not walk through
    it again and again, while ballots wait."""
    gc.collect()
    gc.freeze()


async def _help(settings: Settings, listening: socket.socket) -> None:
    """Be one of several workers: serve what the first one announces, and end with it."""
    import uvicorn

    from app.main import create_app

    server = uvicorn.Server(_config(create_app(settings)))
    _settle()
    following = asyncio.create_task(
        crew.follow_the_first(lambda: setattr(server, "should_exit", True))
    )
    await server.serve([listening])
    following.cancel()


async def _serve(settings: Settings, listening: socket.socket, demo: bool, workers: int) -> None:
    import uvicorn

    from app.main import create_app

    app = create_app(settings)
    app.state.starting = True

    class Server(uvicorn.Server):
        """Says where the meeting is once it can be opened, and takes it back at the end."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                await _announce(app, settings, demo)
                app.state.starting = False
                _settle()

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            home.withdraw(settings.home)
            await super().shutdown(sockets)

    others = asyncio.create_task(crew.keep(workers - 1, listening))
    try:
        await Server(_config(app)).serve([listening])
    finally:
        others.cancel()
        await asyncio.gather(others, return_exceptions=True)


async def _announce(app: Any, settings: Settings, demo: bool) -> None:
    """Say where the meeting is. The owner's token of a server that was killed opens nothing any
    more."""
    from app.actions.devices import leave_device
    from app.policy import SYSTEM

    if left_behind := home.owner_token(settings.home):
        await app.state.db.change(None, leave_device, SYSTEM, [left_behind])
    token, _ = await owner_token(app.state.db)
    address = public_address(settings.host, settings.port, settings.public_url)
    here = f"http://{_reached_here(settings.host)}:{settings.port}"
    home.announce(settings.home, address, here, token)
    async with in_process(app, token) as client:
        if demo and not await every(client, "/workshops"):
            await _demonstrate(client)
        workshop = await find(client, "")
        links: list[Link] = []
        for role in ("owner", "facilitator", "screen", "join"):
            links += await fresh(client, address, role, workshop)
    _say(settings, address, workshop, links)


async def _demonstrate(client: Any) -> None:
    """Make the demonstration workshop through the API."""
    from app.scenario import demonstration

    print("Making the demonstration workshop; this is done once …", flush=True)
    await demonstration.make(client)


def _reached_here(host: str) -> str:
    if host in ("0.0.0.0", ""):  # noqa: S104 - asked for, not bound
        return "127.0.0.1"
    return "[::1]" if host == "::" else f"[{host}]" if ":" in host else host


def _say(settings: Settings, address: str, workshop: Any, links: list[Link]) -> None:
    if workshop:
        print(f"Consilience serves “{workshop['title']}” at {address}", flush=True)
    else:
        print(f"Consilience serves at {address}; there is no workshop yet.", flush=True)
    print_links(links)
    if workshop:
        print(qr(links[-1].url), flush=True)
    if only_here(settings.host) and not settings.public_url:
        print(ONLY_HERE, flush=True)
    if settings.overheard:
        print(f"Warning: PUBLIC_URL is {settings.public_url}: {settings.overheard}.", flush=True)


def qr(url: str) -> str:
    """A QR code for a terminal."""
    import segno

    drawn = io.StringIO()
    segno.make(url, error="m").terminal(out=drawn, compact=True)
    return drawn.getvalue()
