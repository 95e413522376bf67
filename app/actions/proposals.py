"""Proposals: put forward and reworded. Their wordings have versions; nothing is overwritten."""

from typing import Any

from sqlmodel import func, select

from app.actions.base import Done, Tx, add, change, clean, expect_version, load, new_id, word
from app.actions.rewording import next_wording, refuse_merged, touch_cells, wording_of
from app.errors import N_, Conflict, NotFound, Refused
from app.models import Activity, Component, Proposal
from app.policy import Actor, may_moderate, may_propose, may_reword, require

# What a response says by default and a cell may say otherwise; what an area says of itself.
VALUES = (
    "problem_statement", "regional_context", "level", "lead_actor", "partners", "time_frame",
    "resources", "indicator", "evidence_status", "source",
)  # fmt: skip
KEY_TAKEN = N_("Another proposal has the id “{own_key}” already.")


def propose(
    tx: Tx,
    actor: Actor,
    kind: str,
    text: str,
    activity_id: str | None = None,
    area_id: str | None = None,
    fields: dict[str, Any] | None = None,
) -> Done:
    """Put forward a priority area or a response to one. Late ones are taken and marked so.

    Raises Refused `wrong_activity` where the activity asks for something else.
    """
    activity = load(tx, Activity, activity_id) if activity_id else None
    require(may_propose(actor, activity))
    _refuse_elsewhere(activity, kind)
    given = fields or {}
    if "own_key" in given:
        require(may_moderate(actor))
    return put_forward(
        tx,
        kind,
        clean(text, "text"),
        author_id=actor.participant_id,
        by=actor,
        activity=activity,
        late=activity is not None and activity.stage == "done",
        values=checked_values(tx, {**given, "area_id": area_id}),
        shown=given.get("shown"),
    )


def put_forward(
    tx: Tx,
    kind: str,
    wording: str,
    *,
    author_id: str | None,
    by: Actor,
    values: dict[str, Any],
    activity: Any = None,
    late: bool = False,
    shown: str | None = None,
) -> Done:
    """Write one proposal with the first version of its wording; `shown` is what its author asked
    for beyond what the activity announced."""
    proposal_id = new_id()
    number = tx.log(
        "proposal_made", salted={"by": author_id or by.identity}, proposal=proposal_id, of=kind
    )
    proposal = Proposal(
        id=proposal_id,
        workshop_id=tx.workshop_id,
        kind=kind,
        activity_id=activity.id if activity else None,
        author_id=author_id,
        shown=shown or (activity.settings.get("shown") if activity else None) or "named",
        wording_version_id=word(
            tx, "proposal", proposal_id, wording, n=1, author_id=author_id, number=number
        ),
        late=late,
        position=_next_position(tx, kind),
        number=number,
        at=tx.now,
        **values,
    )
    add(tx, proposal)
    return Done(proposal_id, number)


def reword(
    tx: Tx, actor: Actor, proposal_id: str, version: int | None, fields: dict[str, Any]
) -> Done:
    """A new version of a wording, and new values beside it. An agreed text stays as it was agreed:
    the new one is a draft beside it.

    Raises Conflict `merged` for what another proposal took up: undoing the merge restores it as it
    was.
    """
    proposal = load(tx, Proposal, proposal_id)
    require(may_reword(actor, proposal))
    refuse_merged(proposal)
    before = wording_of(tx, proposal.wording_version_id)
    theirs = {name: getattr(proposal, name) for name in VALUES if name in fields}
    expect_version(proposal, version, {"text": before.text, **theirs})
    values = checked_values(tx, fields)
    placed = fields.keys() <= {"component_id", "area_id"}
    number = tx.log(
        "proposal_placed" if placed else "proposal_reworded",
        salted={"by": actor.identity},
        proposal=proposal_id,
    )
    if "text" in fields and (text := clean(fields["text"], "text")) != before.text:
        values["wording_version_id"] = next_wording(
            tx, actor, "proposal", proposal_id, before, text, number
        )
    if proposal.status == "returned" and proposal.author_id == actor.participant_id:
        values |= {"status": "waiting", "return_reason": ""}
    change(tx, Proposal, proposal_id, **values, version=proposal.version + 1)
    touch_cells(tx, proposal_id)
    return Done(proposal_id, number)


def checked_values(tx: Tx, fields: dict[str, Any]) -> dict[str, Any]:
    """The columns for these fields; what they name must be of this workshop."""
    values: dict[str, Any] = {
        name: clean(fields[name], name, required=False) for name in VALUES if name in fields
    }
    if "component_id" in fields:
        given = fields["component_id"]
        values["component_id"] = component(tx, given).id if given else None
    if fields.get("area_id"):
        values["area_id"] = area(tx, fields["area_id"]).id
    if own_key := clean(fields.get("own_key"), "own_key", limit=100, required=False):
        _refuse_twin(tx, own_key)
        values["own_key"] = own_key
    return values


def area(tx: Tx, area_id: str) -> Any:
    """A priority area of this workshop. Raises Refused `not_an_area` for a response."""
    found = load(tx, Proposal, area_id)
    if found.kind != "priority_area":
        raise Refused("not_an_area", N_("A response belongs to a priority area."), field="area")
    return found


def component(tx: Tx, component_id: str) -> Any:
    """A framework component that still stands, or NotFound."""
    found = load(tx, Component, component_id)
    if found.removed_at:
        raise NotFound
    return found


def _refuse_elsewhere(activity: Any, kind: str) -> None:
    if activity is None:
        return
    if activity.type != "propose":
        raise Refused(
            "wrong_activity", N_("This activity does not take proposals."), field="activity"
        )
    if activity.settings.get("kind", kind) != kind:
        raise Refused(
            "wrong_kind", N_("This activity asks for another kind of proposal."), field="kind"
        )


def _refuse_twin(tx: Tx, own_key: str) -> None:
    twin = tx.conn.execute(
        select(Proposal.id).where(
            Proposal.workshop_id == tx.workshop_id, Proposal.own_key == own_key
        )
    ).first()
    if twin:
        raise Conflict("id_taken", KEY_TAKEN, field="own_key", own_key=own_key)


def _next_position(tx: Tx, kind: str) -> int:
    last = tx.conn.execute(
        select(func.max(Proposal.position)).where(
            Proposal.workshop_id == tx.workshop_id, Proposal.kind == kind
        )
    ).scalar_one()
    return (last or 0) + 1
