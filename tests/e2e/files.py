"""Words in files: imported as they came, refused with the row that is wrong, exported, opened."""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Error, FilePayload, expect

from app.exports import EXPORTS
from app.imports import NOUNS
from tests.access.place import Place
from tests.e2e.views import READY, SPIED, Views
from tests.imports.books import book
from tests.support.browsers import watch

# What else than words a row needs, and the columns that take any words.
NEEDED: dict[str, dict[str, str]] = {
    "people": {},
    "agenda": {"day": "2", "start": "09:00", "end": "10:00"},
    "evidence": {},
    "components": {},
    "proposals": {"kind": "priority_area"},
}
WORDS = {
    "people": ("label", "delegation", "region", "group", "institution_type"),
    "agenda": ("title", "lead"),
    "evidence": ("title", "gist", "source", "links"),
    "components": ("text", "gist", "source"),
    "proposals": (
        "text", "problem_statement", "regional_context", "lead_actor", "partners", "time_frame",
        "resources", "indicator", "source",
    ),
}  # fmt: skip
WHERE = {
    "people": "people", "agenda": "agenda", "evidence": "evidence", "components": "framework",
    "proposals": "proposals",
}  # fmt: skip
NOT_SHOWN = ("Download is starting", "ERR_ABORTED")  # a file that no browser opens
Rows = list[list[str]]


async def imported(place: Place, payloads: Sequence[str]) -> None:
    """Each payload in each column that takes words, of a CSV and of an XLSX file."""
    for noun, columns in WORDS.items():
        for kind in ("csv", "xlsx"):
            rows = [[*NEEDED[noun], *columns]] + [
                [*NEEDED[noun].values(), *[f"{words} {kind} {n}"] * len(columns)]
                for n, words in enumerate(payloads)
            ]
            data = as_csv(rows) if kind == "csv" else book(rows)
            async with place.house.owner.client() as client:
                path = f"/api/v1{place.house.at}/import/{noun}"
                named = {"file": (f"{payloads[0]}.{kind}", data)}
                answer = await client.post(path, files=named)
            assert answer.status_code == 200, (noun, answer.text)
            assert len(answer.json()["added"]) >= len(payloads)


async def refused(views: Views, payloads: Sequence[str]) -> None:
    """The same words where none may stand, also as a heading: what is said of them is shown."""
    page = views.pages["control"]
    for noun, at in WHERE.items():
        columns = [column.name for column in NOUNS[noun].columns]
        rows = [[*columns, payloads[0]], *([words] * (len(columns) + 1) for words in payloads)]
        await views.open("control", f"{views.at}/desk/{at}")
        box = page.locator(f"[data-import={noun}]")
        for words in (*payloads, None):
            name, data = f"{words or payloads[0]}.csv", as_csv(rows)
            if words is None:  # this time without a heading that nobody knows
                data = as_csv([row[:-1] for row in rows])
            file = FilePayload(name=name, mimeType="text/csv", buffer=data)
            await box.locator("input[type=file]").set_input_files(file)
            await box.get_by_role("button", name="Preview").click()
            said = box.locator("[data-plan] .notice, [data-plan] .note").first
            await expect(said).to_be_visible(timeout=READY)
        await views.check("control", f"import of {noun}")


def as_csv(rows: Rows) -> bytes:
    """The rows of a spreadsheet, as it would save them."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


async def exported(place: Place, browser: Browser, folder: Path) -> dict[str, Any]:
    """Every export, opened by a browser from a disk as far as it opens it; what was amiss."""
    found: list[Path] = []
    for name, export in EXPORTS.items():
        path = f"{place.house.at}/export?format={name}"
        answer = await place.house.owner.get(path, timeout=READY / 1000)
        assert answer.status_code == 200, (name, answer.text[:300])
        assert answer.headers["content-disposition"].startswith("attachment")
        assert answer.headers["x-content-type-options"] == "nosniff"
        found.append(folder / export.name_for(place.house.id))
        found[-1].write_bytes(answer.content)
    found += unpacked(found[-1], folder / "bundle")
    return await opened(browser, found)


def unpacked(bundle: Path, into: Path) -> Iterator[Path]:
    """What lies in the bundle, one file of each folder and kind."""
    seen = set()
    with zipfile.ZipFile(bundle) as packed:
        for name in packed.namelist():
            kind = (str(Path(name).parent), Path(name).suffix)
            if kind not in seen:
                seen.add(kind)
                yield Path(packed.extract(name, into))


async def opened(browser: Browser, files: Sequence[Path]) -> dict[str, Any]:
    """Open each file, also as if it had lost its ending; what ran or was complained of."""
    amiss: dict[str, Any] = {}
    context = await browser.new_context()
    page = await context.new_page()
    heard = watch(page)
    await page.add_init_script(f"({SPIED})()")
    for file in files:
        bare = file.with_name(file.name.replace(".", "_"))
        bare.write_bytes(file.read_bytes())
        for path in (file, bare):
            try:
                await page.goto(path.as_uri(), timeout=READY)
            except Error as told:
                if not any(words in str(told) for words in NOT_SHOWN):
                    raise
                continue
            ran = await page.evaluate("window.pwned ?? null")
            if ran or heard:
                amiss[path.name] = [ran, *heard]
            heard.clear()
    await context.close()
    return amiss
