"""What was judged of each piece of evidence: whether it holds, how strong it is, and where."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.analysis.suppression import hidden_groups
from app.methods.evidence_judgement import HOLDS, verdict
from app.models import Outcome, Round
from app.policy import FEWEST
from app.queries.attribution import hides_answers
from app.queries.polls import counted_ballots
from app.queries.support import OPEN


@dataclass(frozen=True)
class Judged:
    """One item in the last outcome it stood in: the verdict, how many gave which strength, and the
    verdict of each region, where the round showed answers by region."""

    verdict: str
    strength: dict[str, int]
    regions: dict[str, str] = field(default_factory=dict)


def judged(conn: Connection, workshop_id: str, *, published: bool = False) -> dict[str, Judged]:
    """Item id to its judgement; of published results alone, if so."""
    found: dict[str, Judged] = {}
    for row in _outcomes(conn, workshop_id, published):
        regions = _by_region(conn, row)
        for item, figures in row.result["diagnostics"]["options"].items():
            if figures["n"]:
                given = {name: n for name, n in figures["strength"].items() if n}
                found[item] = Judged(figures["verdict"], given, regions.get(item, {}))
    return found


def _outcomes(conn: Connection, workshop_id: str, published: bool) -> list[Any]:
    rows: Any = conn.execute(
        select(Round, col(Outcome.result))
        .join(Outcome, col(Outcome.round_id) == col(Round.id))
        .where(
            Outcome.workshop_id == workshop_id,
            Round.shape == "judgement",
            *([OPEN] if published else []),
        )
        .order_by(col(Outcome.number))
    )
    return list(rows)


def _by_region(conn: Connection, round_: Any) -> dict[str, dict[str, str]]:
    """Item id to region to verdict, if the round said before it opened that regions are shown, and
    without those too small to hide in. Who spoke for several or for none stands in none."""
    if not round_.by_region or round_.status not in ("closed", "sealed"):
        return {}
    tables: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for ballot in counted_ballots(conn, round_):
        for item, said in ballot.body["judgement"].items():
            regions = said.get("regions") or []
            if said.get("holds"):
                tables[item][regions[0] if len(regions) == 1 else ""][said["holds"]] += 1
    guarded = hides_answers(conn, round_)
    return {item: _verdicts(table, guarded) for item, table in tables.items()}


def _verdicts(table: dict[str, Counter[str]], guarded: bool) -> dict[str, str]:
    hidden = hidden_groups(table, FEWEST) if guarded else frozenset()
    return {
        region: verdict({answer: table[region][answer] for answer in HOLDS})
        for region in sorted(table)
        if region and region not in hidden
    }
