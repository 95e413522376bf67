"""A person is erased: nothing names them any more, and everything counted still verifies."""

import json
import zipfile
from io import BytesIO
from pathlib import Path

from sqlalchemy import Connection
from sqlmodel import SQLModel, select

from app.actions.people import change_person
from app.actions.people_erasing import erase_person
from app.actions.private_notes import keep_private_note
from app.db import Database
from app.formats import verify
from app.models import LogSalt, Participant
from tests.bundle.conftest import export, met

CANARY = "Zebulon Quartermaine"
COUNTED = ("ballots/", "outcomes/", "receipts/")


async def test_an_erased_person_leaves_tallies_chain_and_bundle(
    database: Database, tmp_path: Path
) -> None:
    made = await met(database)
    who = made.voters[0]
    named = {"label": CANARY, "email": f"{CANARY}@example.org", "institution_type": CANARY}
    await made.db.change(made.workshop_id, change_person, made.facilitator, who, 1, named)
    await made.db.change(made.workshop_id, keep_private_note, made.actor(who), CANARY)
    before, salts = await export(made), await made.db.read(_salts)
    assert CANARY in await made.db.read(_everything)

    version = (await made.db.read(_person, who)).version
    await made.db.change(made.workshop_id, erase_person, made.facilitator, who, version)

    after = await export(made)
    assert CANARY not in await made.db.read(_everything)
    assert _counted(after) == _counted(before) != {}
    assert await made.db.read(_salts) < salts
    (tmp_path / "after.zip").write_bytes(after)
    faults, _told = verify.verify(str(tmp_path / "after.zip"))
    assert faults == []


def _counted(bundle: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(bundle)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name.startswith(COUNTED)}


def _everything(conn: Connection) -> str:
    """Every value of every table."""
    tables = SQLModel.metadata.sorted_tables
    rows = [list(map(str, row)) for table in tables for row in conn.execute(table.select())]
    return json.dumps(rows, ensure_ascii=False)


def _salts(conn: Connection) -> int:
    return len(conn.execute(select(LogSalt)).all())


def _person(conn: Connection, participant_id: str) -> Participant:
    return conn.execute(select(Participant).where(Participant.id == participant_id)).one()  # type: ignore[return-value]
