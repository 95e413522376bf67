"""Cutting what the server says into records: what stands together is read together."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from openpyxl import load_workbook
from pypdf import PdfReader

BLOCKS = {"li", "tr", "p", "h1", "h2", "h3", "option", "dt", "dd", "label", "summary", "text"}


def of_json(data: Any) -> Iterator[str]:
    """One record for each object: its own values and those of objects within it, but not the
    lists of objects that it holds, which are records themselves."""
    if isinstance(data, dict):
        yield " ".join(_own(data))
        for value in data.values():
            yield from of_json(value)
    elif isinstance(data, list):
        for value in data:
            yield from of_json(value)
    elif isinstance(data, str):
        yield data


def _own(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield str(name)
            yield from _own(inner)
    elif isinstance(value, list):
        if not any(isinstance(one, dict) for one in value):
            yield from map(str, value)
    elif value is not None:
        yield str(value)


class _Blocks(HTMLParser):
    """Text and attribute values of each block, with what stands in the blocks inside it."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, list[str]]] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.open.append((tag, []))
        self._add(" ".join(value or "" for _, value in attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS and any(name == tag for name, _ in self.open):
            while self.open:
                name, words = self.open.pop()
                self.found.append(" ".join(words))
                if name == tag:
                    break

    def handle_data(self, data: str) -> None:
        self._add(data)

    def _add(self, words: str) -> None:
        for _, within in self.open:
            within.append(words)


def of_html(page: str) -> Iterator[str]:
    """One record for each line, row or paragraph of a page."""
    blocks = _Blocks()
    blocks.feed(page)
    yield from blocks.found


def of_xlsx(data: bytes) -> Iterator[str]:
    """One record for each row of each sheet."""
    for sheet in load_workbook(io.BytesIO(data), read_only=True):
        for row in sheet.iter_rows(values_only=True):
            yield " ".join(str(value) for value in row if value is not None)


def of_docx(data: bytes) -> Iterator[str]:
    """One record for each paragraph and each table row."""
    with zipfile.ZipFile(io.BytesIO(data)) as folder:
        text = folder.read("word/document.xml").decode()
    for whole in (r"<w:tr[ >].*?</w:tr>", r"<w:p[ >].*?</w:p>"):
        for found in re.findall(whole, text, re.DOTALL):
            yield re.sub(r"<[^>]+>", " ", found)


def of_pdf(data: bytes) -> Iterator[str]:
    """One record for each printed line."""
    for page in PdfReader(io.BytesIO(data)).pages:
        yield from page.extract_text().splitlines()


def of_lines(data: bytes) -> Iterator[str]:
    """One record for each line."""
    yield from data.decode().splitlines()


def of_zip(data: bytes) -> Iterator[str]:
    """The records of a bundle's own files; the formats in it are read by themselves as well."""
    with zipfile.ZipFile(io.BytesIO(data)) as folder:
        for name in folder.namelist():
            content = folder.read(name)
            if name.endswith(".json"):
                yield from of_json(json.loads(content))
            elif not name.startswith("consilience."):
                yield from of_lines(content)
