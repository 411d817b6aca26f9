"""A publisher's file as tables of text: a CSV is one, a workbook has one a sheet."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from lgrdata.core.models import LgrError

MOST_UNPACKED = 200_000_000


def tables(path: Path) -> Iterator[list[list[str]]]:
    """The rows of each table of a file, as text. LgrError for a file that cannot be read."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise LgrError(f"{path}: cannot be read ({error.strerror})") from None
    if raw[:2] == b"PK":
        yield from _sheets(path, raw)
        return
    if raw[:4] == b"\xd0\xcf\x11\xe0":
        raise LgrError(f"{path.name}: an old Excel workbook (.xls); open it, save as .xlsx, and load that")
    if raw.lstrip()[:15].lower().startswith((b"<!doctype", b"<html")) or raw[:5] == b"%PDF-":
        raise LgrError(f"{path.name}: a page, not a table; download the file itself (.xlsx or .csv), and load that")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    yield list(csv.reader(io.StringIO(text)))


def _sheets(path: Path, raw: bytes) -> Iterator[list[list[str]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as held:
            if "content.xml" in held.namelist():
                raise LgrError(f"{path.name}: an OpenDocument file (.ods); open it, save as .xlsx, and load that")
            if sum(entry.file_size for entry in held.infolist()) > MOST_UNPACKED:
                raise LgrError(f"{path.name}: too large once unpacked; save the one sheet as CSV")
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
        for sheet in book.worksheets:
            rows = [[_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
            width = max((len(row) for row in rows), default=0)
            yield [row + [""] * (width - len(row)) for row in rows]
        book.close()
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError):
        raise LgrError(f"{path.name}: a workbook that cannot be read; save the sheet as CSV") from None


def _text(value: object) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
