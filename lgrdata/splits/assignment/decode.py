"""From a file's bytes to lines of cells, each with its number in the file, whatever wrote it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import NamedTuple

from lgrdata.core.models import LgrError
from lgrdata.core.text import each_once

MAX_BYTES = 5_000_000
MAX_ROWS = 20_000
MAX_COLUMNS = 200
SIMPLIFY = "; simplify its outlines, as with mapshaper -simplify 10%, or “Simplify” in QGIS"
"""What to do about polygons that are too fine to be read."""
DELIMITERS = ",;\t|"
_SEP = re.compile(r"\s*\"?sep=(.)\"?\s*", re.IGNORECASE)
_EXCEL_TEXT = re.compile(r'="(.*)"')


class FileLine(NamedTuple):
    """A row of a file with the line that it begins on."""

    number: int
    cells: tuple[str, ...]


Score = Callable[[list[FileLine]], int]
"""How many places stand in some lines, by which delimiters are told apart."""


def decode_text(data: bytes, what: str = "the file") -> str:
    """Text of an uploaded file: UTF-8, UTF-16 or Windows-1252; LgrError if none of these, or too large."""
    too_large(data, what)
    encodings = ["utf-8-sig", "cp1252"]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif data[:200].count(0) * 3 > len(data[:200]):  # plain letters take two bytes, one of them nought
        encodings = ["utf-16-le" if data[1:200:2].count(0) > data[:200:2].count(0) else "utf-16-be"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if "\0" not in text:
            return text
    raise LgrError(f"{what} is not a text file")


def too_large(data: bytes, what: str) -> None:
    """LgrError for a file over MAX_BYTES."""
    if len(data) > MAX_BYTES:
        most = f"{MAX_BYTES / 1e6:.0f} MB"
        advice = SIMPLIFY if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{" else ""
        raise LgrError(f"{what} is {len(data) / 1e6:.1f} MB; a list of districts and councils is under {most}{advice}")


def lines_of_text(data: bytes, what: str, score: Score) -> list[FileLine]:
    """The filled lines of delimited text, by the delimiter under which most places are found."""
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
    if not lines:
        raise LgrError(f"{what} is empty")
    if len(lines) > MAX_ROWS:
        raise LgrError(f"{what} has over {MAX_ROWS:,} rows; a file of one area's places has fewer")
    return lines


def _parsed(text: str, delimiter: str, start: int, what: str) -> Iterator[FileLine]:
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    at = start
    excel = '="' in text
    try:
        for row in reader:
            if len(row) > MAX_COLUMNS:
                raise LgrError(f"{what}, line {at}: over {MAX_COLUMNS} columns; a file of places has fewer")
            cells = tuple([plain(cell) for cell in row] if excel else [cell.strip() for cell in row])
            if any(cells):
                yield FileLine(at, cells)
            at = start + reader.line_num
    except csv.Error:
        raise LgrError(
            f"{what} cannot be read as a table: one of its cells is over {csv.field_size_limit():,} characters long"
        ) from None


def plain(cell: str) -> str:
    """A cell without blanks around it, and without Excel's way of keeping a text a text."""
    cell = cell.strip()
    held = _EXCEL_TEXT.fullmatch(cell) if cell.startswith('="') else None
    return held[1].strip() if held else cell


def lines_of_mapping(data: bytes, what: str) -> list[FileLine] | None:
    """A JSON object that maps places to councils, itself or under `assignment`, as lines; None for anything else."""
    too_large(data, what)
    try:
        held = json.loads(data.decode("utf-8-sig"), object_pairs_hook=lambda pairs: each_once(pairs, what))
    except (ValueError, RecursionError):
        return None
    if not isinstance(held, dict) or "format" in held:
        return None
    mapping = held.get("assignment", held)
    if not isinstance(mapping, dict) or not 0 < len(mapping) <= MAX_ROWS:
        return None
    lines = []
    for number, (place, council) in enumerate(mapping.items(), start=1):
        if isinstance(council, list) and len(council) == 1:
            council = council[0]
        if council is not None and not isinstance(council, str | int | float):
            return None
        lines.append(FileLine(number, (plain(place), "" if council is None else plain(str(council)))))
    return [FileLine(0, ("place", "council")), *lines]
