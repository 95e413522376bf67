"""What a Delphi tells one person of the group's answers: item by item, beside their own."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.activities.delphi import Rules, place_of, rules_of, side_of
from app.analysis.suppression import hidden_groups
from app.models import RegisterEntry, Round
from app.policy import FEWEST, Actor, may_see_outcome
from app.queries.polls import bodies_by_entry
from app.queries.results import UNANSWERED, OptionResult, reasons_of, results
from app.queries.rounds import RoundView, own_ballots, own_entry

Regions = dict[str, dict[str, dict[str, int]]]  # option → region → value → how many


@dataclass(frozen=True)
class Feedback:
    """One item in round `n`: the group's figures, one's own answer and its place among them, how
    each declared region answered where that is safe, and the reasons of those on each side.
    `former` is how the item was worded when this was answered, where it reads otherwise now."""

    result: OptionResult
    n: int
    own: int | float | None = None
    place: str = ""
    regions: dict[str, dict[str, int]] = field(default_factory=dict)
    reasons: dict[str, list[Any]] = field(default_factory=dict)
    former: str = ""

    @property
    def outside(self) -> bool:
        """Whether one's own answer lies outside the middle half of the group's."""
        return self.place in ("below", "above")


def before_this(
    conn: Connection, activity: Any, view: RoundView, actor: Actor
) -> dict[str, Feedback]:
    """What the group said in the round before this one of a Delphi, where it may be seen."""
    rules = rules_of(activity)
    last = last_before(conn, activity.id, view.row.n)
    if rules is None or last is None or not may_see_outcome(actor, last):
        return {}
    if (found := results(conn, last.id)) is None:
        return {}
    worded = {option.id: option.text for option in view.options}
    own = own_answers(conn, last, actor)
    return feedback(conn, rules, last, found.options, own, worded)


def own_answers(conn: Connection, round_: Any, actor: Actor) -> dict[str, Any]:
    """One's own ratings in a round."""
    ballots = own_ballots(conn, round_.id, own_entry(conn, round_, actor))
    return dict(ballots[0].body["rating"]) if ballots else {}


def last_before(conn: Connection, activity_id: str, n: int) -> Any:
    """The last closed round of an activity before its nth."""
    return conn.execute(
        select(Round)
        .where(
            Round.activity_id == activity_id,
            Round.n < n,
            col(Round.status).in_(("closed", "sealed")),
        )
        .order_by(col(Round.n).desc())
    ).first()


def feedback(
    conn: Connection,
    rules: Rules,
    round_: Any,
    found: Iterable[OptionResult],
    own: Mapping[str, int | float | None],
    worded: Mapping[str, str],
) -> dict[str, Feedback]:
    """Option id → what the group said to it in a round. `own` are one's own answers there, `worded`
    the options' present texts."""
    # While a round is open, a region's figures before and after an answer would tell whose it is.
    regions = {} if round_.status in ("open", "closing") else by_region(conn, round_)
    reasons = reasons_by_side(conn, rules, round_)
    return {
        one.option.id: beside(
            one,
            own.get(one.option.id),
            reasons.get(one.option.id, {}),
            round_.n,
            regions.get(one.option.id, {}),
            worded[one.option.id],
        )
        for one in found
        if one.option.id in worded
    }


def beside(
    result: OptionResult,
    own: float | None,
    reasons: dict[str, list[Any]],
    n: int,
    regions: dict[str, dict[str, int]] | None = None,
    worded: str = "",
) -> Feedback:
    """The group's answers to one item in round `n`, beside one's own."""
    known = own is not None and result.figures.get("n")
    former = result.option.text if worded and worded != result.option.text else ""
    place = place_of(own, result.figures) if own is not None and known else ""
    return Feedback(result, n, own, place, regions or {}, reasons, former)


def by_region(conn: Connection, round_: Any) -> Regions:
    """How each declared region answered, only where no small group could be worked out from it and
    the whole. Who spoke for several regions or for none stands in no region."""
    entries = conn.execute(select(RegisterEntry).where(RegisterEntry.round_id == round_.id)).all()
    bodies = bodies_by_entry(conn, round_)
    tables: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    options = {option for body in bodies.values() for option in body["rating"]}
    for entry in entries:
        given = bodies.get(entry.id, {}).get("rating", {})
        home = entry.regions[0] if len(entry.regions) == 1 else ""
        for option in options:
            tables[option][home][_said(given, option)] += 1
    return {option: _safe(table) for option, table in tables.items()}


def _said(given: Mapping[str, Any], option: str) -> str:
    if option not in given:
        return UNANSWERED
    return "no_opinion" if given[option] is None else str(given[option])


def _safe(table: dict[str, Counter[str]]) -> dict[str, dict[str, int]]:
    hidden = hidden_groups(table, FEWEST)
    shown = sorted(name for name in table if name and name not in hidden)
    return {
        name: {value: n for value, n in table[name].items() if value != UNANSWERED}
        for name in shown
        if len(shown) > 1
    }


def reasons_by_side(conn: Connection, rules: Rules, round_: Any) -> dict[str, dict[str, list[Any]]]:
    """Option → for (agree), against (disagree) or neither → reasons, by their authors' answers."""
    bodies = bodies_by_entry(conn, round_)
    found: dict[str, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for reason in reasons_of(conn, round_.id):
        value = bodies.get(reason.entry_id, {}).get("rating", {}).get(reason.option_id)
        side = "neither" if value is None else side_of(value, rules)
        found[reason.option_id][side].append(reason)
    return found
