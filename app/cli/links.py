"""`consilience links`: fresh links for any role."""

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.client import as_owner, said
from app.errors import N_, Refused

if TYPE_CHECKING:
    import httpx

NO_WORKSHOP = N_("There is no workshop “{named}”. Name it by its id or its join code.")
ROLES = ("owner", "organiser", "facilitator", "screen", "join", "participants")


@dataclass(frozen=True)
class Link:
    """One link and for whom it is."""

    role: str
    url: str
    note: str = ""


def run(
    workshop: Annotated[
        str, typer.Argument(help="Id or join code; without it the newest workshop.")
    ] = "",
    role: Annotated[
        list[str] | None, typer.Option(help=f"One or more of: {', '.join(ROLES)}.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print data.")] = False,
) -> None:
    """Print fresh links for a workshop's roles; older ones go on working.

    Example: consilience links ABCD-EFGH --role participants
    """
    roles = role or ["organiser", "facilitator", "screen", "join"]
    unknown = [name for name in roles if name not in ROLES]
    if unknown:
        raise typer.BadParameter(f"{unknown[0]} is not one of: {', '.join(ROLES)}")

    async def work(client: "httpx.AsyncClient", address: str) -> list[Link]:
        found = await find(client, workshop)
        return [link for name in roles for link in await fresh(client, address, name, found)]

    links = as_owner(work)
    if as_json:
        print(json.dumps([asdict(link) for link in links], ensure_ascii=False, indent=1))
    else:
        print_links(links)


async def find(client: "httpx.AsyncClient", named: str) -> Any:
    """The workshop with this id or join code, or the newest one not yet ended; None if there is
    none of these. Raises Refused where one was named and is not there."""
    code = "".join(ch for ch in named.upper() if ch.isalnum())
    for found in await every(client, "/workshops"):
        if found["id"] == named or found["code"] == code or not (named or found["ended_at"]):
            return found
    if named:
        raise Refused("no_workshop", NO_WORKSHOP, named=named)
    return None


async def every(client: "httpx.AsyncClient", path: str) -> list[Any]:
    """All items of a list, page by page."""
    items: list[Any] = []
    params: dict[str, Any] = {"limit": 200}
    while True:
        page = await said(client.get(path, params=params))
        items += page["items"]
        if page["next"] is None:
            return items
        params["after"] = page["next"]


async def fresh(client: "httpx.AsyncClient", address: str, role: str, workshop: Any) -> list[Link]:
    """New links of one role."""
    if role == "owner":
        made = await said(client.post("/tokens", json={"role": "owner"}))
        return [Link("organiser", f"{address}/enter/{made['token']}", "opens once")]
    if workshop is None:
        return []
    if role == "join":
        code = workshop["code"]
        shown = f"{code[:4]} {code[4:]}"
        return [Link("join", f"{address}/join/{code}", f"code {shown}")]
    tokens = f"/workshops/{workshop['id']}/tokens"
    if role == "participants":
        return await _personal(client, address, workshop["id"], tokens)
    made = await said(client.post(tokens, json={"role": role}))
    return [Link(role, f"{address}/enter/{made['token']}")]


async def _personal(
    client: "httpx.AsyncClient", address: str, workshop_id: str, tokens: str
) -> list[Link]:
    people = await every(client, f"/workshops/{workshop_id}/participants")
    if not people:
        return []
    made = await said(client.post(tokens, json=[{"participant": one["id"]} for one in people]))
    return [
        Link("participant", f"{address}/enter/{token['token']}", one["label"])
        for one, token in zip(people, made, strict=True)
    ]


def print_links(links: list[Link]) -> None:
    """Each on a line naming its role, flushed, also into a pipe."""
    for link in links:
        note = f"   ({link.note})" if link.note else ""
        print(f"{link.role:<12} {link.url}{note}", flush=True)
