"""The agenda as a calendar, in the venue's own time zone."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from app.errors import N_
from app.exports.base import Export, Say
from app.formats.inert import plain
from app.queries.report.shape import Item, Report


def write(report: Report, _say: Say) -> bytes:
    """One event for each agenda item; a workshop without dates gives an empty calendar."""
    calendar = Calendar()
    calendar.add("prodid", "-//Consilience//Consilience//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", plain(report.meeting.title))
    if report.meeting.starts_on:
        for number, item in enumerate(report.agenda, 1):
            calendar.add_component(_event(report, item, number))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(report: Report, item: Item, number: int) -> Event:
    meeting = report.meeting
    assert meeting.starts_on is not None
    day = meeting.starts_on + timedelta(days=item.day - 1)
    zone = ZoneInfo(meeting.time_zone)
    event = Event()
    event.add("uid", f"{meeting.id}-{number}@consilience")
    event.add("dtstamp", meeting.made_at.astimezone(UTC))
    event.add("summary", plain(f"{item.title} ({meeting.trial})" if meeting.trial else item.title))
    event.add("dtstart", datetime.combine(day, time.fromisoformat(item.start), zone))
    event.add("dtend", datetime.combine(day, time.fromisoformat(item.end), zone))
    event.add("location", plain(meeting.place))
    return event


EXPORT = Export("ics", N_("Agenda (calendar)"), "text/calendar; charset=utf-8", "ics", write)
