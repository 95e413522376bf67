"""`consilience create`: a workshop from the command line, with or without a running server."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.client import as_owner, said
from app.cli.links import Link, print_links

if TYPE_CHECKING:
    import httpx


def run(
    title: Annotated[str, typer.Option(help="The workshop's title.")],
    starts_on: Annotated[str | None, typer.Option(help="First day, as 2026-11-24.")] = None,
    ends_on: Annotated[str | None, typer.Option(help="Last day.")] = None,
    place: Annotated[str, typer.Option(help="Where it is held.")] = "",
    time_zone: Annotated[str, typer.Option(help="IANA time zone of the place.")] = "UTC",
    attribution: Annotated[
        str, typer.Option(help="named, delegation, region or none (non-attribution).")
    ] = "named",
    kind: Annotated[str, typer.Option(help="real, rehearsal or demonstration.")] = "real",
    as_json: Annotated[bool, typer.Option("--json", help="Print data.")] = False,
) -> None:
    """Make a workshop and print its code and links.

    Example: consilience create --title "Regional expert meeting" --time-zone Asia/Bangkok
    """
    wanted = {
        "title": title,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "place": place,
        "time_zone": time_zone,
        "attribution": attribution,
        "kind": kind,
    }

    async def work(client: "httpx.AsyncClient", address: str) -> tuple[Any, str]:
        return await said(client.post("/workshops", json=wanted)), address

    made, address = as_owner(work)
    if as_json:
        print(json.dumps(made, ensure_ascii=False))
        return
    links = [Link(role, f"{address}/enter/{token}") for role, token in made["tokens"].items()]
    code = made["code"]
    join = Link("join", f"{address}/join/{code}", f"code {code[:4]} {code[4:]}")
    print_links([*links, join])
