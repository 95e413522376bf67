"""Comparisons of a round: what was shown, what came of it, and whether it is enough."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.activities.compare import compares, enough_of
from app.activities.sentences import Sentence
from app.analysis.adaptive import Asked
from app.analysis.strengths import Compared, compared
from app.errors import N_
from app.models import Ballot, RoundOption, Showing
from app.queries.polls import poll_of
from app.queries.step import step_now

JUDGED = N_(
    "Judged: {judged}, {tied} of them as equal; skipped by who could not decide: {skipped}."
)
SETS_JUDGED = N_("Judged: {judged}; skipped by who could not decide: {skipped}.")
OPEN_PAIRS = N_(
    "Pairs that cannot be told apart: {n} of {all}; expected in the wrong order: {doubt} in 100."
)
SHOWN = N_(
    "Pairs shown: {n}; to connect {connect}, the least shown first {fewest}, the closest {closest}."
)


@dataclass(frozen=True)
class Shown:
    """A set that was put before a voter, in the order in which it stood there; the body of their
    answer, or None, with its revision."""

    item: str
    options: tuple[str, ...]
    rule: str
    body: dict[str, Any] | None = None
    revision: int = 0

    @property
    def skipped(self) -> bool:
        return bool(self.body and self.body.get("skip"))


def showings_of(conn: Connection, entry_id: str | None) -> list[Shown]:
    """Everything that one voting unit was shown, first to last, with its answers."""
    answers = {
        row.item: row
        for row in conn.execute(
            select(Ballot.item, Ballot.body, Ballot.revision).where(
                Ballot.entry_id == entry_id, col(Ballot.superseded_by).is_(None)
            )
        )
    }
    rows = conn.execute(
        select(Showing).where(Showing.entry_id == entry_id).order_by(col(Showing.n))
    )
    found = []
    for row in rows:
        own = answers.get(row.item)
        (body,) = own.body.values() if own else (None,)
        options = tuple(row.shown)
        found.append(Shown(row.item, options, row.rule, body, own.revision if own else 0))
    return found


def asked_of(conn: Connection, round_: Any, entry_id: str) -> Asked:
    """What the panel was shown and has judged, as the choice of the next set reads it."""
    options = conn.execute(
        select(RoundOption.id)
        .where(RoundOption.round_id == round_.id)
        .order_by(col(RoundOption.position))
    ).scalars()
    showings = conn.execute(
        select(Showing.entry_id, Showing.shown).where(Showing.round_id == round_.id)
    ).all()
    sets = [(row.entry_id, tuple(sorted(row.shown))) for row in showings]
    wins: dict[tuple[str, str], float] = defaultdict(float)
    if round_.shape == "pair":
        for body in conn.execute(
            select(Ballot.body).where(
                Ballot.round_id == round_.id, col(Ballot.superseded_by).is_(None)
            )
        ).scalars():
            _add(wins, body["pair"])
    return Asked(
        options=tuple(options),
        shown=Counter(members for _, members in sets),
        wins=wins,
        own=frozenset(members for entry, members in sets if entry == entry_id),
        voter=entry_id,
    )


def _add(wins: dict[tuple[str, str], float], said: dict[str, Any]) -> None:
    """A tie is half a win for each, a skip nothing."""
    if said.get("skip"):
        return
    one, other = said["winner"], said["loser"]
    for pair in ((one, other), (other, one)) if said.get("tie") else ((one, other),):
        wins[pair] += 0.5 if said.get("tie") else 1


def told(far: Compared, conn: Connection, round_: Any) -> list[Sentence]:
    """What a report says of a round of comparisons: the judgements, and how often each rule chose
    what was shown; never to whom."""
    rules = rules_of(conn, round_.id)
    counts = {"judged": far.judged, "tied": far.tied, "skipped": far.skipped}
    order = {"n": far.open_pairs, "all": far.pairs, "doubt": round(far.doubt * 100)}
    pairs = round_.shape == "pair"
    sentences = [Sentence(JUDGED if pairs else SETS_JUDGED, counts), Sentence(OPEN_PAIRS, order)]
    if pairs:
        named = {rule: rules.get(rule, 0) for rule in ("connect", "fewest", "closest")}
        sentences.append(Sentence(SHOWN, {"n": sum(rules.values()), **named}))
    return sentences


def rules_of(conn: Connection, round_id: str) -> Counter[str]:
    """How often each rule chose what was shown in a round."""
    return Counter(conn.execute(select(Showing.rule).where(Showing.round_id == round_id)).scalars())


def progress(conn: Connection, workshop_id: str) -> dict[str, Any]:
    """How far the comparing before the room has come: its ballots, and how often each rule chose
    what was shown."""
    step = step_now(conn, workshop_id)
    if step.round is None or not compares(step.round) or step.round.status == "planned":
        return {"comparing": None}
    return {
        "comparing": poll_of(conn, step.round.id),
        "round": step.round,
        "enough": enough_of(step.round),
        "rules": dict(rules_of(conn, step.round.id)),
    }


def work_out_progress(context: dict[str, Any]) -> dict[str, Any]:
    """What the judgements say so far; in a thread."""
    poll = context["comparing"]
    if poll is None:
        return {"far": None}
    far: Compared = compared(poll)
    enough = context["enough"]
    return {"far": far, "is_enough": far.enough(enough["each"], enough["doubt"])}
