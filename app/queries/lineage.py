"""How the options of a round came to be what they are, and what one voice answered before: to the
option itself, or to what it was made of. A suggestion only; nothing counts until it is sent."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.models import RoundOption
from app.policy import Actor
from app.queries.proposals import made_of
from app.queries.rounds import OptionView, own_ballots, own_entry

# The shapes in which a voice says something of each option.
ONE_BY_ONE = ("rating", "react", "approval", "ranking", "choice", "allocation")
NAMED = ("approval", "choice")  # what a ballot does not name, it has not chosen


@dataclass(frozen=True)
class Part:
    """What an option was, or was made of, in an earlier round, and what one answered to it there;
    `given` is false where nothing was said."""

    text: str
    answer: Any = None
    given: bool = False


@dataclass(frozen=True)
class Before:
    """How an option came to this round: `reworded`, `merged` or `split`, from which parts."""

    how: str
    parts: list[Part] = field(default_factory=list)

    @property
    def answers(self) -> list[Any]:
        """The different answers that one gave, in the order of the parts."""
        given: list[Any] = []
        for part in self.parts:
            if part.given and part.answer not in given:
                given.append(part.answer)
        return given

    @property
    def suggestion(self) -> Any:
        """The one answer to confirm, where one gave no other; else nothing."""
        return self.answers[0] if len(self.answers) == 1 else None

    @property
    def suggested(self) -> bool:
        return len(self.answers) == 1

    @property
    def conflicting(self) -> bool:
        return len(self.answers) > 1


def before_of(
    conn: Connection, activity_rounds: list[Any], round_: Any, options: list[OptionView],
    actor: Actor,
) -> dict[str, Before]:  # fmt: skip
    """Option id to how it came here, for those that did not stand in an earlier round just so."""
    earlier = [
        one for one in activity_rounds
        if one.n < round_.n and one.status in ("closed", "sealed") and one.shape == round_.shape
    ]  # fmt: skip
    if not earlier or round_.shape not in ONE_BY_ONE:
        return {}
    known = _Known(conn, earlier, actor)
    found = {option.id: known.before(option) for option in options}
    return {id_: before for id_, before in found.items() if before is not None}


class _Known:
    """What stood in the earlier rounds of an activity, and one voice's answers there."""

    def __init__(self, conn: Connection, earlier: list[Any], actor: Actor) -> None:
        self.originals, self.parts = made_of(conn, earlier[0].workshop_id)
        self.stood: dict[str, Part] = {}
        for round_ in sorted(earlier, key=lambda one: one.n):
            self._stand(conn, round_, actor)

    def _stand(self, conn: Connection, round_: Any, actor: Actor) -> None:
        own = own_entry(conn, round_, actor)
        bodies = [ballot.body for ballot in own_ballots(conn, round_.id, own)]
        said = said_of(round_.shape, bodies)
        for option in conn.execute(
            select(RoundOption)
            .where(RoundOption.round_id == round_.id)
            .order_by(col(RoundOption.position))
        ):
            given = option.id in said or (round_.shape in NAMED and bool(bodies))
            answer = said.get(option.id, False if round_.shape in NAMED else None)
            self.stood[option.id] = Part(option.text, answer if given else None, given)

    def before(self, option: OptionView) -> Before | None:
        if option.id in self.stood:
            same = self.stood[option.id]
            return None if same.text == option.text else Before("reworded", [same])
        parts = self._made_of(option.id)
        if not parts:
            return None
        split = any(one in self.parts for one in self.originals.get(option.id, []))
        return Before("split" if split else "merged", parts)

    def _made_of(self, option_id: str) -> list[Part]:
        """What an option was made of, as far back as it stood in a round."""
        found: list[Part] = []
        for one in self.originals.get(option_id, []):
            found += [self.stood[one]] if one in self.stood else self._made_of(one)
        return found


def said_of(shape: str, bodies: list[dict[str, Any]]) -> dict[str, Any]:
    """What ballots of one voice say of each option: a value, a place, or that it is approved."""
    found: dict[str, Any] = {}
    for body in bodies:
        answers = body[shape]
        if shape in NAMED:
            found |= dict.fromkeys(answers, True)
        elif shape == "ranking":
            found |= {one: place for place, tier in enumerate(answers, 1) for one in tier}
        else:
            found |= answers
    return found
