"""Evidence under review as the report prints it, with its grade and its regions as judged."""

from typing import Any

from sqlalchemy import Connection

from app.errors import N_
from app.queries.evidence import evidence as items_of
from app.queries.judged import Judged
from app.queries.report.words import Say

GRADED = N_("{item}: {grade}")
BY_REGION = N_("by region: {regions}")
VERDICT = {
    "holds": N_("holds"),
    "holds_in_part": N_("holds in part"),
    "does_not_hold": N_("does not hold"),
    "divided": N_("judged differently"),
    "unknown": N_("nobody can say"),
}
STRENGTH = {
    "strong": N_("strong"),
    "promising": N_("promising"),
    "mixed": N_("mixed"),
    "untested": N_("untested"),
    "expert_opinion": N_("expert opinion"),
}


def evidence(
    conn: Connection, workshop_id: str, found: dict[str, Judged], say: Say
) -> list[dict[str, str]]:
    """The items in their order; `grade` says what was judged of each, in words."""
    return [
        {"id": row.own_key or "", "kind": row.kind, "title": row.title, "gist": row.gist,
         "source": row.source, "grade": grade(found[row.id], say) if row.id in found else ""}
        for row in items_of(conn, workshop_id)
    ]  # fmt: skip


def graded(item: Any, judged: Judged, say: Say) -> str:
    """An item with its grade and regions."""
    return say(GRADED).format(item=item.own_key or item.title, grade=grade(judged, say))


def grade(judged: Judged, say: Say) -> str:
    """Whether it holds, how many gave which strength, and what the regions said."""
    strength = sorted(judged.strength.items(), key=lambda one: -one[1])
    regions = "; ".join(f"{name}: {say(VERDICT[one])}" for name, one in judged.regions.items())
    parts = [
        say(VERDICT[judged.verdict]),
        ", ".join(f"{say(STRENGTH[name])} ({n}×)" for name, n in strength),
        say(BY_REGION).format(regions=regions) if regions else "",
    ]
    return "; ".join(filter(None, parts))
