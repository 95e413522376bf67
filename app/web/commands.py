"""The commands that have frames, carried out as their POSTs are: same key, same answer."""

from typing import Any

from starlette.applications import Starlette

from app import clock
from app.actions.proposals import propose
from app.errors import N_
from app.live.client import Client
from app.live.frames import CastBallot, Command, Propose
from app.policy import Actor, no, require
from app.queries.changes import recorded_at
from app.web.deps import as_sent, key_for

BALLOT_AS_POSTED = ("body", "revision", "reasons", "codes", "ballot_key")
ONLY_LOOKS = {"screen", "observer", "interpreter"}
LOOKS_ON = N_("This page only looks on: it can't send anything.")


async def carry_out(
    app: Starlette, workshop_id: str, client: Client, command: Command
) -> dict[str, Any]:
    """Do it, and return what its ack says. Raises what the sender is told."""
    if client.page == "screen" or client.actor.roles <= ONLY_LOOKS:
        require(no("not_allowed", LOOKS_ON))
    if isinstance(command, CastBallot):
        return await _cast(app, workshop_id, client.actor, command)
    return await _propose(app, workshop_id, client.actor, command)


async def _cast(
    app: Starlette, workshop_id: str, actor: Actor, ballot: CastBallot
) -> dict[str, Any]:
    sent = ballot.model_fields_set
    posted = {name: getattr(ballot, name) for name in BALLOT_AS_POSTED if name in sent}
    place = ["POST", f"/api/v1/rounds/{ballot.round}/ballots", ""]
    key = key_for(actor, ballot.key, place, as_sent(posted))
    receipt = await app.state.intake.cast(
        workshop_id, actor, key, ballot.round, ballot.revision, ballot.body, ballot.reasons,
        ballot_key=ballot.ballot_key, codes=ballot.codes,
    )  # fmt: skip
    return {
        "round": receipt.round_id,
        "number": receipt.number,
        "revision": receipt.revision,
        "recorded_at": clock.stamp(receipt.recorded_at) if receipt.recorded_at else None,
        "replayed": receipt.replayed,
        "receipt": receipt.words,
    }


async def _propose(
    app: Starlette, workshop_id: str, actor: Actor, proposal: Propose
) -> dict[str, Any]:
    posted = proposal.model_dump(
        include={"activity", "kind", "text", "area", "shown"}, exclude_unset=True
    )
    place = ["POST", f"/api/v1/workshops/{workshop_id}/proposals", ""]
    done = await app.state.db.keyed(
        key_for(actor, proposal.key, place, as_sent(posted)),
        workshop_id,
        propose,
        actor,
        proposal.kind,
        proposal.text,
        proposal.activity,
        proposal.area,
        {"shown": proposal.shown},
    )
    made_at = await app.state.db.read(recorded_at, workshop_id, done.number)
    return {
        "proposal": done.id,
        "number": done.number,
        "recorded_at": made_at,
        "replayed": done.replayed,
    }
