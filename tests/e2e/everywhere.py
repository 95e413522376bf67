"""Words typed into every text field that OpenAPI knows, so that a new one is typed into as well."""

import json
import secrets
from collections.abc import Sequence
from typing import Any

from tests.access.bodies import BODIES
from tests.access.place import Place
from tests.access.table import TABLE
from tests.access.test_access import address_of, filled
from tests.support.house import Caller

# Fields that hold an id, a time, a number or one of a list's words: what is no such thing is
# refused.
CHOSEN = {
    "activity", "agenda_item", "area", "areas", "ballot_key", "capacity", "cell", "chosen", "code",
    "codes", "component", "end", "evidence", "evidence_status", "focus", "format", "id", "item",
    "kind", "language", "languages", "lead", "lesson", "level", "method", "note", "on_behalf_of",
    "option", "participant", "participants", "probabilities", "proposal", "proposals", "proxy",
    "realisations", "response", "reword", "roles", "round", "row", "rows", "ruled_by", "setting",
    "stage", "start", "threshold", "time_zone", "type", "until", "version", "weighs", "weight",
    "wording_version", "wording_versions",
}  # fmt: skip
# Where a word is an id after all, or a name.
ALSO = {"/participants": set[str](), "/send-on": {"group", "options"}, "": {"group"}}
# What these calls need to be done, beside their ordinary bodies.
INSTEAD: dict[str, dict[str, Any]] = {
    "moderation": {"decision": "return"},
    "{flag_id}": {"withdrawn": False},
    "flags": {"flag": "another_wording", "passage": ""},
}
ONCE = ("PATCH", "PUT")
ROOM = 190  # characters that fit into every short field, but for these
FITS = {"own_key": 90, "unit": 50}
# The order matters here: what changes a row or a round comes after what speaks of it.
LATE = ("/decisions", "/matrix/{area_id}/{response_id}", "/merge", "/reopen")
Schema = dict[str, Any]


class Everywhere:
    """A place into whose every field something is typed; the fields come from OpenAPI."""

    def __init__(self, place: Place, openapi: Schema) -> None:
        self.place = place
        self.paths: Schema = openapi["paths"]
        self.schemas: Schema = openapi["components"]["schemas"]
        self.typed = 0
        self.chosen = CHOSEN

    async def type_in(self, payloads: Sequence[str]) -> list[str]:
        """Type each payload into each field, all at once into what there is only once; what was
        refused, with its reason."""
        refused = []
        for row in self.rows():
            once = row.startswith(ONCE) or row.endswith(LATE) or "/rounds" in row
            for words in (" ".join(payloads),) if once else payloads:
                self.typed += 1
                if fault := await self.send(row, f"{words} {self.typed}"):
                    refused.append(fault)
                    break
        return refused

    def rows(self) -> list[str]:
        """The calls that take words."""
        found = [
            f"{method.upper()} {path}"
            for path, calls in self.paths.items()
            for method, call in calls.items()
            if self.body_for(path, call, {}, "words")
        ]
        return sorted(
            found,
            key=lambda row: next((n + 1 for n, one in enumerate(LATE) if row.endswith(one)), 0),
        )

    def body_for(self, path: str, call: Schema, base: Any, words: str) -> Any:
        """The body of a call, with words wherever it takes some; None where it takes none."""
        self.chosen = CHOSEN | next(names for place, names in ALSO.items() if place in path)
        return self.worded(self.body_of(call), base, words, "")

    def body_of(self, call: Schema) -> Schema:
        content = call.get("requestBody", {}).get("content", {})
        found: Schema = content.get("application/json", {}).get("schema", {})
        return found

    def worded(self, schema: Schema, base: Any, words: str, name: str) -> Any:
        """A value of this schema with words wherever it takes some; None where it takes none."""
        if "$ref" in schema:
            return self.worded(self.schemas[schema["$ref"].rpartition("/")[2]], base, words, name)
        if "anyOf" in schema:
            found = [self.worded(one, base, words, name) for one in schema["anyOf"]]
            return next((one for one in found if one), None)
        if schema.get("type") == "string":
            plain = not schema.keys() & {"enum", "const", "format"}
            return (
                words[-FITS.get(name, ROOM) - 10 :] if plain and name not in self.chosen else None
            )
        if schema.get("type") == "array":
            kinds = schema["items"].get("anyOf", [schema["items"]])
            inner = base[0] if isinstance(base, list) and base and isinstance(base[0], dict) else {}
            found = [self.worded(kind, inner, words, name) for kind in kinds]
            return [one for one in found if one] or None
        if name in self.chosen:  # an object by ids
            return None
        return self.object_of(schema, base if isinstance(base, dict) else {}, words)

    def object_of(self, schema: Schema, base: Schema, words: str) -> Any:
        if schema.get("additionalProperties", {}) not in ({}, True, False):
            return {self.place.ids["option"]: words}
        found = {
            name: self.worded(one, base.get(name), words, name)
            for name, one in schema.get("properties", {}).items()
        }
        kept = {name: one for name, one in found.items() if one}
        return {**base, **kept} if kept else None

    async def send(self, row: str, words: str) -> str:
        """What was said against it, or nothing."""
        method, path = row.split(" ", 1)
        call = self.paths[path][method.lower()]
        ids = await self.ids_for(path)
        base = json.loads(filled(json.dumps(BODIES.get(row, {})), ids))
        body = self.body_for(path, call, base, words)
        if isinstance(body, dict):
            body |= INSTEAD.get(path.rpartition("/")[2], {})
            if path.endswith("/ballots"):
                body["revision"] = 10 + self.typed
        headers = {"Idempotency-Key": secrets.token_hex(8), "If-Match": "1"}
        async with self.by(row).client() as client:
            for _ in range(2):
                at = address_of(path, ids)
                answer = await client.request(method, at, json=body, headers=headers)
                if answer.status_code != 409:
                    break
                headers["If-Match"] = str(answer.json()["error"].get("version", 1))
        return "" if answer.status_code < 400 else f"{row}: {answer.text[:300]}"

    def by(self, row: str) -> Caller:
        house = self.place.house
        return house.owner if "owner" in TABLE[row] else house.by("participant")

    async def ids_for(self, path: str) -> dict[str, str]:
        """The ids of what this call can be made on."""
        ids, place = dict(self.place.ids), self.place
        if path.endswith(("/reasons", "/reopen")):
            ids["round_id"] = ids["closed"]
        if path.endswith(("/moderation", "/merge")):
            body = {"kind": "priority_area", "text": "To be sent back, or merged"}
            made = await place.made("fresh_proposal", f"{place.house.at}/proposals", body)
            ids |= {"proposal_id": made["id"], "area_id": made["id"]}
        if path.endswith("/not-meant"):
            asked = {"type": "propose", "title": "What troubles you?"}
            activity = await place.made("asked", f"{place.house.at}/activities", asked)
            own = {"kind": "priority_area", "text": "My own", "activity": activity["id"]}
            author, proposals = place.house.by("participant"), f"{place.house.at}/proposals"
            ids["proposal_id"] = (await place.made("own", proposals, own, author))["id"]
        if path.endswith("/activities/{activity_id}"):
            body = {"type": "rate", "title": "To be changed"}
            made = await place.made("fresh_activity", f"{place.house.at}/activities", body)
            ids["activity_id"] = made["id"]
        if path.endswith(("{flag_id}", "/set-aside")):
            kind = "another_wording" if path.endswith("/set-aside") else "reservation"
            body = {"row": ids["row_id"], "flag": kind, "text": "But"}
            path = f"{place.house.at}/flags"
            made = await place.made("flag", path, body, place.house.by("participant"))
            ids["flag_id"] = made["id"]
        if path.endswith("/statements"):
            react = {"type": "react", "title": "React", "options": ["So it is"]}
            activity = await place.made("react", f"{place.house.at}/activities", react)
            await place.made("reacted", f"/activities/{activity['id']}/open", {})
            ids["round_id"] = place.ids["reacted"]
        return ids
