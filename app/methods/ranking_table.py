"""A table of rankings: one column an option, one row a ballot, a cell is the option's rank."""

import csv
import io
from typing import Any

from app.errors import N_, Refused
from app.methods.poll import Ballot, Poll


def table_poll(text: str, ties: bool) -> Poll:
    """Rankings over the columns. 0 or an empty cell is not ranked.

    A rank given twice or skipped makes the row invalid when it is counted, unless `ties`: then
    equal ranks are ties, and gaps close.
    """
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter(text)) if row]
    if not rows:
        raise Refused("bad_poll", N_("The table is empty."))
    options = [name.strip() for name in rows[0]]
    if not all(options) or len(set(options)) != len(options):
        raise Refused("bad_poll", N_("Each column needs a name of its own in the first row."))
    ballots = [Ballot(body=body(dict(zip(options, row, strict=False)), ties)) for row in rows[1:]]
    return Poll(options=options, params={"ties": ties}, ballots=ballots)


def delimiter(text: str) -> str:
    """Comma, semicolon or tab: whichever the first line has most of."""
    head = text.split("\n", 1)[0]
    return max(",;\t", key=head.count)


def body(cells: dict[str, str], ties: bool) -> dict[str, Any]:
    """The row as a body. A skipped rank stays an empty tier, and a cell that is no rank stays as
    it is, so that the count calls the row invalid and says why.
    """
    ranks = {option: rank(cell) for option, cell in cells.items()}
    unread = [option for option, place in ranks.items() if place is None]
    if unread:
        return {"ranking": [[f"{unread[0]}: {cells[unread[0]].strip()}"]]}
    placed = {option: place for option, place in ranks.items() if place}
    tiers = [
        sorted(option for option, place in placed.items() if place == number)
        for number in range(1, max(placed.values(), default=0) + 1)
    ]
    return {"ranking": [tier for tier in tiers if tier] if ties else tiers}


def rank(cell: str) -> int | None:
    """The rank in a cell, 0 for none; None if it is no whole number from 0 to 999."""
    trimmed = cell.strip()
    whole = trimmed.removesuffix(".0")
    if not trimmed:
        return 0
    return int(whole) if whole.isascii() and whole.isdigit() and len(whole) < 4 else None
