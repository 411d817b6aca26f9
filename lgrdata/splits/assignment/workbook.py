"""The sheets of an Excel workbook (.xlsx) as lines of cells: values only, no formula is worked out."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from typing import NamedTuple
from xml.etree.ElementTree import ParseError

from lgrdata.core.models import LgrError
from lgrdata.core.words import counted
from lgrdata.splits.assignment.decode import MAX_COLUMNS, MAX_ROWS, FileLine, plain

MAX_UNPACKED = 25_000_000
MAX_CELLS = 60_000
"""Cells that are read, under a second's work: a file of one area's places has a few thousand."""
MAX_SHEETS = 30


# A tag ends before the next begins, so that each is looked through once, whatever stands in a comment.
_ROW, _COLUMN = re.compile(r"<row\b[^<>]*>"), re.compile(r"<col\b[^<>]*>")
_HIDDEN, _NUMBER = re.compile(r'\bhidden="(?:1|true)"'), re.compile(r'\br="([0-9]{1,7})"')
_MERGED = re.compile(r'<mergeCell\b[^<>]*\bref="([A-Z]{1,2})([0-9]{1,7}):\1([0-9]{1,7})"')


_TABLES = (".csv", ".txt", ".tsv", ".xlsx", ".geojson", ".json")
_UNWORKED = re.compile(r"</f>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>|<f\b[^>]*/>\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>")
"""A formula whose result was never saved with it, as programs write workbooks that no spreadsheet has opened."""


def unworked(data: bytes, what: str) -> str:
    """What to do about a workbook's formulas whose results are not in it; '' where it holds none."""
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        parts = [name for name in held.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml")]
        lacking = sum(len(_UNWORKED.findall(held.read(name).decode("utf-8", "replace"))) for name in parts)
    results = "its result" if lacking == 1 else "their results"
    advice = "open it in Excel or LibreOffice, save it there, and give it again"
    return f"{what} holds {counted(lacking, 'formula')} without {results}: {advice}" if lacking else ""


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
            marks = _marks(data, getattr(sheet, "_worksheet_path", ""))
            lines, left = _filled(lines, marks.merged, left, what)
            found += _as_seen(lines, marks)
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
    tags = (m[0] for m in islice(_ROW.finditer(text), MAX_ROWS))
    rows = frozenset(int(m[1]) for tag in tags if _HIDDEN.search(tag) and (m := _NUMBER.search(tag)))
    columns: set[int] = set()
    for tag in (m[0] for m in islice(_COLUMN.finditer(text), MAX_COLUMNS)):
        low, high = re.search(r'\bmin="([0-9]{1,5})"', tag), re.search(r'\bmax="([0-9]{1,5})"', tag)
        if _HIDDEN.search(tag) and low and high:
            columns.update(range(int(low[1]) - 1, min(int(high[1]), MAX_COLUMNS)))
    merged = []
    for letters, first, last in (m.groups() for m in islice(_MERGED.finditer(text), MAX_ROWS)):
        column = 0
        for letter in letters:
            column = column * 26 + ord(letter) - 64
        merged.append((column - 1, int(first), int(last)))
    return SheetFinding(rows, frozenset(columns), tuple(merged))


def _as_seen(lines: list[FileLine], marks: SheetFinding) -> list[list[FileLine]]:
    """A sheet's rows as they are seen: hidden rows marked, hidden columns empty.

    Where columns are hidden, the sheet with them comes second, for places or councils that stand in no other.
    """
    whole = [line._replace(hidden=line.number in marks.rows) for line in lines]
    if not marks.columns:
        return [whole]
    seen = [n._replace(cells=tuple("" if i in marks.columns else c for i, c in enumerate(n.cells))) for n in whole]
    return [[line for line in seen if any(line.cells)], whole]


def _filled(
    lines: list[FileLine], merged: Sequence[tuple[int, int, int]], left: int, what: str
) -> tuple[list[FileLine], int]:
    """Rows with each merged cell in every row that it spans, and how many further cells may be read."""
    numbers, cells = [line.number for line in lines], [list(line.cells) for line in lines]
    put: dict[int, set[int]] = defaultdict(set)
    for column, first, last in merged:
        top = bisect_left(numbers, first)
        held = lines[top].cells if top < len(lines) and numbers[top] == first else ()
        if column >= len(held) or not held[column]:
            continue
        for i in range(top + 1, bisect_right(numbers, last)):
            left -= max(1, column + 1 - len(cells[i]))
            if left < 0:
                raise _too_many(what)
            cells[i] += [""] * (column + 1 - len(cells[i]))
            if not cells[i][column]:
                cells[i][column] = held[column]
                put[i].add(column)
    return [
        line._replace(cells=tuple(row), merged=frozenset(put[i])) if i in put else line
        for i, (line, row) in enumerate(zip(lines, cells, strict=True))
    ], left


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
            raise _too_many(what)
        yield FileLine(number, tuple(cells))
    if number > MAX_ROWS:
        raise LgrError(f"{what} has over {MAX_ROWS:,} rows; a file of one area's places has fewer")


def _too_many(what: str) -> LgrError:
    return LgrError(
        f"{what} has over {MAX_CELLS:,} cells; a file of one area's places has fewer: keep the columns of the places"
        " and their councils"
    )


def _text(value: object) -> str:
    """A cell's value as people see it: 7 for 7.0, a day for a date."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return plain(value.isoformat() if isinstance(value, date) else str(value))
