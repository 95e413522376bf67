"""What all actions share: scoped loading, versions, clean text, wordings."""

import unicodedata
from typing import Any, TypeVar

from sqlalchemy import Row, insert, update
from sqlmodel import SQLModel, select

from app.db import Done, Tx, goes_on
from app.errors import N_, Conflict, NotFound, Refused
from app.models import Activity, WordingVersion, Workshop
from app.models.base import new_id

M = TypeVar("M", bound=SQLModel)

BIDI = dict.fromkeys(map(ord, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f"))
INVISIBLE = dict.fromkeys(map(ord, "\u200b\u2060\ufeff"))


def meeting(tx: Tx) -> Any:
    """The locked workshop's row."""
    return tx.conn.execute(select(Workshop).where(Workshop.id == tx.workshop_id)).one()


def load(tx: Tx, model: type[M], object_id: str | None) -> Any:
    """One row of this workshop, or NotFound: what belongs elsewhere does not exist here."""
    table: Any = model
    found = tx.conn.execute(
        select(model).where(table.id == object_id, table.workshop_id == tx.workshop_id)
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def group_of(tx: Tx, activity_id: str) -> str | None:
    """The group that has an activity for itself; None for what is everybody's."""
    found = select(Activity.group_id).where(Activity.id == activity_id)
    group_id: str | None = tx.conn.execute(found).scalar_one()
    return group_id


def add(tx: Tx, row: SQLModel) -> str:
    """Insert one row (validated by its constraints) and return its id."""
    tx.conn.execute(insert(type(row)).values(**row.model_dump()))
    return str(getattr(row, "id", ""))


def change(tx: Tx, model: type[M], object_id: str, **values: Any) -> None:
    """Update one row by id."""
    table: Any = model
    tx.conn.execute(update(model).where(table.id == object_id).values(**values))


def expect_version(row: Row[Any], version: int | None, current: Any = None) -> None:
    """Refuse a change made on an older version; `current` is what the other side wrote."""
    if version is not None and row.version != version:
        raise Conflict(
            "edited_meanwhile",
            N_("Someone else changed this meanwhile. Both texts are shown; choose and save again."),
            current=current,
            version=row.version,
        )


def clean(
    text: str | None, field: str, *, limit: int = 10_000, required: bool = True, name: bool = False
) -> str:
    """A person's text as it is stored: NFC, without control characters, not longer than `limit`.

    Raises Refused: title_empty, too_long or bad_characters, naming the field.
    """
    value = unicodedata.normalize("NFC", text or "")
    if any(unicodedata.category(ch) in ("Cs", "Cc") and ch not in "\n\r\t" for ch in value):
        raise Refused(
            "bad_characters", N_("This text holds characters that can't be stored."), field=field
        )
    if name:
        value = " ".join(value.translate(BIDI).split())
    value = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if required and not value.translate(INVISIBLE).translate(BIDI).strip():
        message = N_("Please fill in the field “{name}”.")
        raise Refused(f"{field}_empty", message, field=field, name=field)
    if len(value) > limit:
        raise Refused(
            "too_long",
            N_("This text has {length} characters; at most {limit} fit."),
            field=field,
            length=len(value),
            limit=limit,
        )
    return value


def label_key(label: str) -> str:
    """A label as it is compared, so that two look-alike names can't stand side by side."""
    folded = unicodedata.normalize("NFKC", label).casefold()
    return " ".join(folded.split())


def word(
    tx: Tx, kind: str, subject_id: str, text: str, *, n: int, author_id: str | None, number: int,
    amendment_id: str | None = None,
) -> str:  # fmt: skip
    """Add one version of a wording and return its id; `amendment_id` is the flag it takes up."""
    return add(
        tx,
        WordingVersion(
            workshop_id=tx.workshop_id,
            subject_kind=kind,
            subject_id=subject_id,
            n=n,
            text=text,
            author_id=author_id,
            amendment_id=amendment_id,
            number=number,
            at=tx.now,
        ),
    )


__all__ = [
    "Done",
    "Tx",
    "add",
    "change",
    "clean",
    "expect_version",
    "goes_on",
    "label_key",
    "load",
    "meeting",
    "new_id",
    "word",
]
