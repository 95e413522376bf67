"""`consilience count`: a poll from a file, counted outside any workshop."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from app.methods import Outcome


def run(
    file: Annotated[
        str, typer.Argument(help="A poll (JSON), PrefLib, a table of rankings, or - for stdin.")
    ],
    method: Annotated[list[str] | None, typer.Option(help="Count by this method.")] = None,
    shape: Annotated[str | None, typer.Option(help="What a table holds: ranking.")] = None,
    ties: Annotated[bool, typer.Option("--ties", help="Equal ranks in a table are ties.")] = False,
    param: Annotated[
        list[str] | None, typer.Option(help="A parameter, NAME=VALUE: seats=5, rule=meek.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print data.")] = False,
) -> None:
    """Count a poll by its own method or by others.

    Example: consilience count ballots.soi --method schulze --method borda --json
    """
    from app.methods import METHODS, count, find
    from app.methods.files import read_poll

    for name in method or []:
        if name not in METHODS:
            raise typer.BadParameter(f"there is no method “{name}”; see `consilience methods`")
    poll = read_poll(file, shape, ties, param or ())
    for rule in map(find, method) if method else [find(poll.method)]:
        if why := rule.heavy(poll):
            print(f"{rule.id} takes a while: {why}", file=sys.stderr, flush=True)
    outcomes = [count(poll, name) for name in method] if method else [count(poll)]
    if not as_json:
        print("\n\n".join(map(in_words, outcomes)))
    elif len(outcomes) == 1:
        print(outcomes[0].model_dump_json(indent=1))
    else:
        print("[" + ",\n".join(outcome.model_dump_json(indent=1) for outcome in outcomes) + "]")


def in_words(outcome: "Outcome") -> str:
    """An outcome for people: what was decided, the way there, and what to know about it."""
    turnout = outcome.turnout
    cast = f"{turnout.cast} cast, {turnout.blank} blank, {turnout.invalid} invalid"
    of = "" if turnout.eligible is None else f" of {turnout.eligible} eligible"
    winners = ", ".join(outcome.winners) or "nobody"
    return "\n".join(
        [
            f"{outcome.method}: decided {outcome.decided}; winners: {winners}",
            f"  {cast}{of}",
            *(f"  {line}" for line in outcome.trace),
            *(f"  ! {line}" for line in outcome.warnings),
            f"  input digest {outcome.input_digest}",
        ]
    )
