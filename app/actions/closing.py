"""Closing a round and what follows: countdown, keep open, reopen, publish. Commit order decides."""

from datetime import datetime, timedelta
from typing import Any

from app.actions.base import Done, Tx, add, change, clean, goes_on, group_of, load, meeting
from app.actions.sealing import unlink_ballots
from app.errors import N_, Refused
from app.methods.digest import digest_of
from app.models import Activity, Reopening, Round, Workshop
from app.policy import (
    Actor,
    may_close_round,
    may_facilitate,
    may_keep_open,
    may_lead,
    may_publish,
    may_reopen_round,
    require,
)
from app.queries.polls import frozen_digest, poll_of, register_digest
from app.queries.receipts import receipts_file


def close_round(tx: Tx, actor: Actor, round_id: str, countdown: int = 0) -> Done:
    """Close now, or start a countdown of so many seconds during which ballots still count."""
    round_ = load(tx, Round, round_id)
    require(may_close_round(actor, round_, group_of(tx, round_.activity_id)))
    if countdown <= 0:
        return _freeze(tx, round_)
    until = tx.now + timedelta(seconds=countdown)
    if round_.closes_at:
        until = min(until, round_.closes_at)
    number = tx.log("round_closing", round=round_id, seconds=countdown)
    change(tx, Round, round_id, status="closing", closes_at=until, version=round_.version + 1)
    return Done(round_id, number)


@goes_on
def close_due(tx: Tx, actor: Actor, round_id: str) -> Done:
    """Close a round whose deadline has passed. Every process may try; the first one does it."""
    round_ = load(tx, Round, round_id)
    if round_.status not in ("open", "closing"):
        return Done(round_id)
    require(may_close_round(actor, round_, group_of(tx, round_.activity_id)))
    if round_.closes_at is None or round_.closes_at > tx.now:
        return Done(round_id)
    return _freeze(tx, round_)


def _freeze(tx: Tx, round_: Any) -> Done:
    """Freeze ballots, register and input digest; the count runs after the commit, unlocked."""
    if round_.secrecy == "secret":
        unlink_ballots(tx, round_)
    digest = frozen_digest(poll_of(tx.conn, round_.id))
    register = register_digest(tx.conn, round_.id)
    listed = receipts_file(tx.conn, round_.id)
    more: dict[str, Any] = {"receipts": digest_of(listed)} if listed else {}
    number = tx.log(
        "round_closed", round=round_.id, activity=round_.activity_id, digest=digest,
        register=register, **more,
    )  # fmt: skip
    change(
        tx,
        Round,
        round_.id,
        status="closed",
        closed_at=tx.now,
        closed_number=number,
        closes_at=None,
        input_digest=digest,
        register_digest=register,
        version=round_.version + 1,
    )
    return Done(round_.id, number)


def keep_open(tx: Tx, actor: Actor, round_id: str) -> Done:
    """Stop the countdown; the round is open again as if it had not begun."""
    round_ = load(tx, Round, round_id)
    require(may_keep_open(actor, round_, group_of(tx, round_.activity_id)))
    number = tx.log("round_kept_open", round=round_id)
    change(tx, Round, round_id, status="open", closes_at=None, version=round_.version + 1)
    return Done(round_id, number)


def set_deadline(tx: Tx, actor: Actor, round_id: str, seconds: int | None) -> Done:
    """Close by itself so many seconds from now, or not at all (None)."""
    round_ = load(tx, Round, round_id)
    require(may_facilitate(actor))
    if round_.status != "open":
        raise Refused("not_open", N_("This round is not open."))
    until = None if seconds is None else tx.now + timedelta(seconds=seconds)
    _never_later(round_, until)
    number = tx.log("timer_changed", round=round_id, seconds=seconds)
    change(tx, Round, round_id, closes_at=until, version=round_.version + 1)
    return Done(round_id, number)


def _never_later(round_: Any, until: datetime | None) -> None:
    """A secret round is never extended: whoever still comes in could be told from the rest."""
    if round_.secrecy != "secret" or round_.closes_at is None:
        return
    if until is None or until > round_.closes_at:
        raise Refused(
            "secret_final", N_("A secret round is never extended. Vote anew in a new round.")
        )


def extend_round(tx: Tx, actor: Actor, round_id: str, seconds: int) -> Done:
    """Close by itself so much later: after the present deadline, or from now without one."""
    round_ = load(tx, Round, round_id)
    require(may_lead(actor, group_of(tx, round_.activity_id)))
    if round_.status != "open":
        raise Refused("not_open", N_("This round is not open."))
    until = (round_.closes_at or tx.now) + timedelta(seconds=seconds)
    _never_later(round_, until)
    number = tx.log("timer_changed", round=round_id, seconds=seconds)
    change(tx, Round, round_id, closes_at=until, version=round_.version + 1)
    return Done(round_id, number)


def reopen_round(tx: Tx, actor: Actor, round_id: str, reason: str) -> Done:
    """Go on with the same round and its ballots. The earlier outcome stays beside the next."""
    round_ = load(tx, Round, round_id)
    require(may_reopen_round(actor, round_))
    why = clean(reason, "reason", limit=2000)
    number = tx.log("round_reopened", round=round_id)
    add(tx, Reopening(round_id=round_id, reason=why, number=number, at=tx.now))
    change(
        tx,
        Round,
        round_id,
        status="open",
        closed_at=None,
        closed_number=None,
        published_participants=False,
        published_screen=False,
        published_certainty=False,
        version=round_.version + 1,
    )
    activity = load(tx, Activity, round_.activity_id)
    stage = "deciding" if activity.type == "agree" else "running"
    change(tx, Activity, activity.id, stage=stage, version=activity.version + 1)
    return Done(round_id, number)


def publish_round(tx: Tx, actor: Actor, round_id: str, to: list[str]) -> Done:
    """Show the outcome to participants, to the big screen, or both, and how certain it is beside
    it; an empty list hides it."""
    round_ = load(tx, Round, round_id)
    require(may_publish(actor, round_, group_of(tx, round_.activity_id)))
    number = tx.log("round_published", round=round_id, to=sorted(to))
    change(
        tx,
        Round,
        round_id,
        published_participants="participants" in to,
        published_screen="screen" in to,
        published_certainty="certainty" in to,
        version=round_.version + 1,
    )
    _follow_on_screen(tx, round_, "screen" in to)
    return Done(round_id, number)


def _follow_on_screen(tx: Tx, round_: Any, shown: bool) -> None:
    """The big screen turns to what was just published, and back to the question when it is hidden;
    anything else that stands there stays."""
    now = meeting(tx)
    here = {"activity": round_.activity_id, "round": round_.id}
    if now.screen.get("round") != round_.id and now.current_activity_id != round_.activity_id:
        return
    if shown or now.screen.get("show") == "results":
        change(tx, Workshop, now.id, screen={"show": "results" if shown else "question", **here})
