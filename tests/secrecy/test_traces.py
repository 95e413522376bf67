"""After the sealing no canary is in any file, and nothing follows the order of voting.

Who reads the files of a database sees where rows lie, free pages, dead rows, the write-ahead log.
"""

import random
import secrets
from typing import Any

import pytest
from sqlalchemy import Connection, text

import app.actions.sealing
from app.db import Database
from app.db.engines import JSON
from app.queries.rounds import own_entry
from tests.secrecy.files import files_of
from tests.secrecy.orders import Trace, p_value
from tests.secrecy.sealing import sealed
from tests.support.meeting import Meeting, meeting

AS_STORED = JSON["json_serializer"]  # a trace is looked for in the spelling of the database

ROUNDS = 50
ROWS = {True: "rowid", False: "ctid"}
STAGED = "SELECT id AS found FROM staged_ballot UNION SELECT voice FROM staged_ballot"
KEYS = "SELECT key_hash AS found FROM staged_key UNION SELECT body_mac FROM staged_key"


async def strings(db: Database, *statements: str) -> list[str]:
    def read(conn: Connection) -> list[str]:
        return [
            str(value)
            for statement in statements
            for value in conn.execute(text(statement)).scalars()
        ]

    return await db.read(read)


async def test_no_canary_is_left_in_any_file(
    database: Database, request: pytest.FixtureRequest
) -> None:
    """Enough ballots for many pages; some are changed, so that earlier bodies must be gone too."""
    room = await meeting(database, states=60, experts=60)
    draw = random.Random(7)
    round_id = await room.open(secrecy="secret")
    gone: list[str] = []
    for voter in draw.sample(room.voters, len(room.voters)):
        key, sent = secrets.token_hex(16), f"{voter}-{secrets.token_hex(16)}"
        body = room.rating(*(draw.randint(1, 9) for _ in room.options))
        await room.cast(voter, round_id, body, key=sent, ballot_key=key)
        gone += [key, sent]
        if draw.random() < 0.3:
            changed = {"rating": {**body["rating"], room.options[0]: None}}
            await room.cast(voter, round_id, changed, 2, ballot_key=key)
            gone.append(AS_STORED(body))
    traces = await strings(database, STAGED, KEYS)
    assert len(traces) > 4 * len(room.voters)
    before = b"".join((await files_of(database, request)).values())
    assert sum(trace.encode() in before for trace in traces) > len(traces) // 2

    await room.close(round_id)
    await sealed(database, room.workshop_id, round_id)

    after = await files_of(database, request)
    found = {
        (name, trace)
        for name, content in after.items()
        for trace in [*gone, *traces]
        if trace.encode() in content
    }
    assert found == set()
    if database.sqlite:
        assert after.get("consilience.db-wal", b"").count(b'{"rating"') == 0


async def voted(room: Meeting, draw: random.Random) -> tuple[str, list[str], list[str]]:
    """One round in which everybody votes, each with an answer of their own, in an order drawn
    anew; returns it with the register entries and the bodies in the order of voting."""
    round_id = await room.open(secrecy="secret")
    values = draw.sample(range(9**4), len(room.voters))
    entries, bodies = [], []
    for voter, value in zip(draw.sample(room.voters, len(room.voters)), values, strict=True):
        body = room.rating(*(value // 9**n % 9 + 1 for n in range(4)))
        await room.cast(voter, round_id, body)
        entries.append(await room.db.read(_entry, round_id, room.actor(voter)))
        bodies.append(AS_STORED(body))
    await room.close(round_id)
    await sealed(room.db, room.workshop_id, round_id)
    return round_id, entries, bodies


def _entry(conn: Connection, round_id: str, actor: Any) -> str:
    from sqlmodel import select

    from app.models import Round

    round_ = conn.execute(select(Round).where(Round.id == round_id)).one()
    return str(own_entry(conn, round_, actor).id)


def read_traces(
    conn: Connection, round_id: str, entries: list[str], bodies: list[str]
) -> list[Trace]:
    """All that the tables tell of the order, for each voter in the order of voting."""
    sqlite = conn.dialect.name == "sqlite"
    row = ROWS[sqlite]
    at = {"round": round_id}

    def column(select: str, table: str, by: str) -> list[str]:
        rows = conn.execute(text(f"SELECT {select} FROM {table} WHERE round_id = :round {by}"), at)
        return [str(value) for value in rows.scalars()]

    body = "CAST(body AS text)"
    lying = column(body, "sealed_ballot", f"ORDER BY {row}")
    by_id = column(body, "sealed_ballot", "ORDER BY id")
    marks = column("entry_id", "register_mark", f"ORDER BY {row}")
    traces: list[Trace] = [
        [lying.index(one) for one in bodies],
        [by_id.index(one) for one in bodies],
        [marks.index(one) for one in entries],
        # The attack itself: the k-th mark taken for the voter of the k-th ballot.
        [entries.index(marks[lying.index(one)]) for one in bodies],
    ]
    if not sqlite:
        for table, key, found in (
            ("sealed_ballot", body, bodies), ("register_mark", "entry_id", entries),
            ("register_entry", "id", entries),
        ):  # fmt: skip
            for stamp in ("xmin", "xmax"):
                written = f"{key}, CAST(CAST({stamp} AS text) AS bigint)"
                rows = conn.execute(
                    text(f"SELECT {written} FROM {table} WHERE round_id = :round"), at
                )
                stamps = {str(name): int(value) for name, value in rows}
                traces.append([stamps[one] for one in found])
    return traces


def in_files(content: dict[str, bytes], names: list[str]) -> list[Trace]:
    """Where each name stands in the files: its first place, its second, and so on as far as all
    have one."""
    whole = b"".join(content[name] for name in sorted(content))
    places = [_places(whole, name.encode()) for name in names]
    return [[found[n] for found in places] for n in range(min(len(found) for found in places))]


def _places(content: bytes, name: bytes) -> list[int]:
    found, at = [], content.find(name)
    while at >= 0:
        found.append(at)
        at = content.find(name, at + 1)
    return found


async def _pooled(database: Database, request: pytest.FixtureRequest, rounds: int) -> float:
    room = await meeting(database, states=4, experts=4)
    draw = random.Random(11)
    held = [await voted(room, draw) for _ in range(rounds)]
    content = await files_of(database, request)
    found = []
    for round_id, entries, bodies in held:
        traces = await database.read(read_traces, round_id, entries, bodies)
        placed = [in_files(content, bodies), in_files(content, entries)]
        assert len(placed[0]) == 1, "an answer stands in more than one place"
        found.append([*traces, *placed[0], *placed[1]])
    return p_value(found)


async def test_the_order_of_voting_is_not_recoverable(
    database: Database, request: pytest.FixtureRequest
) -> None:
    assert await _pooled(database, request, ROUNDS) > 1e-4


async def test_a_leak_of_the_order_would_be_found(
    database: Database, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: the close keeps the rows in the order in which they came."""
    monkeypatch.setattr(app.actions.sealing, "_shuffled", lambda rows: rows)
    assert await _pooled(database, request, ROUNDS // 2) < 1e-9
