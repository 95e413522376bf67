"""What stands beside an outcome, in sentences: on every page and in the report the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.activities.grounds import in_words
from app.activities.sentences import Sentence
from app.analysis.beside import Beside
from app.errors import N_
from app.queries.certainty import Around

MOST_NAMED = 5
SAME = N_("By every one of {rules} rules the first {top} are the same: {robust}.")
CORE = N_(
    "Among the first {top} by every one of {rules} rules: {robust}. By some of them only: "
    "{contested}."
)
NO_CORE = N_(
    "None is among the first {top} by every one of {rules} rules; by some of them are: {contested}."
)
STAYS = N_("Whichever of {regions} regions one leaves out, the first {top} stay the same.")
STAYS_WITHOUT = N_("Without {region}, the first {top} stay the same.")
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
    texts = [f"“{around.options[id_].text}”" if id_ in around.options else "" for id_ in subjects]
    named = ", ".join(text or around.round.question for text in texts)
    return {**values, "subject": named, "method": values["method"].replace("_", " ")}


def core_of(around: Around, found: Beside) -> Sentence | None:
    """What is first by all rules, and what by some; None where there is one rule alone."""
    if len(found.methods) < 2:
        return None
    message = CORE if found.contested and found.robust else NO_CORE if found.contested else SAME
    return Sentence(
        message,
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
        said = [_unmoved(list(found.without), found.top)]
    if found.too_small:
        said.append(Sentence(TOO_SMALL, {"regions": found.too_small}))
    return said


def _unmoved(regions: list[str], top: int) -> Sentence:
    """That no region left out changes the first places; one alone is named."""
    if len(regions) == 1:
        return Sentence(STAYS_WITHOUT, {"region": regions[0], "top": top})
    return Sentence(STAYS, {"regions": len(regions), "top": top})


def _named(around: Around, options: Sequence[str]) -> str:
    texts = [f"“{around.options[id_].text}”" for id_ in options if id_ in around.options]
    more = len(texts) - MOST_NAMED
    return ", ".join(texts[:MOST_NAMED]) + (f" +{more}" if more > 0 else "")
