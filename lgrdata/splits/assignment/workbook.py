"""The sheets of an Excel workbook (.xlsx) as lines of cells: values only, no formula is worked out."""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date
from itertools import islice
from xml.etree.ElementTree import ParseError

from lgrdata.core.models import LgrError
from lgrdata.splits.assignment.decode import MAX_COLUMNS, MAX_ROWS, FileLine, plain

MAX_UNPACKED = 25_000_000
MAX_CELLS = 60_000
"""Cells that are read, under a second's work: a file of one area's places has a few thousand."""
MAX_SHEETS = 30


def sheets(data: bytes, what: str) -> list[list[FileLine]]:
    """The filled rows of each sheet, in the workbook's order. LgrError for what is no workbook, or too large."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    unreadable = f"{what} is not an Excel workbook that can be read; save it anew, or as CSV"
    try:
        _check(data, what)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and rules that are left out
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        found, left = [], MAX_CELLS
        for sheet in book.worksheets[:MAX_SHEETS]:
            sheet.reset_dimensions()  # what a file says of its own size may be wrong
            lines = list(_lines(sheet.iter_rows(values_only=True), left, what))
            left -= sum(len(line.cells) for line in lines)
            found.append(lines)
        return found
    except (InvalidFileException, zipfile.BadZipFile, zlib.error, ParseError, EOFError, SyntaxError):
        raise LgrError(unreadable) from None
    except (AttributeError, IndexError, KeyError, OSError, OverflowError, TypeError, UnicodeError, ValueError):
        raise LgrError(unreadable) from None  # what the library meets in parts that say one thing and hold another


def _check(data: bytes, what: str) -> None:
    """LgrError for what is no workbook, or would not fit into memory once unpacked."""
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        if sum(entry.file_size for entry in held.infolist()) > MAX_UNPACKED:
            raise LgrError(f"{what} holds over {MAX_UNPACKED // 1_000_000} MB once unpacked; save the one sheet as CSV")
        if "xl/workbook.xml" not in held.namelist():
            raise LgrError(f"{what} is not an Excel workbook (.xlsx); save it as one, or as CSV")
        if any(entry.flag_bits & 1 for entry in held.infolist()):
            raise LgrError(f"{what} is locked by a password; save it without, or as CSV")


def _lines(rows: Iterator[tuple[object, ...]], most: int, what: str) -> Iterator[FileLine]:
    number = 0
    for number, row in enumerate(islice(rows, MAX_ROWS + 1), start=1):
        cells = [_text(value) for value in row[:MAX_COLUMNS]]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            continue
        most -= len(cells)
        if most < 0:
            raise LgrError(
                f"{what} has over {MAX_CELLS:,} cells; a file of one area's places has fewer: keep the columns of the"
                " places and their councils"
            )
        yield FileLine(number, tuple(cells))
    if number > MAX_ROWS:
        raise LgrError(f"{what} has over {MAX_ROWS:,} rows; a file of one area's places has fewer")


def _text(value: object) -> str:
    """A cell's value as people see it: 7 for 7.0, a day for a date."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return plain(value.isoformat() if isinstance(value, date) else str(value))
