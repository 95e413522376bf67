"""The agenda as a calendar, in the venue's own time zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from app.errors import N_
from app.exports.base import Export, Say
from app.formats.inert import plain
from app.queries.report.shape import Item, MeetingFacts, Report


def write(report: Report, _say: Say) -> bytes:
    """One event for each agenda item; a workshop without dates gives an empty calendar."""
    meeting = report.meeting
    calendar = Calendar()
    calendar.add("prodid", "-//Consilience//Consilience//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", plain(_marked(meeting.title, meeting)))
    if meeting.starts_on:
        for item in report.agenda:
            calendar.add_component(_event(meeting, item, meeting.starts_on))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(meeting: MeetingFacts, item: Item, first: date) -> Event:
    """An event that replaces its earlier self when the file is taken in again: its UID stays."""
    day, zone = first + timedelta(days=item.day - 1), ZoneInfo(meeting.time_zone)
    event = Event()
    event.add("uid", f"{item.id}@consilience")
    event.add("sequence", meeting.seq)
    event.add("dtstamp", meeting.made_at.astimezone(UTC))
    event.add("summary", plain(_marked(item.title, meeting)))
    event.add("dtstart", datetime.combine(day, time.fromisoformat(item.start), zone))
    event.add("dtend", datetime.combine(day, time.fromisoformat(item.end), zone))
    event.add("location", plain(meeting.place))
    event.add("categories", [item.kind])
    return event


def _marked(text: str, meeting: MeetingFacts) -> str:
    return f"{text} ({meeting.trial})" if meeting.trial else text


EXPORT = Export("ics", N_("Agenda (calendar)"), "text/calendar; charset=utf-8", "ics", write)
