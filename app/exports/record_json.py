"""Everything as JSON, for programs."""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from app import clock
from app.errors import N_
from app.exports.base import Export, Say
from app.queries.report.shape import Report


def write(report: Report, _say: Say) -> bytes:
    """The report as it is, moments in UTC."""
    data = {"format": "consilience-report-1", **asdict(report)}
    return json.dumps(data, ensure_ascii=False, indent=1, default=_plain).encode()


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return clock.stamp(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


EXPORT = Export("json", N_("Everything (JSON)"), "application/json", "json", write)
