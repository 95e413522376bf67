"""A public Polis conversation as a live React round: one websocket for each voter."""

import asyncio
import csv
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from app.scenario.house import House
from app.scenario.voices import Spoken

ANSWERS = {"1": "agree", "-1": "disagree", "0": "pass"}
AT_ONCE = 200


@dataclass
class Replayed:
    """What came of it: one latency in milliseconds for each acknowledged row."""

    sent: int = 0
    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    last: dict[tuple[str, str], str] = field(default_factory=dict)

    def as_data(self, counted: dict[str, Counter[str]]) -> dict[str, Any]:
        times = sorted(self.latencies)
        at = [times[min(len(times) - 1, int(len(times) * share))] for share in (0.5, 0.95, 0.99)]
        figures = dict(zip(("p50", "p95", "p99"), at, strict=True)) | {"max": times[-1]}
        return {
            "sent": self.sent,
            "acknowledged": len(times),
            "counted": sum(sum(answers.values()) for answers in counted.values()),
            "seconds": round(self.seconds, 3),
            "latency_ms": {name: round(value, 2) for name, value in figures.items()},
            "tally": {
                item: {answer: answers[answer] for answer in ANSWERS.values()}
                for item, answers in sorted(counted.items(), key=lambda one: int(one[0]))
            },
        }


def _rows(path: Path) -> list[dict[str, str]]:
    """Votes by time; equal times keep the file's order."""
    with path.open(encoding="utf-8", newline="") as file:
        return sorted(csv.DictReader(file), key=lambda row: int(row["timestamp"]))


def _texts(path: Path) -> dict[str, str]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["comment-id"]: row["comment-body"] for row in csv.DictReader(file)}


async def replay(url: str, token: str, votes: Path, items: Path, speed: float) -> dict[str, Any]:
    """Cast every row of `votes` in the order of time; what came of it. Raises ScenarioError where
    the server refuses something."""
    rows, texts = _rows(votes), _texts(items)
    async with httpx.AsyncClient(base_url=f"{url}/api/v1", timeout=120) as client:
        owner = House(client, token)
        people = sorted({row["voter-id"] for row in rows}, key=int)
        workshop, entries = await _workshop(owner, people)
        run_ = owner.as_(workshop["tokens"]["facilitator"])
        round_id, options = await _round(run_, workshop["id"], texts)
        socket = url.replace("http", "ws", 1) + f"/ws/workshops/{workshop['id']}"
        replayed = await _vote(socket, round_id, options, entries, rows, speed)
        await run_.post(f"rounds/{round_id}/close", {"countdown": 0})
        counted = await _counted(run_, round_id, options)
        return replayed.as_data(counted)


async def _workshop(owner: Any, people: list[str]) -> tuple[Any, dict[str, str]]:
    body = {"title": "Replayed conversation", "kind": "rehearsal", "attribution": "none"}
    workshop = await owner.post("workshops", body)
    entries: dict[str, str] = {}
    for start in range(0, len(people), 500):
        some = [
            {
                "label": f"Voter {who}",
                "own_key": who,
                "roles": ["participant"],
                "capacity": "expert",
            }
            for who in people[start : start + 500]
        ]
        made = await owner.post(f"workshops/{workshop['id']}/participants", some)
        entries |= {one["own_key"]: one["token"] for one in made}
    return workshop, entries


async def _round(run_: Any, workshop_id: str, texts: dict[str, str]) -> tuple[str, dict[str, str]]:
    """A React round with every statement; option ids by the conversation's own."""
    body = {
        "type": "react",
        "title": "Replayed conversation",
        "options": [text.strip() or "(no text)" for text in texts.values()],
        "settings": {"secrecy": "confidential"},
    }
    activity = await run_.post(f"workshops/{workshop_id}/activities", body)
    options = {item: option["id"] for item, option in zip(texts, activity["options"], strict=True)}
    return (await run_.post(f"activities/{activity['id']}/open"))["id"], options


async def _vote(
    socket: str,
    round_id: str,
    options: dict[str, str],
    entries: dict[str, str],
    rows: list[dict[str, str]],
    speed: float,
) -> Replayed:
    replayed = Replayed(sent=len(rows))
    voices = {who: Spoken(socket, entry) for who, entry in entries.items()}
    doors = asyncio.Semaphore(AT_ONCE)

    async def enter(voice: Spoken) -> None:
        async with doors:
            await voice.arrive()

    await asyncio.gather(*(enter(voice) for voice in voices.values()))
    by_voter: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        by_voter[row["voter-id"]].append(row)
    began, first = time.monotonic(), int(rows[0]["timestamp"])

    async def vote(who: str) -> None:
        revisions: Counter[str] = Counter()
        for row in by_voter[who]:
            if speed:
                due = (int(row["timestamp"]) - first) / 1000 / speed
                await asyncio.sleep(max(0.0, began + due - time.monotonic()))
            item = row["comment-id"]
            revisions[item] += 1
            body = {"react": {options[item]: ANSWERS[row["vote"]]}}
            sent = time.monotonic()
            await voices[who].cast(round_id, body, revisions[item])
            replayed.latencies.append((time.monotonic() - sent) * 1000)

    await asyncio.gather(*(vote(who) for who in by_voter))
    replayed.seconds = time.monotonic() - began
    await asyncio.gather(*(voice.leave() for voice in voices.values()))
    return replayed


async def _counted(run_: Any, round_id: str, options: dict[str, str]) -> dict[str, Counter[str]]:
    """The server's own tally by the conversation's statements."""
    for _ in range(600):
        outcome = await run_.get(f"rounds/{round_id}/outcome")
        if outcome.get("status") != "counting":
            break
        await asyncio.sleep(0.1)
    figures = outcome["diagnostics"]["options"]
    return {
        item: Counter({answer: int(figures[option][answer]) for answer in ANSWERS.values()})
        for item, option in options.items()
    }
