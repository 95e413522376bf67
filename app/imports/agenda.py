"""The agenda: items over several days, with planned times local to the venue."""

from datetime import date, datetime

from app.actions.agenda import checked_item
from app.errors import N_, Refused
from app.imports.base import Column, Fields, Noun, text

LAST_DAY = 60
DATE_FORMS = ("%Y-%m-%d", "%d.%m.%Y")

NOT_A_DAY = N_("“{value}” is not the number of a day, from 1 to {last}.")
NOT_A_DATE = N_("“{value}” is not a date. Write it as 2016-05-11.")
NO_DAY = N_("Give the number of the day, or a date such as 2016-05-11.")


def _day(value: str) -> int | None:
    if not value:
        return None
    if not (value.isascii() and value.isdecimal()) or not 1 <= int(value[:9]) <= LAST_DAY:
        raise Refused("out_of_range", NOT_A_DAY, value=value[:60], last=LAST_DAY)
    return int(value)


def _date(value: str) -> date | None:
    """11/05/2016 is not taken: it is May to some and November to others."""
    if not value:
        return None
    for form in DATE_FORMS:
        try:
            return datetime.strptime(value, form).date()  # noqa: DTZ007 - a day, not a moment
        except ValueError:
            continue
    raise Refused("bad_date", NOT_A_DATE, value=value[:60])


def _time(value: str) -> str:
    # A spreadsheet that keeps seconds writes 09:30:00.
    return value.removesuffix(":00") if value.count(":") == 2 else value


def _item(fields: Fields) -> Fields:
    """An item with `day`, or with `date` (a date) where the list gives only that: which day of the
    workshop it is, only the workshop knows."""
    day, on = fields.pop("day", None), fields.pop("date", None)
    if day is None and on is None:
        raise Refused("missing_field", NO_DAY, field="day")
    for name in ("kind", "setting"):
        if not fields.get(name):
            fields.pop(name, None)
    return {**checked_item(fields, None), **({"day": day} if day else {"date": on})}


NOUN = Noun(
    "agenda",
    (
        Column("day", "day", read=_day),
        Column("date", "date", read=_date),
        Column("start", "start", read=_time, required=True),
        Column("end", "end", read=_time, required=True),
        Column("kind", "kind"),
        Column("setting", "setting"),
        Column("title", "title", read=text("title", 500), required=True),
        Column("lead", "lead", ("lead_role",), read=text("lead", 200)),
        Column("activity", ""),
    ),
    finish=_item,
)
