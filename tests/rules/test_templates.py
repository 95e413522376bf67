"""What a template may not hold: what a strict CSP blocks, what lets text become markup, what a
live update would tear out of a person's hands, and names that htmx 4 no longer knows."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.live.panels import Region
from app.live.regions import TABLE
from tests.rules.markup import TEMPLATES, Element, elements, macros, source_of
from tests.rules.sources import ROOT

PAGES = sorted(TEMPLATES.rglob("*.html"))
LIVE = sorted((TEMPLATES / "regions").rglob("*.html"))
SCRIPTS = sorted((ROOT / "static" / "js").rglob("*.js"))

UNSAFE = re.compile(r"\|\s*safe\b|autoescape\s+false|javascript:", re.IGNORECASE)
UNQUOTED = re.compile(r"""\s[\w:@.-]+=(?!["'])""")
QUOTED = re.compile(r"""=\s*("[^"]*"|'[^']*')""", re.DOTALL)
HX_VALS = re.compile(r"""hx-vals(?::\w+)*=(?P<quote>["'])(?P<value>.*?)(?P=quote)""", re.DOTALL)
OLD_ATTRIBUTES = {
    "hx-disabled-elt", "hx-disinherit", "hx-ext", "hx-history", "hx-inherit", "hx-params",
    "hx-prompt", "hx-request", "hx-vars", "hx-ws", "hx-sse", "sse-connect", "sse-swap",
    "ws-connect", "ws-send",
}  # fmt: skip
OLD_NAMES = re.compile(
    r"htmx:(?:[a-z]+[A-Z]\w*|load\b|timeout\b|xhr:|validation:)"
    r"|htmx\.(?:addClass|closest|defineExtension|location|logAll|off|remove|removeClass|toggleClass)\b"
)
HANDS_OFF = {"dialog", "textarea", "select", "input"}


def name(file: Path) -> str:
    return str(file.relative_to(ROOT))


each_page = pytest.mark.parametrize("file", PAGES, ids=name)
each_live_part = pytest.mark.parametrize("file", LIVE, ids=name)


@each_page
def test_text_never_becomes_markup(file: Path) -> None:
    source = source_of(file)
    assert UNSAFE.findall(source) == []
    loose = [
        element.source
        for element in elements(source)
        if UNQUOTED.search(QUOTED.sub("", element.source))
    ]
    assert loose == []


@each_page
def test_static_files_are_asked_for_by_their_content(file: Path) -> None:
    """`static(…)` puts the hash into the address; without it a browser keeps an old file."""
    assert '"/static/' not in source_of(file)


@each_page
def test_nothing_is_inline(file: Path) -> None:
    inline = [
        element.source
        for element in elements(source_of(file))
        if element.tag == "style"
        or (element.tag == "script" and "src" not in element.attributes)
        or any(name == "style" or name.startswith(("on", "hx-on")) for name in element.attributes)
    ]
    assert inline == []


@each_page
def test_values_for_htmx_are_made_by_tojson(file: Path) -> None:
    wrong = [
        found["value"]
        for found in HX_VALS.finditer(source_of(file))
        if found["value"].startswith("js:")
        or ("{{" in found["value"] and ("tojson" not in found["value"] or found["quote"] != "'"))
    ]
    assert wrong == []


@pytest.mark.parametrize("file", [*PAGES, *SCRIPTS], ids=name)
def test_no_names_of_htmx_2(file: Path) -> None:
    source = source_of(file)
    old = OLD_NAMES.findall(source)
    if file.suffix == ".html":
        old += [
            attribute
            for element in elements(source)
            for attribute in element.attributes
            if attribute.removeprefix("data-").partition(":")[0] in OLD_ATTRIBUTES
        ]
    assert old == []


@pytest.mark.parametrize("region", TABLE, ids=lambda region: region.name)
def test_a_region_is_one_element_with_its_id(region: Region) -> None:
    found = elements(source_of(TEMPLATES / region.partial))
    roots = [element.attributes.get("id") for element in found if not element.above]
    assert roots == [f"region-{region.name}"]


@each_live_part
def test_every_row_of_a_region_has_an_id(file: Path) -> None:
    nameless = [
        element.source
        for element in elements(source_of(file))
        if element.loops and element.tag in {"tr", "li"} and not element.attributes.get("id")
        if not element.skipped_by_morph()
    ]
    assert nameless == []


@each_live_part
def test_a_live_update_touches_nothing_in_use(file: Path) -> None:
    parts = [elements(source) for source in _with_what_it_draws(file)]
    assert [why for part in parts for why in _torn_away(part)] == []


def _torn_away(found: list[Element]) -> Iterator[str]:
    """What a morph would close, wipe or lose in the middle of use."""
    for element in found:
        if element.skipped_by_morph():
            continue
        hidden = element.attributes.get("type") == "hidden"
        draggable = element.attributes.keys() & {"contenteditable", "popover", "draggable"}
        if draggable or element.tag == "details" or (element.tag in HANDS_OFF and not hidden):
            yield element.source
        if element.tag == "form" and _buttons(found, element) != 1:
            yield element.source


def _buttons(found: list[Element], form: Element) -> int:
    return sum(form in element.above and element.tag == "button" for element in found)


def _with_what_it_draws(file: Path) -> Iterator[str]:
    """The text of a region and of every macro and partial that it names."""
    waiting, seen = [source_of(file)], set[str]()
    library = {
        macro: text
        for other in PAGES
        if other.parent.name == "components"
        for macro, text in macros(source_of(other)).items()
    }
    while waiting:
        source = waiting.pop()
        yield source
        called = {word for word in re.findall(r"(\w+)\s*\(", source) if word in library} - seen
        # A partial whose name is put together is in regions/ too, and looked at by itself.
        partials = set(re.findall(r"include\s+[\"']([\w/.-]+\.html)[\"']", source)) - seen
        seen |= called | partials
        waiting += [library[macro] for macro in sorted(called)]
        waiting += [source_of(TEMPLATES / partial) for partial in sorted(partials)]
