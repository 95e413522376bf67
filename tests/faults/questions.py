"""What is asked in a meeting over all exercises, how it may be answered, and how it is recounted.

A recount knows the standing ballots only, and imports nothing of the application.
"""

import random
import statistics
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Body = dict[str, Any]
Counted = dict[str, Any]  # by option, or by answer where an answer names none

OPTIONS = ["Porous borders", "Corruption and impunity", "Unclear definitions", "Little trust"]
HOLDS = ("yes", "partly", "no", "cannot_say")
SAYS = ("consent", "reservation", "stand_aside", "pending")


@dataclass(frozen=True)
class Question:
    """One exercise that takes ballots: `answer` draws one, `recount` counts them anew, `told` reads
    the same figures out of the outcome's diagnostics."""

    type: str
    answer: Callable[[random.Random, list[str]], Body]
    recount: Callable[[list[Body], list[str]], Counted]
    told: Callable[[dict[str, Any], list[str]], Counted]
    options: list[str] = field(default_factory=lambda: OPTIONS)
    settings: dict[str, Any] = field(default_factory=dict)


def _judgement(draw: random.Random, options: list[str]) -> Body:
    return {"judgement": {draw.choice(options): {"holds": draw.choice(HOLDS)}}}


def _react(draw: random.Random, options: list[str]) -> Body:
    return {"react": {draw.choice(options): draw.choice(("agree", "disagree", "pass"))}}


def _rating(draw: random.Random, options: list[str]) -> Body:
    return {"rating": {option: draw.choice([None, *range(1, 10)]) for option in options}}


def _ranking(draw: random.Random, options: list[str]) -> Body:
    ranked = draw.sample(options, draw.randint(2, len(options)))
    return {"ranking": [[option] for option in ranked]}


def _approval(draw: random.Random, options: list[str]) -> Body:
    chosen = draw.sample(options, draw.randint(1, len(options)))
    return {"approval": sorted(chosen)}


def _consent(draw: random.Random, _options: list[str]) -> Body:
    return {"consent": draw.choice(SAYS)}


def _each(bodies: list[Body], shape: str, option: str) -> list[Any]:
    return [body[shape][option] for body in bodies if option in body[shape]]


def _tallied(shape: str, said: Callable[[Any], str]) -> Callable[[list[Body], list[str]], Counted]:
    return lambda bodies, options: {
        option: Counter(said(one) for one in _each(bodies, shape, option)) for option in options
    }


def _medians(bodies: list[Body], options: list[str]) -> Counted:
    def figures(option: str) -> tuple[int, float | None]:
        given = [one for one in _each(bodies, "rating", option) if one is not None]
        return len(given), float(statistics.median(given)) if given else None

    return {option: figures(option) for option in options}


def _approved(bodies: list[Body], options: list[str]) -> Counted:
    return {option: sum(option in body["approval"] for body in bodies) for option in options}


def _preferred(bodies: list[Body], options: list[str]) -> Counted:
    """How many put one above another; what is not ranked stands below what is."""
    places = [
        {option: place for place, tier in enumerate(body["ranking"]) for option in tier}
        for body in bodies
    ]
    last = len(options)
    return {
        f"{a} {b}": sum(one.get(a, last) < one.get(b, last) for one in places)
        for a in options for b in options if a != b
    }  # fmt: skip


def _options(said: dict[str, Any], options: list[str]) -> dict[str, Any]:
    return {option: said["options"][option] for option in options}


def _told(names: tuple[str, ...], *path: str) -> Callable[[dict[str, Any], list[str]], Counted]:
    """The counts of these answers, without those nobody gave."""

    def told(said: dict[str, Any], options: list[str]) -> Counted:
        found: Counted = {}
        for option, figures in _options(said, options).items():
            for step in path:
                figures = figures[step]
            found[option] = Counter({n: int(figures.get(n) or 0) for n in names}) + Counter()
        return found

    return told


QUESTIONS: dict[str, Question] = {
    "evidence": Question(
        "evidence", _judgement,
        _tallied("judgement", lambda one: one["holds"]), _told(HOLDS, "holds"),
    ),
    "react": Question(
        "react", _react, _tallied("react", str), _told(("agree", "disagree", "pass")),
    ),
    "rate": Question(
        "rate", _rating, _medians,
        lambda said, options: {
            option: (one["n"], one["median"]) for option, one in _options(said, options).items()
        },
    ),
    "rank": Question(
        "rank", _ranking, _preferred,
        lambda said, options: {
            f"{a} {b}": int(said["pairwise"][a][b]) for a in options for b in options if a != b
        },
    ),
    "choose": Question(
        "choose", _approval, _approved,
        lambda said, options: {
            option: int(one["approved"]) for option, one in _options(said, options).items()
        },
        settings={"secrecy": "confidential"},
    ),
    "agree": Question(
        "agree", _consent,
        lambda bodies, _options: Counter(body["consent"] for body in bodies),
        lambda said, _options: Counter({n: int(k) for n, k in said["said"].items()}) + Counter(),
        options=["The posts are staffed together."],
    ),
}  # fmt: skip
