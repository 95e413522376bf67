"""The silent start: everyone writes alone for so long, then the proposals show by themselves."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from app.actions.base import Done, Tx, change, load
from app.models import Activity
from app.policy import Actor, may_lead, require


def end_of_silence(tx: Tx, settings: Mapping[str, Any], stage: str) -> datetime | None:
    """When the silence ends that begins with this stage; None where somebody ends it by hand."""
    minutes = settings.get("silent") if stage == "writing" else None
    return tx.now + timedelta(minutes=minutes) if minutes else None


def reveal_due(tx: Tx, actor: Actor, activity_id: str) -> Done:
    """Reveal what was written in silence, where its time has passed. Every process may try; the
    first one does it. The meeting, if it has gone on, is not brought back."""
    activity = load(tx, Activity, activity_id)
    require(may_lead(actor, activity.group_id))
    due = activity.reveals_at is not None and activity.reveals_at <= tx.now
    if activity.stage != "writing" or not due:
        return Done(activity_id)
    change(
        tx, Activity, activity_id,
        stage="revealed", reveals_at=None, version=activity.version + 1,
    )  # fmt: skip
    return Done(activity_id, tx.log("activity_staged", activity=activity_id, stage="revealed"))
