"""The `consilience` command. A subcommand's modules are imported inside it, so that each starts
as quickly as it can."""

import sys
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from app.errors import Refused

# Each is the function `run` of app/cli/NAME.py; `import` is a word of Python's own.
COMMANDS = (
    "serve", "demo", "create", "links", "import", "export", "verify", "backup", "restore", "doctor",
    "replay", "count", "analyse", "methods",
)  # fmt: skip
MODULES = {"import": "import_"}
# Settings that hold a password: what is wrong with them is said without showing them.
SECRET = ("SMTP_URL", "DATABASE_URL", "CONSILIENCE_SECRET", "OIDC_CLIENT_SECRET")


class Commands(TyperGroup):
    """Imports a subcommand when it is called for."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"app.cli.{MODULES.get(cmd_name, cmd_name)}")
        single = typer.Typer(add_completion=False, rich_markup_mode=None)
        single.command(cmd_name)(module.run)
        return typer.main.get_command(single)


app = typer.Typer(
    cls=Commands,
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


@app.callback()
def consilience() -> None:
    """Live expert meetings that end in an agreed matrix of priority areas and responses."""


def main() -> None:
    """Exit 0: done. 1: the check failed. 2: wrong usage. 3: could not; one sentence says why."""
    debug = "--debug" in sys.argv
    arguments = [word for word in sys.argv[1:] if word != "--debug"]
    try:
        app(arguments, prog_name="consilience")
    except Exception as error:
        if debug:
            raise
        print(f"consilience: {sentence_of(error)}", file=sys.stderr)
        sys.exit(3)


def sentence_of(error: Exception) -> str:
    """What went wrong and the next step, in one sentence."""
    if isinstance(error, Refused):
        return error.sentence()
    if isinstance(error, OSError) and error.filename:
        return f"{error.filename}: {error.strerror}. Choose another place or its permissions."
    if setting := _wrong_setting(error):
        return setting
    lines = str(error).strip().splitlines()
    return f"{lines[0] if lines else type(error).__name__} (`--debug` shows where)"


def _wrong_setting(error: Exception) -> str:
    """The first thing wrong in the settings, under the name of its variable."""
    from pydantic import ValidationError

    if not isinstance(error, ValidationError):
        return ""
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"])
    said = first["msg"].removeprefix("Value error, ")
    shown = "" if name in SECRET else f" (the setting is {first['input']!r})"
    return f"{name}: {said}{shown}" if name else said
