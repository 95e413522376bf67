"""A counted ballot as lines that people can read: what it names, and what it says of it."""

import json
from collections.abc import Mapping
from typing import Any

from app.errors import N_
from app.exports.base import Say
from app.queries.report.evidence import STRENGTH
from app.queries.report.shape import RoundReport
from app.queries.results import answers_of
from app.queries.rounds import RoundView

WORDS = {
    "agree": N_("agree"),
    "disagree": N_("disagree"),
    "pass": N_("pass"),
    "yes": N_("yes"),
    "partly": N_("partly"),
    "no": N_("no"),
    "cannot_say": N_("cannot say"),
    "abstain": N_("abstain"),
    **STRENGTH,
    "consent": N_("consent"),
    "reservation": N_("reservation"),
    "stand_aside": N_("stand aside"),
    "objection": N_("objection"),
    "pending": N_("position reserved"),
    "approve": N_("approved"),
    "chosen": N_("chosen"),
    "no_opinion": N_("no opinion"),
    "won": N_("preferred"),
    "lost": N_("the other preferred"),
    "tied": N_("equal"),
    "best": N_("most"),
    "worst": N_("least"),
    "neither": N_("neither most nor least"),
    "skipped": N_("skipped"),
}
NO_OPINION = "no_opinion"
NOT_ABLE = N_("not able to judge")


def answers(
    round_: RoundReport | RoundView, body: Mapping[str, Any], say: Say
) -> list[tuple[str, str]]:
    """The ballot as pairs of an option's text and the answer; both in the reader's language."""
    names = {option.id: option.text for option in round_.options}
    if "criteria" in body:
        on = _criteria(round_)
        return [
            (names.get(option, option), _judged(row, on, say))
            for option, row in body["criteria"].items()
        ]
    return [(names.get(option, option), given) for option, given in _pairs(body, say)]


def worded(value: object, say: Say) -> str:
    """One answer in words; numbers stay numbers, and no answer is "no opinion"."""
    value = NO_OPINION if value is None else value
    return say(WORDS[value]) if isinstance(value, str) and value in WORDS else str(value)


def _pairs(body: Mapping[str, Any], say: Say) -> list[tuple[str, str]]:
    shape, given = next(iter(body.items()))
    match shape:
        case "ranking":
            return [(option, str(place)) for place, tier in _tiers(given) for option in tier]
        case "choice":
            return [(option, worded("chosen", say)) for option in given]
        case "approval":
            return [(option, worded("approve", say)) for option in given]
        case "judgement":
            return [(option, _judgement(one, say)) for option, one in given.items()]
        case "rating" | "react" | "allocation":
            return [(option, worded(value, say)) for option, value in given.items()]
        case "pair" | "best_worst":
            return [(option, worded(value, say)) for option, value in answers_of(dict(body))]
        case "consent" | "motion":
            return [("", worded(given, say))]
        case _:
            return [("", json.dumps(given, ensure_ascii=False))]


def _tiers(tiers: list[list[str]]) -> list[tuple[int, list[str]]]:
    """Tiers with their place; two on the first place are followed by the third."""
    return [
        (1 + sum(len(before) for before in tiers[:place]), tier) for place, tier in enumerate(tiers)
    ]


def _criteria(round_: RoundReport | RoundView) -> dict[str, str]:
    """The words of a round's criteria by id."""
    if isinstance(round_, RoundView):
        return {one["id"]: one["text"] for one in round_.row.criteria or ()}
    return {one.id: one.text for one in round_.criteria}


def _judged(row: Mapping[str, Any], on: Mapping[str, str], say: Say) -> str:
    """One option's answers, each with its criterion."""
    given = {name: say(NOT_ABLE) if value is None else value for name, value in row.items()}
    return "; ".join(f"{say(on.get(name, name))}: {value}" for name, value in given.items())


def _judgement(given: Mapping[str, Any], say: Say) -> str:
    parts = [worded(given[name], say) for name in ("holds", "strength") if given.get(name)]
    return "; ".join([*parts, *given.get("regions", [])])
