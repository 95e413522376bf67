"""What every export says about the meeting and its rounds, in words."""

from fractions import Fraction
from zoneinfo import ZoneInfo

from app.errors import N_
from app.exports.answers import worded
from app.exports.base import Say
from app.queries.report.shape import MatrixRow, OptionFigures, Report, RoundReport

KINDS = {"States": N_("States"), "experts": N_("Experts"), "others": N_("Others"), "all": ""}
CHOSEN = {
    "rate": N_("Agreed as priorities"),
    "rank": N_("First"),
    "choose": N_("Kept"),
    "vote": N_("Chosen"),
}
# A vote decides, so its report says in words whether it did.
DECIDED = {
    "yes": N_("Decided"),
    "no": N_("Nothing reached what was needed: nothing is chosen"),
    "tie": N_("A tie: nothing is drawn"),
    "cycle": N_("The majority runs in a circle: a tie, nothing is drawn"),
    "no_quorum": N_("The quorum was not reached: nothing is decided"),
}
CARRIED = {**DECIDED, "yes": N_("Carried"), "no": N_("Not carried")}
FIGURES = {
    "median": N_("median"),
    "mean": N_("mean"),
    "q1": N_("lower quartile"),
    "q3": N_("upper quartile"),
    "iqr": N_("IQR"),
    "n": N_("n"),
    "share": N_("share"),
    "quantiles": N_("values at chances"),
    "strength": N_("strength"),
    "low": N_("from"),
    "high": N_("to"),
    "best_place": N_("best place"),
    "worst_place": N_("worst place"),
}
MADE = N_("Made on {day} at {time} ({zone}), record to no. {number}, head {head}")
OUTCOME = N_("Outcome {outcome}, no. {number} in the record, digest {digest}")
TURNOUT = N_(
    "{cast} of {eligible} voted, {blank} of them blank. Not seen by {unseen}, seen and not "
    "answered by {left}. Answers “no opinion”: {no_opinion}, “abstain”: {abstained}."
)


def made(report: Report, say: Say) -> str:
    """When the file was made, in the venue's own time, and how much of the record it holds."""
    meeting = report.meeting
    local = meeting.made_at.astimezone(ZoneInfo(meeting.time_zone))
    return say(MADE).format(
        day=f"{local:%Y-%m-%d}", time=f"{local:%H:%M}", zone=meeting.time_zone, number=meeting.seq,
        head=meeting.head[:16],
    )  # fmt: skip


def round_name(round_: RoundReport, say: Say) -> str:
    """The activity with the round's number."""
    return say(N_("{activity} · round {n}")).format(activity=round_.activity, n=round_.n)


def facts(round_: RoundReport, say: Say) -> list[tuple[str, str]]:
    """What a method note names of a round: question, rule, entitled, voted, result; in order."""
    chosen = "; ".join(option.text for option in winners(round_))
    given = [
        (N_("Question"), round_.question),
        (N_("Rule"), f"{round_.rule} ({round_.method})"),
        (N_("Stated before round 1"), " ".join(round_.rules)),
        (N_("Criteria"), "; ".join(one.words for one in round_.criteria)),
        (N_("Weights"), round_.weights),
        (N_("Entitled"), f"{round_.eligible}: {round_.voters}"),
        (N_("Voted"), _turnout(round_, say)),
        (N_("Decided"), _decided(round_, say)),
        (N_("Result"), round_.result or say(N_("No outcome yet"))),
        (CHOSEN.get(round_.type, ""), chosen),
        (N_("Since the round before"), "\n".join(round_.stability)),
        (N_("Why we disagree"), "\n".join(round_.disagreement)),
        (N_("How certain"), " ".join(round_.certainty)),
        (N_("With other weights"), " ".join(round_.firmness)),
        (N_("What turned out"), "\n".join(round_.turned_out)),
        (N_("Who sees what"), round_.sees),
        (N_("Reopened"), "; ".join(round_.reopened)),
        (N_("Sent for others"), "; ".join(round_.sent_for)),
        (N_("Comparisons"), " ".join(round_.compared)),
        (N_("Outcome reference"), reference(round_, say)),
    ]
    return [(say(name), text) for name, text in given if text]


def _decided(round_: RoundReport, say: Say) -> str:
    """What a vote decided, in words; other exercises decide nothing, and say nothing of it."""
    if round_.type != "vote" or not round_.decided:
        return ""
    return say((CARRIED if round_.method == "motion" else DECIDED)[round_.decided])


def winners(round_: RoundReport) -> list[OptionFigures]:
    """The options that a round chose; reviewing and reacting choose none."""
    return [one for one in round_.options if one.winner and round_.type in CHOSEN]


def cited(row: MatrixRow, report: Report, say: Say) -> str:
    """The outcome that a row rests on, its round by name."""
    text = row.outcome_reference
    for round_ in report.rounds:
        text = text.replace(round_.id, round_name(round_, say))
    return text


def reference(round_: RoundReport, say: Say) -> str:
    """The outcome, its number in the record and its digest, or nothing."""
    if not round_.outcome:
        return ""
    return say(OUTCOME).format(outcome=round_.outcome, number=round_.number, digest=round_.digest)


def _turnout(round_: RoundReport, say: Say) -> str:
    return say(TURNOUT).format(
        cast=round_.cast,
        eligible=round_.eligible,
        blank=round_.blank,
        unseen=round_.not_seen,
        left=round_.not_answered,
        no_opinion=round_.no_opinion,
        abstained=round_.abstained,
    )


def score(option: OptionFigures) -> str:
    """An exact score as people read it: 11/2 is 5.5. The JSON keeps the fraction."""
    number = score_number(option)
    return option.score if number is None else f"{number:.4g}"


def score_number(option: OptionFigures) -> float | None:
    """The score as a number, or None where it is none."""
    try:
        return float(Fraction(option.score))
    except (ValueError, ZeroDivisionError):
        return None


def figures(option: OptionFigures, say: Say) -> str:
    """Median, IQR, n … of an option, as far as its method gives them; else each criterion."""
    if option.by_criterion:
        return "\n".join(option.by_criterion)
    known = [(FIGURES[name], option.figures[name]) for name in FIGURES if name in option.figures]
    return ", ".join(f"{say(name)} {_short(value)}" for name, value in known if value is not None)


def _short(value: object) -> str:
    if isinstance(value, dict):  # an estimate: its lowest, best and highest, or values at chances
        parts = [(name, _short(one)) for name, one in value.items() if one is not None]
        named = "best" not in value
        return (
            ", ".join(f"{name}: {one}" for name, one in parts)
            if named
            else " – ".join(one for _, one in parts)
        )
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def distribution(option: OptionFigures, say: Say) -> str:
    """How many gave which answer; States and experts apart where the round shows them so."""
    lines = []
    for kind, counts in sorted(option.counts.items(), reverse=True):
        who = f"{say(KINDS.get(kind, kind))}: " if KINDS.get(kind, kind) else ""
        ordered = sorted(counts.items(), key=_by_value)
        lines.append(who + ", ".join(f"{worded(value, say)} ({n}×)" for value, n in ordered))
    return "\n".join(lines)


def _by_value(one: tuple[str, int]) -> tuple[bool, int, str]:
    """Numbers by size, then words."""
    value = one[0]
    return (False, int(value), "") if value.isdecimal() else (True, 0, value)
