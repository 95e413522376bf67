"""What every method says of polls that are always drawn alike; `python -m tests.methods.frozen`
writes it down anew.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from app.errors import Refused
from app.methods import METHODS, Poll, count
from tests.methods.drawn import drawn_poll

POLLS = 60
FILE = Path(__file__).with_name("frozen.json")
NOTHING = 1e-12  # what is nearer to nought is what a processor left of it
DIGITS = {"linear_pool": 3}  # a search ends where it is good enough; else six digits are sure


def said(method: str, number: int) -> Any:
    """The outcome of one poll, or how it was refused."""
    try:
        outcome = count(Poll.model_validate(drawn_poll(method, number)))
    except Refused as refused:
        return [refused.code, refused.sentence()]
    return rounded(outcome.model_dump(mode="json"), DIGITS.get(method, 6))


def rounded(value: Any, digits: int) -> Any:
    """Without the digits of floats that depend on the processor."""
    if isinstance(value, float):
        return float(f"{value:.{digits}g}") if abs(value) > NOTHING else 0.0
    if isinstance(value, dict):
        return {key: rounded(inner, digits) for key, inner in value.items()}
    return [rounded(inner, digits) for inner in value] if isinstance(value, list) else value


def mark(said: Any) -> str:
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:10]


def frozen() -> dict[str, Any]:
    return dict(json.loads(FILE.read_text("utf-8")))


def freeze() -> None:
    marks = {
        name: {"version": rule.version, "marks": [mark(said(name, n)) for n in range(POLLS)]}
        for name, rule in METHODS.items()
    }
    FILE.write_text(json.dumps(marks, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    freeze()
