"""What an activity puts up for answers: texts, proposals, evidence items, rows of the matrix."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import insert, update
from sqlmodel import col, func, select

from app.actions.base import Done, Tx, clean, load
from app.actions.cells import Cells
from app.actions.proposals import reword
from app.actions.rewording import wording_of
from app.activities.thrift import as_pair
from app.errors import N_, Conflict, NotFound, Refused
from app.models import EvidenceItem, MatrixCell, Option, Proposal, Round, RoundOption
from app.models.base import new_id
from app.policy import Actor, may_facilitate, require

MOST = 500
NOT_HERE = N_("This item is worded anew where it is kept.")
Source = Callable[[Tx, dict[str, Any]], dict[str, Any]]


def set_options(tx: Tx, activity: Any, options: list[Any]) -> None:
    """Replace an activity's options. An option is a text, {"proposal"|"evidence"|"cell": id}, or
    {"area": id, "response": id}: a cell that may have no row yet."""
    if len(options) > MOST:
        raise Refused("too_long", N_("At most {limit} options."), field="options", limit=MOST)
    sources = {"response": Cells(tx).as_option, **SOURCES}
    rows = [_row(tx, activity, option, place, sources) for place, option in enumerate(options)]
    ids = [row["id"] for row in rows]
    if len(set(ids)) != len(ids):
        raise Refused("duplicate", N_("An option is listed twice."), field="options")
    tx.conn.execute(
        update(Option)
        .where(col(Option.activity_id) == activity.id, col(Option.withdrawn_at).is_(None))
        .values(withdrawn_at=tx.now)
    )
    for row in rows:
        known = tx.conn.execute(
            update(Option)
            .where(col(Option.activity_id) == activity.id, col(Option.id) == row["id"])
            .values({**row, "withdrawn_at": None})
        )
        if known.rowcount == 0:
            tx.conn.execute(insert(Option).values(row))


def as_option(row: Any) -> dict[str, str]:
    """An option that stands somewhere, as it is given to an activity."""
    if row.source_kind == "pair":
        return as_pair(row.id)
    if row.source_kind in ("proposal", "evidence", "cell"):
        return {row.source_kind: row.id}
    return {"id": row.id, "text": row.text}


def refuse_while_open(tx: Tx, activity_id: str) -> None:
    """What stands in an open round stays as it is."""
    running = tx.conn.execute(
        select(Round.id).where(
            Round.activity_id == activity_id, col(Round.status).in_(("open", "closing"))
        )
    ).first()
    if running:
        raise Conflict("round_open", N_("A round is open: its options are fixed. Close it first."))


def reword_option(tx: Tx, actor: Actor, activity_id: str, option: str, text: str) -> None:
    """Word one option anew. One drawn from a proposal gets a further version of its wording; rounds
    that were opened keep the words that they asked."""
    row = tx.conn.execute(
        select(Option).where(
            Option.activity_id == activity_id,
            Option.id == option,
            col(Option.withdrawn_at).is_(None),
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    if row.source_kind in ("evidence", "pair"):
        raise Refused("not_reworded", NOT_HERE, field="option")
    if row.source_kind == "text":
        words = clean(text, "text", limit=2000)
        own = update(Option).where(col(Option.activity_id) == activity_id, col(Option.id) == option)
        tx.conn.execute(own.values(text=words))
        return
    of_cell = row.source_kind == "cell"
    proposal = load(tx, MatrixCell, option).response_id if of_cell else option
    reword(tx, actor, proposal, None, {"text": text})


def _row(
    tx: Tx, activity: Any, option: Any, place: int, sources: dict[str, Source]
) -> dict[str, Any]:
    given = {"text": option} if isinstance(option, str) else option
    for name, draw in sources.items():
        if given.get(name) is not None:
            return {
                "activity_id": activity.id, "position": place, "source_kind": name,
                "area_id": None, "wording_version_id": None, **draw(tx, given),
            }  # fmt: skip
    raise Refused(
        "bad_option",
        N_(
            "An option is a text, a proposal, an evidence item, a row of the matrix, or an area "
            "with a response."
        ),
        field="options",
    )


def _from_proposal(tx: Tx, given: dict[str, Any]) -> dict[str, Any]:
    found = load(tx, Proposal, given["proposal"])
    return {"id": found.id, "area_id": found.area_id, **_worded(tx, found.wording_version_id)}


def _from_evidence(tx: Tx, given: dict[str, Any]) -> dict[str, Any]:
    item = load(tx, EvidenceItem, given["evidence"])
    return {"id": item.id, "text": item.title}


def _from_cell(tx: Tx, given: dict[str, Any]) -> dict[str, Any]:
    cell = load(tx, MatrixCell, given["cell"])
    response = load(tx, Proposal, cell.response_id)
    return {"id": cell.id, "area_id": cell.area_id, **_worded(tx, response.wording_version_id)}


def _from_text(_tx: Tx, given: dict[str, Any]) -> dict[str, Any]:
    text = clean(given["text"], "options", limit=2000)
    return {"id": given.get("id") or new_id(), "text": text}


def _worded(tx: Tx, version_id: str) -> dict[str, Any]:
    return {"text": wording_of(tx, version_id).text, "wording_version_id": version_id}


SOURCES: dict[str, Source] = {
    "proposal": _from_proposal,
    "evidence": _from_evidence,
    "cell": _from_cell,
    "text": _from_text,
}


def join_statement(tx: Tx, actor: Actor, round_id: str, text: str) -> Done:
    """Let a statement join an open React round; numbered, and never reworded or removed again."""
    round_ = load(tx, Round, round_id)
    require(may_facilitate(actor))
    if round_.shape != "react" or round_.status != "open":
        raise Conflict("not_open", N_("Statements can join an open React round only."))
    last = tx.conn.execute(
        select(func.max(RoundOption.position)).where(RoundOption.round_id == round_id)
    ).scalar_one()
    words = clean(text, "text", limit=2000)
    option_id, place = new_id(), (last or 0) + 1
    number = tx.log("statement_joined", round=round_id, option=option_id)
    option = {"id": option_id, "position": place, "text": words, "source_kind": "text"}
    tx.conn.execute(insert(Option).values(activity_id=round_.activity_id, **option))
    tx.conn.execute(insert(RoundOption).values(round_id=round_id, number=number, **option))
    return Done(option_id, number)
