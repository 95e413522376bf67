"""How a Delphi stands: its rounds, what is settled, what moved, why it stops."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.activities.delphi import (
    Rules,
    because,
    consensus_rule,
    rules_of,
    settled,
    stopping_rule,
    unstated,
)
from app.activities.sentences import Sentence
from app.analysis.stability import stability
from app.ballots.numbers import exact
from app.models import Option, Reason, RegisterEntry
from app.policy import FEWEST
from app.queries.polls import bodies_by_entry
from app.queries.results import OptionResult, results
from app.queries.rounds import OptionView, rounds_of_activity
from app.queries.step import step_now
from app.queries.wordings import wording_now

CLOSED = ("closed", "sealed")
Answers = dict[str, int | float | None]  # option → value, None for "no opinion"


@dataclass(frozen=True)
class Asked:
    """One closed round: what it gave for each item, and each voice's own answers."""

    row: Any
    found: dict[str, OptionResult]
    answers: dict[str, Answers]

    def values(self, option: str) -> list[int | float]:
        given = (answers.get(option) for answers in self.answers.values())
        return [value for value in given if value is not None]


@dataclass(frozen=True)
class Item:
    """One item as it stands after the rounds so far. `asked` is the last closed round that had it;
    `former` its wording there, where it was reworded since; `moved` its stability since the round
    before, None where there is none to tell: not asked twice, `few`, or `compared` says why."""

    option: OptionView
    asked: Asked | None = None
    settled: bool = False
    former: str = ""
    moved: dict[str, Any] | None = None
    compared: str = ""
    codes: dict[str, int] = field(default_factory=dict)
    coded: int = 0

    @property
    def result(self) -> OptionResult | None:
        return self.asked.found[self.option.id] if self.asked else None

    @property
    def side(self) -> str:
        """On which side it settled."""
        return str(self.result.figures["agreement"]) if self.settled and self.result else ""


@dataclass(frozen=True)
class Delphi:
    """The whole of it. `running` is its open round, if any; `counting` says that the last close is
    still being counted, so that nothing is known of it yet."""

    activity: Any
    rules: Rules
    rounds: list[Asked]
    items: list[Item]
    moved: tuple[int, int]
    running: Any = None
    counting: bool = False

    @property
    def consensus(self) -> list[Sentence]:
        return consensus_rule(self.rules)

    @property
    def stopping(self) -> list[Sentence]:
        return stopping_rule(self.rules)

    @property
    def missing(self) -> str | None:
        """What must still be stated before it can begin, as a msgid."""
        return unstated(self.rules)

    @property
    def settled(self) -> list[Item]:
        return [item for item in self.items if item.settled]

    @property
    def left(self) -> list[Item]:
        return [item for item in self.items if not item.settled]

    @property
    def next_items(self) -> list[Item]:
        """What the next round would ask."""
        return self.items if self.rules.stay else self.left

    @cached_property
    def stop(self) -> Sentence | None:
        """Why no further round is opened, or None."""
        left = [item.option.id for item in self.left]
        return because(self.rules, len(self.rounds), left, self.moved)

    @property
    def small(self) -> bool:
        """Whether so few answered that figures of what moved would tell who."""
        last = self.rounds[-1] if self.rounds else None
        hidden = last is not None and last.row.secrecy == "confidential"
        return hidden and self.moved[1] < FEWEST


def delphi_now(conn: Connection, workshop_id: str, group: str | None = None) -> dict[str, Any]:
    """The Delphi that the meeting is at, or None."""
    step = step_now(conn, workshop_id, group)
    found = delphi(conn, step.activity) if step.activity else None
    return {"delphi": found, "step": step}


def delphi(conn: Connection, activity: Any, upto: int | None = None) -> Delphi | None:
    """How this activity stands by its rules, or stood after its round `upto`; None if it is no
    Delphi."""
    if (rules := rules_of(activity)) is None:
        return None
    rows = rounds_of_activity(conn, activity.id)
    past = [row for row in rows if upto is None or row.n <= upto]
    closed = [row for row in past if row.status in CLOSED]
    rounds = [asked for row in closed if (asked := _asked(conn, row))]
    coded = {one.row.id: _codes(conn, one.row.id) for one in rounds}
    return Delphi(
        activity,
        rules,
        rounds,
        [_item(option, rules, rounds, coded) for option in present_options(conn, activity.id)],
        _moved(rounds),
        running=next((row for row in rows if row.status in ("open", "closing")), None),
        counting=len(rounds) < len(closed),
    )


def present_options(conn: Connection, activity_id: str) -> list[OptionView]:
    """The options of an activity as they are worded now."""
    rows = conn.execute(
        select(Option)
        .where(Option.activity_id == activity_id, col(Option.withdrawn_at).is_(None))
        .order_by(col(Option.position), col(Option.id))
    )
    return [
        OptionView(row.id, text, row.source_kind, row.area_id, version)
        for row in rows
        for text, version in [wording_now(conn, row)]
    ]


def _asked(conn: Connection, row: Any) -> Asked | None:
    """A closed round; None until the outcome of its last close is recorded."""
    found = results(conn, row.id)
    if found is None or found.outcome.number < row.closed_number:
        return None
    return Asked(row, {one.option.id: one for one in found.options}, answers_by_unit(conn, row))


def answers_by_unit(conn: Connection, row: Any) -> dict[str, Answers]:
    """Each voice's answers in a round of ratings; a voice has the same key in every round."""
    entries = conn.execute(select(RegisterEntry).where(RegisterEntry.round_id == row.id)).all()
    units = {entry.id: entry.participant_id or entry.delegation_id for entry in entries}
    bodies = bodies_by_entry(conn, row)
    return {units[entry]: body["rating"] for entry, body in bodies.items()}


def _codes(conn: Connection, round_id: str) -> dict[str, Counter[str]]:
    """How many gave which kind of reason for their answer to an item."""
    rows = conn.execute(
        select(Reason.option_id, Reason.code).where(
            Reason.round_id == round_id,
            col(Reason.code).is_not(None),
            col(Reason.superseded_by).is_(None),
            col(Reason.held_back).is_(False),
        )
    )
    found: dict[str, Counter[str]] = {}
    for option, code in rows:
        found.setdefault(option, Counter())[code] += 1
    return found


def _item(
    option: OptionView,
    rules: Rules,
    rounds: list[Asked],
    coded: dict[str, dict[str, Counter[str]]],
) -> Item:
    with_it = [one for one in rounds if option.id in one.found]
    if not with_it:
        return Item(option)
    last = with_it[-1]
    result = last.found[option.id]
    former = result.option.text if result.option.text != option.text else ""
    codes = coded[last.row.id].get(option.id, Counter())
    hidden = last.row.secrecy == "confidential" and codes.total() < FEWEST
    moved, compared = _since(option.id, with_it[-2:])
    return Item(
        option,
        last,
        settled=not former and settled(result.figures, last.values(option.id), rules),
        former=former,
        moved=moved,
        compared=compared,
        codes={} if hidden else dict(codes.most_common()),
        coded=codes.total(),
    )


def _since(option: str, two: list[Asked]) -> tuple[dict[str, Any] | None, str]:
    """Its stability between the last two rounds that had it, or why there is none."""
    if len(two) < 2:
        return None, ""
    before, after = two
    if before.found[option].option.text != after.found[option].option.text:
        return None, "reworded"
    pairs = pairs_of(before, after, option)
    if after.row.secrecy == "confidential" and len(pairs) < FEWEST:
        return None, "few"
    return stability([(exact(one), exact(other)) for one, other in pairs]), ""


def pairs_of(before: Asked, after: Asked, option: str) -> list[tuple[int | float, int | float]]:
    """The answers of those who rated an item in both rounds."""
    both = before.answers.keys() & after.answers.keys()
    pairs = [(before.answers[u].get(option), after.answers[u].get(option)) for u in sorted(both)]
    return [(one, other) for one, other in pairs if one is not None and other is not None]


def _moved(rounds: list[Asked]) -> tuple[int, int]:
    """How many of how many answers moved by a step or more between the last two rounds, over the
    items that both asked in the same words."""
    if len(rounds) < 2:
        return 0, 0
    before, after = rounds[-2:]
    same = [
        option
        for option, result in after.found.items()
        if option in before.found and before.found[option].option.text == result.option.text
    ]
    pairs = [pair for option in same for pair in pairs_of(before, after, option)]
    return sum(abs(other - one) >= 1 for one, other in pairs), len(pairs)
