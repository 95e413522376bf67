"""The record: every line a sentence, none with a person, all in the log's order."""

from app.actions.activities import stage_activity
from app.actions.proposals import propose
from app.activities import EXERCISES
from app.db import Database
from app.models.matrix import RULINGS
from app.models.wording import PROPOSAL_KINDS
from app.queries.record import CLOSER, SENTENCES, record
from tests.support.meeting import meeting


async def test_each_line_is_said_in_its_order(database: Database) -> None:
    room = await meeting(database, type_="propose")
    author = room.actor(room.experts[0])
    await database.change(
        room.workshop_id, stage_activity, room.facilitator, room.activity_id, "writing"
    )
    await database.change(
        room.workshop_id, propose, author, "priority_area", "Trust", room.activity_id
    )
    lines = await database.read(record, room.workshop_id)
    assert [(line.number, str(line.sentence)) for line in lines] == [
        (1, "The workshop was created."),
        (2, "How important is each?: everyone writes alone."),
        (3, "A priority area was proposed."),
    ]
    assert await database.read(record, room.workshop_id, 2) == lines[2:]
    assert await database.read(record, room.workshop_id, 0, 1) == lines[:1]


def test_closer_sentences_belong_to_known_kinds_and_values() -> None:
    stages = {stage for exercise in EXERCISES.values() for stage in exercise.stages}
    values = {"stage": stages, "ruling": set(RULINGS), "of": set(PROPOSAL_KINDS)}
    assert {kind for kind, _, _ in CLOSER} <= SENTENCES.keys()
    for name, known in values.items():
        assert {value for _, fact, value in CLOSER if fact == name} == known


def test_no_sentence_names_who() -> None:
    told = [*SENTENCES.values(), *CLOSER.values()]
    assert [text for text in told if "{by}" in text or "{label}" in text] == []
