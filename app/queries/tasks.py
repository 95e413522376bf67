"""What is to be done, what was made, and for whom."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select
from sqlmodel import col, select

from app.errors import N_, Conflict, NotFound
from app.models import LogLine, MadeExport, Task, Workshop

KEPT = timedelta(days=1)  # how long a file waits for who asked

# Why a task could not be done, by the code that its row keeps.
REASONS = {
    "gave_up": N_("It was tried several times and broke off each time. Ask for it again."),
    "unexpected": N_("Something went wrong on the server. Ask for it again."),
    "broken_log": N_("The log is broken; no backup was written. Ask whoever runs this server."),
    "nothing_to_export": N_("There is nothing in this meeting that such a file could hold."),
    "no_mail": N_("This server sends no mail: its operator sets SMTP_URL and MAIL_FROM for that."),
    "no_address": N_("This person has no e-mail address. Enter one and send again."),
    "bad_address": N_("This e-mail address can't be read. Correct it and send again."),
    "dead_link": N_("The link was made on another server or signed out. Print a place card."),
    "mail_refused": N_("The mail server refused this address or message. Check the address."),
    "mail_later": N_("The mail server put the message off too often. Send it again later."),
    "mail_login": N_("The mail server did not accept this server's name and password."),
    "mail_server": N_("The mail server can't do what SMTP_URL asks for, such as encryption."),
    "mail_unreachable": N_("The mail server could not be reached. Send again once it is back."),
}
# What takes something out of files that were made before it.
HIDING = (
    "proposal_held", "reason_held", "flag_changed", "flag_withdrawn", "participant_erased",
    "people_forgotten",
)  # fmt: skip
HIDING_FIELDS = {"attribution", "annex"}
OUTDATED = N_(
    "Since this file was made, something in it is no longer shown. Ask for the file again."
)
DAMAGED = N_("This file is damaged. Ask for it again.")


def reason(code: str) -> str:
    """Why a task failed, as a sentence."""
    return REASONS.get(code, REASONS["unexpected"])


def exports_of(conn: Connection, workshop_id: str, identity: str) -> list[Any]:
    """The files that one actor asked for, the newest first."""
    return list(
        conn.execute(
            select(Task)
            .where(Task.workshop_id == workshop_id, Task.kind == "export", Task.about == identity)
            .order_by(col(Task.asked_at).desc(), col(Task.id))
        )
    )


def export_of(conn: Connection, workshop_id: str, identity: str, export_id: str) -> Any:
    """One of them, or NotFound: another's file does not exist."""
    for found in exports_of(conn, workshop_id, identity):
        if found.id == export_id:
            return found
    raise NotFound


def made_export(conn: Connection, workshop_id: str, identity: str, export_id: str) -> Any:
    """The file itself. Raises NotFound, or Conflict where it holds what is hidden by now."""
    export_of(conn, workshop_id, identity, export_id)
    made = conn.execute(select(MadeExport).where(MadeExport.task_id == export_id)).one_or_none()
    if made is None:
        raise NotFound
    if _hidden_since(conn, workshop_id, made.seq):
        raise Conflict("outdated", OUTDATED)
    if hashlib.sha256(made.content).hexdigest() != made.sha256:
        raise Conflict("damaged", DAMAGED)
    return made


def _hidden_since(conn: Connection, workshop_id: str, seq: int) -> bool:
    later = conn.execute(
        select(LogLine.kind, col(LogLine.ids)).where(
            LogLine.workshop_id == workshop_id,
            LogLine.number > seq,
            col(LogLine.kind).in_((*HIDING, "workshop_changed")),
        )
    )
    return any(
        line.kind in HIDING or HIDING_FIELDS & set(line.ids.get("fields", [])) for line in later
    )


def past_exports(now: datetime) -> Select[Any]:
    """The ids of exports whose day is over, made or failed; one whose file was not kept, since a
    backup holds none, goes the same way."""
    return select(Task.id).where(
        Task.kind == "export", Task.state != "waiting", col(Task.done_at) <= now - KEPT
    )


def any_past_exports(conn: Connection, now: datetime) -> bool:
    """Whether there are any."""
    return conn.execute(past_exports(now).limit(1)).first() is not None


def seq_of(conn: Connection, workshop_id: str) -> int:
    """The last number of a workshop's log."""
    found = conn.execute(select(Workshop.seq).where(Workshop.id == workshop_id))
    return int(found.scalar_one())
