"""The method note: for each round its question, rule, who was entitled, who voted, what came out;
and the chair's decisions."""

from zoneinfo import ZoneInfo

from app.errors import N_
from app.exports.document.paper import Paper
from app.exports.sentences import distribution, facts, figures, round_name, score, winners
from app.queries.report.shape import RoundReport

RULED = N_("No. {number}, {day} {time}: {ruling}, ruled by {chair}")
RECORDED = N_("recorded by {recorder}")
OPTIONS = ((N_("Option"), 10), (N_("Score"), 2.2), (N_("Chosen"), 1.8), (N_("Figures"), 6),
           (N_("Answers"), 6))  # fmt: skip


def method(paper: Paper) -> None:
    """Every round in the order of opening."""
    if not paper.report.rounds:
        return
    paper.heading(paper.say(N_("Method note")), 1)
    for round_ in paper.report.rounds:
        _round(paper, round_)


def _round(paper: Paper, round_: RoundReport) -> None:
    say = paper.say
    paper.heading(round_name(round_, say), 2)
    paper.table([say(N_("What")), say(N_("How"))], [4, 22], facts(round_, say))
    chosen = winners(round_)
    if round_.options and round_.outcome:
        paper.table(
            [say(name) for name, _ in OPTIONS],
            [share for _, share in OPTIONS],
            [
                [
                    option.text,
                    score(option),
                    "✓" if option in chosen else "",
                    figures(option, say),
                    distribution(option, say),
                ]
                for option in round_.options
            ],
        )


def decisions(paper: Paper) -> None:
    """Each ruling with the exact wordings that it settled."""
    if not paper.report.decisions:
        return
    zone = ZoneInfo(paper.report.meeting.time_zone)
    paper.heading(paper.say(N_("Decisions of the chair")), 1)
    for decision in paper.report.decisions:
        local = decision.at.astimezone(zone)
        head = paper.say(RULED).format(
            number=decision.number,
            day=f"{local:%Y-%m-%d}",
            time=f"{local:%H:%M}",
            ruling=decision.ruling,
            chair=decision.ruled_by,
        )
        if decision.recorded_by and decision.recorded_by != decision.ruled_by:
            head += f", {paper.say(RECORDED).format(recorder=decision.recorded_by)}"
        paper.text(decision.text, bold=head)
        for row in decision.rows:
            paper.bullet(row)
