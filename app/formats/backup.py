"""A backup: a zip with every table as lines of JSON, the same for both kinds of database.

It holds the tables' rows in an order in which they can be put back, the schema's revision, and the
SHA-256 of every file.
"""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from app.errors import N_, Refused

FORMAT = "consilience-backup-1"
DAMAGED = N_("{name} in this backup is damaged. Take another one.")
NO_BACKUP = N_("This file is not a backup of Consilience.")

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Backup:
    """All rows by table, as one snapshot of the database, and the schema's revision."""

    revision: str
    tables: dict[str, Rows]

    @property
    def rows(self) -> int:
        return sum(len(rows) for rows in self.tables.values())


def write_backup(path: Path, backup: Backup) -> None:
    """Write the file under another name first, so that half a backup never looks like one."""
    draft = path.with_name(path.name + ".part")
    with draft.open("wb") as file:
        _fill(file, backup)
    draft.replace(path)


def as_bytes(backup: Backup) -> bytes:
    """The file, to be sent rather than kept here."""
    file = io.BytesIO()
    _fill(file, backup)
    return file.getvalue()


def _fill(file: IO[bytes], backup: Backup) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        sums = {}
        for name, rows in backup.tables.items():
            data = "".join(_line(row) for row in rows).encode()
            archive.writestr(f"tables/{name}.jsonl", data)
            sums[name] = {"sha256": hashlib.sha256(data).hexdigest(), "rows": len(rows)}
        manifest = {"format": FORMAT, "revision": backup.revision, "tables": sums}
        archive.writestr("manifest.json", json.dumps(manifest, indent=1))


def read_backup(path: Path) -> Backup:
    """Read and check a backup. Raises Refused: not_a_backup or damaged."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = json.loads(archive.read("manifest.json"))
            if manifest["format"] != FORMAT:
                raise Refused("not_a_backup", NO_BACKUP)
            tables = {
                name: list(_rows(archive, name, told["sha256"]))
                for name, told in manifest["tables"].items()
            }
            return Backup(manifest["revision"], tables)
    except (zipfile.BadZipFile, KeyError, ValueError):
        raise Refused("not_a_backup", NO_BACKUP) from None


def _rows(archive: zipfile.ZipFile, name: str, expected: str) -> Iterator[dict[str, Any]]:
    data = archive.read(f"tables/{name}.jsonl")
    if hashlib.sha256(data).hexdigest() != expected:
        raise Refused("damaged", DAMAGED, name=name)
    for line in data.decode().splitlines():
        yield json.loads(line)


def _line(row: dict[str, Any]) -> str:
    return json.dumps(row, default=_moment, ensure_ascii=False, separators=(",", ":")) + "\n"


def _moment(value: Any) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(type(value))
