"""Who a contribution is shown to come from: one function for screens, API, log and exports.

The workshop's attribution rule hides the link between a person or delegation and a contribution
from every viewer but its author. What is shown is the stricter of this rule, of the round's
secrecy and of what the exercise announced. It does not hide who is invited or present.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.models import Delegation, Participant, Workshop
from app.policy import Actor

# From open to closed; the stricter of two is the one further to the right.
STRICTNESS = ("named", "delegation", "region", "none")
AS_RULE = {
    "named": "named",
    "delegation": "delegation",
    "region": "region",
    "none": "none",
    "anonymous": "none",
    "confidential": "none",
    "secret": "none",
}


@dataclass(frozen=True)
class Author:
    """A person as far as a contribution may be joined to them; observers contribute nothing."""

    id: str
    label: str
    delegation: str
    regions: tuple[str, ...]
    contributes: bool = True


@dataclass(frozen=True)
class Attribution:
    """How a contribution is signed. `kind` is own, named, delegation, region or hidden."""

    kind: str
    text: str = ""


HIDDEN = Attribution("hidden")


def stricter(*rules: str) -> str:
    """The strictest of several rules (attribution, secrecy, visibility)."""
    return max((AS_RULE[rule] for rule in rules), key=STRICTNESS.index)


def hides_answers(conn: Connection, round_: Any) -> bool:
    """Whether a person's answer in a round may not be shown, and so no group of a few either."""
    rule = select(Workshop.attribution).where(Workshop.id == round_.workshop_id)
    return stricter(conn.execute(rule).scalar_one(), round_.secrecy) not in ("named", "delegation")


def shown_as(author: Author | None, viewer: Actor | None, rule: str, *others: str) -> Attribution:
    """How the author of a contribution is shown to a viewer under the workshop's rule and
    whatever else restricts it (a round's secrecy, a proposal's visibility).

    `viewer` is None where something is made for everybody: a pushed region, a file.
    """
    if author is None:
        return HIDDEN
    if viewer is not None and viewer.participant_id == author.id:
        return Attribution("own", author.label)
    strictest = stricter(rule, *others)
    if strictest == "named":
        return Attribution("named", author.label)
    if strictest == "delegation" and author.delegation:
        return Attribution("delegation", author.delegation)
    # Under "region" a delegation is hidden too: State and region together would name the person.
    if strictest == "region" and author.regions:
        return Attribution("region", ", ".join(author.regions))
    return HIDDEN


def authors(conn: Connection, workshop_id: str) -> Mapping[str, Author]:
    """Everyone in a workshop by id, as authors."""
    rows: Any = conn.execute(
        select(Participant, col(Delegation.name).label("delegation"))
        .join(Delegation, col(Delegation.id) == col(Participant.delegation_id), isouter=True)
        .where(Participant.workshop_id == workshop_id)
    )
    return {row.id: _author(row) for row in rows}


def _author(row: Any) -> Author:
    contributes = "participant" in row.roles
    return Author(row.id, row.label, row.delegation or "", tuple(row.regions), contributes)
