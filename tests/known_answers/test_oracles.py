"""What pref_voting 1.18.2 and abcvoting 2.19.2 answered to twenty small polls of each kind.

Their answers are frozen in `oracles.json`; `python -m tests.bench.oracles` asks them anew.
"""

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from app.methods import Outcome, count
from tests.bench.against import poll_of

FROZEN = json.loads(Path(__file__).with_name("oracles.json").read_text("utf-8"))
RANKED = {
    "plurality": "plurality", "borda": "borda", "copeland": "copeland", "schulze": "beat_path",
    "minimax": "minimax", "ranked_pairs": "ranked_pairs", "kemeny": "kemeny_young",
    "irv": "instant_runoff_put",
}  # fmt: skip
LISTED = {"seq_pav": "seqpav", "seq_phragmen": "seqphragmen", "pav": "pav"}
SCORED = {"approval": "av", "satisfaction_approval": "sav"}
each_poll = pytest.mark.parametrize("asked", FROZEN["polls"])


def test_the_versions_are_named() -> None:
    assert FROZEN["libraries"] == ["pref_voting==1.18.2", "abcvoting==2.19.2"]
    answered = [poll for poll in FROZEN["polls"] if poll["answers"]["ranked_pairs"] is not None]
    assert (len(FROZEN["polls"]), len(answered)) == (20, 16)  # four have too many ties for theirs


@each_poll
def test_the_same_winners(asked: dict[str, Any]) -> None:
    theirs = {ours: asked["answers"][name] for ours, name in RANKED.items()}
    found = {ours: count(poll_of(ours, asked), ours).winners for ours in RANKED}
    assert {ours: sorted(map(int, who)) for ours, who in found.items() if theirs[ours]} == {
        ours: sorted(who) for ours, who in theirs.items() if who
    }


@each_poll
def test_the_same_committees(asked: dict[str, Any]) -> None:
    for ours, theirs in LISTED.items():
        found = count(poll_of("seq_pav", asked), ours).diagnostics["committees"]
        assert sorted([int(o) for o in one] for one in found) == asked["answers"][theirs], ours
    for ours, theirs in SCORED.items():
        possible = committees(count(poll_of(ours, asked), ours), asked["seats"])
        assert possible == asked["answers"][theirs], ours


def committees(outcome: Outcome, seats: int) -> list[list[int]]:
    """Every way to fill the seats that the outcome leaves open."""
    tied = sorted({option for group in outcome.ties for option in group})
    sure = [option for option in outcome.winners if option not in tied]
    ways = combinations(tied, seats - len(sure)) if tied else [()]
    return sorted(sorted(int(option) for option in (*sure, *way)) for way in ways)
