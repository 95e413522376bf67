"""Under each attribution rule, no label stands beside a contribution that the rule unlinks: in no
answer of the API, on no page, in no export, for no viewer but the author."""

import re
from collections.abc import Iterator
from itertools import product
from string import Formatter
from typing import Any

import httpx
import pytest
from fastapi.routing import APIRoute

from app.exports import EXPORTS
from app.models.workshop import ATTRIBUTION
from app.web.api import NOUNS
from app.web.pages import ROUTERS
from tests.leaks import records
from tests.leaks.marked import PEOPLE, Marked, labels, meet
from tests.support.house import ROLES, Caller, House

# Labels that the rule takes away from a contribution; ids of persons lead to their labels.
UNLINKED = {
    "named": (),
    "delegation": ("person",),
    "region": ("person", "delegation"),
    "none": ("person", "delegation", "region"),
}
VIEWERS = ("organiser", "facilitator", "screen", *ROLES)
# Files are read by their own kind; what has no reader here is text in lines.
READERS = {
    "xlsx": records.of_xlsx, "docx": records.of_docx, "pdf": records.of_pdf,
    "bundle": records.of_zip,
}  # fmt: skip
ROUTES = [*(("/api/v1", noun.router) for noun in NOUNS), *(("", router) for router in ROUTERS)]
# What a path asks for that this meeting has none of.
ELSEWHERE = {"token", "code", "admission_id", "participant_id"}


# A meeting under each rule, asked for everything by everybody, takes its time: what "region" takes
# away lies between the two beside it, and "named" unlinks only what every rule does.
LATER = {"region", "named"}
RULES = [pytest.param(rule, marks=[pytest.mark.soak] * (rule in LATER)) for rule in ATTRIBUTION]


@pytest.fixture(params=RULES)
async def marked(request: pytest.FixtureRequest, owner: Caller) -> Marked:
    """The marked meeting under one rule, over."""
    body = {"title": "Marked", "attribution": request.param}
    house = House(owner.app, owner, (await owner.post("/workshops", body)).json())
    people = [{"label": role.title(), "roles": [role]} for role in ROLES]
    added = (await owner.post(f"{house.at}/participants", people)).json()
    house.people = {person["roles"][0]: person for person in added}
    made = Marked(house, request.param)
    await meet(made)
    return made


@pytest.mark.long
async def test_no_label_stands_beside_what_the_rule_unlinks(marked: Marked) -> None:
    leaks: list[str] = []
    seen: set[str] = set()
    told: set[tuple[str, bytes]] = set()  # what several are told alike is read once
    await everybody_asks_for_a_file(marked)
    for viewer in VIEWERS:
        for path in paths(marked):
            answer = await marked.house.by(viewer).send("GET", path)
            assert answer.status_code < 500, (path, answer.text)
            if answer.status_code != 200 or (path, answer.content) in told:
                continue
            told.add((path, answer.content))
            for record in cut(path, answer):
                seen |= {mark for mark in marked.contributions | marked.unsigned if mark in record}
                leaks += [f"{viewer} {path}: {found}" for found in leaking(marked, record)]
    assert leaks == []
    # The search has met what it searches for, or it would prove nothing.
    assert len(seen) > len(marked.contributions) // 2
    await what_the_rule_allows_is_shown(marked)
    await authors_see_their_own(marked)


async def everybody_asks_for_a_file(marked: Marked) -> None:
    """Who may, has everything made in the background, as a file of their own."""
    for viewer in VIEWERS:
        asked = await marked.house.by(viewer).post(f"{marked.at}/exports", {"format": "json"})
        assert asked.status_code in (202, 403), asked.text
        if asked.status_code == 202:
            marked.remember("export_id", asked.json()["id"])
    await marked.house.app.state.work.tasks()


async def what_the_rule_allows_is_shown(marked: Marked) -> None:
    listed = (await marked.house.by("observer").get(f"{marked.at}/proposals")).json()["items"]
    found = {one["author"]["shown_as"] for one in listed if one["kind"] == "priority_area"}
    expected = {"named": "named", "delegation": "delegation", "region": "region", "none": "hidden"}
    assert found == {expected[marked.rule]}


async def authors_see_their_own(marked: Marked) -> None:
    listed = (await marked.by("S1").get(f"{marked.at}/proposals")).json()["items"]
    own = [one["author"] for one in listed if one["author"]["shown_as"] == "own"]
    assert own == [{"shown_as": "own", "text": labels("S1")["person"]}] * 2


def leaking(marked: Marked, record: str) -> Iterator[str]:
    """Labels in a record that holds what they may not stand beside."""
    yield from (f"the secret {mark} in {record[:300]}" for mark in marked.never if mark in record)
    signed = any(mark in record for mark in marked.contributions)
    unsigned = any(mark in record for mark in marked.unsigned)
    kinds = ("person", "delegation", "region") if unsigned else UNLINKED[marked.rule]
    if not (signed or unsigned):
        return
    for who in PEOPLE:
        for kind, label in labels(who).items():
            if kind in kinds and label in record:
                yield f"{label} in {record[:300]}"
        if kinds and marked.ids[who] in record:
            yield f"the id of {who} in {record[:300]}"


def paths(marked: Marked) -> Iterator[str]:
    """Every address that can be read, for every object that this meeting has."""
    known = {"workshop_id": [marked.house.id], **marked.known}
    for prefix, router in ROUTES:
        for route in router.routes:
            if not isinstance(route, APIRoute) or route.methods != {"GET"}:
                continue
            names = [name for _, name, _, _ in Formatter().parse(route.path) if name]
            if ELSEWHERE & set(names):
                continue
            for values in product(*(known[name] for name in names)):
                path = route.path.format(**dict(zip(names, values, strict=True)))
                yield from _variants(f"{prefix}{path}")


def _variants(path: str) -> Iterator[str]:
    if path.endswith("/export"):
        yield from (f"{path}?format={name}" for name in EXPORTS)
    elif re.search(r"/(log|proposals|activities|participants)$", path) and "/api/" in path:
        yield f"{path}?limit=200"
    else:
        yield path


def cut(path: str, answer: httpx.Response) -> Iterator[str]:
    """The records of an answer, by what it is."""
    kind = answer.headers.get("content-type", "")
    name = path.partition("format=")[2]
    if name in READERS:
        yield from READERS[name](answer.content)
    elif "json" in kind:
        data: Any = answer.json()
        yield from records.of_json(data)
    elif "html" in kind:
        yield from records.of_html(answer.text)
    else:
        yield from records.of_lines(answer.content)
