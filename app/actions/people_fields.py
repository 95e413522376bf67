"""A person's fields as they are stored: roles and capacity told apart, names turned into rows."""

from typing import Any

from sqlmodel import select

from app.actions.base import Tx, add, clean
from app.errors import N_, Refused
from app.models import Delegation, Group
from app.models.people import CAPACITIES, ROLES

# Words that lists of participants use for ours.
ALIASES = {
    "organizer": "organiser",
    "moderator": "facilitator",
    "secretariat": "organiser",
    "voter": "participant",
    "state representative": "state_representative",
    "drafting member": "drafting",
}
TEXTS = {"institution_type": 200, "email": 320, "language": 35}
NOT_A_ROLE = N_("“{role}” is not a role here. Roles are: {allowed}.")

NOT_A_CAPACITY = N_("“{capacity}” is not a capacity. It is state_representative or expert.")


class Places:
    """Delegations and groups by name; one that is named for the first time is made."""

    def __init__(self, tx: Tx) -> None:
        self.tx = tx
        self._delegations = self._by_name(Delegation)
        self._groups = self._by_name(Group)

    def delegation(self, name: str) -> str:
        """The delegation's id."""
        return self._one(Delegation, self._delegations, name)

    def group(self, name: str) -> str:
        """The breakout group's id."""
        new = name.casefold() not in self._groups
        found = self._one(Group, self._groups, name)
        if new:
            self.tx.log("group_added", group=found)
        return found

    def _by_name(self, model: Any) -> dict[str, str]:
        rows = self.tx.conn.execute(
            select(model).where(model.workshop_id == self.tx.workshop_id)
        ).all()
        return {row.name.casefold(): row.id for row in rows}

    def _one(self, model: Any, known: dict[str, str], name: str) -> str:
        key = name.casefold()
        if key not in known:
            known[key] = add(self.tx, model(workshop_id=self.tx.workshop_id, name=name))
        return known[key]


def checked_person(places: Places, fields: dict[str, Any], now: Any = None) -> dict[str, Any]:
    """The columns for these fields; `now` is the person's row where there is one already.

    A State representative without a delegation is a delegation of their own.
    """
    values: dict[str, Any] = {}
    for name, limit in TEXTS.items():
        if name in fields:
            values[name] = clean(fields[name], name, limit=limit, required=False, name=True)
    if "label" in fields or now is None:
        values["label"] = clean(fields.get("label"), "label", limit=200, name=True)
    if "own_key" in fields:
        values["own_key"] = clean(fields["own_key"], "id", limit=100, required=False) or None
    if "region" in fields:
        values["regions"] = [clean(region, "region", limit=200) for region in fields["region"]]
    values |= _roles_and_capacity(fields, now)
    if "delegation" in fields:
        name = clean(fields["delegation"], "delegation", limit=200, required=False, name=True)
        values["delegation_id"] = places.delegation(name) if name else None
    if "group" in fields:
        name = clean(fields["group"], "group", limit=200, required=False, name=True)
        values["group_id"] = places.group(name) if name else None
    _stand_alone(places, values, now)
    return values


def normal_person(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields as a list of people is compared with what is stored: a capacity named as a role
    is a capacity, and a State representative without a delegation stands alone."""
    normal = dict(fields)
    if "capacity" in fields:
        normal["capacity"] = _plain(fields["capacity"])
    if "roles" in fields:
        words = [_plain(word) for word in fields["roles"]]
        if named := [word for word in words if word and word in CAPACITIES]:
            normal["capacity"] = named[-1]
        roles = ["participant" if word in CAPACITIES else word for word in words]
        normal["roles"] = list(dict.fromkeys(roles)) or ["participant"]
    alone = normal.get("capacity") == "state_representative" and "label" in fields
    if alone and not normal.get("delegation", True):
        normal["delegation"] = fields["label"]
    if not normal.get("own_key", True):
        del normal["own_key"]
    return normal


def _roles_and_capacity(fields: dict[str, Any], now: Any) -> dict[str, Any]:
    if "roles" not in fields and "capacity" not in fields:
        return {} if now else {"roles": ["participant"], "capacity": ""}
    had = {"roles": now.roles, "capacity": now.capacity} if now else {"roles": [], "capacity": ""}
    given = {**had, **fields}
    normal = normal_person(given)
    for role in normal["roles"]:
        if role not in ROLES:
            raise Refused(
                "unknown_role", NOT_A_ROLE, field="roles", role=role, allowed=", ".join(ROLES)
            )
    if normal["capacity"] not in CAPACITIES:
        raise Refused(
            "unknown_value", NOT_A_CAPACITY, field="capacity", capacity=normal["capacity"]
        )
    return {"roles": normal["roles"], "capacity": normal["capacity"]}


def _plain(word: str) -> str:
    found = " ".join(word.strip().casefold().split())
    return ALIASES.get(found, found.replace(" ", "_").replace("-", "_"))


def _stand_alone(places: Places, values: dict[str, Any], now: Any) -> None:
    capacity = values.get("capacity", now.capacity if now else "")
    delegation = values.get("delegation_id", now.delegation_id if now else None)
    if capacity == "state_representative" and delegation is None:
        label = values.get("label") or now.label
        values["delegation_id"] = places.delegation(label)
