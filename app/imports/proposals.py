"""Proposals written before the meeting or outside it: priority areas and responses to them."""

from app.errors import N_, Refused
from app.imports.base import Column, Fields, Noun, text

KINDS = {
    "": "",
    "priority area": "priority_area",
    "area": "priority_area",
    "response": "response",
    "programmatic response": "response",
}
NOT_A_KIND = N_("“{value}” is not a kind of proposal. It is priority_area or response.")
NO_AREA = N_("A response names the priority area that it answers, by the area’s id.")


def _kind(value: str) -> str:
    word = " ".join(value.casefold().replace("_", " ").replace("-", " ").split())
    if word not in KINDS:
        raise Refused("unknown_value", NOT_A_KIND, value=value[:60])
    return KINDS[word]


def _proposal(fields: Fields) -> Fields:
    """Without a kind, what names an area is a response to it, and anything else a priority area.
    `author`, `area` and `component` are the organiser's own ids."""
    fields["kind"] = fields.get("kind") or ("response" if fields.get("area") else "priority_area")
    if fields["kind"] == "response" and not fields.get("area"):
        raise Refused("missing_field", NO_AREA, field="area")
    return fields


NOUN = Noun(
    "proposals",
    (
        Column("id", "own_key", read=text("id", 100)),
        Column("author_id", "author", ("author",), read=text("author_id", 100)),
        Column("kind", "kind", read=_kind),
        Column("text", "text", ("title", "response"), read=text("text", 10_000), required=True),
        Column("area", "area", ("area_id", "priority_area_id"), read=text("area", 100)),
        Column("component", "component", ("component_id",), read=text("component", 100)),
        Column("problem_statement", "problem_statement", read=text("problem_statement", 10_000)),
        Column("regional_context", "regional_context", read=text("regional_context", 10_000)),
        Column("level", "level", read=text("level", 200)),
        Column("lead_actor", "lead_actor", read=text("lead_actor", 2_000)),
        Column("partners", "partners", ("partner",), read=text("partners", 2_000)),
        Column("time_frame", "time_frame", ("timeframe",), read=text("time_frame", 200)),
        Column("resources", "resources", read=text("resources", 2_000)),
        Column("indicator", "indicator", read=text("indicator", 2_000)),
        Column("evidence_status", "evidence_status", read=text("evidence_status", 200)),
        Column("source", "source", read=text("source", 2_000)),
        Column("reference_cluster", ""),
    ),
    finish=_proposal,
)
