"""What stands beside an outcome, in sentences: on every page and in the report the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.activities.grounds import in_words
from app.activities.sentences import Sentence
from app.analysis.beside import Beside
from app.analysis.electorates import quoted
from app.errors import N_
from app.queries.certainty import Around

MOST_NAMED = 5
SAME = N_("By every one of {rules} rules the first {top} are the same: {robust}.")
SAME_FIRST = N_("By every one of {rules} rules the same one comes first: {robust}.")
CORE = N_(
    "Among the first {top} by every one of {rules} rules: {robust}. By some of them only: "
    "{contested}."
)
NO_CORE = N_(
    "None is among the first {top} by every one of {rules} rules; by some of them are: {contested}."
)
NO_FIRST = N_("Not every one of {rules} rules puts the same one first: {contested}.")
STAYS = N_("Whichever of {regions} regions one leaves out, the first {top} stay the same.")
STAYS_FIRST = N_("Whichever of {regions} regions one leaves out, the same one stays first.")
UNMOVED = N_("Leaving out {region} changes nothing at the top.")
COMES = N_("Without {region}, in comes {entered}.")
GOES = N_("Without {region}, out goes {left}.")
TURNS = N_("Without {region}, in comes {entered}, and out goes {left}.")
TOO_SMALL = N_("Regions with fewer than five voters, which are not left out by name: {regions}.")


@dataclass(frozen=True)
class Said:
    """A sentence about one or several options, with the grounds that it rests on and whether each
    of them holds."""

    sentence: Sentence
    strong: bool
    grounds: list[tuple[bool, Sentence]]


def sentences_of(around: Around, found: Beside) -> list[Said]:
    """What may be said of the result; options of which the very same holds stand together."""
    together: dict[Any, tuple[Any, list[str]]] = {}
    for one in found.sentences(around.objections):
        grounds = [(ground.holds, in_words(ground)) for ground in one.grounds]
        same = (one.msgid, str(grounds))
        together.setdefault(same, (one, []))[1].append(one.values["subject"])
    return [
        Said(
            Sentence(one.msgid, _values(around, one.values, subjects)),
            one.strong,
            [(ground.holds, in_words(ground)) for ground in one.grounds],
        )
        for one, subjects in together.values()
    ]


def _values(around: Around, values: dict[str, str], subjects: list[str]) -> dict[str, str]:
    texts = {id_: option.text for id_, option in around.options.items()}
    motion = next(iter(texts.values())) if len(texts) == 1 else around.round.question
    named = ", ".join(quoted(texts.get(id_, motion)) for id_ in subjects)
    return {**values, "subject": named}


def core_of(around: Around, found: Beside) -> Sentence | None:
    """What is first by all rules, and what by some; None where there is one rule alone."""
    if len(found.methods) < 2:
        return None
    same, none = (SAME_FIRST, NO_FIRST) if found.top == 1 else (SAME, NO_CORE)
    return Sentence(
        CORE if found.contested and found.robust else none if found.contested else same,
        {
            "top": found.top,
            "rules": len(found.methods),
            "robust": _named(around, found.robust),
            "contested": _named(around, found.contested),
        },
    )


def regions_of(around: Around, found: Beside) -> list[Sentence]:
    """What would change if a region had not come."""
    said = [
        Sentence(
            TURNS if one["entered"] and one["left"] else COMES if one["entered"] else GOES,
            {
                "region": region,
                "entered": _named(around, one["entered"]),
                "left": _named(around, one["left"]),
            },
        )
        for region, one in found.without.items()
        if one["entered"] or one["left"]
    ]
    if found.without and not said:
        region, *others = found.without
        message = (STAYS_FIRST if found.top == 1 else STAYS) if others else UNMOVED
        figures = {"regions": len(found.without), "top": found.top, "region": region}
        said = [Sentence(message, figures)]
    if found.too_small:
        said.append(Sentence(TOO_SMALL, {"regions": found.too_small}))
    return said


def _named(around: Around, options: Sequence[str]) -> str:
    texts = [quoted(around.options[id_].text) for id_ in options if id_ in around.options]
    more = len(texts) - MOST_NAMED
    return ", ".join(texts[:MOST_NAMED]) + (f" +{more}" if more > 0 else "")
