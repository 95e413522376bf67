"""`consilience methods`: what there is to count by."""

import json
from typing import Annotated

import typer


def run(as_json: Annotated[bool, typer.Option("--json", help="Print data.")] = False) -> None:
    """List every method with its ballot shape, parameters and source.

    Example: consilience methods --json
    """
    from app.methods.files import describe

    methods = describe()
    if as_json:
        print(json.dumps(methods, ensure_ascii=False, indent=1))
        return
    for method in methods:
        params = ", ".join(f"{one['name']}={one['default']}" for one in method["params"])
        print(f"{method['id']:<22} {method['shape']:<12} {params}")
