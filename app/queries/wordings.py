"""What an option says now, wherever its words come from."""

from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.models import EvidenceItem, MatrixCell, Proposal, WordingVersion


def wording_now(conn: Connection, option: Any) -> tuple[str, str | None]:
    """An option's text as it stands now, with the wording version it was taken from."""
    if option.source_kind == "evidence":
        title = select(EvidenceItem.title).where(EvidenceItem.id == option.id)
        return conn.execute(title).scalar_one(), None
    subject = option.id
    if option.source_kind == "cell":
        carried = select(MatrixCell.response_id).where(MatrixCell.id == option.id)
        subject = conn.execute(carried).scalar_one()
    if option.source_kind in ("proposal", "cell"):
        found = conn.execute(
            select(WordingVersion)
            .join(Proposal, col(Proposal.wording_version_id) == col(WordingVersion.id))
            .where(Proposal.id == subject)
        ).one()
        return found.text, found.id
    return option.text, option.wording_version_id
