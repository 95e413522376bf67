"""Who casts the one voice of a delegation: any of its members, its head, or all of them, evenly."""

from pathlib import Path
from typing import Any

import pytest

from app.actions.base import add, change, label_key, load
from app.db import Database, Tx
from app.errors import Refused
from app.formats import verify
from app.models import Participant
from app.queries.exercise import exercise_for
from app.queries.polls import eligible, poll_of, register_digest
from app.queries.results import results
from app.queries.turnout import turnout
from tests.bundle.conftest import export
from tests.support.meeting import Meeting, meeting


async def aide(made: Meeting, n: int, *roles: str) -> str:
    """A second member of a State's delegation."""

    def come(tx: Tx) -> str:
        first = load(tx, Participant, made.states[n])
        return add(
            tx,
            Participant(
                workshop_id=tx.workshop_id,
                label=f"Aide {n}",
                label_key=label_key(f"Aide {n}"),
                roles=["participant", *roles],
                capacity="state_representative",
                delegation_id=first.delegation_id,
                position=50 + n,
            ),
        )

    return str(await made.db.change(made.workshop_id, come))


async def approvals(db: Database, **settings: Any) -> tuple[Meeting, str]:
    """Two States, the first with two members, and two experts, on approvals."""
    made = await meeting(db, states=2, experts=2)
    other = await aide(made, 0)
    await made.turn_to("choose")
    made.activity_round = await made.open(**settings)  # type: ignore[attr-defined]
    return made, other


def body(made: Meeting, *which: int) -> dict[str, Any]:
    return {"approval": [made.options[n] for n in which]}


async def test_a_split_voice_is_one_voice(database: Database, tmp_path: Path) -> None:
    made, other = await approvals(database, casts="split", threshold="1/2", apart=True)
    round_ = made.activity_round  # type: ignore[attr-defined]
    await made.cast(made.states[0], round_, body(made, 0))
    await made.cast(other, round_, body(made, 0, 1))
    await made.cast(made.states[1], round_, body(made, 1))
    await made.cast(made.experts[0], round_, body(made, 1))

    here = await database.read(turnout, round_)
    assert (here.eligible, here.cast, here.of("States")) == (4, 3, (2, 2))
    assert [seat.label for seat in here.seats if seat.kind == "States"] == ["State 00", "State 01"]
    await made.close(round_)
    found = await database.read(results, round_)
    assert found is not None
    assert found.data["turnout"] == {"eligible": 4, "cast": 3, "blank": 0, "invalid": 0}
    assert found.data["scores"] == dict(zip(made.options, ("1", "5/2", "0", "0"), strict=True))
    assert found.options[0].counts == {"States": {"approve": 1.5}, "experts": {"approve": 1}}
    assert await database.read(register_digest, round_)
    (tmp_path / "it.zip").write_bytes(await export(made))
    assert verify.verify(str(tmp_path / "it.zip"))[0] == []


async def test_whoever_answers_alone_has_the_whole_voice(database: Database) -> None:
    made, other = await approvals(database, casts="split")
    round_ = made.activity_round  # type: ignore[attr-defined]
    await made.cast(made.states[0], round_, body(made))  # blank: the other one answers
    await made.cast(other, round_, body(made, 2))
    poll = await database.read(poll_of, round_)
    assert [(str(one.weight), one.body) for one in poll.ballots] == [("1", body(made, 2))]
    assert await database.read(eligible, round_) == 4


async def test_only_the_head_casts(database: Database) -> None:
    made, other = await approvals(database, casts="head")
    round_ = made.activity_round  # type: ignore[attr-defined]

    async def voice(who: str) -> str:
        seen = await database.read(exercise_for, made.workshop_id, made.actor(who))
        return str(seen.voice)

    with pytest.raises(Refused, match="head of the delegation casts"):
        await made.cast(other, round_, body(made, 1))
    assert await voice(other) == (
        "Representative, State 00 casts the one voice of State 00 in this round, as its head."
    )
    assert await voice(made.states[0]) == "You cast the one voice of State 00, as its head."
    await made.cast(made.states[0], round_, body(made, 0))

    def marked(tx: Tx) -> None:
        change(tx, Participant, other, roles=["participant", "head"])

    await database.change(made.workshop_id, marked)
    await made.cast(other, round_, body(made, 1), revision=2)
    with pytest.raises(Refused, match="head of the delegation casts"):
        await made.cast(made.states[0], round_, body(made, 0), revision=3)
    assert await voice(made.experts[0]) == "You vote in person: one voice."


@pytest.mark.parametrize(
    "settings", [{"secrecy": "secret"}, {"method": "rating_consensus"}], ids=["secret", "medians"]
)
async def test_what_cannot_be_split_is_refused(
    database: Database, settings: dict[str, Any]
) -> None:
    made = await meeting(database)
    if "method" not in settings:
        await made.turn_to("choose")
    with pytest.raises(Refused) as refusal:
        await made.open(casts="split", **settings)
    assert refusal.value.code == "cannot_split"
