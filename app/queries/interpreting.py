"""What an interpreter says now and next: the text on the big screen, the three that follow, and
the terms that were approved. Everybody may know all of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection
from sqlmodel import col, select

from app.errors import N_
from app.models import WordingVersion
from app.queries.matrix import Matrix, Row, matrix
from app.queries.stage import stage
from app.queries.step import Step, activities_of_item, agenda_of

NEXT = 3
KINDS = {
    "item": N_("Agenda item"),
    "activity": N_("Question"),
    "option": N_("Answer to choose"),
    "cell": N_("Response"),
    "component": N_("Framework component"),
    "conclusion": N_("Conclusion"),
    "workshop": N_("Title of the meeting"),
}


@dataclass(frozen=True)
class Text:
    """One text to be said. `id` and `version` are those of a wording; `before` is what it was when
    this reader last saw it, if it has changed since."""

    kind: str
    text: str
    id: str = ""
    version: str = ""
    before: str | None = None

    @property
    def title(self) -> str:
        return KINDS[self.kind]


@dataclass(frozen=True)
class Interpreting:
    """`now` are the texts of the big screen, the main one first."""

    now: list[Text]
    next: list[Text]
    terms: list[Text]


def interpreting(conn: Connection, workshop_id: str, seen: Sequence[str]) -> Interpreting:
    """The texts, with what has changed since the versions that this reader has `seen`."""
    shown = stage(conn, workshop_id)
    whole: Matrix = shown.get("whole") or matrix(conn, workshop_id)
    earlier = _earlier(conn, workshop_id, seen)

    def marked(texts: list[Text]) -> list[Text]:
        return [
            replace(one, before=earlier[one.id])
            if earlier.get(one.id, one.text) != one.text
            else one
            for one in texts
        ]

    return Interpreting(
        marked(_on_screen(shown)),
        marked(_coming(conn, shown, whole)[:NEXT]),
        [
            Text(row.kind, row.printed, row.wording.subject_id)
            for row in whole.wordings
            if row.adopted
        ],
    )


def _on_screen(shown: dict[str, Any]) -> list[Text]:
    """What stands on the big screen, as far as it has words of its own."""
    step: Step = shown["step"]
    match shown["show"]:
        case "row" if shown["row"]:
            area = [Text("item", shown["area"].text)] if shown["area"] else []
            return [_wording(shown["row"]), *area]
        case "results" if shown["results"]:
            results = shown["results"]
            options = [Text("option", one.option.text, one.option.id) for one in results.options]
            return [Text("activity", results.round.question), *options]
        case "question" if shown["round"]:
            view = shown["round"]
            options = [Text("option", one.text, one.id) for one in view.options]
            return [Text("activity", view.row.question), *options]
        case "question" | "results" if step.activity:
            return [Text("activity", step.activity.title)]
        case "item" | "floor" if shown["item"]:
            return [Text("item", shown["item"].title)]
        case "agenda":
            day = shown["item"].day if shown["item"] else 1
            return [Text("item", one.title, one.id) for one in shown["agenda"] if one.day == day]
    return [Text("workshop", step.workshop.title)]


def _coming(conn: Connection, shown: dict[str, Any], whole: Matrix) -> list[Text]:
    """What is likely to come: the rows after the one on the screen, the activities after the
    present one, the items after the present one."""
    step: Step = shown["step"]
    found: list[Text] = []
    rows: list[Row] = [*whole.cells, *whole.wordings]
    if shown["show"] == "row" and shown["row"] in rows:
        after = rows[rows.index(shown["row"]) + 1 :]
        found += [_wording(row) for row in after if not row.settled]
    items = agenda_of(conn, step.workshop.id)
    at = next((n for n, one in enumerate(items) if step.item and one.id == step.item.id), -1)
    here = [one.id for one in step.activities]
    present = here.index(step.activity.id) if step.activity and step.activity.id in here else -1
    found += [Text("activity", one.title, one.id) for one in step.activities[present + 1 :]]
    for item in items[at + 1 :]:
        found.append(Text("item", item.title, item.id))
        activities = activities_of_item(conn, step.workshop.id, item.id)
        found += [Text("activity", one.title, one.id) for one in activities]
    return found


def _wording(row: Row) -> Text:
    return Text(row.kind, row.text, row.wording.subject_id, row.wording.id)


def _earlier(conn: Connection, workshop_id: str, seen: Sequence[str]) -> dict[str, str]:
    """Wordings as they were last seen, by what they are wordings of."""
    rows: Any = conn.execute(
        select(WordingVersion.subject_id, WordingVersion.text).where(
            WordingVersion.workshop_id == workshop_id, col(WordingVersion.id).in_(seen)
        )
    )
    return {row.subject_id: row.text for row in rows}
