"""What others need to check a meeting: the chained lines, the frozen ballots, the outcomes.

Every file here has its digest in the log, so none of them can be changed without the chain.
"""

from dataclasses import dataclass
from typing import Any

import rfc8785
from sqlalchemy import Connection
from sqlmodel import col, select

from app.models import LogLine, Outcome, Round, Workshop
from app.queries.chain import body_of
from app.queries.polls import frozen, poll_of
from app.queries.receipts import receipts_file


@dataclass(frozen=True)
class Audit:
    """The salt of the chain's first link, every line as the bytes that are chained, the head after
    each, and the files whose digests lines hold, by name."""

    salt: str
    lines: list[bytes]
    heads: list[str]
    files: dict[str, bytes]


def audit(conn: Connection, workshop_id: str) -> Audit:
    """Everything that can be checked of a meeting, as one snapshot."""
    salt = conn.execute(select(Workshop.salt).where(Workshop.id == workshop_id)).scalar_one()
    lines = conn.execute(
        select(LogLine).where(LogLine.workshop_id == workshop_id).order_by(col(LogLine.number))
    ).all()
    return Audit(
        salt=salt,
        lines=[rfc8785.dumps(body_of(line)) for line in lines],
        heads=[line.hash for line in lines],
        files=_frozen(conn, workshop_id) | _outcomes(conn, workshop_id),
    )


def head_after(conn: Connection, workshop_id: str, number: int) -> str:
    """The head of the log after one of its lines: whoever keeps it can prove what stood until
    there."""
    return str(
        conn.execute(
            select(LogLine.hash).where(LogLine.workshop_id == workshop_id, LogLine.number == number)
        ).scalar_one()
    )


def outcome_file(result: dict[str, Any]) -> bytes:
    """An outcome as RFC 8785 JSON; the log holds its SHA-256."""
    return rfc8785.dumps(result)


def _frozen(conn: Connection, workshop_id: str) -> dict[str, bytes]:
    """What the close of each round froze. Its ballots: equal ones merged, in the order of their
    content, joined to nobody; their SHA-256 is the round's input digest. And its list of receipts,
    where there is one."""
    closed = conn.execute(
        select(Round.id).where(
            Round.workshop_id == workshop_id, col(Round.status).in_(("closed", "sealed"))
        )
    ).scalars()
    files = {}
    for id_ in closed.all():
        files[f"ballots/{id_}.json"] = frozen(poll_of(conn, id_))
        if listed := receipts_file(conn, id_):
            files[f"receipts/{id_}.json"] = listed
    return files


def _outcomes(conn: Connection, workshop_id: str) -> dict[str, bytes]:
    found: Any = conn.execute(
        select(Outcome.round_id, Outcome.n, col(Outcome.result)).where(
            Outcome.workshop_id == workshop_id
        )
    )
    return {f"outcomes/{row.round_id}-{row.n}.json": outcome_file(row.result) for row in found}
