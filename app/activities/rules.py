"""The rules that a vote can be set to, each with what it asks for. Drawn from the methods' own
declarations: a new method on one of the shapes is offered at once, with its fields."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from app.activities.plain_rules import PLAIN, TITLES
from app.activities.vote import EXERCISE, SHAPES
from app.ballots import Scale
from app.methods import METHODS, Method
from app.methods.describe import one
from app.methods.rankings import RankingParams

USUAL_SCALE = Scale(min=1, max=9)


@dataclass(frozen=True)
class Field:
    """A parameter as a form asks for it. `kind` is number, flag or choice; an `open` number may be
    left empty."""

    name: str
    kind: str
    default: Any
    choices: tuple[Any, ...] = ()
    open: bool = False

    @property
    def numeric(self) -> bool:
        return self.kind == "number" or any(isinstance(value, int) for value in self.choices)


@dataclass(frozen=True)
class Rule:
    """One rule: how it is called, what it does in a sentence, what of a round it reads beside its
    own parameters (seats, threshold, basis, budget, costs, scale)."""

    id: str
    title: str
    sentence: str
    shape: str
    reads: frozenset[str]
    fields: tuple[Field, ...]
    scale: Scale | None


@cache
def rules_by_shape() -> dict[str, list[Rule]]:
    """Every rule of a vote, by the shape of its ballot."""
    found = [_rule(METHODS[id_]) for id_ in EXERCISE.methods]
    return {shape: [rule for rule in found if rule.shape == shape] for shape in SHAPES}


def _rule(method: Method[Any]) -> Rule:
    told = one(method)
    return Rule(
        id=method.id,
        title=TITLES.get(method.id, method.id.replace("_", " ")),
        sentence=PLAIN.get(method.id, method.reference),
        shape=method.shape,
        reads=frozenset(method.reads),
        fields=tuple(_field(about) for about in told["params"] if _asked(method, about["name"])),
        scale=scale_of(method.id) or USUAL_SCALE if method.shape == "rating" else None,
    )


def scale_of(method: str) -> Scale | None:
    """The scale that a rule has of itself, if it has one."""
    found = METHODS[method].reads.get("scale")
    return found if isinstance(found, Scale) else None


def _asked(method: Method[Any], name: str) -> bool:
    """What a rule would do with rankings is not asked where it does not get any."""
    return method.shape == "ranking" or name not in RankingParams.model_fields


def _field(about: dict[str, Any]) -> Field:
    kinds = about.get("type", "")
    if choices := about.get("allowed"):
        return Field(about["name"], "choice", about["default"], tuple(choices))
    if kinds == "boolean":
        return Field(about["name"], "flag", about["default"])
    return Field(about["name"], "number", about["default"], open="null" in kinds)
