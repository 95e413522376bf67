"""Sealing, as the clockwork does it: again where something else still reads."""

from app.db import Database
from app.work.sealing import seal
from tests.faults.people import until


async def sealed(db: Database, workshop_id: str, round_id: str) -> None:
    """Seal a closed round. A transaction in another database of the same server, where another
    test runs, lets a first attempt leave its traces for the next one. Raises TimeoutError."""
    await until(lambda: seal(db, workshop_id, round_id), within=60)
