"""The list of people: who they are, in what capacity they come, and for whom."""

import re

from app.actions.importing import Fault, Row
from app.actions.people_fields import normal_person
from app.errors import N_, Refused
from app.imports.base import Column, Fields, Noun, Say, text, words
from app.models.people import CAPACITIES, ROLES

VOTING = {"": True, "voting": True, "yes": True, "true": True, "1": True,
          "non voting": False, "no": False, "false": False, "0": False}  # fmt: skip
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")

NOT_A_ROLE = N_("“{value}” is not a role. Roles are: {allowed}.")
NOT_A_CAPACITY = N_("“{value}” is not a capacity. It is state_representative or expert.")
NOT_VOTING = N_("“{value}” should be voting or non-voting.")
NOT_EMAIL = N_("“{value}” is not an e-mail address.")
SAME_EMAIL = N_("Row {other} has the same e-mail address.")


def _voting(value: str) -> bool:
    word = " ".join(value.casefold().replace("-", " ").replace("_", " ").split())
    if word not in VOTING:
        raise Refused("unknown_value", NOT_VOTING, value=value[:60])
    return VOTING[word]


def _email(value: str) -> str:
    address = text("email", 320, name=True)(value)
    if address and not EMAIL.fullmatch(address):
        raise Refused("bad_email", NOT_EMAIL, value=value[:60])
    return address


def _person(fields: Fields) -> Fields:
    """A State representative or expert named as a role gets that capacity and the role participant,
    or observer where the list says non-voting."""
    voting = fields.pop("voting", True)
    if not fields.get("roles") and not fields.get("capacity"):
        # Empty cells take no role away from somebody who is on the list already.
        fields.pop("capacity", None)
        fields.pop("roles", None)
    person = normal_person(fields)
    if not voting and ("roles" in person or person.get("capacity")):
        roles = person.get("roles", ["participant"])
        observing = ["observer" if role == "participant" else role for role in roles]
        person["roles"] = list(dict.fromkeys(observing))
    _check_words(person)
    return person


def _check_words(person: Fields) -> None:
    for role in person.get("roles", []):
        if role not in ROLES:
            allowed = ", ".join(ROLES)
            raise Refused(
                "unknown_role", NOT_A_ROLE, field="roles", value=role[:60], allowed=allowed
            )
    if (capacity := person.get("capacity", "")) not in CAPACITIES:
        raise Refused("unknown_value", NOT_A_CAPACITY, field="capacity", value=capacity[:60])


def _twins(rows: list[Row], say: Say) -> list[Fault]:
    """Two rows with one address. Equal ids and labels are found where the list is matched with
    the people who are there."""
    first: dict[str, int] = {}
    faults = []
    for row in rows:
        address = row.fields.get("email", "").casefold()
        if address and (other := first.setdefault(address, row.number)) != row.number:
            faults.append(Fault(row.number, "email", say(SAME_EMAIL).format(other=other)))
    return faults


NOUN = Noun(
    "people",
    (
        Column("id", "own_key", read=text("id", 100)),
        Column("label", "label", read=text("label", 200, name=True), required=True),
        Column("roles", "roles", ("role",), read=words),
        Column("capacity", "capacity", read=text("capacity", 60)),
        Column("delegation", "delegation", read=text("delegation", 200, name=True)),
        Column("region", "region", ("regions",), read=words),
        Column("group", "group", read=text("group", 200, name=True)),
        Column("institution_type", "institution_type", read=text("institution_type", 200)),
        Column("email", "email", ("e-mail",), read=_email),
        Column("language", "language", read=text("language", 35)),
        Column("voting", "voting", read=_voting),
    ),
    finish=_person,
    compare=_twins,
)
