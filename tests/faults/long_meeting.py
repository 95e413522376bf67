"""A meeting over all exercises, one after the other, while something happens to its people."""

import asyncio
import contextlib
import json
import random
import re
import secrets
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from typing import Any

import httpx
from websockets.asyncio.client import connect

from app.db import Database
from app.scenario.house import House
from tests.faults import checker
from tests.faults.guests import Guest, busy_hands
from tests.faults.history import History, Step, Stored, StoredBallot
from tests.faults.people import Watcher, until
from tests.faults.questions import QUESTIONS, Question
from tests.faults.trial import _stored
from tests.support.servers import Server

ITEMWISE = ("react", "judgement")
RATED_TWICE = ("evidence", "react", "rate", "rate", "rank", "choose")
FLAGS = ("reservation", "stand_aside", "objection", "pending")


@dataclass
class Asked:
    """One round of the meeting, and what became of it."""

    question: Question
    round_id: str
    options: list[str]
    steps: list[Step] = field(default_factory=list)
    outcomes: int = 0


@dataclass
class Said:
    """What a person did by a request: a flag on a row, or a row of the matrix."""

    who: str
    about: str
    body: dict[str, Any]


@dataclass
class LongMeeting:
    """The workshop, its people, and what its facilitator does with them."""

    server: Server
    database_url: str
    run: House
    workshop: dict[str, Any]
    guests: list[Guest]
    watchers: list[Watcher]
    pace: tuple[float, float]
    asked: list[Asked] = field(default_factory=list)
    flags: list[Said] = field(default_factory=list)
    cells: list[Said] = field(default_factory=list)
    rows: dict[str, str] = field(default_factory=dict)  # response → its area
    present: str = ""  # the control screen's panel of who is here, as it was last drawn
    cut_off: str = ""

    @property
    def at(self) -> str:
        return f"workshops/{self.workshop['id']}"

    # -- the exercises ---------------------------------------------------------------------------

    async def hold(self, each: float, before_closing: Any) -> None:
        """From the first exercise to the last; each takes about so many seconds."""
        activities = {name: await self._activity(question) for name, question in QUESTIONS.items()}
        await self._propose_and_cluster(each)
        for n, name in enumerate(RATED_TWICE):
            again = name == "rate" and "rate" not in RATED_TWICE[:n]
            await self._ask(QUESTIONS[name], activities[name], each, before_closing, reopen=again)
        await self._write_matrix(each)
        await self._flag(each, activities["agree"])
        await self._ask(QUESTIONS["agree"], activities["agree"], each, before_closing)
        await asyncio.gather(*(guest.told_all() for guest in self.guests))

    async def _activity(self, question: Question, **settings: Any) -> dict[str, Any]:
        body = {
            "type": question.type, "title": "What do you say?", "options": question.options,
            "settings": {**question.settings, **settings},
        }  # fmt: skip
        return dict(await self.run.post(f"{self.at}/activities", body))

    async def _ask(
        self, question: Question, activity: dict[str, Any], each: float, before_closing: Any,
        *, reopen: bool = False,
    ) -> None:  # fmt: skip
        made = await self.run.post(f"activities/{activity['id']}/open")
        asked = Asked(question, made["id"], [one["id"] for one in activity["options"]])
        self.asked.append(asked)

        async def act(guest: Guest) -> None:
            if asked.round_id in guest.opened:
                body = question.answer(guest.draw, asked.options)
                await guest.answer(asked.round_id, body)

        await self._busy(act, each / 2 if reopen else each)
        await before_closing(self)
        await self._close(asked)
        if reopen:
            why = {"reason": "Some were cut off"}
            await self._step(asked, "reopen", "round_reopened", why)
            await self._busy(act, each / 2)
            await before_closing(self)
            await self._close(asked)
        await self.run.post(f"rounds/{asked.round_id}/publish", {"to": ["participants"]})

    async def _busy(self, act: Any, seconds: float) -> None:
        for guest in self.guests:
            guest.enough = False
        hands = [asyncio.create_task(busy_hands(one, self.pace, act)) for one in self.guests]
        await asyncio.sleep(seconds)
        for guest in self.guests:
            guest.enough = True
        await asyncio.gather(*hands)

    async def _close(self, asked: Asked) -> None:
        await self._step(asked, "close", "round_closed", {"countdown": 0})
        asked.outcomes += 1

        async def counted() -> bool:
            outcome = await self.run.get(f"rounds/{asked.round_id}/outcome")
            return bool(outcome.get("status") != "counting")

        await until(counted)

    async def _step(self, asked: Asked, verb: str, stage: str, body: dict[str, Any]) -> None:
        step = Step(verb, stage, time.monotonic())
        asked.steps.append(step)
        await self.run.post(f"rounds/{asked.round_id}/{verb}", body)
        step.answered = time.monotonic()

    async def _propose_and_cluster(self, each: float) -> None:
        """Everybody writes; then some are merged while late ones still come in."""
        about = {"type": "propose", "title": "Which areas?", "settings": {"kind": "priority_area"}}
        activity = await self.run.post(f"{self.at}/activities", about)
        await self._stage(activity, "writing")

        async def write(guest: Guest) -> None:
            await guest.propose(activity["id"], "priority_area", f"An area {secrets.token_hex(8)}")

        await self._busy(write, each)
        await self._stage(activity, "revealed")
        about = {"type": "cluster", "title": "Merge duplicates"}
        clustering = await self.run.post(f"{self.at}/activities", about)
        await self._stage(clustering, "running")
        written = [one["id"] for one in await self.run.all(f"{self.at}/proposals")]
        for pair in zip(written[0:8:2], written[1:8:2], strict=False):
            body = {"text": f"Merged {pair[0]}", "proposals": list(pair)}
            await self.run.post(f"{self.at}/proposals/merge", body)
        await self._stage(clustering, "done")
        await self._stage(activity, "done")

    async def _stage(self, activity: dict[str, Any], stage: str) -> None:
        await self.run.post(f"activities/{activity['id']}/stage", {"stage": stage})

    async def _write_matrix(self, each: float) -> None:
        """Members who draft write rows, each of their own, through their lines."""
        about = {"type": "matrix", "title": "Write the rows"}
        activity = await self.run.post(f"{self.at}/activities", about)
        area = await self._accepted("priority_area", "Porous borders")
        for n in range(len(self.guests)):
            response = await self._accepted("response", f"Response {n}", area=area)
            self.rows[response] = area
        await self._stage(activity, "running")

        async def write(guest: Guest, response: str) -> None:
            await asyncio.sleep(guest.draw.uniform(0, each))
            said = Said(guest.name, response, {"notes": secrets.token_hex(8)})
            self.cells.append(said)
            path = f"/api/v1/{self.at}/matrix/{area}/{response}"
            await self._request(guest, "PUT", path, said.body, {"If-None-Match": "*"})

        await asyncio.gather(
            *(write(one, row) for one, row in zip(self.guests, self.rows, strict=True))
        )
        await self._stage(activity, "done")

    async def _accepted(self, kind: str, text: str, **more: Any) -> str:
        body = {"kind": kind, "text": text, **more}
        made = await self.run.post(f"{self.at}/proposals", body)
        path = f"{self.at}/proposals/{made['id']}/moderation"
        await self.run.post(path, {"decision": "accept"})
        return str(made["id"])

    async def _flag(self, each: float, activity: dict[str, Any]) -> None:
        """Everybody flags rows as they read them; a new flag on a row replaces one's former."""
        await self._stage(activity, "reading")
        matrix = await self.run.get(f"{self.at}/matrix")
        rows = [cell["id"] for area in matrix["areas"] for cell in area["cells"]][:3]

        async def flag(guest: Guest) -> None:
            said = {"flag": guest.draw.choice(FLAGS), "text": secrets.token_hex(8)}
            row = guest.draw.choice(rows)
            self.flags.append(Said(guest.name, row, said))
            await self._request(guest, "POST", f"/api/v1/{self.at}/flags", {"row": row, **said})

        await self._busy(flag, each)

    async def _request(
        self, guest: Guest, method: str, path: str, body: Any, headers: Any = None
    ) -> None:
        """A command as the page sends it: again under the same key until it is answered."""
        line = re.sub(r"^ws", "http", guest.url).split("/ws/")[0]
        headers = {**(headers or {}), "Authorization": f"Bearer {guest.token}"}
        headers["Idempotency-Key"] = secrets.token_hex(16)
        while True:
            with contextlib.suppress(httpx.TransportError):
                async with httpx.AsyncClient(base_url=line, timeout=5) as client:
                    said = await client.request(method, path, json=body, headers=headers)
                assert said.is_success, said.text
                return
            await asyncio.sleep(1)

    # -- what the facilitator sees ---------------------------------------------------------------

    async def watch_control(self) -> None:
        """Keep what the control screen shows of who is here."""
        hello = {"type": "hello", "v": 1, "as": "html", "page": "control", "since": 0}
        url = f"{self.server.url.replace('http', 'ws', 1)}/ws/{self.at}"
        async with connect(url, compression=None, proxy=None, max_size=None) as socket:
            token = self.workshop["tokens"]["facilitator"]
            await socket.send(json.dumps(hello | {"token": token}))
            while True:
                frame = json.loads(await socket.recv())
                if frame.get("target") == "#region-presence":
                    self.present = frame["content"]
                elif frame.get("target") == "#region-cutoff":
                    self.cut_off = frame["content"]

    # -- what became of it -----------------------------------------------------------------------

    @contextlib.asynccontextmanager
    async def everybody(self) -> AsyncIterator[None]:
        """All are there, and stay until the block ends."""
        tasks = [
            *(asyncio.create_task(guest.stay()) for guest in self.guests),
            *(asyncio.create_task(watcher.watch()) for watcher in self.watchers),
            asyncio.create_task(self.watch_control()),
        ]
        try:
            yield
            gone = [task.exception() for task in tasks if task.done()]
            assert gone == [], gone
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def broken_promises(self) -> list[str]:
        """What the checker says of every round, and of proposals, flags and rows."""
        db = Database(self.database_url)
        try:
            kept = {
                asked.round_id: await db.read(_stored, self.workshop["id"], asked.round_id)
                for asked in self.asked
            }
        finally:
            await db.close()
        found = list(self._over_all(next(iter(kept.values()))))
        for asked in self.asked:
            found += self._of_round(asked, kept[asked.round_id])
        return [*found, *await self._proposed(), *await self._flagged(), *await self._written()]

    def _over_all(self, stored: Stored) -> list[str]:
        """One log, one order, one sequence of numbers, whatever was asked."""
        casts = [cast for guest in self.guests for some in guest.casts.values() for cast in some]
        watched = {watcher.name: watcher.seen for watcher in self.watchers}
        history = History(casts, [], watched, stored)
        rules = (checker.c5, checker.c6, checker.c8)
        return [f"{rule.__name__}: {said}" for rule in rules for said in rule(history, stored)]

    def _of_round(self, asked: Asked, stored: Stored) -> list[str]:
        """The checker on one round; where items are answered, each is a place of its own."""
        place = _place(asked)
        ballots = [replace(one, voter=place(one.voter, one.body)) for one in stored.ballots]
        lines = [line for line in stored.lines if line.ids.get("round") == asked.round_id]
        mine = replace(stored, ballots=ballots, lines=lines)
        casts = [
            replace(cast, voter=place(cast.voter, cast.body))
            for guest in self.guests for cast in guest.casts.get(asked.round_id, [])
        ]  # fmt: skip
        history = History(casts, asked.steps, {}, mine)
        rules = (checker.c1, checker.c2, checker.c3, checker.c7, checker.c9, checker.c10)
        found = [f"{rule.__name__}: {said}" for rule in rules for said in rule(history, mine)]
        return [f"{asked.question.type}: {one}" for one in [*found, *_recounted(asked, mine)]]

    async def _proposed(self) -> list[str]:
        """Every proposal that was acknowledged stands once, and none that was not sent."""
        stored = [one["text"] for one in await self.run.all(f"{self.at}/proposals")]
        written = [text for text in stored if text.startswith("An area ")]
        casts = [cast for guest in self.guests for cast in guest.casts.get("", [])]
        sent = sorted(cast.body["text"] for cast in casts if cast.acknowledged)
        return [] if sorted(written) == sent else [f"{len(written)} proposals of {len(sent)}"]

    async def _flagged(self) -> list[str]:
        """Of each person's flags on a row the last stands, once."""
        last = {(one.who, one.about): (one.body["flag"], one.body["text"]) for one in self.flags}
        rows = "SELECT participant_id, row_id, flag, text FROM flag WHERE withdrawn_at IS NULL"
        stands = {(one[0], one[1]): (one[2], one[3]) for one in await self._rows(rows)}
        every = await self._rows("SELECT text FROM flag")
        once = len(every) == len({one[0] for one in every}) == len(self.flags)
        return [] if (stands, once) == (last, True) else ["flags are not those that were raised"]

    async def _written(self) -> list[str]:
        last = {one.about: one.body["notes"] for one in self.cells}
        rows = await self._rows("SELECT response_id, notes FROM matrix_cell")
        written = {one[0]: one[1] for one in rows}
        return (
            [] if written == last and len(rows) == len(last) else ["the matrix is not as written"]
        )

    async def _rows(self, query: str) -> list[Any]:
        db = Database(self.database_url)
        try:
            return await db.read(lambda conn: list(conn.exec_driver_sql(query)))
        finally:
            await db.close()


def _place(asked: Asked) -> Any:
    shape = next(
        (name for name in ITEMWISE if QUESTIONS_SHAPE.get(asked.question.type) == name), ""
    )

    def place(voter: str, body: dict[str, Any]) -> str:
        return f"{voter} {next(iter(body[shape]))}" if shape else voter

    return place


QUESTIONS_SHAPE = {"evidence": "judgement", "react": "react"}


def _recounted(asked: Asked, stored: Stored) -> list[str]:
    """C4 for any exercise: each outcome is the recount of what preceded its close."""
    closes = [line.number for line in stored.lines if line.kind == "round_closed"]
    found = []
    if (len(stored.outcomes), len(closes)) != (asked.outcomes, asked.outcomes):
        found.append(f"{len(stored.outcomes)} outcomes of {len(closes)} closes")
    for number, outcome in stored.outcomes:
        close = max(one for one in closes if one < number)
        standing = checker._standing(stored.ballots, close)
        bodies = [ballot.body for ballot in standing]
        told = asked.question.told(outcome["diagnostics"], asked.options)
        recount = asked.question.recount(bodies, asked.options)
        if told != recount:
            found.append(f"the outcome after no. {close} says {told}, the recount {recount}")
        if outcome["turnout"]["cast"] != len({_unit(one) for one in standing}):
            found.append(f"the outcome after no. {close} has another turnout")
    return found


def _unit(ballot: StoredBallot) -> str:
    return ballot.voter.split()[0]


@contextlib.asynccontextmanager
async def gathered(
    server: Server, database_url: str, people: int, pace: tuple[float, float]
) -> AsyncIterator[LongMeeting]:
    """A workshop with so many members who draft, and two who only watch."""
    draw = random.Random(20160511)
    async with httpx.AsyncClient(base_url=f"{server.url}/api/v1", timeout=60) as client:
        owner = House(client, server.owner_token)
        made = await owner.post("workshops", {"title": "A meeting behind bad lines"})
        listed = [
            {"label": f"Expert {n:02}", "roles": ["participant", "drafting"]}
            for n in range(people + 2)
        ]
        added = await owner.post(f"workshops/{made['id']}/participants", listed)
        for one in added:  # as by the link that they were given
            await client.get(f"{server.url}/enter/{one['token']}")
            client.cookies.clear()
        url = f"{server.url.replace('http', 'ws', 1)}/ws/workshops/{made['id']}"
        yield LongMeeting(
            server,
            database_url,
            owner.as_(made["tokens"]["facilitator"]),
            made,
            [
                Guest(one["id"], url, one["token"], draw=random.Random(draw.random()))
                for one in added[:people]
            ],
            [Watcher(one["label"], url, one["token"]) for one in added[people:]],
            pace,
        )
