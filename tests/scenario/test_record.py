"""What `consilience demo` looks up in its own exports."""

from dataclasses import replace
from typing import Any

import httpx
import pytest

from app.activities.delphi import consensus_rule, stopping_rule
from app.scenario import files, record
from app.scenario.house import House
from app.scenario.meeting import Meeting
from app.scenario.record import RULES, STATED, Record

RATED = ("one", "two")


@pytest.fixture
def meeting() -> Meeting:
    """Areas that are their own ids and titles."""
    found = Meeting(House(httpx.AsyncClient()))
    found.areas = {area: area for area in files.expected()["round1"]}
    return found


def line(n: int, kind: str, round_: str, **ids: Any) -> dict[str, Any]:
    return {"n": n, "kind": kind, "ids": {"round": round_, **ids}}


def kept() -> Record:
    """A record as it should be."""
    rules = [str(one) for one in (*consensus_rule(RULES), *stopping_rule(RULES))]
    areas = files.expected()["round1"]
    held = [
        f"“{area}”: {part} of {whole} answers moved by a step or more; Wilcoxon p 0.5"
        for area in areas
        for part, whole in [record.moved(area)]
    ]
    both = {"activity": "Importance", "certainty": ["The first 3 stay the same."]}
    first = {**both, "n": 1, "rules": rules, "stability": []}
    second = {**both, "n": 2, "rules": [*rules, "The stopping rule is met."], "stability": held}
    second["options"] = [{"id": area, "text": area} for area in areas]
    log = [
        line(1, "round_opened", "one", delphi=STATED),
        line(2, "round_published", "one", to=["screen"]),
        line(3, "round_published", "one", to=["participants", "screen"]),
        line(4, "round_opened", "two", delphi=STATED),
    ]
    return Record(log, {"one": first, "two": second})


def test_a_record_that_shows_everything_lacks_nothing(meeting: Meeting) -> None:
    assert record.delphi(meeting, RATED, kept()) == []
    assert record.certainty(kept()) == []


def test_rules_that_the_log_does_not_hold_are_missed(meeting: Meeting) -> None:
    found = kept()
    del found.log[0]["ids"]["delphi"]
    found.log[3]["ids"]["delphi"] = {**STATED, "iqr_max": 4}
    assert record.delphi(meeting, RATED, found) == [
        "Delphi: rules as they stood before round 1",
        "Delphi: rules as they stood before round 2",
    ]


def test_rules_that_the_report_does_not_print_are_missed(meeting: Meeting) -> None:
    found = kept()
    found.rounds["one"]["rules"] = found.rounds["one"]["rules"][:1]
    assert record.delphi(meeting, RATED, found) == ["Delphi: rules in the report"]


def test_what_is_shown_too_late_or_never_is_missed(meeting: Meeting) -> None:
    found = kept()
    never = replace(found, log=[found.log[0], found.log[3]])
    late = replace(found, log=[found.log[0], found.log[3], {**found.log[2], "n": 5}])
    for one in (never, late):
        assert record.delphi(meeting, RATED, one) == ["Delphi: answers shown before round 2"]


def test_a_figure_that_moved_otherwise_is_named(meeting: Meeting) -> None:
    found = kept()
    found.rounds["two"]["stability"][0] = "“PA01”: 1 of 2 answers moved by a step or more"
    found.rounds["one"]["stability"] = ["“PA01”: nobody answered in both rounds"]
    assert record.delphi(meeting, RATED, found) == [
        "Delphi: nothing compared in round 1",
        "Delphi: stability of PA01",
    ]


def test_a_result_without_its_certainty_is_named() -> None:
    found = kept()
    found.rounds["two"]["certainty"] = []
    assert record.certainty(found) == ["how certain: Importance, round 2"]
