"""What the analysis says of polls that are always drawn alike changes only knowingly:
`python -m tests.analysis.test_frozen` writes it down anew.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from app.analysis import analyse
from app.errors import Refused
from app.methods import Poll
from tests.methods.drawn import drawn_poll
from tests.methods.frozen import mark, rounded

FILE = Path(__file__).with_name("frozen.json")
POLLS = range(12)
METHODS = (
    "schulze", "stv", "borda", "rating_consensus", "score", "approval", "equal_shares",
    "agree_disagree", "motion", "consent", "plurality", "weighted_criteria", "ram_appropriateness",
)  # fmt: skip


def said(method: str, number: int) -> Any:
    """The analysis of a poll of up to thirty rows, or how it was refused."""
    try:
        found = analyse(Poll.model_validate(drawn_poll(method, number, most=30)))
    except Refused as refused:
        return [refused.code, refused.sentence()]
    return rounded(json.loads(json.dumps(found, default=str)), 6)


def marks(method: str) -> list[str]:
    return [mark(said(method, number)) for number in POLLS]


@pytest.mark.parametrize("method", METHODS)
def test_it_says_what_it_said(method: str) -> None:
    kept = json.loads(FILE.read_text("utf-8"))[method]
    for number in POLLS:
        now = said(method, number)
        assert (number, mark(now)) == (number, kept[number]), now


if __name__ == "__main__":
    FILE.write_text(json.dumps({name: marks(name) for name in METHODS}, indent=1) + "\n", "utf-8")
