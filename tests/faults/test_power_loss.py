"""The power is cut at any moment while ballots are recorded: nothing acknowledged is lost.

The application's own statements are noted as it runs, and repeated on a database whose disk
forgets what was not synced. Then the disk is looked at as a power cut would have left it.
"""

import random
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw
import pytest
from sqlalchemy import event

from app.db import Database
from tests.faults.checker import c3, c5, c7
from tests.faults.disk import Disk, Mark, NotingVFS, Sync, Write
from tests.faults.history import History
from tests.faults.trial import _stored
from tests.support.meeting import Meeting, meeting
from tests.support.soaking import Saw

SEED = 20160511
CHECKPOINT = 16  # pages: often enough that many cuts fall into a checkpoint


@dataclass
class Taken:
    """The statements that the application ran, and how many ballots each commit had recorded."""

    statements: list[tuple[str, Any, bool]]
    ballots: list[int]
    start: Path
    room: Meeting
    round_id: str


@pytest.fixture
async def taken(sqlite_url: str, tmp_path: Path) -> Taken:
    """Ballots, changed ballots, a close and a reopening, as the application writes them."""
    db = Database(sqlite_url)
    room = await meeting(db, states=4, experts=8)
    round_id = await room.open()
    await db.close()
    start = tmp_path / "start.db"
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as conn:
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copyfile(sqlite_url.removeprefix("sqlite:///"), start)
    db = Database(sqlite_url)
    statements: list[tuple[str, Any, bool]] = []
    event.listen(
        db._write_engine, "before_cursor_execute",
        lambda _c, _cursor, sql, values, _x, many: statements.append((sql, values, many)),
    )  # fmt: skip
    ballots: list[int] = []
    counted = [0]

    def committed(_conn: Any) -> None:
        statements.append(("COMMIT", (), False))
        ballots.append(counted[0])

    event.listen(db._write_engine, "commit", committed)
    room.db = db
    room.__post_init__()
    for revision in range(1, 4):
        for voter in room.voters:
            counted[0] += 1
            await room.cast(voter, round_id, room.rating(revision, 6, 7, 8), revision)
    await room.close(round_id)
    await db.close()
    return Taken(statements, ballots, start, room, round_id)


def repeat(taken: Taken, folder: Path, synchronous: str) -> Disk:
    """The same statements on a disk that notes every write."""
    file = folder / "meeting.db"
    shutil.copyfile(taken.start, file)
    disk = Disk([Write(file.name, 0, file.read_bytes()), Sync(file.name)])
    vfs = NotingVFS(f"noting-{synchronous}", disk)
    conn = apsw.Connection(str(file), vfs=vfs.name)
    for pragma in ("journal_mode=WAL", f"synchronous={synchronous}",
                   f"wal_autocheckpoint={CHECKPOINT}"):  # fmt: skip
        conn.execute(f"PRAGMA {pragma}").fetchall()
    vfs.noting = True
    commits = 0
    for sql, values, many in taken.statements:
        run = conn.executemany if many else conn.execute
        run(sql, values).fetchall() if values else conn.execute(sql).fetchall()
        if sql == "COMMIT":
            commits += 1
            disk.notes.append(Mark(commits))
    vfs.noting = False
    conn.close()
    return disk


def images(disk: Disk, folder: Path, number: int) -> Iterator[tuple[Path, int]]:
    """So many power cuts: the database each left, and the commits that had been told."""
    draw = random.Random(SEED)
    for n in range(number):
        until = draw.randint(2, len(disk.notes))
        place = folder / f"image{n % 2}"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        for name, content in disk.image(until, draw).items():
            (place / name).write_bytes(content)
        yield place / "meeting.db", disk.told(until)


def lost(file: Path, recorded: int) -> bool:
    """Whether fewer ballots are there than were acknowledged."""
    with sqlite3.connect(file) as conn:
        return int(conn.execute("SELECT count(*) FROM ballot").fetchone()[0]) < recorded


@pytest.mark.parametrize("cuts", [200, pytest.param(2000, marks=pytest.mark.soak)])
async def test_no_acknowledged_ballot_is_lost(
    taken: Taken, tmp_path: Path, saw: Saw, cuts: int
) -> None:
    disk = repeat(taken, tmp_path, "FULL")
    told_of: set[int] = set()
    for file, told in images(disk, tmp_path, cuts):
        with sqlite3.connect(file) as conn:
            assert conn.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        assert not lost(file, taken.ballots[told - 1] if told else 0)
        told_of.add(told)
        if told % 10 == 0:
            await whole(file, taken)
    assert len(told_of) > len(taken.ballots) // 2, "the cuts fell into few moments only"
    commits = f"cut at {len(told_of)} moments of {len(taken.ballots)} commits"
    saw(cuts, f"{commits}, 0 acknowledged ballots lost")


async def whole(file: Path, taken: Taken) -> None:
    """The log's chain ends where the workshop says, and tells of the ballots that are there."""
    db = Database(f"sqlite:///{file}")
    stored = await db.read(_stored, taken.room.workshop_id, taken.round_id)
    await db.close()
    assert [said for rule in (c3, c5, c7) for said in rule(History(), stored)] == []


async def test_such_a_cut_would_be_noticed(taken: Taken, tmp_path: Path) -> None:
    """SQLite's usual setting for WAL does not sync at each commit: it loses ballots here."""
    disk = repeat(taken, tmp_path, "NORMAL")
    assert any(
        lost(file, taken.ballots[told - 1] if told else 0)
        for file, told in images(disk, tmp_path, 200)
    )
