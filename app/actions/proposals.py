"""Proposals: put forward and reworded. Their wordings have versions; nothing is overwritten."""

from typing import Any

from sqlmodel import col, func, select

from app.actions.base import (
    Done,
    Tx,
    add,
    change,
    clean,
    expect_version,
    load,
    new_id,
    word,
)
from app.activities import EXERCISES
from app.errors import N_, Refused
from app.models import Activity, Component, Participant, Proposal, WordingVersion
from app.policy import Actor, may_propose, may_reword, require

# What a response says by default and a cell may say otherwise; what an area says of itself.
VALUES = (
    "problem_statement", "regional_context", "level", "lead_actor", "partners", "time_frame",
    "resources", "indicator", "evidence_status", "source",
)  # fmt: skip


def propose(
    tx: Tx,
    actor: Actor,
    kind: str,
    text: str,
    activity_id: str | None = None,
    area_id: str | None = None,
    fields: dict[str, Any] | None = None,
) -> Done:
    """Put forward a priority area or a response to one. Late ones are taken and marked so."""
    activity = load(tx, Activity, activity_id) if activity_id else None
    open_now = activity is not None and EXERCISES[activity.type].allows(activity.stage, "propose")
    require(may_propose(actor, activity, open_now))
    if area_id:
        _area(tx, area_id)
    given = fields or {}
    wording = clean(text, "text")
    proposal_id = new_id()
    number = tx.log("proposal_made", salted=_by(actor), proposal=proposal_id, of=kind)
    version_id = word(
        tx, "proposal", proposal_id, wording, n=1, author_id=actor.participant_id, number=number
    )
    proposal = Proposal(
        id=proposal_id,
        workshop_id=tx.workshop_id,
        own_key=given.get("own_key"),
        kind=kind,
        status=given.get("status", "waiting"),
        activity_id=activity_id,
        author_id=given.get("author_id", actor.participant_id),
        shown=(activity.settings.get("shown") if activity else None) or "named",
        area_id=area_id,
        component_id=given.get("component_id"),
        wording_version_id=version_id,
        late=activity is not None and not open_now,
        position=_next_position(tx, kind),
        number=number,
        at=tx.now,
        **{name: given[name] for name in VALUES if name in given},
    )
    add(tx, proposal)
    return Done(proposal_id, number)


def reword(
    tx: Tx, actor: Actor, proposal_id: str, version: int | None, fields: dict[str, Any]
) -> Done:
    """A new version of a wording, and new values beside it. An agreed text stays as it was agreed:
    the new one is a draft beside it."""
    proposal = load(tx, Proposal, proposal_id)
    require(may_reword(actor, proposal))
    now = tx.conn.execute(
        select(WordingVersion).where(WordingVersion.id == proposal.wording_version_id)
    ).one()
    expect_version(proposal, version, {"text": now.text})
    values: dict[str, Any] = {name: clean(fields[name], name, required=False)
                              for name in VALUES if name in fields}  # fmt: skip
    if fields.get("component_id"):
        load(tx, Component, fields["component_id"])
        values["component_id"] = fields["component_id"]
    if fields.get("area_id"):
        values["area_id"] = _area(tx, fields["area_id"]).id
    number = tx.log("proposal_reworded", salted=_by(actor), proposal=proposal_id)
    if "text" in fields and (text := clean(fields["text"], "text")) != now.text:
        values["wording_version_id"] = word(
            tx, "proposal", proposal_id, text, n=now.n + 1,
            author_id=actor.participant_id, number=number,
        )  # fmt: skip
    if proposal.status == "returned" and proposal.author_id == actor.participant_id:
        values["status"] = "waiting"
    change(tx, Proposal, proposal_id, **values, version=proposal.version + 1)
    return Done(proposal_id, number)


def _area(tx: Tx, area_id: str) -> Any:
    area = load(tx, Proposal, area_id)
    if area.kind != "priority_area":
        raise Refused("not_an_area", N_("A response belongs to a priority area."), field="area")
    return area


def _by(actor: Actor) -> dict[str, str]:
    return {"by": actor.identity}


def _next_position(tx: Tx, kind: str) -> int:
    last = tx.conn.execute(
        select(func.max(Proposal.position)).where(
            Proposal.workshop_id == tx.workshop_id, Proposal.kind == kind
        )
    ).scalar_one()
    return (last or 0) + 1


def author_by_key(tx: Tx, own_key: str) -> str | None:
    """The participant that the organiser's own key names."""
    found = tx.conn.execute(
        select(Participant.id).where(
            Participant.workshop_id == tx.workshop_id, col(Participant.own_key) == own_key
        )
    ).first()
    return str(found[0]) if found else None
