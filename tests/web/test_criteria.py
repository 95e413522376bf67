"""Criteria from the settings to the report: what can be set, whose weights count, what is left out,
and that the bundle recounts it."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from app.actions.activities import add_activity
from app.actions.criteria import checked_criteria
from app.actions.rounds import open_round, plan_round
from app.activities.sentences import rule_of
from app.db import Database
from app.errors import Conflict, Refused
from app.formats import verify
from app.models import Activity, Outcome, Round
from app.queries.criteria import scored, shares
from app.queries.polls import poll_of
from app.queries.record import record
from app.queries.report import report
from app.queries.results import results
from tests.bundle.conftest import export
from tests.support.meeting import Meeting, meeting

TWO = [
    {"id": "impact", "text": "Impact", "weight": "2"},
    {"id": "cost", "text": "Cost", "direction": "down"},
]
KEPT = checked_criteria({"criteria": TWO})
SETTINGS: dict[str, Any] = {"method": "weighted_criteria", "criteria": KEPT}


async def scoring(database: Database, **more: Any) -> Meeting:
    return await meeting(database, states=0, experts=3, settings={**SETTINGS, **more})


async def weighs(made: Meeting, method: str = "dot_vote") -> str:
    """An exercise that asks for the weights of the meeting's own."""
    fields = {
        "type": "rate",
        "title": "How much?",
        "settings": {"method": method, "weighs": made.activity_id},
        "position": 0,
    }
    done = await made.db.change(made.workshop_id, add_activity, made.facilitator, fields)
    return done.id


async def answered(made: Meeting, activity: str, *bodies: dict[str, Any]) -> str:
    """A round of an exercise with these answers, closed."""
    scored_in, made.activity_id = made.activity_id, activity
    round_id = await made.open()
    for voter, body in zip(made.voters, bodies, strict=False):
        await made.cast(voter, round_id, body)
    await made.close(round_id)
    made.activity_id = scored_in
    return round_id


def cells(made: Meeting, *rows: tuple[float | None, float | None]) -> dict[str, Any]:
    ids = ("impact", "cost")
    given = {
        o: dict(zip(ids, row, strict=True)) for o, row in zip(made.options, rows, strict=False)
    }
    return {"criteria": given}


async def row(made: Meeting, round_id: str) -> Any:
    return await made.db.read(lambda c: c.execute(select(Round).where(Round.id == round_id)).one())


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"criteria": [{"text": "A"}, {"text": "A"}]}, "duplicate"),
        ({"criteria": [{"text": "A", "id": "no way"}]}, "bad_characters"),
        ({"criteria": [{"text": "A", "weight": "-1"}]}, "score_range"),
        ({"criteria": [{"text": "A", "weight": "1/0"}]}, "score_range"),
        ({"criteria": [{"text": "A", "weight": 0}]}, "no_weight"),
        ({"criteria": [{"text": " "}]}, "criteria_empty"),
        ({"criteria": [{"text": str(n)} for n in range(13)]}, "too_long"),
        ({"criteria": [{"text": "A"}], "method": "impact_feasibility"}, "unknown_criterion"),
    ],
)
def test_what_cannot_be_a_criterion(given: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        checked_criteria(given)
    assert refused.value.code == code


def test_weights_are_kept_exactly() -> None:
    kept = checked_criteria(
        {"criteria": [{"text": "A", "weight": "1.5"}, {"text": "B", "weight": 2}]}
    )
    assert [(one["weight"], one["direction"]) for one in kept] == [("3/2", "up"), ("2", "up")]


async def test_means_leave_out_who_could_not_judge(database: Database) -> None:
    made = await scoring(database)
    round_id = await answered(
        made,
        made.activity_id,
        cells(made, (9, 1), (5, 5)),
        cells(made, (7, None), (5, 9)),
        cells(made, (None, 3)),
    )
    found = await made.db.read(results, round_id)
    assert found is not None
    over = scored(found)
    assert over is not None
    first = over.cells[made.options[0]]
    assert [(first[c].n, first[c].mean) for c in ("impact", "cost")] == [(2, 8.0), (2, 2.0)]
    # impact (8 − 1)/8 with weight 2, cost 1 − (2 − 1)/8 with weight 1: (2 · 7/8 + 7/8) / 3
    assert Fraction(found.options[0].score) == Fraction(7, 8)
    last = over.cells[made.options[3]]
    assert [(last[c].n, last[c].mean) for c in ("impact", "cost")] == [(0, None), (0, None)]
    assert found.options[0].total["cost=no_opinion"] == 1


async def test_nothing_opens_without_criteria(database: Database) -> None:
    made = await meeting(database, settings={"method": "weighted_criteria"})
    with pytest.raises(Refused) as refused:
        await made.open()
    assert refused.value.code == "no_criteria"
    with pytest.raises(Refused) as refused:
        await weighs(made)
    assert refused.value.code == "no_criteria"


async def test_the_group_s_weights_freeze_with_the_round(database: Database) -> None:
    made = await scoring(database, shares="median")
    weighing = await weighs(made)
    with pytest.raises(Conflict) as refused:
        await made.open()
    assert refused.value.code == "weights_missing"
    asked = await answered(
        made,
        weighing,
        {"allocation": {"impact": 80, "cost": 20}},
        {"allocation": {"impact": 50, "cost": 50}},
        {"allocation": {"impact": 70, "cost": 30}},
    )
    scored_in = await answered(made, made.activity_id, cells(made, (9, 1)))
    found = await row(made, scored_in)
    outcome = await made.db.read(
        lambda c: c.execute(select(Outcome).where(Outcome.round_id == asked)).one()
    )
    assert [one["weight"] for one in found.criteria] == ["7/10", "3/10"]
    assert found.weights_from == {
        "outcome": outcome.id, "number": outcome.number, "how": "points", "shares": "median",
    }  # fmt: skip
    poll = await made.db.read(poll_of, scored_in)
    assert [(one.id, one.weight, one.direction) for one in poll.criteria] == [
        ("impact", Fraction(7, 10), "up"),
        ("cost", Fraction(3, 10), "down"),
    ]
    said = [str(line.sentence) for line in await made.db.read(record, made.workshop_id)]
    assert any(f"the group’s, from points: no. {outcome.number}" in sentence for sentence in said)
    asked_for = await made.db.read(results, asked)
    assert asked_for is not None
    given = shares(asked_for, await made.db.read(poll_of, asked))
    assert [(one.result.option.id, one.median) for one in given] == [
        ("impact", Fraction(7, 10)),
        ("cost", Fraction(3, 10)),
    ]


async def test_a_criterion_that_nobody_weighed(database: Database) -> None:
    made = await scoring(database)
    await answered(made, await weighs(made, "score"), {"rating": {"impact": 100, "cost": 50}})
    third = [*KEPT, {**KEPT[0], "id": "equity", "text": "Equity"}]
    planned = await made.db.change(
        made.workshop_id, plan_round, made.facilitator, made.activity_id, {"criteria": third}
    )
    with pytest.raises(Conflict) as refused:
        await made.db.change(made.workshop_id, open_round, made.facilitator, planned.id)
    assert (refused.value.code, refused.value.params["text"]) == ("weights_missing", "Equity")
    found = await row(made, await made.open())
    assert [one["weight"] for one in found.criteria] == ["6667/10000", "3333/10000"]


async def test_what_weighs_follows_the_criteria(database: Database) -> None:
    made = await scoring(database)
    weighing = await weighs(made)
    places = await made.db.read(
        lambda c: {r.id: r.position for r in c.execute(select(Activity)).all()}
    )
    assert places[weighing] < places[made.activity_id]
    asked = await answered(made, weighing)
    assert (await made.db.read(poll_of, asked)).options == ["impact", "cost"]
    found = await row(made, asked)
    assert found.params == {"budget": 100, "spend_all": True}
    assert str(rule_of(found)).startswith("Each gives 100 points to the criteria")


@pytest.mark.parametrize("method", ["weighted_criteria", "chnri", "impact_feasibility"])
async def test_the_report_prints_it_and_the_bundle_recounts_it(
    database: Database, method: str, tmp_path: Path
) -> None:
    made = await meeting(database, states=2, experts=3, settings={"method": method})
    halves = method == "chnri"
    criteria = SETTINGS["criteria"] if method == "weighted_criteria" else None
    planned = await made.open(**({"criteria": criteria} if criteria else {}))
    ids = [one["id"] for one in (await row(made, planned)).criteria]
    high, low = (1, 0.5) if halves else (9, 2)
    for n, voter in enumerate(made.voters):
        given: dict[str, dict[str, float | None]] = {
            option: dict.fromkeys(ids, high if (n + at) % 3 else low)
            for at, option in enumerate(made.options)
        }
        given[made.options[3]][ids[0]] = None
        await made.cast(voter, planned, {"criteria": given})
    await made.close(planned)
    whole = await made.db.read(report, made.workshop_id)
    (told,) = whole.rounds
    assert [one.id for one in told.criteria] == ids
    assert told.no_opinion == 5
    assert bool(told.firmness) == (method != "impact_feasibility")
    assert all(option.by_criterion for option in told.options)
    file = tmp_path / "bundle.zip"
    file.write_bytes(await export(made))
    faults, checked = verify.verify(str(file))
    assert faults == []
    assert any("recomputed" in sentence or "counted" in sentence for sentence in checked), checked
