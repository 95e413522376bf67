"""Everything as JSON, for programs; its schema is published beside the documentation."""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from pydantic import TypeAdapter

from app import clock
from app.errors import N_
from app.exports.base import Export, Say
from app.queries.report.shape import Report

FORMAT = "consilience-report-1"


def write(report: Report, _say: Say) -> bytes:
    """The report as it is, moments in UTC."""
    data = {"format": FORMAT, **asdict(report)}
    return json.dumps(data, ensure_ascii=False, indent=1, default=_plain).encode()


def schema() -> dict[str, Any]:
    """The JSON Schema of the file. Within a format fields are only added, so a reader ignores
    those that it does not know."""
    found = TypeAdapter(Report).json_schema()
    found["properties"] = {"format": {"const": FORMAT}, **found["properties"]}
    found["required"] = ["format", *found["required"]]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return clock.stamp(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


EXPORT = Export("json", N_("Everything (JSON)"), "application/json", "json", write)
