"""Every library that app/ imports is declared, and every declared one is used: each organiser's
laptop carries all of them."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions

from tests.rules.sources import ROOT, modules

# Used without an import of ours: by a dialect's name, by FastAPI's forms, by zoneinfo, by uvicorn.
BY_NAME = {"asyncpg", "python-multipart", "tzdata", "websockets"}
# Imported where another declared library is the same thing: FastAPI is made of Starlette.
PART_OF = {"starlette": "fastapi", "click": "typer", "markupsafe": "jinja2",
           "pydantic-core": "pydantic"}  # fmt: skip


def test_what_is_imported_is_what_is_declared() -> None:
    imported = {PART_OF.get(name, name) for name in _imported()}
    assert imported - _declared() == set()
    assert _declared() - imported - BY_NAME == set()


def _declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return {re.split(r"[\[<>=]", line)[0] for line in project["dependencies"]}


def _imported() -> set[str]:
    """The distributions behind the top-level names that app/ and migrations/ import."""
    tops = set[str]()
    for tree in [*modules().values(), *modules(ROOT / "migrations").values()]:
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                tops |= {name.name.partition(".")[0] for name in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                tops.add((node.module or "").partition(".")[0])
    owners = packages_distributions()
    foreign = tops - sys.stdlib_module_names - {"app"}
    return {owners.get(top, [top])[0].lower().replace("_", "-") for top in foreign}
