"""What is shown beside an estimate: the group's last answer, and what turned out. Both are worked
out anew each time and are no part of an outcome."""

from dataclasses import asdict, dataclass, field
from typing import Any

from sqlalchemy import Connection

from app.analysis.estimates import Curve, Range, each
from app.analysis.realised import Calibrated, Hits, brier, calibration, hits
from app.queries.results import OptionResult, Results, reasons_of, results
from app.queries.step import Step

ESTIMATED = ("interval", "quantiles")


@dataclass(frozen=True)
class Answered:
    """A question whose answer is known: the answer, the group's best guess, and of how many single
    ranges hold it."""

    option: OptionResult
    value: float
    group: float | None
    hits: Hits


@dataclass(frozen=True)
class Realised:
    """What a round is worth in hindsight. `shown`: to everybody who sees the outcome; else only to
    those who run the meeting."""

    questions: list[Answered]
    chance: bool
    shown: bool
    brier: float | None = None
    brier_single: float | None = None
    calibration: list[Calibrated] = field(default_factory=list)
    hits: Hits | None = None

    @property
    def data(self) -> dict[str, Any]:
        """For programs."""
        return {
            "n": len(self.questions),
            "brier": self.brier,
            "brier_single": self.brier_single,
            "calibration": [asdict(one) for one in self.calibration],
            "hits": asdict(self.hits) if self.hits else None,
            "questions": {
                one.option.option.id: {
                    "realisation": one.value,
                    "group": one.group,
                    "hits": asdict(one.hits),
                }
                for one in self.questions
            },
        }


def before_or_now(conn: Connection, step: Step) -> Results | None:
    """What a group estimated last, once everybody in it may see that: in this round if it is
    closed, else in the one before."""
    closed = [one for one in step.rounds if one.status in ("closed", "sealed")]
    if not closed or not (closed[-1].published_participants or closed[-1].results == "always"):
        return None
    return results(conn, closed[-1].id)


def heard_in(conn: Connection, found: Results | None) -> dict[str, list[str]]:
    """The reasons given in a round, by question, without who gave them."""
    heard: dict[str, list[str]] = {}
    for reason in reasons_of(conn, found.round.id) if found else []:
        heard.setdefault(reason.option_id, []).append(reason.words)
    return heard


def realised(found: Results, activity: Any) -> Realised | None:
    """An outcome scored by the known answers; None where none is known."""
    known = activity.settings.get("realisations") or {}
    if found.round.shape not in ESTIMATED:
        return None
    options = [one for one in found.options if one.option.id in known]
    if not options:
        return None
    singles = {one.option.id: each(one.total) for one in options}
    questions = [
        Answered(
            one,
            known[one.option.id],
            _group(one),
            hits([(answer, known[one.option.id]) for answer in singles[one.option.id]]),
        )
        for one in options
    ]
    shown = bool(activity.settings.get("answers_shown"))
    if (found.round.scale or {}).get("chance"):
        return _chances(questions, singles, shown)
    pairs = [(answer, one.value) for one in questions for answer in singles[one.option.option.id]]
    return Realised(questions, False, shown, hits=hits(pairs))


def _chances(
    questions: list[Answered], singles: dict[str, list[Range | Curve]], shown: bool
) -> Realised:
    single = [(a.best, one.value) for one in questions for a in singles[one.option.option.id]]
    group = [(one.group, one.value) for one in questions if one.group is not None]
    return Realised(questions, True, shown, brier(group), brier(single), calibration(single))


def _group(one: OptionResult) -> float | None:
    """The group's best guess: the mean of best guesses, or the median of the pooled curve."""
    if "mean" in one.figures:
        best: float | None = one.figures["mean"]["best"]
        return best
    return one.pooled.best if one.pooled else None
