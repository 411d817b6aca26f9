"""Block assignment files: the interchange form of redistricting tools, one row a block (code, council).

Written plainly; read generously (byte order mark, semicolons or tabs, extra columns, blank lines, trailing blanks,
columns in any order or case), or refused with a reason. A file is read whole or not at all.
"""

from __future__ import annotations

import csv
import io

from lgrdata.core.cells import csv_text, plain_cell
from lgrdata.core.facts import AreaFacts
from lgrdata.core.models import LgrError
from lgrdata.core.text import one_line
from lgrdata.splits.split import Split, make

MAX_BYTES = 1_000_000
MAX_NAME = 80
_CODE_HEADINGS = ("code", "block", "block_code", "geoid", "authority_code", "ward_code")
_COUNCIL_HEADINGS = ("council", "district", "assignment", "new council", "unitary", "unitary_name")


def write(split: Split) -> str:
    """CSV text with the header code,council: authorities, then wards that differ from theirs.

    A name that a spreadsheet would run as a formula gets an apostrophe before it, which `read` takes off again.
    """
    return csv_text(("code", "council"), split.block_assignment())


def decode_text(data: bytes, what: str = "the file") -> str:
    """Text of an uploaded file: UTF-8, UTF-16 with a byte order mark, or Windows-1252; LgrError if none of these."""
    if len(data) > MAX_BYTES:
        raise LgrError(f"{what} is {len(data) / 1e6:.1f} MB; a block assignment file is under 1 MB")
    encodings = ["utf-16"] if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        if "\0" not in text:
            return text
    raise LgrError(f"{what} is not a text file")


def read(facts: AreaFacts, data: bytes, what: str = "the file") -> Split:
    """The split in a block assignment file of this area.

    LgrError, naming the line, for missing columns, codes of another area, codes given twice, blank councils, and
    authorities left out. Names are cut to 80 characters.
    """
    header, rows = _table(data, what)
    code_at, council_at = _columns(header, what)
    pairs: dict[str, str] = {}
    lines: dict[str, int] = {}
    for n, row in rows:
        code = row[code_at].upper() if code_at < len(row) else ""
        council = row[council_at] if council_at < len(row) else ""
        council = one_line(plain_cell(council), MAX_NAME)
        if not code and not council:
            continue
        fault = _fault(facts, code, council, lines)
        if fault:
            raise LgrError(f"{what}, line {n}: {fault}")
        lines[code], pairs[code] = n, council
    try:
        split = make(facts, pairs)
    except LgrError as fault:
        raise LgrError(f"{what}: {fault}", reason=fault.reason, on_screen=f"{what}: {fault.on_screen}") from None
    if split.left_out:
        raise LgrError(f"{what} leaves out {_some(facts, split.left_out)}; give every block a council")
    return split


def _table(data: bytes, what: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The headings in small letters, and the rows below that hold anything, each with its line."""
    text = decode_text(data, what).replace("\r\n", "\n").replace("\r", "\n")
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t|", key=first.count)
    try:
        rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    except csv.Error:
        raise LgrError(
            f"{what} cannot be read as a table: one of its cells is over {csv.field_size_limit():,} characters long"
        ) from None
    numbered = [(n, row) for n, row in enumerate(rows, start=1) if any(row)]
    if not numbered:
        raise LgrError(f"{what} is empty")
    return [cell.lower() for cell in numbered[0][1]], numbered[1:]


def _columns(header: list[str], what: str) -> tuple[int, int]:
    """Where the codes stand and where the councils."""
    code_at = next((header.index(h) for h in _CODE_HEADINGS if h in header), None)
    council_at = next((header.index(h) for h in _COUNCIL_HEADINGS if h in header), None)
    if code_at is None or council_at is None:
        found = one_line(", ".join(c for c in header if c), 80)
        raise LgrError(f"{what} needs columns code and council in its first line; it has {found or 'none'}")
    return code_at, council_at


def _fault(facts: AreaFacts, code: str, council: str, lines: dict[str, int]) -> str:
    """What is wrong with a row, '' for a good one; `lines` holds where each code stood before."""
    if not code:
        return "no code"
    if not council:
        return f"{one_line(code, 40)} has no council"
    if code in lines:
        return f"{code} is given twice (first on line {lines[code]})"
    if code not in facts.authority_index and code not in facts.ward_index:
        return f"{one_line(code, 40) or 'its code'} is not an authority or ward of {facts.area.name}"
    return ""


def _some(facts: AreaFacts, codes: tuple[str, ...]) -> str:
    by_code = {a.code: a.name for a in facts.authorities} | {w.code: w.name for w in facts.wards}
    shown = [f"{by_code[c]} ({c})" for c in codes[:3]]
    return ", ".join(shown) + (f" and {len(codes) - 3} more" if len(codes) > 3 else "")
