"""`consilience methods`: what there is to count by."""

import json
from typing import Annotated

import typer


def run(
    as_json: Annotated[bool, typer.Option("--json", help="Print data.")] = False,
    as_page: Annotated[bool, typer.Option("--markdown", help="Print docs/methods.md.")] = False,
) -> None:
    """List every method with its ballot shape, parameters and source.

    Example: consilience methods --json
    """
    from app.methods.describe import describe
    from app.methods.reference import markdown

    if as_page:
        print(markdown(), end="")
        return
    methods = describe()
    if as_json:
        print(json.dumps(methods, ensure_ascii=False, indent=1))
        return
    for method in methods:
        params = ", ".join(f"{one['name']}={one['default']}" for one in method["params"])
        print(f"{method['id']:<22} {method['shape']:<12} {params}")
