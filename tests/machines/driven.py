"""Hypothesis plays a meeting: it chooses the commands, a small reference model says what should
come of each, and everything that can be read is compared after every step."""

import asyncio
import re
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, TypeVar

import httpx
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test
from sqlalchemy import Connection
from sqlmodel import col, select

from app.models import WordingVersion
from tests.support.house import Caller, House, housed

Found = TypeVar("Found")


class Driven(RuleBasedStateMachine):
    """One meeting in the house, whose application runs in the test's own loop."""

    def __init__(self, owner: Caller, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__()
        self.loop = loop
        self.house: House = self.do(housed(owner))
        self.at = self.house.at

    def do(self, talk: Coroutine[Any, Any, Found]) -> Found:
        """Wait for what is said in the house."""
        return asyncio.run_coroutine_threadsafe(talk, self.loop).result(60)

    def post(self, by: Caller, path: str, body: Any = None) -> httpx.Response:
        return self.do(by.post(path, body))

    def data(self, path: str, role: str = "facilitator") -> Any:
        return self.do(self.house.by(role).get(path)).json()

    def page(self, path: str, by: Caller | None = None) -> str:
        """A page of the meeting, as somebody is shown it."""
        answer = self.do((by or self.house.by("facilitator")).get(f"/w/{self.house.id}/{path}"))
        assert answer.status_code == 200, answer.text
        return answer.text

    def version_ids(self) -> dict[str, list[str]]:
        """The ids of each wording's versions, in their order."""
        found: dict[str, list[str]] = {}
        for row in self.do(self.house.app.state.db.read(_versions, self.house.id)):
            found.setdefault(row.subject_id, []).append(row.id)
        return found

    def wordings(self) -> dict[str, list[str]]:
        """What the tables hold of each wording, its versions in their order without a gap."""
        found: dict[str, list[str]] = {}
        for row in self.do(self.house.app.state.db.read(_versions, self.house.id)):
            versions = found.setdefault(row.subject_id, [])
            versions.append(row.text)
            assert row.n == len(versions)
        return found


def _versions(conn: Connection, workshop_id: str) -> list[Any]:
    return list(
        conn.execute(
            select(WordingVersion)
            .where(WordingVersion.workshop_id == workshop_id)
            .order_by(col(WordingVersion.n))
        )
    )


def refusal(answer: httpx.Response) -> str:
    """The code of what was refused, or nothing."""
    return "" if answer.status_code < 300 else str(answer.json()["error"]["code"])


def element(html: str, id_: str) -> str:
    """The words of the element with this id, as far as it holds none of its kind; else nothing."""
    found = re.search(rf'<(\w+)(?: [^>]*)? id="{id_}"[^>]*>(.*?)</\1>', html, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found[2]).split()) if found else ""


async def play(
    machine: Callable[[Caller, asyncio.AbstractEventLoop], Driven],
    owner: Caller, examples: int, steps: int,
) -> None:  # fmt: skip
    """Let Hypothesis play so many meetings; an ordinary run always the same ones, and it tells the
    first that goes wrong as it went."""
    loop, few = asyncio.get_running_loop(), examples < 10
    how = settings(
        max_examples=examples, stateful_step_count=steps, deadline=None, database=None,
        derandomize=few, suppress_health_check=list(HealthCheck),
        phases=(Phase.generate,) if few else (Phase.generate, Phase.shrink),
    )  # fmt: skip
    made: Any = partial(machine, owner, loop)
    await asyncio.to_thread(run_state_machine_as_test, made, settings=how)
