"""Every form of the templates is typed into by a test: none can be forgotten."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.e2e.forms import FORMS, NOT_TYPED_INTO
from tests.rules.markup import TEMPLATES, Element, elements, macros, source_of

FIELDS = {"textarea", "select", "input"}
NO_FIELD = {"hidden", "submit", "button", "image", "reset"}


def test_the_table_of_forms_is_that_of_the_templates() -> None:
    found = {name for file in sorted(TEMPLATES.rglob("*.html")) for name in _forms(file)}
    named = {name for form in FORMS for name in form.stands} | set(NOT_TYPED_INTO)
    assert sorted(found - named) == [], "no test types into these: name them in tests/e2e/forms.py"
    assert sorted(named - found) == [], "tests/e2e/forms.py names forms that are no more"


def _forms(file: Path) -> Iterator[str]:
    """Names of the forms of one template that hold a field, and of fields in no form. The settings
    of an exercise are parts of the two dialogs of activities, typed into there."""
    if file.parent.name == "settings":
        return
    for element in elements(_with_its_macros(file)):
        if _editable(element):
            form = next((one for one in reversed(element.above) if one.tag == "form"), element)
            yield f"{file.relative_to(TEMPLATES)} {_name(form)}"


def _with_its_macros(file: Path) -> str:
    """A template with the macros of pages where they are called; components stand for
    themselves."""
    if file.parent.name == "components":
        return source_of(file)
    source = _without_macros(source_of(file))
    while called := [name for name in PAGE_MACROS if _call(name).search(source)]:
        for name in called:
            text = PAGE_MACROS[name]
            source = _call(name).sub(lambda _, text=text: text, source)  # type: ignore[misc]
    return source


def _without_macros(source: str) -> str:
    for text in macros(source).values():
        source = source.replace(text, "")
    return source


def _call(name: str) -> re.Pattern[str]:
    return re.compile(rf"\{{\{{\s*{name}\(.*?\)\s*\}}\}}", re.DOTALL)


PAGE_MACROS = {
    name: text
    for file in sorted(TEMPLATES.rglob("*.html"))
    if file.parent.name != "components"
    for name, text in macros(source_of(file)).items()
}


def _editable(element: Element) -> bool:
    given = element.attributes
    field = element.tag in FIELDS and given.get("type") not in NO_FIELD
    return field or bool(given.keys() & {"contenteditable", "data-ranked"})


def _name(form: Element) -> str:
    """By what stands around it: the dialog, its own id, the heading of its section, its path."""
    dialogs = [one.attributes["id"] for one in form.above if one.tag == "dialog"]
    headings = [one.attributes.get("aria-labelledby", "") for one in form.above[-1:]]
    own = [form.attributes.get("id", ""), *headings]
    ids = [f"#{id_}" for id_ in [*dialogs, *own] if id_]
    paths = [form.attributes.get(name, "") for name in ("data-path", "action")]
    return next((name for name in [*ids, *paths] if name), form.tag)
