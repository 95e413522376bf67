"""The history checker: a pure function from a history to the promises it breaks, C1 to C10.

It imports nothing of the application: the chain, the tally and the order are computed anew. An
answer that never came may stand for something that happened, or not; both are allowed.
"""

import hashlib
import json
import statistics
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from tests.faults.history import Cast, History, Line, Stored, StoredBallot

OPENS = {"round_opened", "round_reopened", "round_kept_open"}


def violations(history: History) -> list[str]:
    """Every broken promise with the smallest evidence for it; nothing if all were kept."""
    stored = history.stored
    assert stored is not None, "a history is checked when everything is quiet"
    return [f"{rule.__name__.upper()}: {said}" for rule in RULES for said in rule(history, stored)]


def c1(history: History, stored: Stored) -> Iterator[str]:
    """Every acknowledged ballot is the stored one, or replaced by a later revision."""
    kept = {(one.voter, one.revision): one for one in stored.ballots}
    live = {one.voter: one for one in stored.ballots if one.live}
    for cast in history.casts:
        if not cast.acknowledged:
            continue
        found = kept.get((cast.voter, cast.revision))
        if found is None:
            yield f"ballot {cast.key} was acknowledged as no. {cast.number} and is not stored"
        elif found.body != cast.body or found.number != cast.number:
            yield f"ballot {cast.key}, no. {cast.number}, is stored as another, no. {found.number}"
        elif cast.voter not in live or live[cast.voter].revision < cast.revision:
            yield f"ballot {cast.key} gave way to an older revision"


def c2(history: History, stored: Stored) -> Iterator[str]:
    """Every stored ballot was sent: nothing is invented."""
    sent = {(cast.voter, cast.revision, _text(cast.body)) for cast in history.casts}
    for ballot in stored.ballots:
        if (ballot.voter, ballot.revision, _text(ballot.body)) not in sent:
            yield f"ballot no. {ballot.number} was never sent"


def c3(_history: History, stored: Stored) -> Iterator[str]:
    """At most one counted ballot for each voter, and no number twice."""
    for voter, times in Counter(one.voter for one in stored.ballots if one.live).items():
        if times > 1:
            yield f"{times} live ballots of {voter}"
    for number, times in Counter(one.number for one in stored.ballots).items():
        if times > 1:
            yield f"{times} ballots with no. {number}"


def c4(history: History, stored: Stored) -> Iterator[str]:
    """Each outcome equals a recount of the ballots that preceded its close, and the last close has
    one; a round that is reopened at once may go on before it was counted."""
    closes = [line.number for line in stored.lines if line.kind == "round_closed"]
    if closes and not any(number > closes[-1] for number, _ in stored.outcomes):
        yield f"the close, no. {closes[-1]}, gave no outcome"
    for number, outcome in stored.outcomes:
        close = max(one for one in closes if one < number)
        counted = _standing(stored.ballots, close)
        if outcome["turnout"]["cast"] != len(counted):
            said = outcome["turnout"]["cast"]
            yield f"the outcome after no. {close} counts {said} ballots, not {len(counted)}"
        for option, figures in outcome["diagnostics"]["options"].items():
            given = [ballot.body["rating"][option] for ballot in counted]
            if _figures(given) != (figures["n"], figures["median"]):
                yield f"the outcome after no. {close} is not the recount of {option}"


def _standing(ballots: list[StoredBallot], close: int) -> list[StoredBallot]:
    """For each voter the last ballot before the close."""
    last: dict[str, StoredBallot] = {}
    for ballot in sorted(ballots, key=lambda one: one.number):
        if ballot.number < close:
            last[ballot.voter] = ballot
    return list(last.values())


def _figures(given: list[int]) -> tuple[int, float | None]:
    return len(given), float(statistics.median(given)) if given else None


def c5(_history: History, stored: Stored) -> Iterator[str]:
    """The log runs 1 to n without a hole, and its chain ends in the workshop's head."""
    if [line.number for line in stored.lines] != list(range(1, stored.seq + 1)):
        yield "the log has a hole or a repeat"
    head = hashlib.sha256(
        _canonical(["consilience-log-1", stored.workshop_id, stored.salt])
    ).digest()
    for line in stored.lines:
        head = hashlib.sha256(head + _canonical(_body(line))).digest()
        if line.hash != head.hex():
            yield f"line {line.number} does not follow from the one before it"
            return
    if head.hex() != stored.head:
        yield "the workshop's head is not the hash of its last line"


def _body(line: Line) -> dict[str, Any]:
    return {
        "at": line.at, "ids": line.ids, "kind": line.kind, "n": line.number, "salted": line.salted,
    }  # fmt: skip


def c6(history: History, stored: Stored) -> Iterator[str]:
    """What each watcher was told, over all its connections, is 1 to n: no gap, no repeat."""
    for watcher, seen in history.watched.items():
        expected = 1
        for one in seen:
            if one.first != expected:
                yield f"{watcher} was told {one.first} to {one.last} where {expected} came next"
                break
            expected = one.last + 1
        else:
            if expected != stored.seq + 1:
                yield f"{watcher} was told up to {expected - 1} of {stored.seq}"


def c7(_history: History, stored: Stored) -> Iterator[str]:
    """Folding the log gives the ballots: each has its line, and each line its ballot."""
    lines = {
        line.number for line in stored.lines
        if line.kind == "ballot_cast" and line.ids.get("round") == stored.round_id
    }  # fmt: skip
    ballots = {ballot.number for ballot in stored.ballots}
    for number in sorted(lines ^ ballots):
        yield f"no. {number} is a line without a ballot, or a ballot without a line"


def c8(history: History, _stored: Stored) -> Iterator[str]:
    """What was answered before something else was asked has the lower number."""
    done = sorted(
        (one for one in history.casts if one.acknowledged), key=lambda one: one.answered or 0.0
    )
    asked = sorted(done, key=lambda one: one.invoked)
    highest: Cast | None = None
    waiting = iter(done)
    upcoming = next(waiting, None)
    for cast in asked:
        while upcoming is not None and (upcoming.answered or 0.0) < cast.invoked:
            if highest is None or (upcoming.number or 0) > (highest.number or 0):
                highest = upcoming
            upcoming = next(waiting, None)
        if highest is not None and (cast.number or 0) < (highest.number or 0):
            yield f"ballot no. {cast.number} was sent after no. {highest.number} was answered"


def c9(history: History, stored: Stored) -> Iterator[str]:
    """No ballot stands between a close and a reopening, and none that was refused stands at all."""
    shut = 0
    for line in stored.lines:
        if line.kind == "round_closed":
            shut = line.number
        elif line.kind in OPENS:
            shut = 0
        elif line.kind == "ballot_cast" and shut:
            yield f"ballot no. {line.number} came after the close, no. {shut}"
    kept = {(one.voter, one.revision, _text(one.body)) for one in stored.ballots}
    for cast in history.casts:
        if cast.refused and (cast.voter, cast.revision, _text(cast.body)) in kept:
            yield f"ballot {cast.key} was refused ({cast.refused}) and is stored"


def c10(history: History, stored: Stored) -> Iterator[str]:
    """The round's stages follow each other as they may, and each answered step left its line."""
    allowed: dict[str, set[str]] = {
        "": {"round_opened"},
        "round_opened": {"round_closed"},
        "round_closed": {"round_reopened"},
        "round_reopened": {"round_closed"},
    }
    stages = [line for line in stored.lines if line.kind in {*allowed, "round_reopened"}]
    for before, after in pairwise([None, *stages]):
        was = before.kind if before else ""
        assert after is not None
        if after.kind not in allowed[was]:
            yield f"no. {after.number}, {after.kind}, follows {was or 'the beginning'}"
    lines = Counter(line.kind for line in stages)
    for stage in {step.stage for step in history.steps}:
        mine = [step for step in history.steps if step.stage == stage]
        sure = sum(step.answered is not None and not step.refused for step in mine)
        possible = sum(not step.refused for step in mine)
        if not sure <= lines[stage] <= possible:
            yield f"{stage} stands {lines[stage]} times; {sure} to {possible} commands led there"


def _text(body: Any) -> str:
    return json.dumps(body, sort_keys=True)


def _canonical(value: Any) -> bytes:
    """RFC 8785 for what a log line holds: text, whole numbers, lists and objects."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


RULES: list[Callable[[History, Stored], Iterator[str]]] = [
    c1, c2, c3, c4, c5, c6, c7, c8, c9, c10,
]  # fmt: skip
