"""What an XLSX file is made of, looked at before anything is unpacked: sizes first."""

import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile, ZipFile, ZipInfo

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from app.errors import N_, Refused

MOST_BYTES = 50 * 1024 * 1024
MOST_MEMBERS = 200
MOST_RATIO = 100
# Twice what a list may hold: sheets that were formatted to the bottom have a million empty rows.
MOST_ROWS = 100_000
# A small part may shrink a lot and harm nobody.
SMALL = 1024 * 1024

OLD_OR_LOCKED = N_(
    "This is an old .xls workbook, or one with a password. Save it as .xlsx without a password."
)
NOT_A_WORKBOOK = N_("This is not an .xlsx workbook, or it is damaged. Save it again, or as CSV.")
LOCKED = N_("This workbook is encrypted. Save it without a password.")
MACROS = N_("This workbook holds macros. Save it as .xlsx without macros.")
LINKS = N_("This workbook takes values from other files. Replace the links by their values.")
ENTITIES = N_("This workbook defines XML entities, which no spreadsheet program writes.")
TOO_MANY_PARTS = N_("This workbook has {found} parts; at most {most} are read. Keep one sheet.")
TOO_LARGE = N_(
    "Unpacked, this workbook has {found} MiB; at most {most} are read. Delete what is not part of "
    "the list, or save it as CSV."
)
TOO_DENSE = N_(
    "A part of this workbook unpacks to {found} times its size; at most {most} are read. Delete "
    "the empty rows below the list, or save it as CSV."
)
TOO_LONG = N_(
    "A sheet has more than {most} rows, most of them empty. Delete the rows below the list, or "
    "save it as CSV."
)
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass
class Findings:
    """What a sheet holds that rows and columns do not show."""

    merged: list[str] = field(default_factory=list)
    valueless: list[tuple[str, int]] = field(default_factory=list)


def inspect(data: bytes) -> dict[str, Findings]:
    """Part name to what was found in it, for every sheet.

    Raises Refused: xlsx_too_large by the sizes in the directory, before anything is unpacked;
    xlsx_unsupported for what is no workbook, is locked, or brings macros, links or entities.
    """
    if data.startswith(OLE):
        raise Refused("xlsx_unsupported", OLD_OR_LOCKED)
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _weigh(members)
            _refuse_dangers([member.filename for member in members], members)
            return {
                member.filename: _look_into(archive, member)
                for member in members
                if member.filename.endswith((".xml", ".rels"))
            }
    except (BadZipFile, ParseError, EOFError, OSError, NotImplementedError) as error:
        raise Refused("xlsx_unsupported", NOT_A_WORKBOOK) from error
    except DefusedXmlException as error:
        raise Refused("xlsx_unsupported", ENTITIES) from error


def _weigh(members: list[ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS:
        raise _too_large(TOO_MANY_PARTS, len(members), MOST_MEMBERS)
    whole = sum(member.file_size for member in members)
    if whole > MOST_BYTES:
        raise _too_large(TOO_LARGE, -(-whole // 2**20), MOST_BYTES // 2**20)
    for member in members:
        ratio = member.file_size / max(1, member.compress_size)
        if member.file_size > SMALL and ratio > MOST_RATIO:
            raise _too_large(TOO_DENSE, round(ratio), MOST_RATIO)


def _too_large(message: str, found: int, most: int) -> Refused:
    return Refused("xlsx_too_large", message, found=found, most=most)


def _refuse_dangers(names: Iterable[str], members: list[ZipInfo]) -> None:
    if any(member.flag_bits & 1 for member in members):
        raise Refused("xlsx_unsupported", LOCKED)
    lower = [name.lower() for name in names]
    if "[content_types].xml" not in lower or not any(name.startswith("xl/") for name in lower):
        raise Refused("xlsx_unsupported", NOT_A_WORKBOOK)
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in lower):
        raise Refused("xlsx_unsupported", MACROS)
    if any("/externallinks/" in name for name in lower):
        raise Refused("xlsx_unsupported", LINKS)


def _look_into(archive: ZipFile, member: ZipInfo) -> Findings:
    """Read one part as XML without document types; sheets tell of merges and lost values."""
    found = Findings()
    rows = 0
    with archive.open(member) as part:
        for _, element in iterparse(part, events=("end",), forbid_dtd=True):
            kind = element.tag.rpartition("}")[2]
            if kind == "mergeCell":
                found.merged.append(element.get("ref", ""))
            elif kind == "c":
                place = CELL.fullmatch(element.get("r", ""))
                if place and _lacks_value(element):
                    found.valueless.append((place[1], int(place[2])))
            elif kind == "row":
                element.clear()
                rows += 1
                if rows > MOST_ROWS:
                    raise _too_large(TOO_LONG, rows, MOST_ROWS)
    return found


def _lacks_value(cell: Element) -> bool:
    """A formula that was never calculated; an empty text is a value."""
    children = {child.tag.rpartition("}")[2]: child.text for child in cell}
    return "f" in children and not children.get("v") and cell.get("t") != "str"
