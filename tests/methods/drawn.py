"""Polls of every kind, drawn from a seed: odd ones among them, and always the same."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Any, Literal, TypeVar, get_args, get_origin

from app.methods import METHODS, Method

T = TypeVar("T")
Asked = dict[str, Any]  # what a ballot has to answer: options, scale, criteria, probabilities
NAMES = "ABCDE"
REGIONS = ("Africa", "Asia", "Europe")
PROBABILITIES = (("0.05", "0.5", "0.95"), ("0.25", "0.5", "0.75"), ("0.1", "0.9"))
SCALES = ({"min": 1, "max": 9}, {"min": 0, "max": 5}, {"min": -1, "max": 1, "step": 0.5})
HALVES = {"min": 0, "max": 1, "step": 0.5}
CRITERIA = ("impact", "feasibility", "cost")
RATIOS = ("1", "2", "3", "1/2", "1/5", "9")
NUMBERS: dict[str, tuple[Any, ...]] = {  # parameters that are no choice among words
    "most": (None, 1, 2, 3), "least": (0, 1, 2), "most_stand_aside": (None, 0, 1),
    "per_option": (None, 1, 2), "least_answers": (1, 2), "agree_from": (7, 6, 8),
    "disagree_to": (3, 4), "iqr_max": (3, 2), "level": (80, 90), "lower": (None, -40),
    "upper": (None, 120), "at": ([], [20, 30]), "quantiles": (["0.1", "0.5", "0.9"],),
    "alpha": (0, 0.3), "overshoot": (0.1, 0.2), "scales": ({}, {"A": "log"}),
}  # fmt: skip


class Draw:
    """Everything comes from `random()`, the one sequence that Python promises never to change."""

    def __init__(self, seed: str) -> None:
        self.random = Random(seed).random

    def below(self, number: int) -> int:
        return int(self.random() * number)

    def one(self, things: Sequence[T]) -> T:
        return things[self.below(len(things))]

    def often(self, share: float) -> bool:
        return self.random() < share

    def some(self, things: Sequence[T], least: int = 0) -> list[T]:
        """Some of them in any order."""
        left = list(things)
        number = least + self.below(len(left) + 1 - least)
        return [left.pop(self.below(len(left))) for _ in range(number)]


def drawn_poll(method: str, number: int, most: int = 8) -> dict[str, Any]:
    """A poll for a method, with at most so many rows of ballots."""
    rule, draw = METHODS[method], Draw(f"{method} {number}")
    options = list(NAMES[: 1 + draw.below(5)])
    poll: dict[str, Any] = {"method": method, "params": params(rule, draw)}
    poll |= limits(draw, options)
    asked: Asked = {"options": options, "at": draw.one(PROBABILITIES)}
    asked["scale"] = HALVES if method == "chnri" else draw.one(SCALES)
    if rule.shape in ("rating", "criteria") and draw.often(0.8):
        poll["scale"] = asked["scale"]
    if rule.shape == "criteria":
        poll["criteria"] = criteria(draw)
        asked["criteria"] = [one["id"] for one in poll["criteria"]]
    shapes = (rule.shape, rule.shape, *rule.also)
    poll["ballots"] = [ballot(draw, draw.one(shapes), asked) for _ in range(draw.below(most + 1))]
    if rule.reads_voters or draw.often(0.3):
        for voter, row in enumerate(poll["ballots"]):
            row.pop("count", None)
            row["voter"] = f"P{voter}" if draw.often(0.95) else "P0"
    if draw.often(0.2) and poll["ballots"]:
        poll["previous"] = draw.some(poll["ballots"])
    return poll


def params(rule: Method[Any], draw: Draw) -> dict[str, Any]:
    """Now and then another than the default."""
    found: dict[str, Any] = {}
    for name, field in rule.params.model_fields.items():
        kind = field.annotation
        choices = get_args(kind) if get_origin(kind) is Literal else NUMBERS.get(name)
        if draw.often(0.5):
            found[name] = draw.one(choices or (True, False))
    return found


def limits(draw: Draw, options: list[str]) -> dict[str, Any]:
    """What a poll may say beside its ballots."""
    fields: dict[str, tuple[float, Sequence[Any]]] = {
        "options": (0.8, (options,)),
        "seats": (0.8, (1, 2, 3)),
        "threshold": (0.4, ("simple", "1/2", "2/3", 1)),
        "basis": (0.4, ("valid", "present", "members")),
        "budget": (0.6, (2, 4, 9)),
        "tie": (0.2, ("stop", "lot")),
        "names": (0.1, ({"A": "Border posts"},)),
        "costs": (0.7, ({name: 1 + place for place, name in enumerate(options)},)),
        "realisations": (0.7, ({name: 25 + 5 * n for n, name in enumerate(options)},)),
    }
    said = {name: draw.one(values) for name, (share, values) in fields.items() if draw.often(share)}
    if draw.often(0.4):
        said["eligible"] = 2 + draw.below(14)
        if draw.often(0.6):
            said["quorum"] = draw.one(("1/2", "2/3", 0))
    return said


def criteria(draw: Draw) -> list[dict[str, Any]]:
    names = ("impact", "feasibility") if draw.often(0.6) else draw.some(CRITERIA, least=1)
    return [
        {"id": name, "weight": draw.one((1, 2, "1/2", 0)), "direction": draw.one(("up", "down"))}
        for name in names
    ]


def ballot(draw: Draw, shape: str, asked: Asked) -> dict[str, Any]:
    """A row of a poll; one in twenty cannot be read, or says what cannot be."""
    body: Any = {shape: BODIES[shape](draw, asked)}
    if shape == "consent" and draw.often(0.5):
        body["reason"] = "As it stands it binds nobody"
    if draw.often(0.05):
        body = draw.one(({}, [], {"ranking": [[]]}, {"approval": ["Z"]}, {shape: None}))
    row: dict[str, Any] = {"body": body}
    if draw.often(0.3):
        row["count"] = 1 + draw.below(4)
    if draw.often(0.15):
        row["weight"] = draw.one((2, "1/2", "2/3"))
    if draw.often(0.8):
        row["groups"] = {"region": draw.one(REGIONS)}
    return row


def choice(draw: Draw, asked: Asked) -> list[str]:
    return draw.some(asked["options"])[: 1 + draw.often(0.1)]


def approval(draw: Draw, asked: Asked) -> list[str]:
    return draw.some(asked["options"])


def ranking(draw: Draw, asked: Asked) -> list[list[str]]:
    """Of some or of all; one in five shares the place above."""
    options, found = asked["options"], list[list[str]]()
    for option in draw.some(options, 0 if draw.often(0.5) else len(options)):
        if found and draw.often(0.2):
            found[-1].append(option)
        else:
            found.append([option])
    return found


def value(draw: Draw, asked: Asked) -> Any:
    """A value on the scale, no opinion, or now and then one beside it."""
    if draw.often(0.1):
        return None
    low, high, step = asked["scale"]["min"], asked["scale"]["max"], asked["scale"].get("step", 1)
    return low + draw.below(int((high - low) / step) + 1 + draw.often(0.03)) * step


def points(draw: Draw, _: Asked) -> int:
    return draw.below(4) - draw.often(0.05)


def side(draw: Draw, _: Asked) -> str:
    return draw.one(("agree", "agree", "disagree", "pass"))


def marks(draw: Draw, asked: Asked) -> dict[str, Any]:
    return {name: value(draw, asked) for name in asked["criteria"] if draw.often(0.9)}


def finding(draw: Draw, _: Asked) -> dict[str, Any]:
    said: dict[str, Any] = {"holds": draw.one(("yes", "partly", "no", "cannot_say", None))}
    if draw.often(0.7):
        said["strength"] = draw.one(("strong", "promising", "mixed", "untested", "expert_opinion"))
    return said | ({"regions": draw.some(REGIONS)} if draw.often(0.4) else {})


def guess(draw: Draw, _: Asked) -> dict[str, Any]:
    low, best, high = sorted(draw.below(60) for _ in range(3))
    if draw.often(0.04):
        low, high = high + 1, low
    said = {"low": low, "best": best, "high": high}
    return said | ({"confidence": draw.one((50, 80, 90, 100))} if draw.often(0.8) else {})


def rising(draw: Draw, asked: Asked) -> dict[str, Any]:
    """Values at the probabilities asked for; now and then at others, or not rising."""
    keys = draw.one(PROBABILITIES) if draw.often(0.02) else asked["at"]
    start = 5 + draw.below(20)
    values = [start := start + draw.one((1, 4, 9, 0 if draw.often(0.03) else 2)) for _ in keys]
    return dict(zip(keys, values, strict=True))


def pair(draw: Draw, asked: Asked) -> dict[str, Any]:
    said = {"winner": draw.one(asked["options"]), "loser": draw.one(asked["options"])}
    return said | ({"tie": True} if draw.often(0.2) else {})


def extremes(draw: Draw, asked: Asked) -> dict[str, Any]:
    shown = draw.some(asked["options"], min(3, len(asked["options"])))
    return {
        "shown": shown,
        "best": shown[0],
        "worst": draw.one(shown if draw.often(0.2) else shown[-1:]),
    }


def judgements(draw: Draw, asked: Asked) -> dict[str, Any]:
    """How many times as important each is as each that follows; a few are left out."""
    options = asked["options"]
    return {
        one: {other: draw.one(RATIOS) for other in options[place + 1 :] if draw.often(0.85)}
        for place, one in enumerate(options)
    }


def motion(draw: Draw, _: Asked) -> str:
    return draw.one(("yes", "yes", "no", "abstain"))


def consent(draw: Draw, _: Asked) -> str:
    said = ("consent", "consent", "consent", "reservation", "stand_aside", "objection", "pending")
    return draw.one(said)


Body = Callable[[Draw, Asked], Any]


def each(kind: Body, share: float = 0.9) -> Body:
    """An answer of this kind to most of the options."""
    return lambda draw, asked: {
        option: kind(draw, asked) for option in asked["options"] if draw.often(share)
    }


BODIES: dict[str, Body] = {
    "choice": choice, "approval": approval, "ranking": ranking, "rating": each(value),
    "allocation": each(points, 0.6), "react": each(side), "judgement": each(finding),
    "criteria": each(marks), "interval": each(guess), "quantiles": each(rising), "pair": pair,
    "best_worst": extremes, "judgements": judgements, "motion": motion, "consent": consent,
}  # fmt: skip
