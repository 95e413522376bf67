"""What stands at the end: evidence under review, agenda, and people where they are shown."""

from app.errors import N_
from app.exports.document.paper import Paper
from app.models.floor import PARKED

NOW = (N_("Still parked"), N_("Resolved"), N_("Dropped"))
STATUS = dict(zip(PARKED, NOW, strict=True))


def parked(paper: Paper) -> None:
    """What was put aside, and what became of it; what still waits comes first."""
    if not paper.report.parked:
        return
    say = paper.say
    paper.heading(say(N_("Parking lot")), 1)
    headings = (N_("No."), N_("The matter"), N_("It came up at"), N_("It is now"), N_("Answer"))
    paper.table(
        [say(heading) for heading in headings],
        [1.4, 9.6, 5, 2.6, 7.4],
        [
            [str(one.number), one.text, one.item, say(STATUS[one.status]), one.answer]
            for one in sorted(paper.report.parked, key=lambda one: one.status != "parked")
        ],
    )


def evidence(paper: Paper) -> None:
    """Evidence items by the number that the matrix cites."""
    if not paper.report.evidence:
        return
    say = paper.say
    paper.heading(say(N_("Annex: evidence under review")), 1)
    names = ("id", "kind", "title", "gist", "source", "grade")
    headings = (
        N_("No."), N_("Kind"), N_("Title"), N_("What it says"), N_("Source"), N_("As judged"),
    )  # fmt: skip
    paper.table(
        [say(heading) for heading in headings],
        [1.8, 2.4, 6, 7, 5, 4],
        [[item[name] for name in names] for item in paper.report.evidence],
    )


def agenda(paper: Paper) -> None:
    """The agenda as it was planned."""
    if not paper.report.agenda:
        return
    say = paper.say
    paper.heading(say(N_("Annex: agenda")), 1)
    paper.table(
        [say(heading) for heading in (N_("Day"), N_("Time"), N_("Title"), N_("Setting"))],
        [1.6, 3.4, 17, 4],
        [
            [str(item.day), f"{item.start}–{item.end}", item.title, item.setting]
            for item in paper.report.agenda
        ],
    )


def participants(paper: Paper) -> None:
    """People, if the organiser switched their annex on."""
    if not paper.report.participants:
        return
    say = paper.say
    paper.heading(say(N_("Annex: participants")), 1)
    headings = (N_("Name"), N_("Capacity"), N_("Delegation"), N_("Region"))
    paper.table(
        [say(heading) for heading in headings],
        [8, 5, 6.5, 6.5],
        [
            [one.label, one.capacity, one.delegation, one.regions]
            for one in paper.report.participants
        ],
    )
