"""Runs in the libraries' own environment: reads a question as JSON, prints the answer as JSON.

`answer`: the winners of small polls. `time`: the best of three counts after one to warm up, each
from plain ballots. `cold`: one count, for whoever times this process as a whole.
"""

import json
import sys
import time
from typing import Any

Question = dict[str, Any]


def ranked(name: str, ballots: list[list[int]]) -> list[int] | None:
    """The winners; None where the library will not count so many ties."""
    from pref_voting import voting_methods as rules
    from pref_voting.profiles import Profile

    found = getattr(rules, name)(Profile(ballots))
    return None if found is None else [int(option) for option in found]


def approved(
    name: str, ballots: list[list[int]], seats: int, options: int, every: bool = False
) -> list[list[int]]:
    from abcvoting import abcrules
    from abcvoting.preferences import Profile

    profile = Profile(options)
    profile.add_voters(ballots)
    exactly = {} if name in ("av", "sav", "seqpav", "pav") else {"algorithm": "standard-fractions"}
    if name == "pav":
        exactly = {"algorithm": "brute-force"}
    found = abcrules.compute(name, profile, seats, resolute=not every, **exactly)
    return sorted(sorted(int(option) for option in committee) for committee in found)


def count(name: str, question: Question, **more: bool) -> Any:
    if name in RANKED:
        return ranked(name, question["rankings"])
    options = 1 + max(option for ballot in question["approvals"] for option in ballot)
    seats = min(question["seats"], options)
    return approved(name, question["approvals"], seats, options, **more)


RANKED = (
    "plurality",
    "borda",
    "copeland",
    "beat_path",
    "minimax",
    "ranked_pairs",
    "kemeny_young",
    "instant_runoff_put",
)
BOUNDED = {"ranked_pairs": "ranked_pairs_with_test"}  # else every order of equal majorities
COMMITTEES = ("av", "sav", "seqpav", "seqphragmen", "pav")


def answered(question: Question) -> dict[str, Any]:
    winners = {name: ranked(BOUNDED.get(name, name), question["rankings"]) for name in RANKED}
    return winners | {name: count(name, question, every=True) for name in COMMITTEES}


def timed(name: str, question: Question) -> float:
    count(name, question)
    best = 1e9
    for _ in range(3):
        started = time.perf_counter()
        count(name, question)
        best = min(best, time.perf_counter() - started)
    return best


def main() -> None:
    question = json.load(sys.stdin)
    if question["do"] == "answer":
        print(json.dumps([answered(one) for one in question["polls"]]))
    elif question["do"] == "time":
        print(json.dumps({name: timed(name, question) for name in question["names"]}))
    else:
        print(json.dumps(count(question["names"][0], question)))


main()
