"""Tables in looser forms, brought into rows of a place and its council: lists, marks in columns, groups, rulers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from lgrdata.core.models import MAX_COUNCILS
from lgrdata.core.text import one_line
from lgrdata.core.words import counted, joined
from lgrdata.splits.assignment.columns import Layout
from lgrdata.splits.assignment.decode import FileLine
from lgrdata.splits.assignment.places import Places, alike, code_like

PARTED = re.compile(r"\s*(?::|=>|=|->|→|⇒|\t|\s{2,}|\s[-–—]\s)\s*")
"""What stands between a place and its council, or a council and its places, in words."""
_CODE_FIRST = re.compile(r"([A-Za-z][0-9]{8})\s+(\S.*)")
_BULLET = re.compile(r"^(?:[-*•·–—]\s*|[0-9]{1,3}[.)]\s+)")
_RULER = re.compile(r"[-=:+ ]{3,}")
_YES = frozenset(("x", "✓", "✔", "✗", "y", "yes", "1", "true", "*", "•", "●"))
_NO = frozenset(("", "0", "n", "no", "false", "-", "–"))


def without_rulers(lines: Sequence[FileLine]) -> list[FileLine]:
    """Without lines drawn of dashes under headings, as Markdown and some databases print them."""
    return [n for n in lines if not all(_RULER.fullmatch(c) for c in n.cells if c)]


def parted(text: str, start: int) -> Iterator[FileLine]:
    """Lines of words as two cells, parted once: 'Elmbridge: East', 'East = Elmbridge, Woking', 'E07000207 East'."""
    for number, line in enumerate(text.split("\n"), start=start):
        plain = _BULLET.sub("", line.strip())
        coded = _CODE_FIRST.fullmatch(plain)
        cells = coded.groups() if coded else tuple(PARTED.split(plain, maxsplit=1))
        if any(cells):
            yield FileLine(number, tuple(c.strip().strip(".;,") for c in cells))


def turned(places: Places, lines: Sequence[FileLine]) -> list[FileLine] | None:
    """A table that lies on its side, its places in one row, stood up; None for others."""
    width = max(len(line.cells) for line in lines)
    if len(lines) > 4 or width <= len(lines) or not any(sum(bool(places.find(c)) for c in n.cells) > 2 for n in lines):
        return None
    columns = zip(*((*line.cells, *[""] * (width - len(line.cells))) for line in lines), strict=True)
    return [FileLine(lines[0].number, cells) for cells in columns if any(cells)]


def under_headings(places: Places, lines: Sequence[FileLine]) -> list[FileLine] | None:
    """A list of places under the names of their councils, as rows; None for what is no such list."""
    if any(len([c for c in line.cells if c]) != 1 for line in lines):
        return None
    rows, council, councils = [], "", 0
    for line in lines:
        text = _BULLET.sub("", next(c for c in line.cells if c)).strip()
        if places.find(text.rstrip(".;,")):
            if not council:
                return None
            rows.append(FileLine(line.number, (text.rstrip(".;,"), council)))
        elif code_like(text) or (rows and rows[-1].number == line.number - 1 and places.close_to(text)):
            rows.append(FileLine(line.number, (text, council)))
        else:
            council, councils = text.rstrip(":"), councils + 1
    enough = 1 < councils <= MAX_COUNCILS + 1 and len(rows) >= councils
    return [FileLine(0, ("place", "council")), *rows] if enough else None


def marked(places: Places, lines: Sequence[FileLine], column: str = "") -> tuple[list[FileLine], str] | None:
    """A column a council with a mark in the row of each of its places, as rows, and which columns those are.

    None for others: a place marked twice, or said to be in none of them, tells that they are no councils but facts or
    plans of their own, as does a `column` chosen among them.
    """
    held = [i for i, line in enumerate(lines) if any(places.find(c) for c in line.cells)]
    if not held or held[0] == 0:
        return None
    head, body = lines[held[0] - 1], [lines[i] for i in held]
    width = len(head.cells)

    def cell(line: FileLine, c: int) -> str:
        return line.cells[c].casefold() if c < len(line.cells) else ""

    marks = [
        c for c in range(width)
        if head.cells[c] and any(cell(n, c) in _YES for n in body) and all(cell(n, c) in _YES | _NO for n in body)
    ]  # fmt: skip
    if not 1 < len(marks) <= MAX_COUNCILS:
        return None
    chosen = [[c for c in marks if cell(n, c) in _YES] for n in body]
    if any(len(c) > 1 for c in chosen) or len({c[0] for c in chosen if c}) < 2:
        return None
    denied = any(not c and any(cell(n, m) for m in marks) for n, c in zip(body, chosen, strict=True))
    if denied or (column and alike(column) in {alike(head.cells[c]) for c in marks}):
        return None
    rest = [c for c in range(width) if c not in marks]

    def row(line: FileLine, council: str) -> FileLine:
        return FileLine(line.number, (*(line.cells[c] if c < len(line.cells) else "" for c in rest), council))

    rows = {n.number: row(n, head.cells[c[0]] if c else "") for n, c in zip(body, chosen, strict=True)}
    names = [one_line(head.cells[c], 40) for c in marks]
    told = f"columns {joined(names)} read as the new councils, each of the places marked in it"
    return [row(n, " / ".join(names)) if n is head else rows.get(n.number) or row(n, "") for n in lines], told


def filled_down(lines: Sequence[FileLine], layout: Layout) -> tuple[list[FileLine], str] | None:
    """Rows in groups whose council stands in the first of each alone, left of its places, and what was filled.

    None for others, and where the places stand in one order from the first row to the last: a list by name or by code
    is not put into groups, so its blank cells have yet to be filled in.
    """
    council, rows = layout.council, lines[layout.first : layout.last + 1]
    if not layout.places or not 0 <= council <= min(layout.places):
        return None

    def column(c: int) -> list[str]:
        return [line.cells[c] if c < len(line.cells) else "" for line in rows]

    cells = column(council)
    given = [cell for cell in cells if cell]
    if not 1 < len(given) == len(set(given)) <= MAX_COUNCILS or len(given) == len(rows) or not cells[0]:
        return None
    if any(_in_order([t.casefold() for t in column(c) if t]) for c in (*layout.places, *layout.beside)):
        return None
    out, held = [], ""
    for line, cell in zip(rows, cells, strict=True):
        held = cell or held
        out.append(line._replace(cells=(*line.cells[:council], held, *line.cells[council + 1 :])))
    many = counted(len(rows) - len(given), "row")
    told = f"rows without a council were taken to belong to the council named above them: {many}"
    return [*lines[: layout.first], *out, *lines[layout.last + 1 :]], told


def _in_order(texts: Sequence[str]) -> bool:
    return all(a <= b for a, b in pairwise(texts))
