"""`consilience replay`: what people once answered elsewhere, in a live meeting here."""

import asyncio
import json
from pathlib import Path
from typing import Annotated, Any

import typer

from app.cli import home
from app.settings import Settings


def run(
    votes: Annotated[Path | None, typer.Option(help="votes.csv of a conversation.")] = None,
    items: Annotated[Path | None, typer.Option(help="comments.csv of a conversation.")] = None,
    speed: Annotated[
        float, typer.Option(help="So many times real speed; 0 as fast as it goes.")
    ] = 0,
    kind: Annotated[
        str, typer.Option("--as", help="Of a panel in rounds: how it is replayed, such as idea.")
    ] = "",
    ratings: Annotated[Path | None, typer.Option(help="ratings.csv of a panel.")] = None,
    reasons: Annotated[Path | None, typer.Option(help="justifications.csv of a panel.")] = None,
    outcomes: Annotated[Path | None, typer.Option(help="What turned out, by item.")] = None,
    url: Annotated[str, typer.Option(help="A running server; the local one by default.")] = "",
    token: Annotated[str, typer.Option(help="The owner's token, for a server elsewhere.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print data.")] = False,
) -> None:
    """Replay real votes, or the rounds of a panel, against a running server: one websocket each.

    Example: consilience replay --votes votes.csv --items comments.csv --speed 0 --json

    Example: consilience replay --as idea --ratings ratings.csv --outcomes outcomes.csv --json
    """
    server = _server(url, token)
    if kind:
        found = asyncio.run(_panel(*server, kind, ratings, reasons, outcomes))
        said = f"{len(found['rounds'])} rounds played."
    elif votes and items:
        found = asyncio.run(_conversation(*server, votes, items, speed))
        said = _in_words(found)
    else:
        raise typer.BadParameter("give --votes and --items, or --as and --ratings")
    print(json.dumps(found, indent=1) if as_json else said)


def _server(url: str, token: str) -> tuple[str, str]:
    """Where it is replayed, and by whose right. Raises OSError where no server is known."""
    if not token:
        server = home.running(Settings().home)
        if server is None:
            raise OSError(
                "No server runs on this CONSILIENCE_HOME. Start `consilience serve` first, or "
                "name one with --url and --token."
            )
        url, token = url or server.here, server.token
    return url.rstrip("/"), token


async def _panel(
    url: str, token: str, kind: str, ratings: Path | None, *files: Path | None
) -> dict[str, Any]:
    from app.scenario.panels import KINDS
    from app.scenario.panels.answers import read_answers
    from app.scenario.panels.play import play

    if kind not in KINDS or ratings is None:
        raise typer.BadParameter(f"give --ratings, and --as one of: {', '.join(KINDS)}")
    return await play(url, token, read_answers(KINDS[kind].question, ratings, *files), KINDS[kind])


async def _conversation(
    url: str, token: str, votes: Path, items: Path, speed: float
) -> dict[str, Any]:
    from app.scenario.conversation import replay

    return await replay(url, token, votes, items, speed)


def _in_words(found: dict[str, Any]) -> str:
    latency = found["latency_ms"]["p95"]
    return (
        f"{found['acknowledged']} of {found['sent']} votes acknowledged, {found['counted']} "
        f"counted in {found['seconds']} s; p95 {latency} ms."
    )
