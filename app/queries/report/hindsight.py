"""What the report prints of estimates whose answers are known: what turned out, and how the group
and its members did by it. Nothing where that is not shown to everybody."""

from typing import Any

from app.analysis.realised import Calibrated, Hits, brier
from app.errors import N_
from app.queries.estimated import measured, rounded, unit_of
from app.queries.realised import Answered, Realised, realised
from app.queries.report.words import Say
from app.queries.results import Results

CAME = N_("“{question}”: it came true. The group had given it {group}; Brier score {score}")
CAME_NOT = N_(
    "“{question}”: it did not come true. The group had given it {group}; Brier score {score}"
)
VALUE = N_(
    "“{question}”: {value} turned out. The group’s best guess was {group}; {held} of {n} single "
    "ranges hold it"
)
NO_GUESS = N_("“{question}”: {value} turned out. There is no estimate of the group")
BRIER = N_(
    "Brier score, the mean of (chance − what came)² (Brier 1950): of the group {group}, of single "
    "answers {single}; 0 is perfect, 0.25 is what “fifty-fifty” always gets"
)
CALIBRATED = N_(
    "Calibration: of {n} answers from {low} to {high} %, {forecast} % on average, {happened} % "
    "came true"
)
HITS = N_("{held} of {n} ranges hold what turned out")
STATED = N_("{held} of {n} ranges hold what turned out; their authors were {stated} % sure")
COOKE = N_(
    "Weights by Cooke’s classical model (1991), calibration × information over {known} known "
    "questions, from the heaviest on and without names: {weights}"
)
WEIGHT = N_("{weight} ({calibration} × {information})")
YES, NO = N_("yes"), N_("no")


def told(found: Results | None, activity: Any, say: Say) -> dict[str, Any]:
    """The fields `turned_out` and `scored` of a round's report."""
    known = realised(found, activity) if found else None
    if found is None or known is None or not known.shown:
        return {}
    unit = unit_of(found.round.scale)
    questions = [_question(one, known.chance, unit, say) for one in known.questions]
    panel = [*_panel(known, say), *_weights(found, say)]
    return {"turned_out": [*questions, *panel], "scored": known.data}


def _question(one: Answered, chance: bool, unit: str, say: Say) -> str:
    named = {"question": one.option.option.text}
    if one.group is None:
        value = say(YES if one.value else NO) if chance else measured(one.value, unit)
        return say(NO_GUESS).format(**named, value=value)
    group = measured(one.group, unit)
    if chance:
        score = brier([(one.group, one.value)]) or 0
        return say(CAME if one.value else CAME_NOT).format(
            **named, group=group, score=rounded(score)
        )
    value = measured(one.value, unit)
    return say(VALUE).format(**named, value=value, group=group, held=one.hits.held, n=one.hits.n)


def _panel(known: Realised, say: Say) -> list[str]:
    """The score of everything together, by the name of its formula."""
    if known.hits is not None:
        return [_hits(known.hits, say)] if known.hits.n else []
    if known.brier is None or known.brier_single is None:
        return []
    score = {"group": rounded(known.brier), "single": rounded(known.brier_single)}
    return [say(BRIER).format(**score), *(_calibrated(one, say) for one in known.calibration)]


def _hits(hits: Hits, say: Say) -> str:
    if hits.stated is None:
        return say(HITS).format(held=hits.held, n=hits.n)
    return say(STATED).format(held=hits.held, n=hits.n, stated=f"{hits.stated:.0f}")


def _calibrated(one: Calibrated, say: Say) -> str:
    shares = {"low": one.low, "high": one.high, "forecast": one.forecast, "happened": one.happened}
    return say(CALIBRATED).format(n=one.n, **{name: f"{x:.0f}" for name, x in shares.items()})


def _weights(found: Results, say: Say) -> list[str]:
    experts = found.data["diagnostics"].get("experts")
    if not experts:
        return []
    heaviest = sorted(experts.values(), key=lambda one: -one["weight"])
    weights = [
        say(WEIGHT).format(**{name: rounded(value) for name, value in one.items()})
        for one in heaviest
    ]
    known = len(found.round.params.get("realisations", {}))
    return [say(COOKE).format(known=known, weights="; ".join(weights))]
