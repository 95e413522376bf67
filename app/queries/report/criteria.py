"""What the report prints of a round over criteria, in words."""

from typing import Any

from app.errors import N_
from app.queries.criteria import Scored, Weighted
from app.queries.report.shape import CriterionReport
from app.queries.report.words import Say, said

CRITERION = N_("{text}: weight {weight} ({share} %)")
COST = N_("{text}: weight {weight} ({share} %), less is better")
MEAN = N_("{text}: mean {mean} (n {n})")
MEDIAN = N_("{text}: median {mean} (n {n})")
NOBODY = N_("{text}: judged by nobody")
ANSWER = N_("{text}: {answer}")
NOT_ABLE = N_("not able to judge")


def told(over: Scored | None, say: Say) -> dict[str, Any]:
    """The criteria with their weights, whose weights they are, and what others would change."""
    if over is None:
        return {}
    sentences = [over.nearest, *over.firmness] if over.nearest else []
    return {
        "criteria": [_criterion(one, over, say) for one in over.criteria],
        "weights": said(over.source, say) if over.source else "",
        "firmness": [said(sentence, say) for sentence in sentences],
    }


def _criterion(one: Weighted, over: Scored, say: Say) -> CriterionReport:
    text, share = say(one.text), f"{one.share * 100:.3g}"
    words = say(COST if one.down else CRITERION).format(text=text, weight=one.weight, share=share)
    return CriterionReport(
        id=one.id,
        text=text,
        weight=str(one.weight),
        direction="down" if one.down else "up",
        words=text if over.plane else words,
    )


def cells(option: str, over: Scored | None, say: Say) -> list[str]:
    """What an option got on each criterion; n are those who judged."""
    if over is None:
        return []
    found = []
    for one in over.criteria:
        cell = over.cells[option][one.id]
        words = (MEDIAN if over.plane else MEAN) if cell.n else NOBODY
        mean = "" if cell.mean is None else f"{cell.mean:.3g}"
        found.append(say(words).format(text=say(one.text), mean=mean, n=cell.n))
    return found


def named(
    counts: dict[str, dict[str, int]], over: Scored | None, say: Say
) -> dict[str, dict[str, int]]:
    """How many gave which answer to which criterion, by its words."""
    if over is None:
        return counts
    words = {one.id: say(one.text) for one in over.criteria}

    def answered(value: str) -> str:
        criterion, _, answer = value.partition("=")
        given = say(NOT_ABLE) if answer == "no_opinion" else answer
        return say(ANSWER).format(text=words.get(criterion, criterion), answer=given)

    return {kind: {answered(v): n for v, n in values.items()} for kind, values in counts.items()}
