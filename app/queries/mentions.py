"""What a text refers to, such as `[[row:ID]]`: kept as a reference, drawn as it now stands and as
far as its reader may see it."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection
from sqlmodel import col, select

from app.models import Round
from app.policy import Actor, may_see_outcome
from app.queries.matrix import matrix
from app.queries.proposals import proposals
from app.queries.results import results

MENTION = re.compile(r"\[\[(proposal|result|row):([a-z2-7]{20})\]\]")
FIRST = 3  # options told of a result


class Piece(NamedTuple):
    """A run of a text: words as they were typed (`kind` is empty), or what was referred to; no
    `text` where its reader may not see it, or it is no more."""

    kind: str
    text: str | None


Wordings = Mapping[str, Mapping[str, str]]


def wordings(conn: Connection, workshop_id: str, viewer: Actor, texts: Iterable[str]) -> Wordings:
    """The present wordings of the kinds of things that these texts refer to, by kind and id."""
    kinds = {found[1] for text in texts for found in MENTION.finditer(text)}
    return {kind: LOADERS[kind](conn, workshop_id, viewer) for kind in sorted(kinds)}


def everything(conn: Connection, workshop_id: str, viewer: Actor) -> Wordings:
    """All that this viewer can refer to."""
    return {kind: load(conn, workshop_id, viewer) for kind, load in LOADERS.items()}


def pieces(text: str, known: Wordings) -> list[Piece]:
    """A text with its references taken apart from its words."""
    found, end = [], 0
    for mention in MENTION.finditer(text):
        if mention.start() > end:
            found.append(Piece("", text[end : mention.start()]))
        found.append(Piece(mention[1], known[mention[1]].get(mention[2])))
        end = mention.end()
    return [*found, Piece("", text[end:])] if end < len(text) else found


def _proposals(conn: Connection, workshop_id: str, viewer: Actor) -> dict[str, str]:
    """Whatever was not sent back, as far as it is revealed."""
    found = proposals(conn, workshop_id, viewer)
    return {one.id: one.text for one in found if one.row.status != "returned"}


def _rows(conn: Connection, workshop_id: str, _viewer: Actor) -> dict[str, str]:
    """The agreed text, else the draft."""
    whole = matrix(conn, workshop_id)
    return {row.id: row.printed for row in (*whole.cells, *whole.wordings)}


def _results(conn: Connection, workshop_id: str, viewer: Actor) -> dict[str, str]:
    rounds = conn.execute(
        select(Round)
        .where(Round.workshop_id == workshop_id, col(Round.closed_number).is_not(None))
        .order_by(col(Round.opened_number))
    )
    told = {row.id: result_words(conn, viewer, row) for row in rounds}
    return {id_: words for id_, words in told.items() if words}


def result_words(conn: Connection, viewer: Actor, round_: Any) -> str:
    """The question and what was chosen, else the first places; empty where the viewer may not see
    the outcome, or there is none."""
    found = results(conn, round_.id) if may_see_outcome(viewer, round_) else None
    if found is None:
        return ""
    chosen = [one for one in found.options if one.winner] or found.options[:FIRST]
    told = "; ".join(one.option.text for one in chosen[:FIRST])
    more = f" (+{len(chosen) - FIRST})" if len(chosen) > FIRST else ""
    return f"{round_.question} – {told}{more}"


LOADERS = {"proposal": _proposals, "row": _rows, "result": _results}
