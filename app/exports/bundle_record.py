"""The bundle's `record.json`: what happened, in words, beside the lines that are chained."""

from dataclasses import asdict, fields
from typing import Any

from app import clock
from app.queries.audit import Audit
from app.queries.report.shape import Report, RoundReport

FORMAT = "consilience-record-1"
# Figures and ballots stand in the outcomes and ballots that are chained, not a second time here.
ROUND = ("id", "activity", "type", "n", "question", "method", "rule", "rules", "voters", "secrecy",
         "sees", "eligible", "cast", "result", "decided", "reopened", "sent_for")  # fmt: skip


def record_of(report: Report, audit: Audit) -> dict[str, Any]:
    """Meeting, rounds with the texts behind their ids, decisions, what was released of notes and
    lessons, and every line as a sentence."""
    meeting = report.meeting
    return {
        "format": FORMAT,
        "meeting": {
            "id": meeting.id,
            "title": meeting.title,
            "place": meeting.place,
            "trial": meeting.trial,
            "attribution": meeting.attribution,
            "made_at": clock.stamp(meeting.made_at),
            "seq": meeting.seq,
            "head": meeting.head,
        },
        "language": report.language,
        "rounds": [_round(round_, audit) for round_ in report.rounds],
        "decisions": [
            {
                **{field.name: getattr(one, field.name) for field in fields(one)},
                "at": clock.stamp(one.at),
            }
            for one in report.decisions
        ],
        "notes": [asdict(one) for one in report.notes],
        "lessons": [asdict(one) for one in report.lessons],
        "log": [
            {
                "number": line.number,
                "at": line.at,
                "kind": line.kind,
                "sentence": line.sentence,
                "hash": head,
            }
            for line, head in zip(report.log, audit.heads, strict=True)
        ],
    }


def _round(round_: RoundReport, audit: Audit) -> dict[str, Any]:
    """A round's terms, its options by id, and where its ballots and outcomes lie."""
    kept = (f"ballots/{round_.id}.", f"outcomes/{round_.id}-", f"receipts/{round_.id}.")
    return {
        **{name: getattr(round_, name) for name in ROUND},
        "options": {option.id: option.text for option in round_.options},
        "files": sorted(name for name in audit.files if name.startswith(kept)),
    }
