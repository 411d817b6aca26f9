"""Tables as CSV that a spreadsheet opens without running anything."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

_FORMULA = re.compile(r"'*(\s*[=+\-@＝＋－＠]|[\t\n])")
"""How a text begins that a spreadsheet runs, or, with apostrophes before it, one that stands for such a text."""
_NUMBER = re.compile(r" *[+\-−]?£?([0-9][0-9,]*(\.[0-9]*)?|\.[0-9]+)(e[+\-]?[0-9]+)?%?\s*", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def safe_cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula: text that begins like one gets an apostrophe; numbers stay.

    Control characters but tab and line end are dropped, since some spreadsheets overlook them; None is an empty cell.
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    text = _UNSEEN.sub("", value)
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def plain_cell(text: str) -> str:
    """What `safe_cell` was given: the text without the apostrophe that it puts before."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def csv_text(head: Sequence[str], rows: Iterable[Sequence[object]], line_end: str = "\n") -> str:
    """Rows as CSV, each cell safe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator=line_end)
    writer.writerow([safe_cell(cell) for cell in head])
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue()
