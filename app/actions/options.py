"""What an activity puts up for answers: texts, proposals, evidence, rows, earlier results."""

from typing import Any

from sqlalchemy import insert, update
from sqlmodel import col, func, select

from app.actions.base import Done, Tx, clean, load
from app.errors import N_, Conflict, Refused
from app.models import (
    Activity,
    EvidenceItem,
    MatrixCell,
    Option,
    Outcome,
    Proposal,
    Round,
    RoundOption,
    WordingVersion,
)
from app.models.base import new_id
from app.policy import Actor, may_facilitate, require

MOST = 500


def set_options(tx: Tx, activity: Any, options: list[Any]) -> None:
    """Replace an activity's options. An option is a text, or {"proposal"|"evidence"|"cell": id}."""
    if len(options) > MOST:
        raise Refused("too_long", N_("At most {limit} options."), field="options", limit=MOST)
    rows = [_row(tx, activity, option, place) for place, option in enumerate(options)]
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
            .values(withdrawn_at=None, position=row["position"], text=row["text"])
        )
        if known.rowcount == 0:
            tx.conn.execute(insert(Option).values(row))


def _row(tx: Tx, activity: Any, option: Any, place: int) -> dict[str, Any]:
    common = {"activity_id": activity.id, "position": place, "wording_version_id": None}
    if isinstance(option, str):
        text = clean(option, "options", limit=2000)
        return {**common, "id": new_id(), "text": text, "source_kind": "text", "area_id": None}
    given = {name: value for name, value in option.items() if value is not None}
    if "proposal" in given:
        found = load(tx, Proposal, given["proposal"])
        wording = tx.conn.execute(
            select(WordingVersion).where(WordingVersion.id == found.wording_version_id)
        ).one()
        return {
            **common,
            "id": found.id,
            "text": wording.text,
            "source_kind": "proposal",
            "area_id": found.area_id,
            "wording_version_id": wording.id,
        }
    if "evidence" in given:
        item = load(tx, EvidenceItem, given["evidence"])
        kind = {"source_kind": "evidence", "area_id": None}
        return {**common, "id": item.id, "text": item.title, **kind}
    if "cell" in given:
        cell = load(tx, MatrixCell, given["cell"])
        wording = tx.conn.execute(
            select(WordingVersion)
            .join(Proposal, col(Proposal.wording_version_id) == col(WordingVersion.id))
            .where(Proposal.id == cell.response_id)
        ).one()
        kind = {"source_kind": "cell", "area_id": cell.area_id}
        return {**common, "id": cell.id, "text": wording.text, **kind}
    if "text" in given:
        return _row(tx, activity, given["text"], place) | (
            {"id": given["id"]} if "id" in given else {}
        )
    raise Refused(
        "bad_option",
        N_("An option is a text, a proposal, an evidence item or a row of the matrix."),
        field="options",
    )


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


def send_on(
    tx: Tx, actor: Actor, round_id: str, activity_id: str, top: int | None, ids: list[str] | None
) -> Done:
    """Give the first `top` of an outcome, all its winners (None), or exactly `ids` to another
    activity. Never cuts through a tie: raises Refused `tie` naming those who share the place."""
    round_ = load(tx, Round, round_id)
    activity = load(tx, Activity, activity_id)
    require(may_facilitate(actor))
    outcome = tx.conn.execute(
        select(Outcome).where(Outcome.round_id == round_id).order_by(col(Outcome.n).desc())
    ).first()
    if outcome is None:
        raise Conflict("not_closed", N_("This round has no outcome yet."))
    chosen = ids if ids is not None else _first(outcome.result, top)
    rows = {
        row.id: row
        for row in tx.conn.execute(select(RoundOption).where(RoundOption.round_id == round_id))
    }
    set_options(tx, activity, [_as_option(rows[option]) for option in chosen if option in rows])
    number = tx.log("options_sent_on", round=round_.id, activity=activity_id, options=len(chosen))
    return Done(activity_id, number)


def _first(result: dict[str, Any], top: int | None) -> list[str]:
    if top is None:
        return list(result["winners"])
    taken: list[str] = []
    for tier in result["ranking"]:
        if len(taken) >= top:
            break
        if len(taken) + len(tier) > top:
            raise Conflict(
                "tie",
                N_("Places {first} to {last} are tied: take {fewer} or {more}, or settle the tie."),
                first=len(taken) + 1,
                last=len(taken) + len(tier),
                fewer=len(taken),
                more=len(taken) + len(tier),
                tied=list(tier),
            )
        taken += tier
    return taken


def _as_option(row: Any) -> dict[str, str]:
    if row.source_kind in ("proposal", "evidence", "cell"):
        return {row.source_kind: row.id}
    return {"id": row.id, "text": row.text}
