"""Everything in one zip that anybody can check: all formats, the chained log, ballots, outcomes,
and the verifier itself, which needs nothing but Python."""

import hashlib
import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from app import clock
from app.errors import N_, Refused
from app.exports.base import Export, Say
from app.exports.bundle_record import record_of
from app.formats import verify
from app.queries.audit import Audit, audit
from app.queries.report import report
from app.queries.report.shape import Report


@dataclass(frozen=True)
class Bundled:
    """The report and what it is checked by, read in the same snapshot."""

    report: Report
    audit: Audit


def export_of(formats: Sequence[Export]) -> Export:
    """The bundle of these formats."""
    write = partial(_write, formats=formats)
    return Export(
        "bundle", N_("Everything, to be checked"), "application/zip", "zip", write, read, heavy=True
    )


def read(conn: Connection, workshop_id: str, say: Say, language: str) -> Bundled:
    """Report and audit of a meeting."""
    return Bundled(report(conn, workshop_id, say, language), audit(conn, workshop_id))


def _write(bundled: Bundled, say: Say, formats: Sequence[Export]) -> bytes:
    files = {
        "verify.py": Path(verify.__file__).read_bytes(),
        "manifest.json": _json(manifest_of(bundled)),
        "record.json": _json(record_of(bundled.report, bundled.audit)),
        "log.jsonl": b"".join(line + b"\n" for line in bundled.audit.lines),
        **bundled.audit.files,
    }
    for export in formats:
        try:
            files[f"consilience.{export.extension}"] = export.write(bundled.report, say)
        except Refused:  # no rankings in this meeting, so no file of them
            continue
    return packed(files)


def manifest_of(bundled: Bundled) -> dict[str, Any]:
    """Both ends of the chain: its salt, and (seq, head) as the rows were when they were read."""
    meeting = bundled.report.meeting
    return {
        "format": verify.FORMAT,
        "workshop": meeting.id,
        "title": meeting.title,
        "made_at": clock.stamp(meeting.made_at),
        "salt": bundled.audit.salt,
        "seq": meeting.seq,
        "head": meeting.head,
    }


def packed(files: dict[str, bytes]) -> bytes:
    """The zip, with the SHA-256 of every file in SHA256SUMS."""
    ordered = sorted(files.items())
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in ordered)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in [("SHA256SUMS", sums.encode()), *ordered]:
            archive.writestr(_plain_member(name), data)
    return file.getvalue()


def _plain_member(name: str) -> zipfile.ZipInfo:
    """No time and no owner of whoever made it: the same record gives the same bytes."""
    member = zipfile.ZipInfo(name)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o644 << 16
    return member


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"
