"""How long each method takes: a meeting's thirty ballots, and eight thousand."""

import random
from collections.abc import Callable
from functools import partial
from typing import Any

from app.methods import METHODS, Poll, count
from tests.bench.measure import Figure, best

OPTIONS = [f"R{n:02}" for n in range(27)]
SIZES = (30, 8000)
TOO_HEAVY = {"kemeny"}  # counts 20 options at most; its bound stands in against.py
Draw = Callable[[random.Random], dict[str, Any]]


def ranking(draw: random.Random) -> dict[str, Any]:
    order = draw.sample(OPTIONS, draw.randrange(5, len(OPTIONS)))
    return {"ranking": [[option] for option in order]}


def rating(draw: random.Random) -> dict[str, Any]:
    return {"rating": {option: draw.choice([None, *range(1, 10)]) for option in OPTIONS}}


def approval(draw: random.Random) -> dict[str, Any]:
    return {"approval": sorted(draw.sample(OPTIONS, draw.randrange(1, 12)))}


def react(draw: random.Random) -> dict[str, Any]:
    return {"react": {option: draw.choice(["agree", "disagree", "pass"]) for option in OPTIONS}}


BODIES: dict[str, Draw] = {
    "ranking": ranking, "rating": rating, "approval": approval, "react": react,
}  # fmt: skip


def run() -> list[Figure]:
    """Every method whose shape is drawn here, at each size."""
    return [
        Figure(f"{name}, {size:,} ballots on {len(OPTIONS)} options", milliseconds, "ms")
        for name, method in METHODS.items()
        if method.shape in BODIES and name not in TOO_HEAVY
        for size in SIZES
        for milliseconds in [1000 * best(partial(count, poll(name, size)))]
    ]


def poll(name: str, size: int) -> Poll:
    """The same ballots at every run: drawn from a fixed seed."""
    draw = random.Random(912)
    body = BODIES[METHODS[name].shape]
    fields: dict[str, Any] = {"method": name, "options": OPTIONS, "seats": 3}
    if METHODS[name].shape == "rating":
        fields["scale"] = {"min": 1, "max": 9, "step": 1}
    return Poll.model_validate({**fields, "ballots": [{"body": body(draw)} for _ in range(size)]})
