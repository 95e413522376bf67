"""Workbooks for the tests, good and bad, made on the spot."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook

PEOPLE = [["id", "label", "role"], ["S01", "Representative, State 01", "state_representative"]]


def book(
    rows: Sequence[Sequence[Any]] = PEOPLE, *, merge: str = "", epoch_1904: bool = False
) -> bytes:
    """A workbook of one sheet."""
    made = Workbook()
    if epoch_1904:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904

        made.epoch = CALENDAR_MAC_1904
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    if merge:
        sheet.merge_cells(merge)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def altered(
    data: bytes, add: Mapping[str, bytes] = {}, drop: str = "", old: bytes = b"", new: bytes = b""
) -> bytes:
    """The same archive with parts added or dropped, and bytes replaced in every part."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for member in source.infolist():
            if member.filename != drop:
                content = source.read(member)
                target.writestr(member.filename, content.replace(old, new) if old else content)
        for name, content in add.items():
            target.writestr(name, content)
    return out.getvalue()


def sheet_xml(rows: str) -> bytes:
    """The XML of a sheet with these rows."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def with_sheet(rows: str) -> bytes:
    """A workbook whose one sheet is this XML."""
    name = "xl/worksheets/sheet1.xml"
    return altered(book(), drop=name, add={name: sheet_xml(rows)})
