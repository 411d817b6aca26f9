"""The sheets of an Excel workbook (.xlsx) as lines of cells: values only, no formula is worked out."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import IO
from xml.etree import ElementTree

from lgrdata.core.models import LgrError
from lgrdata.splits.assignment.decode import MAX_COLUMNS, MAX_ROWS, FileLine, plain

MAX_UNPACKED = 40_000_000
MAX_SHEETS = 30
_COLUMN = re.compile(r"([A-Z]{1,3})[0-9]+")


def sheets(data: bytes, what: str) -> list[list[FileLine]]:
    """The filled rows of each sheet, in the workbook's order. LgrError for what is no workbook, or too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as held:
            if sum(entry.file_size for entry in held.infolist()) > MAX_UNPACKED:
                raise LgrError(
                    f"{what} holds over {MAX_UNPACKED // 1_000_000} MB once unpacked; save the one sheet as CSV"
                )
            names = set(held.namelist())
            if "xl/workbook.xml" not in names:
                raise LgrError(f"{what} is not an Excel workbook (.xlsx); save it as one, or as CSV")
            texts = _shared(held) if "xl/sharedStrings.xml" in names else []
            parts = [part for part in _parts(held) if part in names][:MAX_SHEETS]
            return [list(_lines(held.open(part), texts, what)) for part in parts]
    except (zipfile.BadZipFile, zlib.error, ElementTree.ParseError, KeyError, ValueError, IndexError, EOFError):
        raise LgrError(f"{what} is not an Excel workbook that can be read; save it anew, or as CSV") from None
    except (RuntimeError, NotImplementedError):
        raise LgrError(
            f"{what} is locked by a password, or packed in an unusual way; save it without, or as CSV"
        ) from None


def _parts(held: zipfile.ZipFile) -> list[str]:
    """Files of the worksheets in the order of the workbook's tabs."""
    targets = {
        e.get("Id", ""): e.get("Target", "") for e in ElementTree.fromstring(held.read("xl/_rels/workbook.xml.rels"))
    }
    listed = ElementTree.fromstring(held.read("xl/workbook.xml")).iterfind(".//{*}sheet")
    found = [targets.get(next((v for k, v in sheet.items() if k.endswith("}id")), ""), "") for sheet in listed]
    return [target.lstrip("/") if target.startswith("/xl/") else f"xl/{target}" for target in found]


def _shared(held: zipfile.ZipFile) -> list[str]:
    """The texts that cells point to."""
    out = []
    for _, element in ElementTree.iterparse(held.open("xl/sharedStrings.xml")):
        if element.tag.endswith("}si"):
            out.append("".join(t.text or "" for t in element.iterfind(".//{*}t")))
            element.clear()
    return out


def _lines(file: IO[bytes], texts: list[str], what: str) -> Iterator[FileLine]:
    rows = (e for _, e in ElementTree.iterparse(file) if e.tag.endswith("}row"))
    number = 0
    for row in islice(rows, MAX_ROWS + 1):
        number = int(row.get("r") or number + 1)
        cells: list[str] = []
        for cell in row.iterfind(".//{*}c"):
            at = _COLUMN.fullmatch(cell.get("r") or "")
            column = _number(at[1]) if at else len(cells)
            if column >= MAX_COLUMNS:
                break
            cells += [""] * (column + 1 - len(cells))
            cells[column] = plain(_value(cell, texts))
        row.clear()
        if any(cells):
            yield FileLine(number, tuple(cells))
    if number > MAX_ROWS:
        raise LgrError(f"{what} has over {MAX_ROWS:,} rows; a file of one area's places has fewer")


def _number(letters: str) -> int:
    out = 0
    for letter in letters:
        out = out * 26 + ord(letter) - ord("A") + 1
    return out - 1


def _value(cell: ElementTree.Element, texts: list[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(t.text or "" for t in cell.iterfind(".//{*}t"))
    held = cell.findtext("{*}v") or ""
    if kind == "s":
        return texts[int(held)] if held else ""
    if kind == "n" and held and float(held).is_integer():
        return str(int(float(held)))
    return held
