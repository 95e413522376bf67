"""What the report prints of a Delphi's round: the rules stated before it, how far answers held, why
there is no agreement."""

from typing import Any

from sqlalchemy import Connection

from app.activities.delphi import CODES
from app.activities.sentences import Sentence
from app.errors import N_
from app.queries.delphi import Item, delphi
from app.queries.report.words import Say, said

MOVED = N_("“{item}”: {moved} of {n} answers moved by a step or more")
REWORDED = N_("“{item}”: reworded between the rounds, so not compared")
FEW = N_("“{item}”: too few to say")
NOBODY = N_("“{item}”: nobody answered in both rounds")
COUNTED = N_("“{item}”: {codes}")


def of_round(conn: Connection, activity: Any, row: Any, say: Say) -> dict[str, Any]:
    """The fields `rules`, `stability` and `disagreement` of a round's report; none for others."""
    found = delphi(conn, activity, row.n)
    if found is None:
        return {}
    rules = [*found.consensus, *found.stopping, *([found.stop] if found.stop else [])]
    asked = [item for item in found.items if item.asked and item.asked.row.id == row.id]
    return {
        "rules": [said(sentence, say) for sentence in rules],
        "stability": [line for item in asked if (line := _stability(item, say))],
        "disagreement": [line for item in asked if (line := _disagreement(item, say))],
    }


def _stability(item: Item, say: Say) -> str:
    named = {"item": item.option.text}
    if item.compared:
        return said(Sentence(REWORDED if item.compared == "reworded" else FEW, named), say)
    if item.moved is None:
        return ""
    if not item.moved["n"]:
        return said(Sentence(NOBODY, named), say)
    moved = {"moved": item.moved["moved"], "n": item.moved["n"]}
    return "; ".join([said(Sentence(MOVED, {**named, **moved}), say), *_measures(item, say)])


def _measures(item: Item, say: Say) -> list[str]:
    kappa, test = (item.moved or {}).get("weighted_kappa"), (item.moved or {}).get("wilcoxon")
    return [
        *([f"{say(N_('weighted kappa'))} {kappa:.2f}"] if kappa is not None else []),
        *([f"{say(N_('Wilcoxon p'))} {test['p']:.3f}"] if test else []),
    ]


def _disagreement(item: Item, say: Say) -> str:
    named = {"item": item.option.text}
    if item.coded and not item.codes:
        return said(Sentence(FEW, named), say)
    codes = ", ".join(f"{say(CODES[code])} {n}" for code, n in item.codes.items())
    return said(Sentence(COUNTED, {**named, "codes": codes}), say) if codes else ""
