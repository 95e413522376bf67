"""Beside pref_voting and abcvoting, on the same ballots in one run: how many times our time theirs
is. Above 1 we are quicker. And the bounds that the larger counts have to keep.
"""

import json
import subprocess
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from app.methods import Poll, count
from tests.bench import oracles
from tests.bench.measure import Figure, best
from tests.support.servers import PROGRAM

RANKED = {
    "plurality": "plurality", "borda": "borda", "copeland": "copeland", "schulze": "beat_path",
    "minimax": "minimax",
}  # fmt: skip
MANY_WAYS = {"irv": "instant_runoff_put"}
FEW = {"ranked_pairs": "ranked_pairs", "kemeny": "kemeny_young"}  # theirs end with few options only
COMMITTEES = {
    "approval": "av", "satisfaction_approval": "sav", "seq_pav": "seqpav",
    "seq_phragmen": "seqphragmen", "equal_shares": "equal-shares",
}  # fmt: skip
BOUNDS = {  # seconds, as Order 2 asks
    ("kemeny", 20, 60): 3.0,
    ("schulze", 50, 500): 0.2,
    ("seq_phragmen", 50, 500): 1.0,
    ("equal_shares", 50, 500): 1.0,
}


def run() -> list[Figure]:
    """Bounds first; then ratios, if the libraries can be had."""
    figures = [bounded(*what, bound) for what, bound in BOUNDS.items()]
    if not oracles.lay_out():
        return figures
    large = {"rankings": oracles.rankings(50, 500), "approvals": oracles.approvals(50, 500)}
    middle = {"rankings": oracles.rankings(20, 500)}
    small = {"rankings": oracles.rankings(6, 101)}
    return [
        *figures,
        *warm(RANKED, {**large, "seats": 10}, "50 options × 500 ballots"),
        *warm(MANY_WAYS, {**middle, "seats": 1}, "20 options × 500 ballots"),
        *warm(FEW, {**small, "seats": 1}, "6 options × 101 ballots"),
        *warm(COMMITTEES, {**large, "seats": 10}, "50 × 500, k = 10, exact"),
        cold("schulze", "beat_path", {**small, "seats": 1}),
        cold("seq_phragmen", "seqphragmen", {"approvals": large["approvals"], "seats": 10}),
    ]


def bounded(method: str, options: int, ballots: int, bound: float) -> Figure:
    question = {
        "rankings": oracles.rankings(options, ballots),
        "approvals": oracles.approvals(options, ballots),
        "seats": 10 if method in COMMITTEES else 1,
    }
    took = best(partial(count, poll_of(method, question), method))
    what = f"{method}, {options} × {ballots}: part of its bound of {bound:g} s"
    return Figure(what, took / bound, "×")


def warm(pairs: dict[str, str], question: dict[str, Any], size: str) -> list[Figure]:
    """After a first count of each, which loads and compiles what there is."""
    theirs = oracles.ask({"do": "time", "names": list(pairs.values()), **question})
    return [
        Figure(f"{ours}, {size}: {name} takes", theirs[name] / took, "×")
        for ours, name in pairs.items()
        for took in [best(partial(count, poll_of(ours, question), ours))]
    ]


def cold(ours: str, name: str, question: dict[str, Any]) -> Figure:
    """From the shell to the answer, as a person waits for it."""
    body = poll_of(ours, question).model_dump_json(exclude_unset=True)
    command = [str(PROGRAM), "count", "-", "--method", ours, "--json"]
    mine = seconds(partial(subprocess.run, command, input=body, text=True, capture_output=True))
    asked = json.dumps({"do": "cold", "names": [name], **question})
    script = [str(oracles.PYTHON), str(oracles.THEIRS)]
    other = seconds(partial(subprocess.run, script, input=asked, text=True, capture_output=True))
    return Figure(f"{ours} from a cold start: {name} takes", other / mine, "×")


def seconds(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work().check_returncode()
    return time.perf_counter() - started


def poll_of(method: str, question: dict[str, Any]) -> Poll:
    """The same ballots as a poll of ours; options are named by three digits, in their order."""
    if method in COMMITTEES:
        approving = [{"approval": named(ballot)} for ballot in question["approvals"]]
        return poll(question["approvals"], approving, seats=question["seats"])
    rankings = question["rankings"]
    ranking = [{"ranking": [[option] for option in named(ballot)]} for ballot in rankings]
    return poll(rankings, ranking)


def poll(ballots: list[list[int]], bodies: Sequence[dict[str, Any]], **fields: Any) -> Poll:
    options = named(sorted({option for ballot in ballots for option in ballot}))
    rows = [{"body": body} for body in bodies]
    return Poll.model_validate({"options": options, "ballots": rows, **fields})


def named(options: list[int]) -> list[str]:
    return [f"{option:03}" for option in options]
