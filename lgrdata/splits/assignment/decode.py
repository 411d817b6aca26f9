"""From a file's bytes to lines of cells, each with its number in the file, whatever wrote it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from lgrdata.core.models import LgrError
from lgrdata.core.text import each_once

MAX_BYTES = 5_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 200
LONGEST_CELL = 100_000
"""Characters of one cell; no name, code or list of members is as long."""
SIMPLIFY = "; simplify its outlines, as with mapshaper -simplify 10%, or “Simplify” in QGIS"
"""What to do about polygons that are too fine to be read."""
DELIMITERS = ",;\t|"
LONGEST_LOOSE = 200_000
"""Characters of a text that may be a list in words."""
_SEP = re.compile(r"\s*\"?sep=(.)\"?\s*", re.IGNORECASE)
LISTS = ("council", "places")
"""Headings of a mapping of councils to lists of places; those without a place stand last."""
_EXCEL_TEXT = re.compile(r'="(.*)"')


_OTHERS = {b"\xd0\xcf\x11\xe0": "an old Office file (such as .xls)", b"%PDF": "a PDF", b"{\\rtf": "a rich text file"}
"""What a file is that begins so, and is no table of text."""
_WEB = re.compile(r"\s*<(?:!doctype html|html|table|meta)\b", re.IGNORECASE)
"""How a web page begins; sites give such pages out under the names of tables."""
_QUOTES = ("“”", "‘’", "''", "«»", "``")


class FileLine(NamedTuple):
    """A row of a file with the line that it begins on."""

    number: int
    cells: tuple[str, ...]
    hidden: bool = False
    """Out of sight in a workbook."""
    merged: frozenset[int] = frozenset()
    """Columns whose cell is one with a cell above, and repeats it."""


Score = Callable[[list[FileLine]], int]
"""How many places stand in some lines, by which delimiters are told apart."""


def decode_text(data: bytes, what: str = "the file") -> str:
    """Text of an uploaded file: UTF-8, UTF-16 or Windows-1252; LgrError if none of these, or too large."""
    too_large(data, what)
    encodings = ["utf-8-sig", "cp1252"]
    for mark, kind in _OTHERS.items():
        if data.startswith(mark):
            raise LgrError(f"{what} is {kind}; save it as an Excel workbook (.xlsx) or as CSV")
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        encodings = ["utf-32"]
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif data[:200].count(0) * 3 > len(data[:200]):  # plain letters take two bytes, one of them nought
        encodings = ["utf-16-le" if data[1:200:2].count(0) > data[:200:2].count(0) else "utf-16-be"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if _WEB.match(text):
            raise LgrError(
                f"{what} is a web page inside, whatever its name; open it in a spreadsheet and save it as CSV"
            )
        if "\0" not in text:
            return text
    raise LgrError(f"{what} is not a text file")


def as_utf8(data: bytes) -> bytes:
    """UTF-16 with its mark as UTF-8; anything else as it is."""
    if not data.startswith((b"\xff\xfe", b"\xfe\xff")) or data.startswith(b"\xff\xfe\0\0"):
        return data
    try:
        return data.decode("utf-16").encode()
    except UnicodeError:
        return data


def too_large(data: bytes, what: str) -> None:
    """LgrError for a file over MAX_BYTES."""
    if len(data) > MAX_BYTES:
        most = f"{MAX_BYTES / 1e6:.0f} MB"
        advice = SIMPLIFY if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{" else ""
        raise LgrError(f"{what} is {len(data) / 1e6:.1f} MB; a list of districts and councils is under {most}{advice}")


def lines_of_text(
    data: bytes, what: str, score: Score, loose: Callable[[str, int], Iterable[FileLine]] | None = None
) -> list[FileLine]:
    """The filled lines of delimited text, by the delimiter under which most places are found.

    `loose` parts lines of words, where that finds more.
    """
    text = decode_text(data, what).replace("\r\n", "\n").replace("\r", "\n")
    start = 1
    first, _, rest = text.partition("\n") if len(text) > 5 else (text, "", "")
    named = _SEP.fullmatch(first) if len(first) < 20 else None
    if named:
        text, start = rest, 2
    if not text.strip():
        raise LgrError(f"{what} is empty")
    filled = next(line for line in io.StringIO(text) if line.strip())
    tried = named[1] if named else sorted(DELIMITERS, key=lambda d: -filled.count(d))
    delimiter = max(tried, key=lambda d: score(list(islice(_parsed(text, d, start, what), 60)))) if tried else ","
    lines = list(islice(_parsed(text, delimiter, start, what), MAX_ROWS + 1))
    if loose is not None and len(text) <= LONGEST_LOOSE:
        words = list(islice(loose(text, start), MAX_ROWS + 1))
        if score(words[:60]) > score(lines[:60]):
            lines = words
    if not lines:
        raise LgrError(f"{what} is empty")
    lines = _unquoted(lines)
    if len(lines) > MAX_ROWS:
        raise LgrError(f"{what} has over {MAX_ROWS:,} rows; a file of one area's places has fewer")
    return lines


def _parsed(text: str, delimiter: str, start: int, what: str) -> Iterator[FileLine]:
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, skipinitialspace=True)
    at = start
    excel = '="' in text
    try:
        for row in reader:
            if len(row) > MAX_COLUMNS:
                raise LgrError(f"{what}, line {at}: over {MAX_COLUMNS} columns; a file of places has fewer")
            cells = tuple([plain(cell) for cell in row] if excel else [cell.strip() for cell in row])
            # The reader's own limit is one for the whole process, and other packages lift it.
            if any(len(cell) > LONGEST_CELL for cell in cells):
                raise csv.Error
            if any(cells):
                yield FileLine(at, cells)
            at = start + reader.line_num
    except csv.Error:
        raise LgrError(
            f"{what} cannot be read as a table: one of its cells is over {LONGEST_CELL:,} characters long"
        ) from None


def _unquoted(lines: list[FileLine]) -> list[FileLine]:
    """Cells without quotation marks of another kind than tables use, where every cell stands in such."""
    for first, last in ((pair[0], pair[1]) for pair in _QUOTES):
        if all(c[0] == first and c[-1] == last and len(c) > 2 for line in lines[:40] for c in line.cells if c):
            return [line._replace(cells=tuple(c.strip(first + last) for c in line.cells)) for line in lines]
    return lines


def plain(cell: str) -> str:
    """A cell without blanks around it, and without Excel's way of keeping a text a text."""
    cell = cell.strip()
    held = _EXCEL_TEXT.fullmatch(cell) if cell.startswith('="') else None
    return held[1].strip() if held else cell


def lines_of_mapping(data: bytes, what: str) -> list[FileLine] | None:
    """JSON that gives places to councils, as lines; None for anything else.

    An object that maps places to councils or councils to lists of places, itself or under `assignment`; or a list of
    records, also one a line.
    """
    too_large(data, what)
    try:
        held = _json(data.decode("utf-8-sig"), what)
    except (ValueError, RecursionError):
        return None
    if isinstance(held, list):
        return _records(held)
    if not isinstance(held, dict) or "format" in held:
        return None
    inner = held.get("plan")
    mapping = (inner if isinstance(inner, dict) else held).get("assignment", held)
    if not isinstance(mapping, dict) or not 0 < len(mapping) <= MAX_ROWS:
        return None
    lines = []
    if all(isinstance(v, list) and all(isinstance(t, str) for t in v) for v in mapping.values()) and any(
        len(v) > 1 for v in mapping.values()
    ):
        rows = [FileLine(n, (plain(k), "; ".join(v))) for n, (k, v) in enumerate(mapping.items(), start=1)]
        return [FileLine(0, LISTS), *sorted(rows, key=lambda row: not row.cells[1])]
    for number, (place, council) in enumerate(mapping.items(), start=1):
        if isinstance(council, list) and len(council) < 2:
            council = council[0] if council else None
        if council is not None and not isinstance(council, str | int | float):
            return None
        lines.append(FileLine(number, (plain(place), "" if council is None else plain(str(council)))))
    return [FileLine(0, ("place", "council")), *lines]


def _json(text: str, what: str) -> object:
    """JSON, or one JSON object a line. LgrError where an object gives a key twice."""

    def read(part: str) -> object:
        return json.loads(part, object_pairs_hook=lambda pairs: each_once(pairs, what))

    try:
        return read(text)
    except ValueError:
        rows = [read(line) for line in text.splitlines() if line.strip()]
        if len(rows) < 2 or not all(isinstance(r, dict) for r in rows):
            raise
        return rows


def _records(rows: list[object]) -> list[FileLine] | None:
    """A list of records as a table with a heading for each key; None where it is no such list."""
    if not 0 < len(rows) <= MAX_ROWS or not all(isinstance(r, dict) for r in rows):
        return None
    keys = list(dict.fromkeys(str(k) for r in rows if isinstance(r, dict) for k in r))[:MAX_COLUMNS]
    lines = [FileLine(0, tuple(keys))]
    for number, record in enumerate(rows, start=1):
        held = record if isinstance(record, dict) else {}
        cells = [held.get(k) for k in keys]
        lines.append(
            FileLine(number, tuple("" if c is None or isinstance(c, dict | list) else plain(str(c)) for c in cells))
        )
    return lines
