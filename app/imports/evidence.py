"""Evidence items under review: studies, theories, cases, lessons learned, good practices."""

from app.actions.evidence import checked_evidence
from app.errors import N_, Refused
from app.imports.base import Column, Fields, Noun, text

YES = {"": True, "yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
NOT_YES_OR_NO = N_("“{value}” should be yes or no.")


def _documented(value: str) -> bool:
    if value.casefold() not in YES:
        raise Refused("unknown_value", NOT_YES_OR_NO, value=value[:60])
    return YES[value.casefold()]


def _item(fields: Fields) -> Fields:
    if not fields.get("kind"):
        fields.pop("kind", None)
    return checked_evidence(fields, new=True)


NOUN = Noun(
    "evidence",
    (
        Column("id", "own_key", read=text("id", 100)),
        Column("kind", "kind", read=text("kind", 60)),
        Column("title", "title", read=text("title", 500), required=True),
        Column("gist", "gist", read=text("gist", 10_000)),
        Column("source", "source", read=text("source", 2_000)),
        Column("documented", "documented", read=_documented),
        Column("links", "links", read=str.split),
    ),
    finish=_item,
)
