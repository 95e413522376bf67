"""Exported files opened again by other programs' eyes."""

import csv
import io
import zipfile
from collections.abc import Callable
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from openpyxl import load_workbook

from app.exports import EXPORTS
from app.queries.report.shape import Report

Say = Callable[[str], str]


def written(export: str, report: Report, say: Say = str) -> bytes:
    return EXPORTS[export].write(report, say)


def workbook(report: Report, say: Say = str) -> Any:
    return load_workbook(io.BytesIO(written("xlsx", report, say)))


def document(report: Report, say: Say = str) -> Any:
    return opened(written("docx", report, say))


def opened(data: bytes) -> Any:
    """A document as it left the house."""
    return Document(io.BytesIO(data))


def headings_of(doc: Any) -> list[str]:
    """Its headings below the title, in their order."""
    return [one.text for one in doc.paragraphs if one.style.name.startswith("Heading")]


def table(export: str, report: Report) -> list[list[str]]:
    return list(csv.reader(io.StringIO(written(export, report).decode("utf-8-sig"))))


def part(data: bytes, name: str) -> str:
    """One part of an office file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name).decode()


def words_of(doc: Any) -> str:
    """Everything that a document says, a paragraph a line, tables included."""
    paragraphs = doc.element.body.iter(qn("w:p"))
    return "\n".join("".join(text.text or "" for text in p.iter(qn("w:t"))) for p in paragraphs)
