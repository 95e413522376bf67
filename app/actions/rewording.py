"""A new version of a wording, and what follows: whoever flagged a row that carries it is asked
again, and whoever edits such a row meanwhile is told."""

from typing import Any

from sqlalchemy import update
from sqlmodel import col, select

from app.actions.base import Tx, change, word
from app.activities.language import stands_in
from app.errors import N_, Conflict
from app.models import Flag, MatrixCell, WordingVersion
from app.policy import Actor


def wording_of(tx: Tx, version_id: str) -> Any:
    """One version of a wording."""
    return tx.conn.execute(select(WordingVersion).where(WordingVersion.id == version_id)).one()


def next_wording(
    tx: Tx, actor: Actor, kind: str, subject_id: str, before: Any, text: str, number: int,
    amendment_id: str | None = None,
) -> str:  # fmt: skip
    """Add the version after `before` and return its id. Versions are added, never changed."""
    new = word(
        tx, kind, subject_id, text, n=before.n + 1, author_id=actor.participant_id, number=number,
        amendment_id=amendment_id,
    )  # fmt: skip
    rows = rows_carrying(tx, kind, subject_id)
    ask_again(tx, rows)
    _ask_for_wordings_anew(tx, rows, text)
    return new


def rows_carrying(tx: Tx, kind: str, subject_id: str) -> list[str]:
    """The rows whose wording this is: a response stands in every cell that it serves."""
    if kind != "proposal":
        return [subject_id]
    cells = select(MatrixCell.id).where(MatrixCell.response_id == subject_id)
    return list(tx.conn.execute(cells).scalars())


def ask_again(tx: Tx, row_ids: list[str]) -> None:
    """Put the question of a standing flag to its author once more, on the new wording."""
    tx.conn.execute(
        update(Flag)
        .where(col(Flag.row_id).in_(row_ids), col(Flag.withdrawn_at).is_(None))
        .values(asked_again_at=tx.now)
    )


def _ask_for_wordings_anew(tx: Tx, row_ids: list[str], text: str) -> None:
    """A wording that was taken up may have gone again with this version; an amendment stays taken
    up as long as every word of it stands."""
    taken_up = select(Flag).where(col(Flag.row_id).in_(row_ids), col(Flag.taken_up_at).is_not(None))
    for flag in tx.conn.execute(taken_up).all():
        base = wording_of(tx, flag.wording_version_id).text
        if not flag.wording or not stands_in(base, flag.wording, text):
            change(tx, Flag, flag.id, taken_up_at=None)


def touch_cells(tx: Tx, response_id: str, but: str = "") -> None:
    """What a response says shows in all its cells: an edit of any of them that began before is
    told so, instead of overwriting it silently."""
    tx.conn.execute(
        update(MatrixCell)
        .where(col(MatrixCell.response_id) == response_id, col(MatrixCell.id) != but)
        .values(version=MatrixCell.version + 1)
    )


def refuse_merged(proposal: Any) -> None:
    """What was merged is changed through the proposal that took it up."""
    if proposal.status == "merged":
        raise Conflict("merged", N_("This proposal has been merged. Undo the merge first."))
