"""Which columns of a table hold the places and which the new council, known by what is in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from lgrdata.core.facts import AreaFacts
from lgrdata.core.models import MAX_COUNCILS, LgrError
from lgrdata.core.text import one_line, whole_number
from lgrdata.core.words import joined
from lgrdata.splits.assignment.decode import FileLine
from lgrdata.splits.assignment.places import LONGEST, Places, alike, code_like

SAMPLE = 400
NOBODY = frozenset(
    ("0", "-1", "na", "n/a", "#n/a", "zz", "none", "unassigned", "tbc", "tbd", "nan", "<na>", "null", "unallocated")
)
"""What stands, in any case, where a place is in no council yet."""
OWN = ("code", "council")
NUMBERED = (*OWN, "council number")
TO_FILL_IN = ("code", "name", "authority today", "council today", "new council")
"""Headings of this tool's own files; the number tells councils apart whose names alone would not."""
_NUMBER = re.compile(r"[-+]?[0-9,]*\.?[0-9]+%?")
_BEYOND = frozenset(
    alike(n)
    for n in (
        *("England", "East of England", "East Midlands", "West Midlands", "South East", "South West", "North West"),
        *("North East", "Yorkshire and The Humber", "London"),
    )
)
Form = Literal["a row a block", "a row a council", "a column a council", "polygons"]


@dataclass(frozen=True)
class Layout:
    """How a table is read. `places`: columns of places, the finest first; `first`, `last`: of the rows of places."""

    form: Form
    places: tuple[int, ...]
    council: int
    headings: tuple[str, ...]
    first: int
    last: int
    own: bool = False
    number: int = -1
    beside: tuple[int, ...] = ()
    """Columns that name the same places again, or the authority that a ward lies in."""
    chosen: bool = False

    def title(self, column: int) -> str:
        """A column as people call it: its heading, else its number."""
        return title(self.headings, column)


class ColumnError(LgrError):
    """Two columns could each be the new council; `layout` is what else was understood, where that is known."""

    layout: Layout | None = None
    table: Any = None
    """The same as findings (`understood.TableFinding`)."""


def title(headings: Sequence[str], column: int) -> str:
    """The heading of a column, else its number."""
    held = one_line(headings[column], 40) if column < len(headings) else ""
    return held or f"column {column + 1}"


def is_nobody(text: str) -> bool:
    """True for a marker of a place that no council has."""
    return text.casefold() in NOBODY


def _cell(line: FileLine, column: int) -> str:
    return line.cells[column] if column < len(line.cells) else ""


def score(places: Places, lines: Sequence[FileLine]) -> int:
    """Cells that name places, in rows of more than one cell; members of a cell count one by one."""
    found = 0
    for line in lines:
        if sum(1 for c in line.cells if c) > 1:
            found += sum(bool(places.find(c)) or len(places.members(c)) for c in line.cells if c)
    return found


def understand(places: Places, lines: Sequence[FileLine], what: str, column: str = "", place: str = "") -> Layout:
    """The layout of a table, its council and its places in the columns named, where they are.

    LgrError where none is found, ColumnError where two columns could both be the council.
    """
    own = _own(lines)
    if own is not None and not column and not place:
        return own
    width = max(len(line.cells) for line in lines)
    sample = lines[:SAMPLE]
    single, listed, filled = [0] * width, [0] * width, [0] * width
    for line in sample:
        for c, text in enumerate(line.cells):
            if text:
                filled[c] += 1
                if places.find(text):
                    single[c] += 1
                elif places.members(text):
                    listed[c] += 1
    found = [c for c in range(width) if single[c]]
    lists = [c for c in range(width) if listed[c] and (listed[c] + single[c]) * 2 >= filled[c]]
    if not found and not lists:
        raise LgrError(
            f"{what} names no place of {places.facts.area.name}: give each place’s code, such as"
            f" {places.facts.authorities[0].code}, or its name, and its new council beside it"
        )
    keys: tuple[int, ...] = ()
    beside: tuple[int, ...] = ()
    if place:
        key = _chosen_place(places, lines, [*found, *lists], what, place)
        keys, beside, lists = (key,), tuple(c for c in found if c != key), [key] if key in lists else []
    elif not lists:
        keys, beside = _place_columns(places, sample, found)
    if lists:
        return _rows_of_councils(places, lines, lists[0], width, what, column)
    held = [i for i, line in enumerate(lines) if any(places.find(_cell(line, c)) for c in keys)]
    first, last = _first_row(places, lines, keys, held[0]), held[-1]
    headings = lines[first - 1].cells if first else ()
    rest = [c for c in range(width) if c not in keys and c not in beside]
    rows = [lines[i] for i in held]
    if not column and not place and len(found) > 1 and first and _column_a_council(places, rows, found, rest, keys):
        return Layout("a column a council", tuple(found), -1, headings, first, last)
    try:
        council, chosen = council_column(places, rows, rest, beside, headings, what, column)
    except ColumnError as asked:
        asked.layout = Layout("a row a block", keys, -1, headings, first, last, beside=beside)
        raise
    # Who chose the column of the places knows that another names others.
    beside = () if place else tuple(c for c in beside if c != council)
    return Layout("a row a block", keys, council, headings, first, last, beside=beside, chosen=chosen)


def _first_row(places: Places, lines: Sequence[FileLine], keys: Sequence[int], first: int) -> int:
    """The first row of places: rows above the first that was found may hold a code or a name misspelt."""
    while first > 0:
        above = [_cell(lines[first - 1], c) for c in keys]
        if not any(code_like(text) or (text and places.close_to(text)) for text in above):
            break
        first -= 1
    return first


def _own(lines: Sequence[FileLine]) -> Layout | None:
    """This tool's own files say by their headings what they hold."""
    head = tuple(c.casefold() for c in lines[0].cells)
    if head not in (OWN, NUMBERED, TO_FILL_IN) or len(lines) < 2 or any(len(line.cells) > len(head) for line in lines):
        return None
    if head == TO_FILL_IN:
        return Layout("a row a block", (0,), head.index("new council"), lines[0].cells, 1, len(lines) - 1, own=True)
    number = 2 if head == NUMBERED else -1
    return Layout("a row a block", (0,), 1, lines[0].cells, 1, len(lines) - 1, own=True, number=number)


def _chosen_place(places: Places, lines: Sequence[FileLine], able: Sequence[int], what: str, place: str) -> int:
    """The column of places that was named. LgrError where no column of that title names a place."""

    def names_places(line: FileLine) -> bool:
        return any(places.find(_cell(line, c)) or places.members(_cell(line, c)) for c in able)

    first = next((i for i, line in enumerate(lines) if names_places(line)), 0)
    headings = lines[first - 1].cells if first else ()
    for c in able:
        if alike(title(headings, c)) == alike(place):
            return c
    others = joined([f"“{title(headings, c)}”" for c in able][:12])
    raise LgrError(f"{what} has no column “{one_line(place, 40)}” that names places; it has {others}")


def _place_columns(
    places: Places, sample: Sequence[FileLine], found: Sequence[int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The columns whose cells are the blocks, and those that name them again or their authorities."""
    told: dict[int, dict[int, str]] = {}
    for c in found:
        cells = {i: places.find(_cell(line, c)) for i, line in enumerate(sample)}
        told[c] = {i: (p[0].former or p[0].code) if len(p) == 1 else _cell(sample[i], c) for i, p in cells.items() if p}

    def worth(c: int) -> tuple[int, int, int]:
        coded = sum(code_like(_cell(sample[i], c)) for i in told[c])
        return len(set(told[c].values())), coded, -c

    key = max(found, key=worth)
    wards = {i for i, code in told[key].items() if code in places.parent}
    keys = [key]
    beside: list[int] = []
    for c in found:
        if c == key:
            continue
        shared = told[c].keys() & told[key].keys()
        spare = told[c].keys() - told[key].keys()
        if not shared and all(code_like(_cell(sample[i], c)) for i in spare):
            keys.append(c)
        elif shared and wards >= shared and all(places.parent[told[key][i]] == told[c][i] for i in shared):
            (keys if spare else beside).append(c)
        elif len(shared) * 5 >= len(told[key]) * 4 and len(set(told[c].values())) > 1 and _same(sample, told, key, c):
            beside.append(c)
    return tuple(keys), tuple(beside)


def _same(sample: Sequence[FileLine], told: dict[int, dict[int, str]], key: int, c: int) -> bool:
    """True where a column names the block of each row again; a code's slip of one row in ten is told later."""
    shared = told[c].keys() & told[key].keys()
    coded = all(code_like(_cell(sample[i], key)) for i in shared)
    agree = sum(told[key][i] == told[c][i] or _cell(sample[i], c) == told[key][i] for i in shared)
    return agree == len(shared) or (coded and agree * 10 >= len(shared) * 9)


def _column_a_council(
    places: Places, rows: Sequence[FileLine], found: Sequence[int], rest: Sequence[int], keys: Sequence[int]
) -> bool:
    """True where several columns list places, none of them twice."""
    if any(_cell(line, c) and not places.find(_cell(line, c)) for line in rows for c in rest if c not in found):
        return False
    each = [places.find(_cell(line, c)) for line in rows for c in found]
    codes = [p[0].code for p in each if p]
    return len(codes) == len(set(codes)) and not (len(keys) > 1)


def _rows_of_councils(
    places: Places, lines: Sequence[FileLine], members: int, width: int, what: str, column: str
) -> Layout:
    """The layout of a table with a council a row, its members in one cell."""
    held = [i for i, n in enumerate(lines) if places.members(_cell(n, members)) or places.find(_cell(n, members))]
    first, last = held[0], held[-1]
    headings = lines[first - 1].cells if first else ()
    rest = [c for c in range(width) if c != members]
    try:
        council, chosen = council_column(places, [lines[i] for i in held], rest, (), headings, what, column)
    except ColumnError as asked:
        asked.layout = Layout("a row a council", (members,), -1, headings, first, last)
        raise
    return Layout("a row a council", (members,), council, headings, first, last, chosen=chosen)


def council_column(
    places: Places,
    rows: Sequence[FileLine],
    rest: Sequence[int],
    beside: Sequence[int],
    headings: Sequence[str],
    what: str,
    column: str,
) -> tuple[int, bool]:
    """The column of the new council, and whether it was chosen by name."""
    if column:
        wanted = [c for c in (*rest, *beside) if alike(title(headings, c)) == alike(column)]
        if not wanted:
            others = joined([f"“{title(headings, c)}”" for c in (*rest, *beside)][:12]) or "none"
            raise LgrError(f"{what} has no column “{one_line(column, 40)}” beside its places; it has {others}")
        if len(wanted) > 1:
            raise LgrError(f"{what} has {len(wanted)} columns “{one_line(column, 40)}”; give each its own heading")
        return wanted[0], True
    values = {c: [_cell(line, c) for line in rows] for c in rest}
    held = [c for c in rest if any(values[c])]
    if not held:
        again = f"; {title(headings, beside[0])} names the places again" if beside else ""
        raise LgrError(f"{what} gives no council beside its places: it needs a column with the new council{again}")
    if len(held) == 1:
        return held[0], False
    able = [c for c in held if _able(places.facts, rows, values[c])]
    # A column that says the same everywhere tells no councils apart where another does.
    able = [c for c in able if len(set(values[c]) - {""}) > 1] or able
    if len(able) > 1:
        able = _grouping_apart(values, able)
    if len(able) == 1:
        return able[0], False
    if not able:
        fewest = [c for c in held if len(set(values[c])) <= MAX_COUNCILS]
        if len(fewest) == 1:
            return fewest[0], False
        able = fewest or held
    named = joined([f"“{title(headings, c)}”" for c in able[:6]])
    could = f"{what}: {named} could each be the new council; say which"
    raise ColumnError(f'{could}, as in --column "{title(headings, able[-1])}"', on_screen=could)


def _able(facts: AreaFacts, rows: Sequence[FileLine], values: Sequence[str]) -> bool:
    """True where a column may well be the new council: few values, not one that is known to be something else."""
    plain = set(values)
    if len(plain) > 4 * MAX_COUNCILS or max(map(len, plain)) > LONGEST:
        return False
    real = {alike(v) for v in plain if v and not is_nobody(v)}
    if not real or len(real) > MAX_COUNCILS or 2 * sum(bool(v) for v in values) < len(values):
        return False
    if all(_NUMBER.fullmatch(v) for v in real):
        whole = [whole_number(v) for v in real]
        if any(n is None or n > 99 for n in whole):
            return False
        if len(plain) == len(values) > 2 and [whole_number(v) for v in values] == list(
            range(whole_number(values[0]) or 0, (whole_number(values[0]) or 0) + len(values))
        ):
            return False
        return len(real) > 1
    today = {alike(n) for n in (*facts.upper_names, *facts.upper_codes, facts.area.name, facts.area.full_name)}
    shorter = {v.removesuffix("countycouncil").removesuffix("council") for v in real}
    return not (shorter <= today | _BEYOND)


def _grouping_apart(values: dict[int, list[str]], able: Sequence[int]) -> list[int]:
    """One column for each way of grouping: of two that group alike, the one in words."""
    kept: dict[tuple[int, ...], int] = {}
    for c in able:
        order: dict[str, int] = {}
        group = tuple(order.setdefault(alike(v), len(order)) for v in values[c])
        other = kept.get(group)
        if other is None or (_plain(values[other]) and not _plain(values[c])):
            kept[group] = c
    return list(kept.values())


def _plain(values: Sequence[str]) -> bool:
    """True for a column of numbers or short codes."""
    return all(_NUMBER.fullmatch(v) or len(v) < 4 or code_like(v) for v in values if v)
