"""`consilience verify`: the verifier that travels in every bundle, run from here."""

from pathlib import Path
from typing import Annotated

import typer

from app.errors import N_, Refused
from app.formats import verify

NO_FILE = N_("There is no file {path}. `consilience export WORKSHOP --format bundle` writes one.")


def run(
    bundle: Annotated[Path, typer.Argument(help="A file that the bundle export wrote.")],
    head: Annotated[
        str | None, typer.Option(help="A head of the log that somebody kept, or how it begins.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print data.")] = False,
) -> None:
    """Check a bundle: its chain, its sums, and every result counted again. Exit 1: it fails.

    Example: consilience verify meeting.zip --head 4f2a91c07d
    """
    if not bundle.is_file():
        raise Refused("no_file", NO_FILE, path=bundle)
    kept = ["--head", head] if head else []
    raise typer.Exit(verify.main([str(bundle), *kept, *(["--json"] if as_json else [])]))
