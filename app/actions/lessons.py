"""Lessons learned: told by whoever may propose, put right and released by the moderators. Each
version stays; what a lesson rests on is kept by id and worded when it is read."""

from typing import Any

from sqlmodel import select

from app.actions.base import Done, Tx, add, change, clean, expect_version, load, new_id
from app.actions.flags import row_of
from app.errors import NotFound
from app.models import EvidenceItem, Lesson, LessonVersion, Proposal
from app.policy import Actor, may_change_lesson, may_moderate, may_propose, require

WORDS = {"context": False, "tried": True, "result": True, "transferability": False}
LINKS = ("evidence", "proposals", "rows")
LIMIT = 4_000


def tell_lesson(tx: Tx, actor: Actor, fields: dict[str, Any]) -> Done:
    """Tell what was tried, where, and what came of it. Its author and the moderators alone read it
    until it is released."""
    require(may_propose(actor, tx.workshop_id))
    if released := bool(fields.get("released")):
        require(may_moderate(actor))
    lesson_id = new_id()
    number = tx.log("lesson_told", salted={"by": actor.identity}, lesson=lesson_id)
    version_id = _word(tx, actor, lesson_id, 1, _words(fields) | _links(tx, fields), number)
    lesson = Lesson(
        id=lesson_id,
        workshop_id=tx.workshop_id,
        author_id=actor.participant_id,
        current_id=version_id,
        released=released,
        number=number,
        at=tx.now,
    )
    add(tx, lesson)
    if released:
        number = tx.log("lesson_released", lesson=lesson_id)
    return Done(lesson_id, number)


def change_lesson(
    tx: Tx, actor: Actor, lesson_id: str, version: int | None, fields: dict[str, Any]
) -> Done:
    """Reword a lesson, which is a new version of it; release it, or take it back. What changes
    nothing leaves no line in the log."""
    lesson = _standing(tx, lesson_id)
    require(may_change_lesson(actor, lesson))
    before = _said(tx, lesson)
    expect_version(lesson, version, {name: before[name] for name in WORDS})
    values: dict[str, Any] = {}
    number = tx.seq
    after = before | _words(fields, before) | _links(tx, fields)
    if after != before:
        number = tx.log("lesson_reworded", salted={"by": actor.identity}, lesson=lesson_id)
        n = _current(tx, lesson).n + 1
        values["current_id"] = _word(tx, actor, lesson_id, n, after, number)
    if fields.get("released", lesson.released) != lesson.released:
        require(may_moderate(actor))
        values["released"] = fields["released"]
        kind = "lesson_released" if fields["released"] else "lesson_taken_back"
        number = tx.log(kind, lesson=lesson_id)
    if values:
        change(tx, Lesson, lesson_id, **values, version=lesson.version + 1)
    return Done(lesson_id, number)


def remove_lesson(tx: Tx, actor: Actor, lesson_id: str) -> Done:
    """Take a lesson out; what it said stays in the database, and on no screen."""
    lesson = _standing(tx, lesson_id)
    require(may_change_lesson(actor, lesson))
    change(tx, Lesson, lesson_id, removed_at=tx.now, version=lesson.version + 1)
    return Done(lesson_id, tx.log("lesson_removed", lesson=lesson_id))


def _standing(tx: Tx, lesson_id: str) -> Any:
    lesson = load(tx, Lesson, lesson_id)
    if lesson.removed_at:
        raise NotFound
    return lesson


def _current(tx: Tx, lesson: Any) -> Any:
    return tx.conn.execute(select(LessonVersion).where(LessonVersion.id == lesson.current_id)).one()


def _said(tx: Tx, lesson: Any) -> dict[str, Any]:
    now = _current(tx, lesson)
    return {name: getattr(now, name) for name in (*WORDS, *LINKS)}


def _words(fields: dict[str, Any], before: dict[str, Any] | None = None) -> dict[str, Any]:
    """The texts that were given, cleaned; all of them where the lesson is new."""
    return {
        name: clean(fields.get(name), name, limit=LIMIT, required=required)
        for name, required in WORDS.items()
        if before is None or name in fields
    }


def _links(tx: Tx, fields: dict[str, Any]) -> dict[str, list[str]]:
    """The ids that were given; what they name must stand in this workshop."""
    given = {name: list(dict.fromkeys(fields[name])) for name in LINKS if name in fields}
    for one in given.get("evidence", []):
        if load(tx, EvidenceItem, one).removed_at:
            raise NotFound
    for one in given.get("proposals", []):
        load(tx, Proposal, one)
    for one in given.get("rows", []):
        row_of(tx, one)
    return given


def _word(tx: Tx, actor: Actor, lesson_id: str, n: int, said: dict[str, Any], number: int) -> str:
    version = LessonVersion(
        workshop_id=tx.workshop_id,
        lesson_id=lesson_id,
        n=n,
        **said,
        author_id=actor.participant_id,
        number=number,
        at=tx.now,
    )
    return add(tx, version)
