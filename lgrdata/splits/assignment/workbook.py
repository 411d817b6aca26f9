"""The sheets of an Excel workbook (.xlsx) as lines of cells: values only, no formula is worked out."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple
from xml.etree.ElementTree import ParseError

from lgrdata.core.models import LgrError
from lgrdata.splits.assignment.decode import MAX_COLUMNS, MAX_ROWS, FileLine, plain

MAX_UNPACKED = 25_000_000
MAX_CELLS = 60_000
"""Cells that are read, under a second's work: a file of one area's places has a few thousand."""
MAX_SHEETS = 30


_ROW, _COLUMN = re.compile(r"<row\b[^>]*>"), re.compile(r"<col\b[^>]*>")
_HIDDEN, _NUMBER = re.compile(r'\bhidden="(?:1|true)"'), re.compile(r'\br="([0-9]{1,7})"')
_MERGED = re.compile(r'<mergeCell\b[^>]*\bref="([A-Z]{1,2})([0-9]{1,7}):\1([0-9]{1,7})"')


_TABLES = (".csv", ".txt", ".tsv", ".xlsx", ".geojson", ".json")
_UNWORKED = re.compile(r"</f>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>|<f\b[^>]*/>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
"""A formula whose result was never saved with it, as programs write workbooks that no spreadsheet has opened."""


def unworked(data: bytes) -> int:
    """Formulas of a workbook whose results are not in it; 0 for what is no workbook that can be read."""
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        parts = [name for name in held.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        return sum(len(_UNWORKED.findall(held.read(name).decode("utf-8", "replace"))) for name in parts)


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
        # Sheets in sight come first, and columns in sight before those that are hidden.
        for sheet in sorted(book.worksheets[:MAX_SHEETS], key=lambda s: s.sheet_state != "visible"):
            sheet.reset_dimensions()  # what a file says of its own size may be wrong
            lines = list(_lines(sheet.iter_rows(values_only=True), left, what))
            left -= sum(len(line.cells) for line in lines)
            found += _as_seen(lines, _marks(data, getattr(sheet, "_worksheet_path", "")))
        return found
    except (InvalidFileException, zipfile.BadZipFile, zlib.error, ParseError, EOFError, SyntaxError):
        raise LgrError(unreadable) from None
    except (AttributeError, IndexError, KeyError, OSError, OverflowError, TypeError, UnicodeError, ValueError):
        raise LgrError(unreadable) from None  # what the library meets in parts that say one thing and hold another


class SheetFinding(NamedTuple):
    """What a sheet says beside its values: rows and columns out of sight, cells that are one with those below."""

    rows: frozenset[int]
    columns: frozenset[int]
    merged: tuple[tuple[int, int, int], ...]
    """Column, first row, last row."""


def _marks(data: bytes, path: str) -> SheetFinding:
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        name = path.lstrip("/")
        text = held.read(name).decode("utf-8", "replace") if name in held.namelist() else ""
    rows = frozenset(int(m[1]) for tag in _ROW.findall(text) if _HIDDEN.search(tag) and (m := _NUMBER.search(tag)))
    columns: set[int] = set()
    for tag in _COLUMN.findall(text):
        low, high = re.search(r'\bmin="([0-9]{1,5})"', tag), re.search(r'\bmax="([0-9]{1,5})"', tag)
        if _HIDDEN.search(tag) and low and high:
            columns.update(range(int(low[1]) - 1, min(int(high[1]), MAX_COLUMNS)))
    merged = []
    for letters, first, last in _MERGED.findall(text)[:MAX_ROWS]:
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - 64
        merged.append((column - 1, int(first), int(last)))
    return SheetFinding(rows, frozenset(columns), tuple(merged))


def _as_seen(lines: list[FileLine], marks: SheetFinding) -> list[list[FileLine]]:
    """A sheet's rows as they are seen: merged cells in each of their rows, hidden rows marked, hidden columns empty.

    Where columns are hidden, the sheet with them comes second, for places or councils that stand in no other.
    """
    over: dict[tuple[int, int], int] = {}
    for column, first, last in marks.merged:
        over.update(((row, column), first) for row in range(first + 1, min(last, first + MAX_ROWS) + 1))
    at, columns = {line.number: line for line in lines}, {column for column, _, _ in marks.merged}
    whole = []
    for line in lines:
        cells = list(line.cells)
        for column in columns:
            if (line.number, column) in over:
                cells = _filled(cells, column, at, over[line.number, column])
        whole.append(FileLine(line.number, tuple(cells), line.number in marks.rows))
    if not marks.columns:
        return [whole]
    seen = [n._replace(cells=tuple("" if i in marks.columns else c for i, c in enumerate(n.cells))) for n in whole]
    return [[line for line in seen if any(line.cells)], whole]


def _filled(cells: list[str], column: int, at: dict[int, FileLine], first: int) -> list[str]:
    held = at[first].cells if first in at else ()
    value = held[column] if column < len(held) else ""
    cells += [""] * (column + 1 - len(cells))
    return [*cells[:column], cells[column] or value, *cells[column + 1 :]]


def _check(data: bytes, what: str) -> None:
    """LgrError for what is no workbook, or would not fit into memory once unpacked."""
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        if sum(entry.file_size for entry in held.infolist()) > MAX_UNPACKED:
            raise LgrError(f"{what} holds over {MAX_UNPACKED // 1_000_000} MB once unpacked; save the one sheet as CSV")
        if "xl/workbook.xml" not in held.namelist():
            if any(name.lower().endswith(_TABLES) for name in held.namelist()):
                raise LgrError(f"{what} is a zip with files in it; unpack it and give the one that holds the places")
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
