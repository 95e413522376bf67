"""Amendments: what somebody would have a row say instead. The drafting group takes one up, which
makes a version that names it, or sets it aside with a reason."""

from typing import Any

from app.actions.base import Done, Tx, change, clean, load
from app.actions.drafts import MODELS
from app.actions.flags import row_of
from app.actions.rewording import next_wording, touch_cells, wording_of
from app.activities.language import carried
from app.errors import N_, Conflict
from app.models import Flag, Proposal
from app.policy import Actor, may_take_up, may_write, require

MOVED_ON = N_("The wording has changed since it was read. Read the amendment beside the new one.")


def take_up_flag(tx: Tx, actor: Actor, flag_id: str, version: str | None = None) -> Done:
    """Take up the wording that a flag asks for: it holds the row up no longer. An amendment that
    the present wording (`version`, as it was read) can take in becomes its next version; otherwise
    this records that what was asked for stands in the row now. Its author may still say otherwise.

    Raises Conflict `not_asked`, `edited_meanwhile`, and `not_reworded` while the row says what it
    said when the flag was raised.
    """
    flag = load(tx, Flag, flag_id)
    asked = flag.flag == "another_wording" and not (flag.withdrawn_at or flag.taken_up_at)
    kind, row, current = row_of(tx, flag.row_id)
    text = _as_amended(tx, flag, current) if asked else None
    require(may_take_up(actor, amends=text is not None))
    if not asked:
        raise Conflict("not_asked", N_("No other wording is asked for by this flag."))
    if version is not None and version != current:
        raise Conflict("edited_meanwhile", MOVED_ON, current=current)
    if text is not None:
        _reword(tx, actor, kind, row, current, text, flag_id)
    elif current == flag.wording_version_id:
        raise Conflict("not_reworded", N_("The row still says what it said. Reword it first."))
    number = tx.log("flag_taken_up", row=flag.row_id, flag=flag_id)
    change(
        tx, Flag, flag_id, taken_up_at=tx.now, set_aside_at=None, set_aside_reason="",
        version=flag.version + 1,
    )  # fmt: skip
    return Done(flag_id, number)


def set_aside_flag(tx: Tx, actor: Actor, flag_id: str, reason: str) -> Done:
    """Answer who asked for another wording that it is not taken up, and why. The flag stands: its
    author withdraws it, turns it into another, or lets the chair rule with it.

    Raises Conflict `not_asked` where no other wording is asked for.
    """
    flag = load(tx, Flag, flag_id)
    require(may_write(actor))
    if flag.flag != "another_wording" or flag.withdrawn_at or flag.taken_up_at:
        raise Conflict("not_asked", N_("No other wording is asked for by this flag."))
    why = clean(reason, "reason", limit=2000)
    number = tx.log("flag_set_aside", row=flag.row_id, flag=flag_id)
    change(tx, Flag, flag_id, set_aside_at=tx.now, set_aside_reason=why, version=flag.version + 1)
    return Done(flag_id, number)


def _as_amended(tx: Tx, flag: Any, current: str) -> str | None:
    """What the row would say with the amendment, or None if there is none to put in."""
    if not flag.wording:
        return None
    base = wording_of(tx, flag.wording_version_id).text
    return carried(base, flag.wording, wording_of(tx, current).text)


def _reword(
    tx: Tx, actor: Actor, kind: str, row: Any, current: str, text: str, flag_id: str
) -> None:
    """The next version of the row's wording; a response's stands in every cell that it serves."""
    before = wording_of(tx, current)
    what, subject = ("proposal", row.response_id) if kind == "cell" else (kind, row.id)
    number = tx.log(f"{what}_reworded", salted={"by": actor.identity}, **{what: subject})
    new = next_wording(tx, actor, what, subject, before, text, number, flag_id)
    model: Any = Proposal if kind == "cell" else MODELS[kind]
    now = load(tx, model, subject)
    change(tx, model, subject, wording_version_id=new, version=now.version + 1)
    if kind == "cell":
        touch_cells(tx, subject)
