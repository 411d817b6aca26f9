"""Whether a file of counts looks like a list of people: it is then refused whole, and none of it is repeated."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from lgrdata.core.text import whole_number

_HEADINGS = re.compile(
    r"\b(?:fore|sur|first|last|middle|given|family|full|client|child|person|pupil|service user)[ _-]?names?\b"
    r"|\b(?:initials|dob|d\.o\.b\.|birth|born|nhs|nino|national insurance|upn|passport)\b"
    r"|\b(?:e-?mail|phone|mobile|telephone)\b"
    r"|\b(?:address|postcode|post code|gender|ethnicity|diagnosis)\b"
    r"|\b(?:client|case|person|pupil|child|patient|service user|record|swift|mosaic|liquidlogic)[ _-]?"
    r"(?:id|no|number|ref|reference)\b|\breference(?: number)?\b",
    re.IGNORECASE,
)
_VALUES = (
    (re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?: .*)?|(?:19|20)\d\d-\d\d-\d\d(?:[ T].*)?"), "dates"),
    (re.compile(r"\d{1,2} [A-Za-z]{3,9} (?:19|20)\d\d"), "dates"),
    (re.compile(r"\d{3}[ -]\d{3}[ -]\d{4}"), "numbers like an NHS number"),
    (re.compile(r"[A-Za-z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-Da-d]"), "numbers like a National Insurance number"),
    (re.compile(r"[A-Za-z]\d{11}[\dA-Za-z]"), "numbers like a pupil number"),
    (re.compile(r"[^@\s]+@[^@\s]+\.\w+"), "e-mail addresses"),
    (re.compile(r"[A-Za-z]{1,2}\d[A-Za-z\d]? ?\d[A-Za-z]{2}"), "postcodes"),
    (re.compile(r"[A-Za-z]{1,4}[-/ ]?\d{4,7}"), "reference numbers"),
)
FEWEST_ROWS = 6
"""From so many lines on, a place that comes again and again is told from one given twice by mistake."""

_NAME = re.compile(r"[A-Z][a-zA-Z'’-]+(?:,? [A-Z][a-zA-Z'’.-]*){1,3}")


def like_people(
    heading: Sequence[str], rows: Sequence[Sequence[str]], places: Container[str], code_at: int | None
) -> list[str]:
    """Why a table looks like one of people, by column; empty where it does not.

    `places`: names in small letters; `code_at`: the column of places' codes.
    """
    found = []
    for at, name in enumerate(heading):
        cells = [row[at] for row in rows if at < len(row) and row[at]]
        why = _why(name.replace("_", " "), cells, places)
        if why:
            found.append(f"column {at + 1} {why}")
    codes = [row[code_at] for row in rows if code_at is not None and code_at < len(row)]
    if len(codes) >= FEWEST_ROWS and 2 * len(set(codes)) <= len(codes):
        found.append("the same place stands on many lines, as where each is a person")
    return found


def _why(heading: str, cells: Sequence[str], places: Container[str]) -> str:
    if _HEADINGS.search(heading):
        return "is headed as one about people is"
    for pattern, what in _VALUES:
        if any(pattern.fullmatch(cell) for cell in cells):
            return f"holds {what}"
    if any(len(cell) == 10 for cell in cells) and all(_nhs(cell) for cell in cells if len(cell) == 10):
        return "holds numbers like an NHS number"
    # A place may be spelt otherwise than here; where most are strange, they are no places.
    strange = [cell for cell in cells if _NAME.fullmatch(cell) and cell.lower() not in places]
    return "holds what may be people’s names" if 2 * len(strange) > len(cells) else ""


def _nhs(cell: str) -> bool:
    """Whether ten digits have the check digit of an NHS number."""
    if whole_number(cell) is None:
        return False
    check = 11 - sum(int(d) * (10 - n) for n, d in enumerate(cell[:9])) % 11
    return check % 11 == int(cell[9])
