"""A short meeting with a round of every kind that matters to a bundle, exported once a run."""

import asyncio
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from app.db import Database
from app.exports import EXPORTS
from tests.support.meeting import Meeting, meeting


@dataclass(frozen=True)
class Exported:
    """The meeting's bundle, the same exported once more, and the ids of those who voted."""

    data: bytes
    again: bytes
    voters: list[str]


@pytest.fixture(scope="session")
def exported(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Exported:
    """One database is enough here: a bundle does not say which it came from."""
    file = tmp_path_factory.mktemp("bundle") / "meeting.db"
    shutil.copy(sqlite_template, file)
    return asyncio.run(_exported(f"sqlite:///{file}"))


async def _exported(url: str) -> Exported:
    database = Database(url, b"s" * 32)
    try:
        made = await met(database)
        return Exported(await export(made), await export(made), made.voters)
    finally:
        await database.close()


async def export(made: Meeting) -> bytes:
    """The bundle of a meeting."""
    chosen = EXPORTS["bundle"]
    read = await made.db.read(chosen.read, made.workshop_id, str, "en")
    return chosen.write(read, str)


@pytest.fixture
def bundle(exported: Exported, tmp_path: Path) -> Path:
    """The meeting's bundle as a file."""
    file = tmp_path / "bundle.zip"
    file.write_bytes(exported.data)
    return file


async def met(database: Database) -> Meeting:
    """Rated, reopened and rated again, ranked, reacted, moved; one round still open."""
    made = await meeting(database, states=4, experts=5, settings={"question": "Which?"})
    await rate(made, confidential=True)
    await made.turn_to("rank")
    await vote(made, "schulze", lambda n: {"ranking": _rotated(made.options, n)})
    await vote(made, "stv", lambda n: {"ranking": _rotated(made.options, n)}, keep=2)
    await vote(made, "kemeny", lambda n: {"ranking": _rotated(made.options, n)})
    await vote(made, "motion", lambda n: {"motion": ("yes", "no", "abstain")[n % 3]})
    await made.turn_to("choose")
    await vote(made, "approval", lambda n: {"approval": made.options[: n % 4 + 1]}, threshold="1/3")
    await made.turn_to("react")
    await vote(made, "agree_disagree", lambda n: {"react": {made.options[n % 4]: "agree"}})
    await made.turn_to("rank")
    left_open = await made.open(method="borda")
    await made.cast(made.voters[0], left_open, {"ranking": _rotated(made.options, 0)})
    return made


async def rate(made: Meeting, *, confidential: bool) -> None:
    """A round that was closed, reopened for one late answer, and closed again."""
    secrecy = "confidential" if confidential else "named"
    round_id = await made.open(method="rating_consensus", secrecy=secrecy)
    for n, voter in enumerate(made.voters[:-1]):
        await made.cast(voter, round_id, made.rating(n % 9 + 1, 7, 8 if n else None, 9 - n % 4))
    await made.close(round_id)
    await made.reopen(round_id)
    await made.cast(made.voters[-1], round_id, made.rating(5, 5, 5, 5))
    await made.close(round_id)


async def vote(made: Meeting, method: str, body: Any, **settings: Any) -> str:
    """One round in which everybody votes."""
    round_id = await made.open(method=method, **settings)
    for n, voter in enumerate(made.voters):
        await made.cast(voter, round_id, body(n))
    await made.close(round_id)
    return round_id


def _rotated(options: list[str], n: int) -> list[list[str]]:
    turned = [*options[n % 4 :], *options[: n % 4]]
    return [[option] for option in (turned if n % 2 else sorted(turned))[: 2 + n % 3]]
