"""`consilience import`: a file of people, agenda items, evidence or proposals into a workshop."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.client import as_owner, said
from app.cli.links import NO_WORKSHOP, find
from app.errors import N_, Refused

if TYPE_CHECKING:
    import httpx

NO_FILE = N_("There is no file {path}.")


def run(
    workshop: Annotated[str, typer.Argument(help="Id or join code.")],
    noun: Annotated[str, typer.Argument(help="people, agenda, evidence or proposals.")],
    file: Annotated[Path, typer.Argument(help="CSV or XLSX.")],
    preview: Annotated[bool, typer.Option("--preview", help="Only say what it would do.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print data.")] = False,
) -> None:
    """Import a file, all or nothing.

    Example: consilience import ABCD-EFGH people participants.csv --preview
    """
    if not file.is_file():
        raise Refused("no_file", NO_FILE, path=file)
    data = file.read_bytes()

    async def work(client: "httpx.AsyncClient", _address: str) -> Any:
        found = await find(client, workshop)
        if found is None:
            raise Refused("no_workshop", NO_WORKSHOP, named=workshop)
        return await said(
            client.post(
                f"/workshops/{found['id']}/import/{noun}",
                params={"preview": "1"} if preview else {},
                files={"file": (file.name, data)},
            )
        )

    answer = as_owner(work)
    if as_json:
        print(json.dumps(answer, ensure_ascii=False, indent=1))
    else:
        _say(answer)
    if answer["errors"]:
        raise typer.Exit(1)


def _say(answer: Any) -> None:
    would = "would be " if answer["preview"] else ""
    print(
        f"{len(answer['added'])} {would}added, {len(answer['changed'])} {would}changed, "
        f"{len(answer['left'])} not in the file"
    )
    for one in answer["left"]:
        print(f"  not in the file: {one['label']}")
    for fault in answer["errors"]:
        print(f"  row {fault['row']}, {fault['column']}: {fault['message']}")
