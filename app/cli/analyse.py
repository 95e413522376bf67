"""`consilience analyse`: agreement, stability and sensitivity of a poll from a file."""

import json
from typing import Annotated

import typer


def run(
    file: Annotated[
        str, typer.Argument(help="A poll (JSON), PrefLib, a table of rankings, or - for stdin.")
    ],
    shape: Annotated[str | None, typer.Option(help="What a table holds: ranking.")] = None,
    ties: Annotated[bool, typer.Option("--ties", help="Equal ranks in a table are ties.")] = False,
    param: Annotated[
        list[str] | None, typer.Option(help="A parameter, NAME=VALUE: seats=5, rule=meek.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print data.")] = False,
) -> None:
    """Say how certain a result is: how far raters agree, and whether other rules agree.

    Example: consilience analyse poll.json --json
    """
    from app.analysis import analyse
    from app.methods.files import read_poll

    found = analyse(read_poll(file, shape, ties, param or ()))
    if as_json:
        print(json.dumps(found, ensure_ascii=False, indent=1, default=str))
        return
    for name, value in found.items():
        print(f"{name}: {json.dumps(value, ensure_ascii=False, default=str)}")
