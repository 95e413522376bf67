#!/usr/bin/env python3
"""Checks the published record of a Consilience meeting with nothing but Python 3.11 itself.

    python3 -I verify.py BUNDLE.zip [--head HEX] [--json]

Exit 0: everything agrees. Exit 1: something does not, or the file could not be read; each fault is
one sentence. `--head` takes a head of the log that somebody kept (from the big screen, a receipt, a
report; the first characters are enough) and looks for it in the log.

What is checked, in the order of the chapters below:

1. The zip: bounded, no file twice, nothing but plain names.
2. The log: line n is chained to line n - 1 by SHA-256, from the workshop's salt to the head that
   the manifest names. Whoever changes, drops, adds or moves a line changes every head after it.
3. The files: each is in SHA256SUMS. The log holds the digest of the ballots of every closed round
   and of every outcome, so neither can be changed without the log.
4. The rounds: every outcome is counted again from its ballots, by the rules in chapters 5 to 9.
   They were written from the literature that each names, not from the program that made the bundle.

What no verifier can see: what was put in wrongly at the start, and a record that was rewritten as a
whole before anybody kept a head of its log. Take this file from a source that you trust.
"""

import argparse
import hashlib
import json
import re
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, groupby
from math import ceil, exp, log
from typing import Any

FORMAT = "consilience-bundle-1"
F = Fraction
HALF = F(1, 2)


class Fault(Exception):
    """Something does not agree, or cannot be read: one sentence."""


class NotHere(Exception):
    """What this verifier does not count again, and why."""


# == 1. The zip ====================================================================================

MOST_FILES, MOST_BYTES, MOST_RATIO = 10_000, 1 << 30, 400
NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")


def unzipped(path: str) -> dict[str, bytes]:
    """Every file of the zip by name. Sizes are checked before anything is unpacked, and again while
    it is: a size in a zip is only a claim."""
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        names = [member.filename for member in members]
        if len(names) > MOST_FILES:
            raise Fault(f"The zip holds more than {MOST_FILES} files.")
        if twice := [name for name, times in Counter(names).items() if times > 1]:
            raise Fault(f"The zip holds {twice[0]!r} twice.")
        if strange := [name for name in names if not NAME.fullmatch(name)]:
            raise Fault(f"The zip holds a file with the name {strange[0]!r}.")
        if sum(member.file_size for member in members) > MOST_BYTES:
            raise Fault("Unpacked, the zip would be larger than a gigabyte.")
        return {member.filename: unpacked(archive, member) for member in members}


def unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    if member.flag_bits & 1 or member.compress_type not in (
        zipfile.ZIP_STORED,
        zipfile.ZIP_DEFLATED,
    ):
        raise Fault(f"{member.filename} is encrypted or packed in an unusual way.")
    if member.file_size > 1 << 20 and member.file_size > MOST_RATIO * member.compress_size:
        raise Fault(f"{member.filename} is packed far too tightly to be a record.")
    with archive.open(member) as file:
        content = file.read(member.file_size + 1)
    if len(content) != member.file_size:
        raise Fault(f"{member.filename} is not as long as the zip says.")
    return content


def parsed(content: bytes, name: str) -> Any:
    """Strict JSON: no key twice, no NaN, nothing but UTF-8."""

    def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            raise Fault(f"{name} names a field twice.")
        return found

    def refused(constant: str) -> Any:
        raise Fault(f"{name} holds {constant}, which is no number.")

    try:
        return json.loads(content.decode(), object_pairs_hook=once, parse_constant=refused)
    except (ValueError, RecursionError):
        raise Fault(f"{name} is not valid JSON.") from None


def shaped(value: Any, fields: Mapping[str, type], name: str) -> dict[str, Any]:
    """An object with exactly these fields, each of its type."""
    if not isinstance(value, dict) or value.keys() != fields.keys():
        raise Fault(f"{name} does not have the fields {', '.join(fields)}.")
    for field, kind in fields.items():
        if type(value[field]) is not kind:
            raise Fault(f"“{field}” in {name} is not of the right kind.")
    return value


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


# == 2. The log ====================================================================================

LINE = {"at": str, "ids": dict, "kind": str, "n": int, "salted": dict}
MANIFEST = {
    "format": str, "head": str, "made_at": str, "salt": str, "seq": int, "title": str,
    "workshop": str,
}  # fmt: skip


class Log:
    """The chained log: its lines, and the head after each, heads[0] being the first link."""

    def __init__(self, content: bytes, workshop: str, salt: str) -> None:
        first = json.dumps(["consilience-log-1", workshop, salt], ensure_ascii=False)
        head = hashlib.sha256(first.replace('", "', '","').encode()).digest()
        self.lines: list[dict[str, Any]] = []
        self.heads = [head.hex()]
        raw = content.split(b"\n")
        if raw.pop() != b"":
            raise Fault("log.jsonl does not end with a whole line.")
        for n, line in enumerate(raw, 1):
            head = hashlib.sha256(head + line).digest()
            self.heads.append(head.hex())
            self.lines.append(shaped(parsed(line, f"line {n} of the log"), LINE, f"line {n}"))
            if self.lines[-1]["n"] != n:
                raise Fault(f"Line {n} of the log says that it is line {self.lines[-1]['n']}.")

    def of(self, kind: str) -> Iterator[tuple[int, dict[str, Any]]]:
        """Number and ids of every line of a kind."""
        return ((line["n"], line["ids"]) for line in self.lines if line["kind"] == kind)


def check_end(log: Log, manifest: dict[str, Any]) -> Iterator[str]:
    """The log ends where the manifest says."""
    if manifest["format"] != FORMAT:
        yield f"The manifest is of the format {manifest['format']!r}, not {FORMAT!r}."
    if len(log.lines) != manifest["seq"]:
        yield f"The log has {len(log.lines)} lines; the manifest says {manifest['seq']}."
    if log.heads[-1] != manifest["head"]:
        yield "The log does not lead to the head that the manifest names."


def check_kept(log: Log, kept: str) -> Iterator[str]:
    """A head that somebody kept stands somewhere in the log."""
    if len(kept) < 8 or not any(head.startswith(kept.lower()) for head in log.heads):
        yield f"No line of the log leads to the head {kept!r}, which was kept."


# == 3. The files ==================================================================================


def check_sums(files: Mapping[str, bytes]) -> Iterator[str]:
    """SHA256SUMS names every other file with its digest, in the form of `sha256sum`."""
    listed: dict[str, str] = {}
    for line in files["SHA256SUMS"].decode(errors="replace").splitlines():
        digest, _, name = line.partition("  ")
        if name in listed:
            yield f"SHA256SUMS names {name!r} twice."
        listed[name] = digest
    for name in sorted((files.keys() | listed.keys()) - {"SHA256SUMS"}):
        if name not in files:
            yield f"SHA256SUMS names {name!r}, which is missing."
        elif name not in listed:
            yield f"{name} is not in SHA256SUMS."
        elif listed[name] != sha256(files[name]):
            yield f"{name} is not the file that SHA256SUMS names."


def check_record(record: Any, log: Log, manifest: dict[str, Any]) -> Iterator[str]:
    """The readable record beside the log tells the same meeting, line by line."""
    told = record["meeting"]
    for theirs, ours in (
        ("id", "workshop"), ("title", "title"), ("seq", "seq"), ("head", "head"),
        ("made_at", "made_at"),
    ):  # fmt: skip
        if told[theirs] != manifest[ours]:
            yield f"record.json and manifest.json differ in “{ours}”."
    if len(record["log"]) != len(log.lines):
        yield "record.json does not tell every line of the log."
    for line, said, head in zip(log.lines, record["log"], log.heads[1:], strict=False):
        expected = {"number": line["n"], "at": line["at"], "kind": line["kind"], "hash": head}
        if {field: said.get(field) for field in expected} != expected:
            yield f"Line {line['n']} of the log was changed, or record.json was."
            return
    yield from check_released(record, log)


def check_released(record: Any, log: Log) -> Iterator[str]:
    """Nothing is told in the record that the log does not say was released."""
    for noun, one in (("notes", "note"), ("lessons", "lesson")):
        released = set()
        for line in log.lines:
            if line["kind"] == f"{one}_released":
                released.add(line["ids"][one])
            elif line["kind"] in (f"{one}_taken_back", f"{one}_removed"):
                released.discard(line["ids"][one])
        for told in record.get(noun, []):
            if told["id"] not in released:
                yield f"record.json tells a {one} that the log does not say was released."


# == 4. The rounds =================================================================================


class Round:
    """What the log says of one round."""

    def __init__(self) -> None:
        self.voices = 0
        self.closed: list[tuple[int, dict[str, Any]]] = []
        self.outcomes: list[tuple[int, dict[str, Any]]] = []

    @property
    def last_close(self) -> int:
        return self.closed[-1][0] if self.closed else 0


def rounds_of(log: Log) -> dict[str, Round]:
    """Every round that was opened; a reopened one has lost its last close."""
    rounds: dict[str, Round] = defaultdict(Round)
    for line in log.lines:
        ids, n = line["ids"], line["n"]
        match line["kind"]:
            case "round_opened":
                rounds[ids["round"]].voices += ids["voters"]
            case "voter_added":
                rounds[ids["round"]].voices += 1
            case "round_closed":
                rounds[ids["round"]].closed.append((n, ids))
            case "round_reopened":
                rounds[ids["round"]].closed.append((n, {}))
            case "outcome_recorded":
                rounds[ids["round"]].outcomes.append((n, ids))
    return dict(rounds)


def check_rounds(
    files: Mapping[str, bytes], rounds: Mapping[str, Round], told: list[str]
) -> Iterator[str]:
    """Ballots and outcomes are those that the log holds, and each count gives its outcome."""
    if faults := list(check_digests(files, digests_of(rounds))):
        yield from faults
        return
    for name, round_ in rounds.items():
        for n, ids in round_.outcomes:
            which = f"{name}, outcome {ids['outcome']}"
            try:
                told.append(f"{which}: {check_outcome(files, name, round_, n, ids)}")
            except Fault as fault:
                yield f"{which}: {fault}"
            except NotHere as reason:
                told.append(f"{which}: not recomputed here ({reason})")
            except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as error:
                yield f"{which}: cannot be counted again ({error!r})."
        if f"receipts/{name}.json" in files:
            yield from check_receipts(files, name)


def digests_of(rounds: Mapping[str, Round]) -> dict[str, str]:
    """The files that the log holds the digests of: outcomes, and what the last close froze."""
    expected: dict[str, str] = {}
    for name, round_ in rounds.items():
        for _, ids in round_.outcomes:
            expected[f"outcomes/{name}-{ids['outcome']}.json"] = ids["result"]
        frozen = round_.closed[-1][1] if round_.closed else {}
        for folder, field in (("ballots", "digest"), ("receipts", "receipts")):
            if field in frozen:
                expected[f"{folder}/{name}.json"] = frozen[field]
    return expected


def check_digests(files: Mapping[str, bytes], expected: Mapping[str, str]) -> Iterator[str]:
    held = {name for name in files if name.startswith(("ballots/", "outcomes/", "receipts/"))}
    for name in sorted(held | expected.keys()):
        if name not in files:
            yield f"{name} is missing; the log holds its digest."
        elif name not in expected:
            yield f"{name} belongs to no round of the log."
        elif sha256(files[name]) != expected[name]:
            yield f"{name} is not the file whose digest the log holds."


def check_outcome(
    files: Mapping[str, bytes], name: str, round_: Round, n: int, ids: dict[str, Any]
) -> str:
    """One outcome against its ballots; what was done, in words."""
    outcome = parsed(files[f"outcomes/{name}-{ids['outcome']}.json"], "the outcome")
    close: dict[str, Any] = next((of for at, of in reversed(round_.closed) if at < n), {})
    if outcome["input_digest"] != ids["digest"] or close.get("digest") != ids["digest"]:
        raise Fault("it was counted from other ballots than the close froze.")
    if n < round_.last_close:
        return f"{outcome['method']}: the round was reopened after it; not recomputed here"
    poll = Poll(parsed(files[f"ballots/{name}.json"], "the ballots"))
    if poll.raw["eligible"] != str(round_.voices):
        raise Fault("the ballots name another number of entitled than the log.")
    if poll.number > round_.voices:
        raise Fault("there are more ballots than voices.")
    if "how" in ids:
        return f"{outcome['method']}: a tie settled by “{ids['how']}”; not recomputed here"
    return f"{outcome['method']}: {check_count(poll, outcome)}"


def check_count(poll: "Poll", outcome: dict[str, Any]) -> str:
    """The stated outcome against our own count; says how far it was counted again."""
    stated = {"method": poll.method, "version": poll.raw["version"], "params": poll.params}
    for field, value in stated.items():
        if spelled(outcome[field]) != value:
            raise Fault(f"the outcome and its ballots differ in “{field}”.")
    if outcome["turnout"] != poll.turnout:
        raise Fault("the turnout is not that of the ballots.")
    if poll.method in SCORED:
        if outcome["decided"] != "no_quorum":
            SCORED[poll.method](poll, outcome)
        return "the score of the stated result agrees; that none is better was not searched"
    if poll.method not in RULES:
        return "not recomputed here; the input digest agrees"
    if poll.method in EXACT and not outcome["exact"] and poll.params.get("rule") != "meek":
        raise NotHere("not every way of its ties was followed")
    compare(poll.settled(RULES[poll.method](poll)), outcome)
    return "counted again, equal"


def compare(ours: dict[str, Any], outcome: dict[str, Any]) -> None:
    """Raises Fault where our count and the stated outcome differ."""
    for field in ("winners", "decided", "ranking", "scores", "ties"):
        if not agrees(ours[field], outcome[field]):
            counted = json.dumps(ours[field], default=float)
            raise Fault(f"“{field}” is {json.dumps(outcome[field])}; we counted {counted}.")
    if ours["scores"].keys() != outcome["scores"].keys():
        raise Fault("“scores” names other options than the ballots.")
    for field, value in ours["diagnostics"].items():
        if not agrees(value, outcome["diagnostics"].get(field)):
            raise Fault(f"“diagnostics.{field}” is not what the ballots give.")


def check_receipts(files: Mapping[str, bytes], name: str) -> Iterator[str]:
    """The list of receipts holds just the answers of the ballots, none more and none less."""
    listed = parsed(files[f"receipts/{name}.json"], "the receipts")
    words = [one["receipt"] for one in listed]
    if sorted(words) != words:
        yield f"receipts/{name}.json is not in the order of its words."
    said: Counter[str] = Counter()
    for one in listed:
        said.update(answers(one["body"]))
    cast: Counter[str] = Counter()
    for ballot in parsed(files[f"ballots/{name}.json"], "the ballots")["ballots"]:
        for answer in answers(ballot["body"]):
            cast[answer] += int(ballot["count"])
    if said != cast:
        yield f"receipts/{name}.json does not hold the answers that the ballots hold."


def answers(body: dict[str, Any]) -> list[str]:
    """A body as comparable texts: item by item where it was given item by item."""
    ((shape, given),) = body.items()
    if shape == "judgement":  # regions, where they are shown at all, stand in the ballots alone
        given = {i: {n: v for n, v in one.items() if n != "regions"} for i, one in given.items()}
    if shape in ("react", "judgement"):
        return [json.dumps([item, spelled(one)], sort_keys=True) for item, one in given.items()]
    return [json.dumps(spelled(body), sort_keys=True)]


def spelled(value: Any) -> Any:
    """JSON with its numbers as strings, as ballots hold them."""
    if isinstance(value, dict):
        return {key: spelled(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [spelled(inner) for inner in value]
    if isinstance(value, bool | str) or value is None:
        return value
    return str(F(repr(value)))


def agrees(ours: Any, stated: Any) -> bool:
    """Texts exactly; statistics (our Fractions and floats) within 1e-9. Of an object, what we
    counted: other figures may stand beside it."""
    if isinstance(ours, dict):
        return isinstance(stated, dict) and all(
            key in stated and agrees(value, stated[key]) for key, value in ours.items()
        )
    if isinstance(ours, list | tuple):
        return (
            isinstance(stated, list)
            and len(ours) == len(stated)
            and all(agrees(one, other) for one, other in zip(ours, stated, strict=True))
        )
    if isinstance(ours, F | float):
        number = isinstance(stated, int | float) and not isinstance(stated, bool)
        return number and abs(float(ours) - stated) <= 1e-9 * max(1.0, abs(stated))
    return type(ours) is type(stated) and bool(ours == stated)


# == 5. A poll and what all rules share ============================================================

Scores = Mapping[str, Any]
Tiers = list[list[str]]


class Vote:
    """Equal ballots: shape, answer, how many they are, and their weight together."""

    def __init__(self, raw: dict[str, Any]) -> None:
        ((self.shape, self.answer),) = raw["body"].items()
        self.count = int(raw["count"])
        self.power = F(raw["weight"]) * self.count
        self.voter = raw.get("voter")
        # Who could not decide between what was shown has answered nothing.
        skipped = self.shape in ("pair", "best_worst") and self.answer.get("skip", False)
        self.blank = skipped or not self.answer


def units(votes: Sequence[Vote]) -> int:
    """How many have voted: whoever judged many pairs once, ballots that name nobody each."""
    known = {vote.voter for vote in votes if vote.voter is not None}
    return len(known) + sum(vote.count for vote in votes if vote.voter is None)


class Poll:
    """The file of a round's ballots: everything that its rule may read, numbers as texts."""

    def __init__(self, raw: dict[str, Any]) -> None:
        self.raw = raw
        self.method: str = raw["method"]
        self.options: list[str] = raw["options"]
        self.params: dict[str, Any] = raw["params"]
        self.seats = int(raw["seats"]) if "seats" in raw else None
        ballots = [Vote(one) for one in raw["ballots"]]
        self.votes = [vote for vote in ballots if not vote.blank]
        self.blanks = [vote for vote in ballots if vote.blank]
        self.number = self.voices(ballots)
        self.power = sum((vote.power for vote in ballots), F(0))

    def of(self, shape: str) -> Iterator[tuple[Any, F]]:
        """Answers of a shape with the weight behind each."""
        return ((vote.answer, vote.power) for vote in self.votes if vote.shape == shape)

    def heads(self, shape: str) -> Iterator[tuple[Any, int]]:
        """Answers of a shape with the number of people behind each."""
        return ((vote.answer, vote.count) for vote in self.votes if vote.shape == shape)

    @property
    def turnout(self) -> dict[str, Any]:
        invalid = int(self.raw["invalid"])
        shared, cast = self.raw.get("shared"), units([*self.votes, *self.blanks])
        return {
            "eligible": int(self.raw["eligible"]) if "eligible" in self.raw else None,
            "cast": (self.number if shared else cast) + invalid,
            "blank": self.voices(self.blanks) if shared else cast - units(self.votes),
            "invalid": invalid,
        }

    def voices(self, votes: Iterable[Vote]) -> int:
        """One for each ballot; where ballots are shares of voices, their weights add up to them."""
        if self.raw.get("shared"):
            return ceil(sum((vote.power for vote in votes), F(0)))
        return sum(vote.count for vote in votes)

    @property
    def scale(self) -> tuple[F, F] | None:
        found = self.raw.get("scale")
        return (F(found["min"]), F(found["max"])) if found else None

    def settled(self, found: dict[str, Any]) -> dict[str, Any]:
        """Nothing is decided below the quorum, nor by nobody."""
        if "quorum" in self.raw:
            met = self.turnout["cast"] >= F(self.raw["quorum"]) * int(self.raw["eligible"])
            found["diagnostics"]["quorum_met"] = met
            if not met:
                return {**found, "winners": [], "decided": "no_quorum"}
        if not self.votes and not self.blanks and found["decided"] != "no":
            return {**found, "winners": [], "ties": [], "decided": "no"}
        return found


def result(
    winners: Sequence[str],
    ties: Sequence[Sequence[str]],
    decided: str,
    ranking: Tiers | None = None,
    scores: Scores | None = None,
    **diagnostics: Any,
) -> dict[str, Any]:
    return {
        "winners": list(winners), "ties": [list(tie) for tie in ties], "decided": decided,
        "ranking": ranking or [], "scores": dict(scores or {}), "diagnostics": diagnostics,
    }  # fmt: skip


def exact(values: Mapping[str, Any]) -> dict[str, Any]:
    """Exact figures as texts: “83/6”. None stays."""
    return {key: None if value is None else str(F(value)) for key, value in values.items()}


def by(key: Callable[[str], Any], options: Iterable[str]) -> Tiers:
    """Options from the highest key down; equal ones share a tier, in it by id."""
    ordered = sorted(sorted(options), key=key, reverse=True)
    return [sorted(tier) for _, tier in groupby(ordered, key=key)]


def falling(scores: Scores) -> Tiers:
    return by(lambda option: scores[option], scores)


def seated(ranking: Tiers, seats: int | None) -> tuple[list[str], Tiers, str]:
    """Winners, tie, decided. One seat: the top tier wins or is tied. More: a tier that does not fit
    as a whole is the tie, and only those above it are in."""
    inside: list[str] = []
    for tier in ranking:
        free = (seats or 1) - len(inside)
        if not free:
            break
        if len(tier) > free:
            return (tier if (seats or 1) == 1 else inside), [tier], "tie"
        inside = inside + tier
    return inside, [], "yes" if inside else "no"


def passes(part: F, whole: F, threshold: str) -> bool:
    """“simple” is more than half; a share is reached by being equal; of nothing nothing passes."""
    if not whole:
        return False
    return part * 2 > whole if threshold == "simple" else part >= F(threshold) * whole


def every_way(run: Callable[[Callable[[Sequence[str]], str]], Any]) -> list[Any]:
    """A rule run once for each way that its ties can fall; the first takes the first by id."""
    found: list[Any] = []
    waiting: list[list[int]] = [[]]
    while waiting:
        script = waiting.pop()
        taken: list[int] = []

        def pick(tied: Sequence[str], script: list[int] = script, taken: list[int] = taken) -> str:
            if len(tied) == 1:
                return tied[0]
            at = len(taken)
            if at == len(script):
                waiting.extend([*script, n] for n in range(len(tied) - 1, 0, -1))
                script.append(0)
            taken.append(script[at])
            return sorted(tied)[script[at]]

        found.append(run(pick))
        if len(found) > 500:
            raise NotHere("not every way of its ties was followed")
    return found


# == 6. Choosing, approving, reacting ==============================================================


def plurality(poll: Poll) -> dict[str, Any]:
    """The option named most often; of a ranking its first place, shared if tied."""
    votes = dict.fromkeys(poll.options, F(0))
    for answer, power in poll.of("choice"):
        for option in answer:
            votes[option] += power
    for ranking, power in poll.of("ranking"):
        for option in ranking[0]:
            votes[option] += power / len(ranking[0])
    ranked = falling(votes)
    return result(*seated(ranked, poll.seats), ranked, exact(votes))


def approval(poll: Poll) -> dict[str, Any]:
    """Brams and Fishburn (1978). A threshold is a share of all ballots cast, blank ones too."""
    votes = dict.fromkeys(poll.options, F(0))
    for answer, power in poll.of("approval"):
        for option in answer:
            votes[option] += power
    ranking = falling(votes)
    seats, kept = poll.seats, ranking
    if threshold := poll.raw.get("threshold"):
        kept = [[o for o in tier if passes(votes[o], poll.power, threshold)] for tier in ranking]
        kept = [tier for tier in kept if tier]
        seats = seats or max(2, sum(map(len, kept)))
    figures = {
        o: {
            "approved": str(votes[o]),
            "of": str(poll.power),
            "share": str(votes[o] / poll.power) if poll.power else None,
        }
        for o in poll.options
    }
    return result(*seated(kept, seats), ranking, exact(votes), options=figures)


def motion(poll: Poll) -> dict[str, Any]:
    """Robert's Rules: yes as a share of the votes, of those present, or of the members."""
    votes = {"yes": F(0), "no": F(0), "abstain": F(0)}
    for answer, power in poll.of("motion"):
        votes[answer] += power
    basis, threshold = poll.raw.get("basis", "valid"), poll.raw.get("threshold", "simple")
    present = sum(votes.values(), F(0))
    of = {"valid": present - votes["abstain"], "present": present}
    whole = of[basis] if basis in of else F(poll.raw["eligible"])
    even = bool(threshold == "simple" and whole and votes["yes"] * 2 == whole)
    carried = passes(votes["yes"], whole, threshold)
    share = str(votes["yes"] / whole) if whole else None
    return result(
        [], [["yes", "no"]] if even else [], "yes" if carried else "no", [], exact(votes),
        share=share, of=str(whole),
    )  # fmt: skip


def consent(poll: Poll) -> dict[str, Any]:
    """It passes unless somebody objects, or more stand aside than was allowed."""
    said = dict.fromkeys(("consent", "reservation", "stand_aside", "objection", "pending"), F(0))
    for answer, power in poll.of("consent"):
        said[answer] += power
    most = poll.params.get("most_stand_aside")
    thin = most is not None and said["stand_aside"] > F(most)
    fine = bool(poll.votes) and not said["objection"] and not thin
    return result([], [], "yes" if fine else "no", [], exact(said), said=exact(said))


def agree_disagree(poll: Poll) -> dict[str, Any]:
    """Statements by agreement less disagreement; agreed by a share of those who took a side."""
    said = {o: {"agree": F(0), "disagree": F(0), "pass": F(0)} for o in poll.options}
    for answer, power in poll.of("react"):
        for option, reaction in answer.items():
            said[option][reaction] += power
    net = {o: counts["agree"] - counts["disagree"] for o, counts in said.items()}
    ranking, threshold = falling(net), poll.raw.get("threshold", "simple")
    agreed = [
        [
            o
            for o in tier
            if passes(said[o]["agree"], said[o]["agree"] + said[o]["disagree"], threshold)
        ]
        for tier in ranking
    ]
    agreed = [tier for tier in agreed if tier]
    figures = {
        o: {**exact(counts), "n": str(sum(counts.values(), F(0)))} for o, counts in said.items()
    }
    return result(
        *seated(agreed, poll.seats or max(2, len(poll.options))), ranking, exact(net),
        options=figures,
    )  # fmt: skip


WORTH = {"yes": F(1), "partly": HALF, "no": F(0)}
STRENGTHS = ("strong", "promising", "mixed", "untested", "expert_opinion")


def evidence_judgement(poll: Poll) -> dict[str, Any]:
    """How far a claim holds: the mean of yes 1, partly 1/2, no 0 among those who can say."""
    given: dict[str, list[tuple[dict[str, Any], int]]] = {o: [] for o in poll.options}
    for answer, count in poll.heads("judgement"):
        for option, finding in answer.items():
            given[option].append((finding, count))
    figures = {o: findings(found) for o, found in given.items()}
    if poll.params.get("by_region"):
        for option, found in given.items():
            regions = {region for one, _ in found for region in one.get("regions") or ()}
            figures[option]["regions"] = {
                r: findings([(f, n) for f, n in found if r in (f.get("regions") or ())])
                for r in regions
            }
    scores = {o: holds_by(figures[o]["holds"]) for o in poll.options}
    ranking = by(lambda o: F(-1) if scores[o] is None else scores[o], poll.options)
    winners = [o for tier in ranking for o in tier if figures[o]["verdict"] == "holds"]
    return result(winners, [], "yes" if winners else "no", ranking, exact(scores), options=figures)


def holds_by(holds: Mapping[str, int]) -> F | None:
    able = sum(holds[answer] for answer in WORTH)
    return sum((WORTH[a] * holds[a] for a in WORTH), F(0)) / able if able else None


def findings(found: Iterable[tuple[dict[str, Any], int]]) -> dict[str, Any]:
    holds: Counter[str] = Counter(dict.fromkeys((*WORTH, "cannot_say"), 0))
    strength: Counter[str] = Counter(dict.fromkeys(STRENGTHS, 0))
    for one, count in found:
        if one.get("holds"):
            holds[one["holds"]] += count
        if one.get("strength"):
            strength[one["strength"]] += count
    able = sum(holds[answer] for answer in WORTH)
    verdicts = (
        ("unknown", not able),
        ("holds", holds["yes"] * 2 > able),
        ("does_not_hold", holds["no"] * 2 > able),
        ("holds_in_part", (holds["yes"] + holds["partly"]) * 2 > able),
        ("divided", True),
    )
    verdict = next(word for word, so in verdicts if so)
    return {
        "n": sum(holds.values()), "holds": dict(holds), "strength": dict(strength),
        "verdict": verdict,
    }  # fmt: skip


def points(poll: Poll) -> dict[str, Any]:
    """Cumulative and quadratic voting: the points of each option, added up."""
    total = dict.fromkeys(poll.options, F(0))
    for answer, power in poll.of("allocation"):
        for option, given in answer.items():
            total[option] += F(given) * power
    ranking = falling(total)
    return result(*seated(ranking, poll.seats), ranking, exact(total))


def satisfaction_approval(poll: Poll) -> dict[str, Any]:
    """Brams and Kilgour (2014): each ballot shares one vote among all it approves of."""
    shares = dict.fromkeys(poll.options, F(0))
    for answer, power in poll.of("approval"):
        for option in answer:
            shares[option] += power / len(answer)
    ranking = falling(shares)
    return result(*seated(ranking, poll.seats), ranking, exact(shares))


def best_worst(poll: Poll) -> dict[str, Any]:
    """Finn and Louviere (1992): best less worst, for each time shown."""
    best, worst, shown = (dict.fromkeys(poll.options, F(0)) for _ in range(3))
    for answer, power in poll.of("best_worst"):
        best[answer["best"]] += power
        worst[answer["worst"]] += power
        for option in answer["shown"]:
            shown[option] += power
    scores = {o: (best[o] - worst[o]) / shown[o] if shown[o] else None for o in poll.options}
    ranking = by(lambda o: F(-2) if scores[o] is None else scores[o], poll.options)
    return result(*seated(ranking, poll.seats), ranking, exact(scores))


# == 7. Rankings ===================================================================================

Ranked = list[tuple[Tiers, F]]
Duels = dict[tuple[str, str], F]


def full(poll: Poll) -> Ranked:
    """Rankings with what they leave out as a last tier, or without it where it is “unknown”."""
    found = []
    for ranking, power in poll.of("ranking"):
        rest = sorted(set(poll.options) - {o for tier in ranking for o in tier})
        last = [rest] if rest and poll.params["unranked"] == "last" else []
        found.append(([*ranking, *last], power))
    return found


def duels(poll: Poll) -> Duels:
    """duels[a, b]: the weight of the ballots with a above b."""
    found: Duels = {(a, b): F(0) for a in poll.options for b in poll.options if a != b}
    for ranking, power in full(poll):
        for upper, lower in combinations(ranking, 2):
            for a in upper:
                for b in lower:
                    found[a, b] += power
    return found


def beaten(d: Duels, a: str, b: str) -> bool:
    return d[a, b] > d[b, a]


def pair_figures(poll: Poll, d: Duels) -> dict[str, Any]:
    """Condorcet winner, weak ones, Smith set, and the matrix itself."""
    others = {a: [b for b in poll.options if b != a] for a in poll.options}
    winner = [a for a in others if others[a] and all(beaten(d, a, b) for b in others[a])]
    weak = sorted(a for a in others if not any(beaten(d, b, a) for b in others[a]))
    return {
        "pairwise": {a: {b: str(d[a, b]) for b in others[a]} for a in others},
        "condorcet_winner": winner[0] if winner else None,
        "weak_condorcet": weak,
        "smith": smith(poll.options, d),
    }


def smith(options: Sequence[str], d: Duels) -> list[str]:
    """The smallest set that beats all outside: the least closure under “not beaten by”."""
    best: set[str] | None = None
    for start in options:
        inside, waiting = {start}, [start]
        while waiting:
            a = waiting.pop()
            more = {b for b in options if b not in inside and not beaten(d, a, b)}
            inside |= more
            waiting.extend(more)
        if best is None or len(inside) < len(best):
            best = inside
    return sorted(best or ())


def circular(d: Duels, ties: Tiers, decided: str) -> str:
    """A tie whose members each lose to another of them is a cycle."""
    tie = ties[0] if ties else []
    round_ = len(tie) > 2 and all(any(beaten(d, b, a) for b in tie if b != a) for a in tie)
    return "cycle" if decided == "tie" and round_ else decided


def layers(options: Iterable[str], above: Callable[[str, str], bool]) -> Tiers:
    """A strict order as tiers: those with nothing above them, then the same among the rest."""
    left, found = set(options), []
    while left:
        tier = {b for b in left if not any(above(a, b) for a in left if a != b)} or set(left)
        found.append(sorted(tier))
        left -= tier
    return found


def in_all(rankings: Sequence[Tiers]) -> Tiers:
    """The order that several rankings share."""
    places = [{o: n for n, tier in enumerate(tiers) for o in tier} for tiers in rankings]
    return layers(places[0], lambda a, b: all(p[a] < p[b] for p in places)) if places else []


def paired(poll: Poll, d: Duels, scores: Scores, ranking: Tiers, **more: Any) -> dict[str, Any]:
    winners, ties, decided = seated(ranking, poll.seats)
    figures = pair_figures(poll, d) | more
    return result(winners, ties, circular(d, ties, decided), ranking, scores, **figures)


def borda(poll: Poll) -> dict[str, Any]:
    """Borda (1781); Emerson (2013) for “modified”; Dowdall's 1, 1/2, 1/3 …"""
    kind, start = poll.params["points"], F(poll.params["start"])
    scores = dict.fromkeys(poll.options, F(0))
    for ranking, power in poll.of("ranking") if kind == "modified" else full(poll):
        n, above = sum(map(len, ranking)), 0
        for tier in ranking:
            places = range(above, above + len(tier))
            worth = {
                "average": sum((n - 1 - p + start for p in places), F(0)),
                "modified": sum((F(n - p) for p in places), F(0)),
                "dowdall": sum((F(1, p + 1) for p in places), F(0)),
            }[kind]
            for option in tier:
                scores[option] += power * worth / len(tier)
            above += len(tier)
    ranking = falling(scores)
    return result(
        *seated(ranking, poll.seats), ranking, exact(scores), **pair_figures(poll, duels(poll))
    )


def rank_sum(poll: Poll) -> dict[str, Any]:
    """Places added up, a shared place at its mean; the smallest sum comes first."""
    sums = dict.fromkeys(poll.options, F(0))
    for ranking, power in full(poll):
        above = 0
        for tier in ranking:
            for option in tier:
                sums[option] += power * (above + F(len(tier) + 1, 2))
            above += len(tier)
    ranking = by(lambda o: -sums[o], poll.options)
    return result(*seated(ranking, poll.seats), ranking, exact(sums))


def copeland(poll: Poll) -> dict[str, Any]:
    """Copeland (1951): a point for a win, half a point for a tie."""
    d = duels(poll)
    scores = dict.fromkeys(poll.options, F(0))
    for a, b in d:
        scores[a] += F(1 if beaten(d, a, b) else 0) + (HALF if d[a, b] == d[b, a] else 0)
    return paired(poll, d, exact(scores), falling(scores))


def minimax(poll: Poll) -> dict[str, Any]:
    """Simpson (1969), Kramer (1977): the mildest worst defeat."""
    d, margins = duels(poll), poll.params["strength"] == "margins"
    worst = dict.fromkeys(poll.options, F(0))
    for a, b in d:
        if beaten(d, a, b):
            worst[b] = max(worst[b], d[a, b] - (d[b, a] if margins else 0))
    return paired(poll, d, exact(worst), by(lambda o: -worst[o], poll.options))


def schulze(poll: Poll) -> dict[str, Any]:
    """Schulze (2011). Strongest paths by Dijkstra's search from each option."""
    d, margins = duels(poll), poll.params["strength"] == "margins"
    link = {
        (a, b): (d[a, b] - d[b, a] if margins else d[a, b]) if beaten(d, a, b) else F(0)
        for a, b in d
    }
    paths = {a: widest(a, poll.options, link) for a in poll.options}
    wins = {
        a: str(sum(paths[a][b] > paths[b][a] for b in poll.options if b != a)) for a in poll.options
    }
    ranking = layers(poll.options, lambda a, b: paths[a][b] > paths[b][a])
    strengths = {a: exact(row) for a, row in paths.items()}
    return paired(poll, d, wins, ranking, path_strengths=strengths)


def widest(start: str, options: Sequence[str], link: Duels) -> dict[str, F]:
    """From one option to each other the path whose weakest link is strongest."""
    best = {b: link[start, b] for b in options if b != start}
    left = set(best)
    while left:
        via = max(sorted(left), key=lambda o: best[o])
        left.discard(via)
        for b in left:
            best[b] = max(best[b], min(best[via], link[via, b]))
    return best


Locked = frozenset[tuple[str, str]]


def ranked_pairs(poll: Poll) -> dict[str, Any]:
    """Tideman (1987); majorities of equal strength are locked in every order."""
    d = duels(poll)
    wins = sorted((pair for pair in d if beaten(d, *pair)), key=lambda p: (-d[p], d[p[::-1]], p))
    ends: set[Locked] = {frozenset()}
    for _, equal in groupby(wins, key=lambda p: (d[p], d[p[::-1]])):
        group = list(equal)
        ends = set[Locked]().union(*(locked_in(end, group) for end in ends))
    rankings = sorted(layers(poll.options, lambda a, b, e=end: (a, b) in e) for end in ends)  # type: ignore[misc]
    rankings = [ranking for ranking, _ in groupby(rankings)]
    ranking = in_all(rankings)
    winners, ties, decided = seated(ranking, poll.seats)
    firsts = sorted({o for one in rankings for o in one[0]}) if poll.options else []
    if len(firsts) > 1 and (poll.seats or 1) == 1:
        winners, ties, decided = firsts, [firsts], "tie"
    figures = pair_figures(poll, d)
    return result(winners, ties, decided, ranking, {}, rankings=rankings, **figures)


def locked_in(start: Locked, group: Collection[tuple[str, str]]) -> set[Locked]:
    """Everything that some order of the group ends in; closed under going on from pair to pair."""
    ends: set[Locked] = set()
    seen, waiting = {start}, [start]
    while waiting:
        now = waiting.pop()
        open_ = [(a, b) for a, b in group if (a, b) not in now and (b, a) not in now]
        together = now
        for pair in open_:
            together = joined(together, pair)
        if all((b, a) not in together for a, b in together):
            ends.add(together)
            continue
        for pair in open_:
            more = joined(now, pair)
            if more not in seen:
                seen.add(more)
                waiting.append(more)
        if len(seen) > 500:
            raise NotHere("not every way of its ties was followed")
    return ends


def joined(locked: Locked, pair: tuple[str, str]) -> Locked:
    above = {pair[0], *(a for a, b in locked if b == pair[0])}
    below = {pair[1], *(b for a, b in locked if a == pair[1])}
    return locked | {(a, b) for a in above for b in below}


# == 8. Transferable votes and committees ==========================================================


def first_places(ballots: Ranked, left: Collection[str]) -> dict[str, F]:
    """First places among the options left; tied ones share a ballot."""
    tally = dict.fromkeys(sorted(left), F(0))
    for ranking, power in ballots:
        tops = next((here for tier in ranking if (here := [o for o in tier if o in tally])), [])
        for option in tops:
            tally[option] += power / len(tops)
    return tally


Stood = dict[str, tuple[int, F]]  # rounds survived, last tally


def irv(poll: Poll) -> dict[str, Any]:
    """Ware (1871); a tie for last place is followed every way."""
    ballots = list(poll.of("ranking"))
    known: dict[frozenset[str], tuple[frozenset[str], Stood]] = {}

    def run(left: frozenset[str]) -> tuple[frozenset[str], Stood]:
        if left not in known:
            if len(known) > 5000:
                raise NotHere("not every way of its ties was followed")
            known[left] = eliminate(left)
        return known[left]

    def eliminate(left: frozenset[str]) -> tuple[frozenset[str], Stood]:
        tally = first_places(ballots, left)
        total = sum(tally.values(), F(0))
        leader = [o for o in tally if tally[o] * 2 > total]
        if leader or len(left) == 1 or not total:
            return frozenset(leader or left), {o: (0, votes) for o, votes in tally.items()}
        winners: frozenset[str] = frozenset()
        stood: Stood = {}
        for out in leaving(tally):
            then, rest = run(left - out)
            winners |= then
            for o in left:
                rounds, votes = rest.get(o, (-1, tally[o]))
                stood[o] = max(stood.get(o, (-1, F(0))), (rounds + 1, votes))
        return winners, stood

    found, stood = run(frozenset(poll.options)) if poll.options else (frozenset(), {})
    winners = sorted(found)
    ranking = by(lambda o: (1, 0, F(0)) if o in found else (0, *stood[o]), stood)
    decided = "tie" if len(winners) > 1 else "yes" if winners else "no"
    figures = pair_figures(poll, duels(poll))
    first = exact(first_places(ballots, poll.options))
    return result(
        winners, [winners] if decided == "tie" else [], decided, ranking, first, **figures
    )


def leaving(tally: Mapping[str, F]) -> list[frozenset[str]]:
    """The last ones together where even their sum cannot save one of them; else each in turn."""
    low = min(tally.values())
    last = sorted(o for o in tally if tally[o] == low)
    higher = [votes for votes in tally.values() if votes > low]
    if higher and low * len(last) < min(higher):
        return [frozenset(last)]
    return [frozenset([o]) for o in last]


class Count:
    """One count of the single transferable vote: who is in, out, or still hopeful."""

    def __init__(self, poll: Poll, seats: int) -> None:
        self.ballots = list(poll.of("ranking"))
        self.hopeful, self.seats = set(poll.options), seats
        self.elected: list[str] = []
        self.dropped: list[str] = []
        self.stages: list[dict[str, F]] = []
        votes = sum((power for _, power in self.ballots), F(0))
        self.hare = poll.params["quota"] == "hare"
        self.quota = votes / max(1, seats) if self.hare else F(votes // (seats + 1) + 1)

    @property
    def free(self) -> int:
        return self.seats - len(self.elected) if self.hopeful else 0

    def elect(self, options: Iterable[str]) -> None:
        for option in options:
            self.hopeful.discard(option)
            self.elected.append(option)

    def drop(self, option: str) -> None:
        self.hopeful.discard(option)
        self.dropped.append(option)

    def strongest(self, tally: Mapping[str, F]) -> list[str]:
        return sorted(self.hopeful, key=lambda o: (-tally[o], o))

    def settle(self, tied: list[str], choose: Any, pick: Callable[[Sequence[str]], str]) -> str:
        """The latest stage at which the tied were unequal decides."""
        for stage in reversed(self.stages):
            end = choose(stage.get(o, F(0)) for o in tied)
            tied = [o for o in tied if stage.get(o, F(0)) == end]
        return pick(tied)


def stv(poll: Poll) -> dict[str, Any]:
    """Scottish rules of 2007 (transfer values cut to five decimals); the same in exact fractions;
    Meek's method as Algorithm 123 of Hill, Wichmann and Woodall (1987)."""
    seats, rule = min(poll.seats or 0, len(poll.options)), poll.params["rule"]
    start = Count(poll, seats)
    run = {"meek": meek, "scottish": gregory(5), "wig": gregory(None)}[rule]
    found = every_way(lambda pick: run(Count(poll, seats), pick))
    first = found[0]
    committees = sorted({tuple(sorted(one.elected)) for one in found})
    sure = set(committees[0]).intersection(*committees)
    open_ = sorted(set().union(*committees) - sure)
    rest = sorted(set(poll.options) - set(first.elected) - set(first.dropped))
    order = [*first.elected, *rest, *reversed(first.dropped)]
    shown = votes_as if rule != "wig" else str
    return result(
        [o for o in first.elected if o in sure],
        [open_] if open_ else [],
        "tie" if open_ else "yes" if sure else "no",
        [[o] for o in order],
        {o: shown(v) for o, v in first.stages[0].items()} if first.stages else {},
        committees=committees,
        quota=shown(first.quota if rule == "meek" else start.quota),
    )


def votes_as(value: F) -> str:
    """Votes as a decimal of at most nine places."""
    if value.denominator == 1:
        return str(value)
    return f"{Decimal(int(value * 10**9)) / 10**9:f}".rstrip("0")


def gregory(places: int | None) -> Callable[[Count, Any], Count]:
    """Weighted inclusive Gregory: every vote of an elected option goes on at the same part."""

    def run(count: Count, pick: Callable[[Sequence[str]], str]) -> Count:
        piles: dict[str, Ranked] = {o: [] for o in count.hopeful}
        hand_out(piles, count.ballots, count.hopeful)
        surplus: list[str] = []
        while count.free:
            tally = {o: sum((v for _, v in pile), F(0)) for o, pile in piles.items()}
            count.stages.append(tally)
            arrived = [o for o in count.strongest(tally) if tally[o] >= count.quota][: count.free]
            count.elect(arrived)
            surplus += arrived
            over = [o for o in surplus if tally[o] > count.quota]
            if not count.free:
                break
            if len(count.hopeful) <= count.free:
                count.elect(count.strongest(tally))
            elif over:
                most = max(tally[o] for o in over)
                chosen = count.settle([o for o in over if tally[o] == most], max, pick)
                surplus.remove(chosen)
                part = (tally[chosen] - count.quota) / tally[chosen]
                moved = [(ranking, trimmed(v * part, places)) for ranking, v in piles[chosen]]
                piles[chosen] = [([], count.quota)]
                hand_out(piles, moved, count.hopeful)
            else:
                drop_last(count, piles, tally, pick)
        return count

    return run


def hand_out(piles: dict[str, Ranked], votes: Ranked, hopeful: Collection[str]) -> None:
    for ranking, value in votes:
        tops = next((here for tier in ranking if (here := [o for o in tier if o in hopeful])), [])
        for option in tops:
            piles[option].append((ranking, value / len(tops)))


def trimmed(value: F, places: int | None) -> F:
    return value if places is None else F(value * 10**places // 1, 10**places)


def drop_last(
    count: Count,
    piles: dict[str, Ranked],
    tally: Mapping[str, F],
    pick: Callable[[Sequence[str]], str],
) -> None:
    """Options without a vote leave together if enough stay; else the last, whose votes go on."""
    without = sorted(o for o in count.hopeful if not tally[o])
    if without and len(count.hopeful) - len(without) >= count.free:
        for option in without:
            count.drop(option)
        return
    low = min(tally[o] for o in count.hopeful)
    last = count.settle(sorted(o for o in count.hopeful if tally[o] == low), min, pick)
    count.drop(last)
    votes, piles[last] = piles[last], []
    hand_out(piles, votes, count.hopeful)


NANO, MICRO = F(1, 10**9), F(1, 10**6)


def meek(count: Count, pick: Callable[[Sequence[str]], str]) -> Count:
    """Each elected option keeps that part of every vote which gives it just the quota."""
    keep = dict.fromkeys(count.hopeful, F(1))
    while count.free:
        tally = meek_tally(count, keep)
        count.stages.append(tally)
        arrived = [o for o in count.strongest(tally) if tally[o] >= count.quota][: count.free]
        count.elect(arrived)
        if arrived or not count.free:
            continue
        if len(count.hopeful) <= count.free:
            count.elect(count.strongest(tally))
            continue
        low = min(tally[o] for o in count.hopeful)
        near = sorted(o for o in count.hopeful if tally[o] - low < MICRO)
        out = count.settle(near, min, pick)
        count.drop(out)
        keep[out] = F(0)
    return count


def meek_tally(count: Count, keep: dict[str, F]) -> dict[str, F]:
    """The tally once the surplus of the elected has as good as gone on."""
    tally: dict[str, F] = {}
    for _ in range(1000):
        tally = dict.fromkeys(keep, F(0))
        for ranking, power in count.ballots:
            value = F(1)
            for tier in ranking:
                here = [o for o in tier if keep[o]]
                parts = {o: upward(value * keep[o] / len(here)) for o in here}
                for o, part in parts.items():
                    tally[o] += part * power
                value -= sum(parts.values(), F(0))
                if value <= 0:
                    break
        counted = sum(tally.values(), F(0))
        share = counted / (count.seats + (0 if count.hare else 1))
        count.quota = share if count.hare else share // NANO * NANO + NANO
        surplus = sum((tally[o] - count.quota for o in count.elected), F(0))
        if surplus < MICRO or any(tally[o] >= count.quota for o in count.hopeful):
            break
        for o in count.elected:
            keep[o] = upward(keep[o] * count.quota / tally[o])
    return tally


def upward(value: F) -> F:
    return -(-value // NANO) * NANO


class Committee:
    """A committee in the making: members in the order chosen, and what each was worth."""

    def __init__(self) -> None:
        self.members: list[str] = []
        self.scores: dict[str, F] = {}

    def take(self, option: str, score: F) -> None:
        self.members.append(option)
        self.scores[option] = score


Bloc = tuple[frozenset[str], F]


def blocs(poll: Poll) -> list[Bloc]:
    """Voters by what they approve of."""
    together: dict[frozenset[str], F] = defaultdict(F)
    for answer, power in poll.of("approval"):
        together[frozenset(answer)] += power
    return list(together.items())


def committee(poll: Poll, run: Callable[[Any], Committee]) -> dict[str, Any]:
    """Every way that ties can fall; who is in each committee has won."""
    found = every_way(run)
    first = found[0]
    ends = sorted({tuple(sorted(one.members)) for one in found})
    sure = set(ends[0]).intersection(*ends)
    open_ = sorted(set().union(*ends) - sure)
    rest = sorted(set(poll.options) - set(first.members))
    return result(
        [o for o in first.members if o in sure],
        [open_] if open_ else [],
        "tie" if len(ends) > 1 else "yes" if first.members else "no",
        [*([o] for o in first.members), *([rest] if rest else [])],
        exact(first.scores),
        committees=ends,
        satisfaction=satisfaction(blocs(poll), first.members),
    )


def satisfaction(voters: Iterable[Bloc], members: Collection[str]) -> dict[str, str]:
    counts: dict[int, F] = defaultdict(F)
    for approved, power in voters:
        counts[len(approved.intersection(members))] += power
    return {str(n): str(power) for n, power in counts.items()}


def places(poll: Poll) -> int:
    return min(poll.seats or 0, len(poll.options))


def seq_pav(poll: Poll) -> dict[str, Any]:
    """Thiele (1895): a further member is worth 1/2, then 1/3 … to those who have some."""
    voters = blocs(poll)

    def run(pick: Callable[[Sequence[str]], str]) -> Committee:
        made = Committee()
        while len(made.members) < places(poll):
            gains = dict.fromkeys((o for o in poll.options if o not in made.members), F(0))
            for approved, power in voters:
                for o in approved & gains.keys():
                    gains[o] += power / (1 + len(approved.intersection(made.members)))
            most = max(gains.values())
            chosen = pick(sorted(o for o in gains if gains[o] == most))
            made.take(chosen, gains[chosen])
        return made

    return committee(poll, run)


def seq_phragmen(poll: Poll) -> dict[str, Any]:
    """Phragmén (1894): the member whose supporters then carry the least load each."""

    def run(pick: Callable[[Sequence[str]], str]) -> Committee:
        made, loads = Committee(), [(*bloc, F(0)) for bloc in blocs(poll)]
        prices = dict.fromkeys(poll.options, F(1))
        while len(made.members) < places(poll):
            more = load_next(made, loads, prices, pick)
            if more is None:
                break
            loads = more
        return made

    return committee(poll, run)


Loaded = list[tuple[frozenset[str], F, F]]


def load_next(
    made: Committee, loads: Loaded, prices: Mapping[str, F], pick: Callable[[Sequence[str]], str]
) -> Loaded | None:
    """Add the option that leaves its supporters the smallest load; None if none has any."""
    reached = {}
    for o in prices:
        own = [(power, load) for approved, power, load in loads if o in approved]
        if o not in made.members and own:
            carried = prices[o] + sum((power * load for power, load in own), F(0))
            reached[o] = carried / sum((power for power, _ in own), F(0))
    if not reached:
        return None
    low = min(reached.values())
    chosen = pick(sorted(o for o in reached if reached[o] == low))
    made.take(chosen, low)
    return [(who, power, low if chosen in who else load) for who, power, load in loads]


def equal_shares(poll: Poll) -> dict[str, Any]:
    """Peters and Skowron (2020): everyone holds an equal part of the budget and pays for what is
    chosen, at the price that is least for each unit of what it is worth."""
    if "budget" in poll.raw:
        budget = F(poll.raw["budget"])
        cost = {o: F(poll.raw["costs"][o]) for o in poll.options}
    else:
        budget, cost = F(places(poll)), dict.fromkeys(poll.options, F(1))
    kind = poll.params["utility"]
    worth = {o: cost[o] if kind == "cost" else F(1) for o in cost}
    market = Market(blocs(poll), poll.power, budget, cost, worth)
    return committee(poll, lambda pick: market.run(poll.params["completion"], pick))


class Market:
    """Voters, their number, the budget, what each option costs and what it is worth."""

    def __init__(
        self, voters: list[Bloc], number: F, budget: F, cost: dict[str, F], worth: dict[str, F]
    ) -> None:
        self.voters, self.number, self.budget = voters, number, budget
        self.cost, self.worth = cost, worth

    def spent(self, made: Committee) -> F:
        return sum((self.cost[o] for o in made.members), F(0))

    def affordable(self, made: Committee) -> list[str]:
        left = self.budget - self.spent(made)
        return sorted(o for o in self.cost if o not in made.members and self.cost[o] <= left)

    def run(self, completion: str, pick: Callable[[Sequence[str]], str]) -> Committee:
        if completion == "add1":
            return self.raised(pick)
        made, purses = self.bought(self.budget, pick)
        if completion == "utilitarian":
            self.filled(made, pick)
        if completion == "phragmen":
            loads: Loaded | None = [(who, power, -money) for who, power, money in purses]
            while loads is not None and (left := self.affordable(made)):
                prices = {o: self.cost[o] for o in sorted(left)}
                loads = load_next(made, loads, prices, pick)
        return made

    def bought(self, total: F, pick: Callable[[Sequence[str]], str]) -> tuple[Committee, Loaded]:
        made = Committee()
        share = total / self.number if self.number else F(0)
        purses = [(who, power, share) for who, power in self.voters]
        while rhos := {o: rho for o in self.cost if (rho := self.rho(o, made, purses)) is not None}:
            low = min(rhos.values())
            chosen = pick(sorted(o for o in rhos if rhos[o] == low))
            pays = low * self.worth[chosen]
            purses = [
                (who, power, money - min(money, pays) if chosen in who else money)
                for who, power, money in purses
            ]
            made.take(chosen, low)
        return made, purses

    def rho(self, option: str, made: Committee, purses: Loaded) -> F | None:
        """The least rho at which its supporters pay its cost, each at most what they hold."""
        own = sorted((money, power) for who, power, money in purses if option in who)
        if option in made.members or sum((m * p for m, p in own), F(0)) < self.cost[option]:
            return None
        open_, heads = self.cost[option], sum((power for _, power in own), F(0))
        for money, power in own:
            if money * heads >= open_:
                break
            open_, heads = open_ - money * power, heads - power
        return open_ / heads / self.worth[option]

    def filled(self, made: Committee, pick: Callable[[Sequence[str]], str]) -> None:
        while left := self.affordable(made):
            votes = {o: sum((p for who, p in self.voters if o in who), F(0)) for o in left}
            most = max(votes.values())
            made.take(pick(sorted(o for o in left if votes[o] == most)), most)

    def raised(self, pick: Callable[[Sequence[str]], str]) -> Committee:
        """The shares grow step by step until the real budget is used up or would be overspent."""
        step = F(1) if set(self.cost.values()) == {F(1)} else self.number
        step *= max(1, self.budget // (step * 1000)) if step else 1
        total = self.budget
        best, _ = self.bought(total, pick)
        wanted = {o for who, _ in self.voters for o in who}
        while wanted.intersection(self.affordable(best)):
            total += step
            more, _ = self.bought(total, pick)
            if self.spent(more) > self.budget:
                break
            best = more
        return best


def kemeny_score(poll: Poll, outcome: dict[str, Any]) -> None:
    """Kemeny (1959): every stated order agrees with as many preferences as the outcome says."""
    d, stated = duels(poll), outcome["diagnostics"]["rankings"]
    best = {
        sum((d[a, b] for up, low in combinations(order, 2) for a in up for b in low), F(0))
        for order in stated
    }
    if {str(score) for score in best} != {outcome["diagnostics"]["score"]}:
        raise Fault("the stated orders do not have the stated score.")
    if any(sorted(o for tier in order for o in tier) != sorted(poll.options) for order in stated):
        raise Fault("a stated order does not hold every option once.")
    firsts = sorted({order[0][0] for order in stated if order})
    if len(stated) < 100:
        ranking = in_all(stated)
        winners, ties, decided = seated(ranking, poll.seats)
        if len(firsts) > 1 and (poll.seats or 1) == 1:
            winners, ties, decided = firsts, [firsts], "tie"
        found = poll.settled(result(winners, ties, decided, ranking, **pair_figures(poll, d)))
        if not agrees({k: found[k] for k in ("winners", "ties", "decided", "ranking")}, outcome):
            raise Fault("the result does not follow from the stated orders.")


def pav_score(poll: Poll, outcome: dict[str, Any]) -> None:
    """Thiele (1895): every stated committee has the stated sum of 1 + 1/2 + 1/3 …"""
    committees = outcome["diagnostics"]["committees"]
    for members in committees:
        total = F(0)
        for approved, power in blocs(poll):
            inside = len(approved.intersection(members))
            total += power * sum((F(1, j) for j in range(1, inside + 1)), F(0))
        if str(total) != outcome["diagnostics"]["score"] or len(members) != places(poll):
            raise Fault("a stated committee does not have the stated score.")
    sure = set(committees[0]).intersection(*committees)
    open_ = sorted(set().union(*committees) - sure)
    decided = "tie" if open_ else "yes" if sure else "no"
    found = poll.settled(result(sorted(sure), [open_] if open_ else [], decided))
    if any(found[field] != outcome[field] for field in ("winners", "ties", "decided")):
        raise Fault("the result does not follow from the stated committees.")


# == 9. Ratings, criteria, estimates ===============================================================

Spread = list[tuple[F, int]]  # rising values with how many gave each


def spread(pairs: Iterable[tuple[Any, int]]) -> Spread:
    counts: Counter[F] = Counter()
    for value, count in pairs:
        counts[F(value)] += count
    return sorted(counts.items())


def size(values: Spread) -> int:
    return sum(count for _, count in values)


def mean(values: Spread) -> F:
    return sum((value * count for value, count in values), F(0)) / size(values)


def quantile(values: Spread, p: F) -> F:
    """Type 7 of Hyndman and Fan (1996): linear between the two neighbours."""
    place = (size(values) - 1) * p
    low = int(place)

    def at(rank: int) -> F:
        for value, count in values:
            if rank < count:
                return value
            rank -= count
        return values[-1][0]

    return at(low) + (place - low) * (at(low + 1) - at(low))


def median(values: Spread) -> F:
    return quantile(values, HALF)


def share_from(values: Spread, bar: F) -> F:
    return F(sum(count for value, count in values if value >= bar), size(values) or 1)


def rated(poll: Poll) -> dict[str, tuple[Spread, int]]:
    """The answers to each option, and how many said “no opinion”."""
    given: dict[str, list[tuple[Any, int]]] = {o: [] for o in poll.options}
    for answer, count in poll.heads("rating"):
        for option, value in answer.items():
            given[option].append((value, count))
    return {
        o: (
            spread((value, n) for value, n in pairs if value is not None),
            sum(n for value, n in pairs if value is None),
        )
        for o, pairs in given.items()
    }


def rating_figures(values: Spread, silent: int) -> dict[str, Any]:
    figures: dict[str, Any] = {"n": size(values), "no_opinion": silent}
    if not values:
        return figures | dict.fromkeys(("mean", "median", "q1", "q3", "iqr"))
    q1, q3 = quantile(values, F(1, 4)), quantile(values, F(3, 4))
    return figures | {
        "mean": mean(values), "median": median(values), "q1": q1, "q3": q3, "iqr": q3 - q1,
        "distribution": {str(value): count for value, count in values},
    }  # fmt: skip


def rating_order(
    found: Mapping[str, tuple[Spread, int]], bar: F, first: str
) -> tuple[Tiers, Tiers]:
    """By median then mean (or the reverse), then the share from the bar up; and the same without
    what nobody rated."""

    def key(option: str) -> tuple[Any, ...]:
        values = found[option][0]
        if not values:
            return (0, F(0), F(0), F(0))
        two = (median(values), mean(values))
        return (1, *(two if first == "median" else two[::-1]), share_from(values, bar))

    ranking = by(key, found)
    return ranking, [tier for tier in ranking if found[tier[0]][0]]


def score(poll: Poll) -> dict[str, Any]:
    """Score voting by median or mean."""
    found, first = rated(poll), poll.params["by"]
    highest = max((values[-1][0] for values, _ in found.values() if values), default=F(0))
    bar = poll.scale[1] if poll.scale else highest
    ranking, answered = rating_order(found, bar, first)
    middle = median if first == "median" else mean
    scores = {o: middle(values) if values else None for o, (values, _) in found.items()}
    figures = {
        o: rating_figures(*one) | {"top_share": share_from(one[0], bar)} for o, one in found.items()
    }
    return result(*seated(answered, poll.seats), ranking, exact(scores), options=figures)


def rating_consensus(poll: Poll) -> dict[str, Any]:
    """A Delphi round: agreed from a median on, with consensus up to an interquartile range."""
    found = rated(poll)
    up, down, width = (F(poll.params[name]) for name in ("agree_from", "disagree_to", "iqr_max"))
    ranking, answered = rating_order(found, up, "median")
    figures = {}
    for o, one in found.items():
        own = rating_figures(*one) | {"share_from": share_from(one[0], up)}
        own |= {"agreement": None, "consensus": None}
        if one[0]:
            middle = own["median"]
            own["agreement"] = (
                "agree" if middle >= up else "disagree" if middle <= down else "neither"
            )
            own["consensus"] = own["iqr"] <= width
        figures[o] = own
    agreed = [
        o for tier in ranking for o in tier
        if figures[o]["agreement"] == "agree" and figures[o]["consensus"]
    ]  # fmt: skip
    end = seated(answered, poll.seats) if poll.seats else (agreed, [], "yes" if agreed else "no")
    scores = {o: median(values) if values else None for o, (values, _) in found.items()}
    return result(*end, ranking, exact(scores), options=figures)


CLASSES = ("inappropriate", "uncertain", "appropriate")


def ram_appropriateness(poll: Poll) -> dict[str, Any]:
    """Fitch et al. (2001): the median, unless the panel disagrees (IPR wider than IPRAS)."""
    found = {o: values for o, (values, _) in rated(poll).items()}
    figures = {o: panel(values) for o, values in found.items()}
    middles = {o: median(values) if values else None for o, values in found.items()}
    ranking = by(
        lambda o: (CLASSES.index(figures[o]["class"]) if found[o] else -1, middles[o] or F(0)),
        found,
    )
    winners = [o for tier in ranking for o in tier if figures[o]["class"] == "appropriate"]
    return result(winners, [], "yes" if winners else "no", ranking, exact(middles), options=figures)


def panel(values: Spread) -> dict[str, Any]:
    if not values:
        return {"n": 0, "median": None, "class": None, "disagreement": None}
    p30, middle, p70 = (quantile(values, F(p, 10)) for p in (3, 5, 7))
    ipras = F(235, 100) + F(3, 2) * abs(5 - (p30 + p70) / 2)
    apart = p70 - p30 > ipras
    sure = not apart and not F(7, 2) <= middle < F(13, 2)
    kind = ("appropriate" if middle > 5 else "inappropriate") if sure else "uncertain"
    return {
        "n": size(values), "median": middle, "p30": p30, "p70": p70, "ipr": p70 - p30,
        "ipras": ipras, "di": (p70 - p30) / ipras, "disagreement": apart, "class": kind,
    }  # fmt: skip


def star(poll: Poll) -> dict[str, Any]:
    """STAR voting with its official order for ties: head to head, then most top scores."""
    scale = poll.scale or (F(0), F(5))
    ballots = [
        ({o: F(answer.get(o) or 0) for o in poll.options}, power)
        for answer, power in poll.of("rating")
    ]
    total = {o: sum((s[o] * p for s, p in ballots), F(0)) for o in poll.options}
    tops = {o: sum((p for s, p in ballots if s[o] == scale[1]), F(0)) for o in poll.options}
    above = {
        (a, b): sum((p for s, p in ballots if s[a] > s[b]), F(0))
        for a in poll.options for b in poll.options if a != b
    }  # fmt: skip
    ranking, groups = falling(total), star_groups(falling(total), above, tops)
    finalists = sorted(groups[0]) if groups else []
    if len(finalists) == 1 and len(groups) > 1:
        finalists = [*groups[0], *groups[1]]
    scores = exact(total)
    if len(finalists) < 2:
        return result(finalists, [], "yes" if finalists else "no", ranking, scores)
    if len(finalists) > 2:
        tied = groups[0] if len(groups[0]) > 2 else groups[1]
        return result(sorted(finalists), [tied], "tie", ranking, scores)
    a, b = finalists
    figures = {"finalists": [a, b], "runoff": {a: str(above[a, b]), b: str(above[b, a])}}
    one, other = ((above[x, y], total[x], tops[x]) for x, y in ((a, b), (b, a)))
    if one == other:
        return result(sorted([a, b]), [sorted([a, b])], "tie", ranking, scores, **figures)
    won, lost = (a, b) if one > other else (b, a)
    rest = [[o for o in tier if o not in (a, b)] for tier in ranking]
    order = [[won], [lost], *(tier for tier in rest if tier)]
    return result([won], [], "yes", order, scores, **figures)


def star_groups(ranking: Tiers, above: Duels, tops: Mapping[str, F]) -> Tiers:
    """Who qualifies in which order; a group of several cannot be told apart."""
    groups: Tiers = []
    for tier in ranking:
        wins = {
            o: sum(
                2 * (above[o, p] > above[p, o]) + (above[o, p] == above[p, o])
                for p in tier if p != o
            )
            for o in tier
        }  # fmt: skip
        groups += by(lambda o, w=wins: (w[o], tops[o]), tier)  # type: ignore[misc]
    return groups


Cells = dict[str, dict[str, Spread]]


def criteria(poll: Poll) -> tuple[Cells, dict[str, F], set[str]]:
    """The answers to each option and criterion, the weights, and where less is better."""
    listed = poll.raw.get("criteria") or []
    weights = {one["id"]: F(one["weight"]) for one in listed}
    if not listed:
        named = {c for answer, _ in poll.heads("criteria") for row in answer.values() for c in row}
        weights = dict.fromkeys(sorted(named), F(1))
    given: dict[tuple[str, str], list[tuple[Any, int]]] = defaultdict(list)
    for answer, count in poll.heads("criteria"):
        for option, row in answer.items():
            for criterion, value in row.items():
                if value is not None:
                    given[option, criterion].append((value, count))
    cells = {o: {c: spread(given[o, c]) for c in weights} for o in poll.options}
    return cells, weights, {one["id"] for one in listed if one["direction"] == "down"}


def weighed_mean(parts: Mapping[str, F], weights: Mapping[str, F]) -> F | None:
    total = sum((weights[c] for c in parts), F(0))
    return sum((weights[c] * parts[c] for c in parts), F(0)) / total if total else None


def by_criteria(
    poll: Poll, parts: Mapping[str, Mapping[str, F]], weights: Mapping[str, F], figures: Any
) -> dict[str, Any]:
    scores = {o: weighed_mean(parts[o], weights) for o in poll.options}
    ranking = by(lambda o: F(-1) if scores[o] is None else scores[o], poll.options)
    return result(*seated(ranking, poll.seats), ranking, exact(scores), options=figures)


def weighted_criteria(poll: Poll) -> dict[str, Any]:
    """Keeney and Raiffa (1976): criterion means on a scale from 0 to 1, added up by weight."""
    cells, weights, down = criteria(poll)
    values = [value for row in cells.values() for answers in row.values() for value, _ in answers]
    low, high = poll.scale or (min(values, default=F(0)), max(values, default=F(1)))
    parts: dict[str, dict[str, F]] = {}
    for o, row in cells.items():
        enough = {c for c in row if size(row[c]) >= int(poll.params["least_answers"])}
        units = {c: (mean(row[c]) - low) / (high - low) if high > low else F(0) for c in enough}
        parts[o] = {c: 1 - unit if c in down else unit for c, unit in units.items()}
    figures = {
        o: {"n": {c: size(a) for c, a in row.items()}, "criteria": exact(parts[o])}
        for o, row in cells.items()
    }
    return by_criteria(poll, parts, weights, figures)


def chnri(poll: Poll) -> dict[str, Any]:
    """Rudan et al. (2008): mean of yes 1, undecided 1/2, no 0; agreement over all experts."""
    cells, weights, _ = criteria(poll)
    parts = {o: {c: mean(a) for c, a in row.items() if a} for o, row in cells.items()}
    experts = sum(vote.count for vote in poll.votes)
    figures = {}
    for o, row in cells.items():
        common = sum(max((count for _, count in a), default=0) for a in row.values())
        aea = str(F(common, experts * len(row))) if experts and row else None
        figures[o] = {
            "n": {c: size(a) for c, a in row.items()}, "criteria": exact(parts[o]), "aea": aea,
        }  # fmt: skip
    return by_criteria(poll, parts, weights, figures)


def impact_feasibility(poll: Poll) -> dict[str, Any]:
    """Four fields about the middle of the scale; what straddles it is undecided."""
    cells, _, _ = criteria(poll)
    low, high = poll.scale or (F(1), F(9))
    cut, axes = (low + high) / 2, ("impact", "feasibility")
    figures: dict[str, Any] = {}
    middles: dict[str, tuple[F, ...]] = {}
    for o, row in cells.items():
        own = [row.get(axis, []) for axis in axes]
        sides = [side(values, cut) for values in own]
        figures[o] = {axis: quartiles(values) for axis, values in zip(axes, own, strict=True)}
        placed = set(sides) <= {"high", "low"}
        figures[o]["cell"] = "_".join(sides) if placed else "undecided"
        middles[o] = tuple(median(values) if values else F(0) for values in own)
    ranking = by(lambda o: (sum(middles[o]), middles[o]), poll.options)
    winners = [o for tier in ranking for o in tier if figures[o]["cell"] == "high_high"]
    return result(
        winners, [], "yes" if winners else "no", ranking,
        exact({o: sum(middles[o], F(0)) for o in poll.options}), options=figures, cut=cut,
    )  # fmt: skip


def quartiles(values: Spread) -> dict[str, Any]:
    if not values:
        return {"n": 0, "median": None, "q1": None, "q3": None}
    return {
        "n": size(values), "median": median(values), "q1": quantile(values, F(1, 4)),
        "q3": quantile(values, F(3, 4)),
    }  # fmt: skip


def side(values: Spread, cut: F) -> str:
    if not values:
        return "unknown"
    low, middle, high = (quantile(values, F(p, 4)) for p in (1, 2, 3))
    if middle == cut or low < cut < high:
        return "open"
    return "high" if middle > cut else "low"


def idea(poll: Poll) -> dict[str, Any]:
    """Hemming et al. (2018): ranges stretched to one confidence, then averaged."""
    level, scale = F(poll.params["level"]), poll.scale
    given: dict[str, list[tuple[tuple[F, F, F], int]]] = {o: [] for o in poll.options}
    for answer, count in poll.heads("interval"):
        for question, guess in answer.items():
            low, best, high = (F(guess[part]) for part in ("low", "best", "high"))
            stretch = level / F(guess["confidence"]) if guess.get("confidence") else F(1)
            low, high = best - (best - low) * stretch, best + (high - best) * stretch
            if scale:
                low, high = max(low, scale[0]), min(high, scale[1])
            given[question].append(((low, best, high), count))
    figures, bests = {}, {}
    for o, guesses in given.items():
        parts = {
            part: spread((guess[n], count) for guess, count in guesses)
            for n, part in enumerate(("low", "best", "high"))
        }
        figures[o] = {
            "n": size(parts["best"]),
            "mean": {part: mean(values) if values else None for part, values in parts.items()},
            "median": {part: median(values) if values else None for part, values in parts.items()},
        }
        bests[o] = mean(parts["best"]) if guesses else None
    ranking = by(lambda o: (bests[o] is not None, bests[o] or F(0)), poll.options)
    decided = "yes" if any(given.values()) else "no"
    return result([], [], decided, ranking, exact(bests), options=figures)


def ahp(poll: Poll) -> dict[str, Any]:
    """Saaty (1980), Harker (1987): the principal eigenvector of the geometric mean judgements,
    found by repeated multiplication."""
    given: dict[tuple[str, str], list[tuple[float, F]]] = defaultdict(list)
    for answer, power in poll.of("judgements"):
        ratios = {(a, b): F(r) for a, row in answer.items() for b, r in row.items() if a != b}
        for (a, b), ratio in ({(b, a): 1 / r for (a, b), r in ratios.items()} | ratios).items():
            given[a, b].append((log(ratio), power))
    chains = {(a, b): float((a, b) in given) for a in poll.options for b in poll.options}
    if not poll.options or not connected(poll.options, chains):
        return result([], [], "no", [sorted(poll.options)] if poll.options else [])
    means = {
        pair: exp(
            sum(value * float(power) for value, power in logs) / float(sum(p for _, p in logs))
        )
        for pair, logs in given.items()
    }
    gaps = {a: sum((a, b) not in means for b in poll.options if b != a) for a in poll.options}
    weights = dict.fromkeys(poll.options, 1.0 / len(poll.options))
    largest = 0.0
    for _ in range(10_000):
        next_ = {
            a: (1 + gaps[a]) * weights[a]
            + sum(means.get((a, b), 0.0) * weights[b] for b in poll.options if b != a)
            for a in poll.options
        }
        largest = sum(next_.values())
        next_ = {a: value / largest for a, value in next_.items()}
        moved = max(abs(next_[a] - weights[a]) for a in weights)
        weights = next_
        if moved < 1e-15:
            break
    ranking = falling({o: round(weight, 9) for o, weight in weights.items()})
    return result(*seated(ranking, poll.seats), ranking, weights, lambda_max=largest)


def bradley_terry(poll: Poll) -> dict[str, Any]:
    """Bradley and Terry (1952): log-abilities of greatest likelihood, by Newton's method."""
    options = poll.options
    wins = {(a, b): 0.0 for a in options for b in options if a != b}
    for answer, power in poll.of("pair"):
        a, b = answer["winner"], answer["loser"]
        wins[a, b] += float(power) / (2 if answer.get("tie") else 1)
        wins[b, a] += float(power) / 2 if answer.get("tie") else 0.0
    # Where the likelihood has no maximum, a normal prior around the mean, of two logits.
    ability = dict.fromkeys(options, 0.0)
    if poll.votes:
        ability = likeliest(options, wins, 0.0 if connected(options, wins) else 0.25)
    ranking = falling({o: round(value, 9) for o, value in ability.items()})
    return result(*seated(ranking, poll.seats), ranking, ability)


def connected(options: Sequence[str], wins: Mapping[tuple[str, str], float]) -> bool:
    """Whether wins lead from every option to every other: there and back from the first."""
    for turned in (False, True):
        found, waiting = {options[0]}, [options[0]]
        while waiting:
            a = waiting.pop()
            more = {b for b in options if b not in found and wins[(b, a) if turned else (a, b)] > 0}
            found |= more
            waiting.extend(more)
        if len(found) < len(options):
            return False
    return True


def likeliest(
    options: Sequence[str], wins: Mapping[tuple[str, str], float], precision: float
) -> dict[str, float]:
    """The first option is held at 0; a step is never longer than 2. The precision is that of the
    prior around the mean."""
    ability = dict.fromkeys(options, 0.0)
    free = options[1:]
    for _ in range(200):
        mean = sum(ability.values()) / len(options)
        slope = {a: precision * (mean - ability[a]) for a in free}
        curve = {(a, b): precision * ((a == b) - 1 / len(options)) for a in free for b in free}
        for a in free:
            for b in options:
                if a == b:
                    continue
                games = wins[a, b] + wins[b, a]
                chance = 1 / (1 + exp(ability[b] - ability[a]))
                slope[a] += wins[a, b] - games * chance
                weight = games * chance * (1 - chance)
                curve[a, a] += weight
                if b in slope:
                    curve[a, b] -= weight
        step = solved([[curve[a, b] for b in free] + [slope[a]] for a in free])
        longest = max(map(abs, step), default=0.0)
        for a, by_ in zip(free, step, strict=True):
            ability[a] += by_ * min(1.0, 2 / max(longest, 1e-12))
        if longest < 1e-12:
            break
    return ability


def solved(rows: list[list[float]]) -> list[float]:
    """Linear equations by Gauss and Jordan, the largest pivot first."""
    n = len(rows)
    for i in range(n):
        pivot = max(range(i, n), key=lambda r: abs(rows[r][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for r in range(n):
            if r != i and rows[r][i]:
                rows[r] = [x - rows[r][i] * y for x, y in zip(rows[r], rows[i], strict=True)]
    return [row[-1] for row in rows]


EXACT: dict[str, Callable[[Poll], dict[str, Any]]] = {
    "plurality": plurality, "approval": approval, "motion": motion, "consent": consent,
    "evidence_judgement": evidence_judgement, "agree_disagree": agree_disagree,
    "dot_vote": points, "quadratic": points, "score": score, "star": star, "borda": borda,
    "copeland": copeland, "schulze": schulze, "ranked_pairs": ranked_pairs, "minimax": minimax,
    "irv": irv, "stv": stv, "rank_sum": rank_sum, "satisfaction_approval": satisfaction_approval,
    "seq_pav": seq_pav, "seq_phragmen": seq_phragmen, "equal_shares": equal_shares,
    "weighted_criteria": weighted_criteria, "chnri": chnri, "best_worst": best_worst,
    "impact_feasibility": impact_feasibility, "rating_consensus": rating_consensus,
    "ram_appropriateness": ram_appropriateness, "idea": idea,
}  # fmt: skip
WITHIN: dict[str, Callable[[Poll], dict[str, Any]]] = {"ahp": ahp, "bradley_terry": bradley_terry}
RULES = EXACT | WITHIN
SCORED = {"kemeny": kemeny_score, "pav": pav_score}


# == 10. The command ===============================================================================


def verify(path: str, kept: str | None = None) -> tuple[list[str], list[str]]:
    """Faults (none: the bundle is verified), and what was checked, each a sentence."""
    told: list[str] = []
    try:
        return list(check(unzipped(path), kept, told)), told
    except Fault as fault:
        return [str(fault)], told
    except zipfile.BadZipFile:
        return ["This is not a zip file, or a damaged one."], told
    except OSError as error:
        return [f"{path} cannot be read: {error.strerror or error}."], told
    except Exception as error:  # noqa: BLE001 - a hostile file is answered with a sentence
        return [f"This file does not have the form of a bundle ({type(error).__name__})."], told


def check(files: Mapping[str, bytes], kept: str | None, told: list[str]) -> Iterator[str]:
    """Every check in its order; later ones run although earlier ones failed."""
    for needed in ("manifest.json", "log.jsonl", "record.json", "SHA256SUMS"):
        if needed not in files:
            raise Fault(f"{needed} is missing: this is no bundle, or not a whole one.")
    manifest = shaped(parsed(files["manifest.json"], "manifest.json"), MANIFEST, "manifest.json")
    log_ = Log(files["log.jsonl"], manifest["workshop"], manifest["salt"])
    yield from check_sums(files)
    yield from check_end(log_, manifest)
    yield from check_record(parsed(files["record.json"], "record.json"), log_, manifest)
    if kept is not None:
        yield from check_kept(log_, kept)
    told.append(f"{len(files)} files, {len(log_.lines)} lines of the log, head {manifest['head']}")
    yield from check_rounds(files, rounds_of(log_), told)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what was found; 0 if everything agrees, else 1."""
    parser = argparse.ArgumentParser(
        prog="verify.py", description="Check a bundle of Consilience.", exit_on_error=False
    )
    parser.add_argument("bundle", help="the zip file")
    parser.add_argument("--head", help="a head of the log that somebody kept, or how it begins")
    parser.add_argument("--json", action="store_true", help="print data")
    try:
        given = parser.parse_args(arguments)
    except argparse.ArgumentError as error:
        print(f"! {error}. Usage: python3 -I verify.py BUNDLE.zip")
        return 1
    except SystemExit as end:  # --help, or what argparse told by itself
        return 1 if end.code else 0
    faults, told = verify(given.bundle, given.head)
    if given.json:
        print(json.dumps({"verified": not faults, "faults": faults, "checked": told}, indent=1))
    else:
        for sentence in told:
            print(f"  {sentence}")
        for sentence in faults:
            print(f"! {sentence}")
        print("Verified: everything agrees." if not faults else "NOT verified.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
