"""The sheets that are plain lists: ballots, participants, agenda, record."""

from datetime import datetime
from zoneinfo import ZoneInfo

from app.errors import N_
from app.exports.answers import answers
from app.exports.sentences import round_name
from app.exports.workbook.book import Book

ANNEX_OFF = N_("The annex of participants is switched off for this meeting.")
NO_BALLOTS = N_("No round is closed, so no ballot is shown.")


def ballots(book: Book) -> None:
    """Counted ballots as far as disclosure allows, an answer a row; the ballot's number counts
    within its round and says nothing of when it came."""
    sheet = book.sheet(
        N_("Ballots"),
        [N_("Round"), N_("Ballot"), N_("Option"), N_("Answer")],
        [40, 9, 80, 40],
    )
    for round_ in book.report.rounds:
        name = round_name(round_, book.say)
        for number, ballot in enumerate(round_.ballots, 1):
            for option, given in answers(round_, ballot["body"], book.say):
                sheet.row([name, number, option, given])
    if not any(round_.ballots for round_ in book.report.rounds):
        sheet.span(book.say(NO_BALLOTS), book.look(italic=True), 0)


def participants(book: Book) -> None:
    """The annex, where it is switched on."""
    sheet = book.sheet(
        N_("Participants"),
        [N_("Name"), N_("Capacity"), N_("Delegation"), N_("Region"), N_("Roles")],
        [40, 24, 32, 32, 32],
    )
    for person in book.report.participants:
        sheet.row([person.label, person.capacity, person.delegation, person.regions, person.roles])
    if not book.report.participants:
        sheet.span(book.say(ANNEX_OFF), book.look(italic=True), 0)


def agenda(book: Book) -> None:
    """Planned and actual times, both as clocks at the venue show them."""
    headings = [N_("Day"), N_("Start"), N_("End"), N_("Kind"), N_("Setting"), N_("Title"),
                N_("Begun"), N_("Finished")]  # fmt: skip
    sheet = book.sheet(N_("Agenda"), headings, [7, 9, 9, 16, 14, 70, 18, 18])
    zone = ZoneInfo(book.report.meeting.time_zone)
    for item in book.report.agenda:
        actual = [_local(at, zone) for at in (item.started_at, item.finished_at)]
        sheet.row([item.day, item.start, item.end, item.kind, item.setting, item.title, *actual])


def record(book: Book) -> None:
    """The log as sentences, and the end of its chain."""
    sheet = book.sheet(
        N_("Record"), [N_("No."), N_("Time (UTC)"), N_("What happened")], [10, 28, 110]
    )
    sheet.fact(book.say(N_("Head")), book.report.meeting.head)
    for line in book.report.log:
        sheet.row([line.number, line.at, line.sentence])


def _local(at: datetime | None, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M}" if at else ""
