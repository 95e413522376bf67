"""What an exercise declares: its stages, what its rounds default to, the regions it shows."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

# What a round takes from its activity's settings; everything here freezes when the round opens.
ROUND_FIELDS = (
    "question", "method", "params", "scale", "threshold", "keep", "tie", "electorate", "unit",
    "secrecy", "results", "timer", "seconds", "closes_at", "apart", "by_region",
    "casts", "criteria",
    "comparing",
)  # fmt: skip


@dataclass(frozen=True)
class Exercise:
    """One kind of exercise. `stages` are walked in order by the facilitator; a stage maps to what
    participants may do in it. `regions` are the live panels it shows, by name. `by_method` is what
    another rule than the default one starts from; `complete` adds to a round's terms what follows
    from them."""

    type: str
    title: str
    stages: dict[str, tuple[str, ...]]
    methods: tuple[str, ...] = ()
    shape: str = ""
    defaults: dict[str, Any] = field(default_factory=dict)
    option_sources: tuple[str, ...] = ("text",)
    regions: tuple[str, ...] = ()
    every_tap_counts: bool = False
    by_method: dict[str, dict[str, Any]] = field(default_factory=dict)
    thrift: Callable[[dict[str, Any]], dict[str, Any] | None] = lambda _: None
    complete: Callable[["RoundTerms"], "RoundTerms"] = lambda terms: terms

    @property
    def votes(self) -> bool:
        return bool(self.methods)

    def starting_with(self, method: str) -> dict[str, Any]:
        """What its rounds default to under a method: the defaults, with the rule's own in them."""
        own = self.by_method.get(method)
        return self.defaults if own is None else {**self.defaults, "params": {}, **own}

    def allows(self, stage: str, verb: str) -> bool:
        """Whether participants may do `verb` in `stage`."""
        return verb in self.stages.get(stage, ())


@dataclass(frozen=True)
class RoundTerms:
    """Everything a round names before it opens."""

    question: str
    method: str
    params: dict[str, Any]
    scale: dict[str, Any] | None
    threshold: str | None
    keep: int | None
    tie: str
    electorate: str
    unit: str
    secrecy: str
    results: str
    timer: str
    seconds: int | None
    closes_at: datetime | None
    apart: bool
    by_region: bool
    casts: str
    criteria: list[dict[str, Any]] | None
    comparing: dict[str, Any] | None = None
    thrift: dict[str, Any] | None = None


COMMON: dict[str, Any] = {
    "question": "", "method": "", "params": {}, "scale": None, "threshold": None, "keep": None,
    "tie": "stop", "electorate": "all", "unit": "", "secrecy": "named",
    "results": "after_publish", "timer": "none", "seconds": None, "closes_at": None,
    "apart": False,
    "by_region": False,
    "casts": "any", "criteria": None,
    "comparing": None,
}  # fmt: skip


def terms_of(exercise: Exercise, title: str, settings: dict[str, Any]) -> RoundTerms:
    """A round's terms: the common defaults, the exercise's, then the activity's own settings."""
    defaults = exercise.starting_with(settings.get("method", ""))
    chosen = {**COMMON, **defaults}
    chosen |= {name: settings[name] for name in ROUND_FIELDS if name in settings}
    chosen["params"] = {**defaults.get("params", {}), **settings.get("params", {})}
    if chosen["scale"] is not None:
        chosen["scale"] = {**(defaults.get("scale") or {}), **chosen["scale"]}
    if "criteria" not in defaults:  # set for a rule that it was changed from
        chosen["criteria"] = None
    if chosen["comparing"] is not None:
        chosen["comparing"] = {**(defaults.get("comparing") or {}), **chosen["comparing"]}
    chosen["question"] = chosen["question"] or title
    if isinstance(chosen["closes_at"], str):  # settings are JSON: a moment is a text there
        chosen["closes_at"] = datetime.fromisoformat(chosen["closes_at"])
    terms = RoundTerms(
        **{name: chosen[name] for name in ROUND_FIELDS}, thrift=exercise.thrift(settings)
    )
    return exercise.complete(terms)
