"""A file that gives places to councils, as a split: what was understood of it, and every fault at once."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from lgrdata.core.cells import plain_cell
from lgrdata.core.facts import AreaFacts
from lgrdata.core.models import LgrError
from lgrdata.core.text import one_line, whole_number
from lgrdata.core.words import counted, joined
from lgrdata.reading.tables import Faults
from lgrdata.splits.assignment import columns, decode, loose, workbook
from lgrdata.splits.assignment.columns import ColumnError, Layout, is_nobody
from lgrdata.splits.assignment.decode import FileLine
from lgrdata.splits.assignment.places import Place, Places, alike, code_like
from lgrdata.splits.assignment.understood import LeftRow, TableFinding, understood
from lgrdata.splits.split import OUT, Split, from_arrays, make

MAX_NAME = 80
UNASSIGNED = "unassigned"
SHOWN = 200
ZIP = b"PK\x03\x04"
_TOTAL = re.compile(r"(grand |sub-?\s?)?totals?\b|all\b|sum\b|whole area\b", re.IGNORECASE)
_DIGITS = "0123456789"
_POINT_NOUGHT = re.compile(r"(?<=^[0-9])\.0+$|(?<=^[0-9]{2})\.0+$")
_NOTE = re.compile(r"(notes?|sources?|footnotes?)\b|[*†‡\[(]|[0-9]\)", re.IGNORECASE)


@dataclass(frozen=True)
class Choices:
    """What was said with a file. `column`: the new council's; `place`: the places'; `nobody` False: every value is a
    council.

    `unfinished`: a blank or absent row leaves its place with nobody, where a command would call it a fault.
    """

    column: str = ""
    nobody: bool = True
    unfinished: bool = False
    place: str = ""


PLAIN = Choices()


@dataclass(frozen=True)
class Reading:
    """A split as a file gives it, how the file was understood, and what to look at twice."""

    split: Split
    notes: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    table: TableFinding | None = None
    """How its columns were read, or the properties of its polygons; None of polygons without any."""
    nobody: bool = False
    """A marker was read as nobody's."""
    former: tuple[str, ...] = ()
    """Of the notes, those that `table` does not show: former names, councils filled down; of polygons, all."""


class FileFaults(Faults):
    """Every fault of a file: a line each for a command, the first few in one line for a page."""

    table: TableFinding | None = None

    def __str__(self) -> str:
        shown = "; ".join(self.faults[:3])
        more = len(self.faults) - 3
        return one_line(shown, 560) + (f"; and {counted(more, 'more fault')}" if more > 0 else "")


@dataclass
class FileFinding:
    """What is gathered on the way through a file."""

    what: str
    rows: dict[str, tuple[str, int, str]] = field(default_factory=dict)
    """By block: council as written, line, and the council's number in a file of this tool's own."""
    parts: dict[str, dict[str, tuple[str, int, str]]] = field(default_factory=lambda: defaultdict(dict))
    left: list[LeftRow] = field(default_factory=list)
    former: dict[str, Place] = field(default_factory=dict)
    blank: dict[str, str] = field(default_factory=dict)
    """By block: that its row gives no council."""
    faults: list[str] = field(default_factory=list)
    gaps: bool = False
    """A row gives a council and no place."""
    unworked: str = ""
    """That a workbook holds formulas without results, which read as blank cells; '' where it holds none."""

    def fault(self, line: int, words: str) -> None:
        self.faults.append(f"{self.what}, line {line}: {words}" if line else f"{self.what}: {words}")


def read(facts: AreaFacts, data: bytes, what: str = "the file", choices: Choices = PLAIN) -> Reading:
    """The split in a file of this area. LgrError, or FileFaults with a line for each fault, where it is wrong."""
    places = Places(facts)
    faults: list[LgrError] = []
    sheets = tables(places, data, what)
    unworked = workbook.unworked(data, what) if data.startswith(ZIP) else ""
    for given in sheets:
        lines: Sequence[FileLine] = loose.without_rulers(given)
        marks = loose.marked(places, lines, choices.column)
        lines = marks[0] if marks else loose.under_headings(places, lines) or loose.turned(places, lines) or lines
        try:
            layout = columns.understand(places, lines, what, choices.column, choices.place)
        except LgrError as fault:
            if isinstance(fault, ColumnError) and fault.layout is not None:
                fault.table = understood(places, lines, fault.layout)
            faults.append(fault)
            continue
        by_marks, filled = marks[1] if marks and layout.council == len(layout.headings) - 1 else "", ""
        if layout.form == "a row a block" and not layout.own and (grouped := loose.filled_down(lines, layout)):
            lines, filled = grouped
        return _read(places, lines, layout, choices, by_marks, filled, FileFinding(what, unworked=unworked))
    if unworked:
        raise LgrError(unworked)
    raise faults[0] if faults else LgrError(f"{what} is empty")


def tables(places: Places, data: bytes, what: str) -> Iterable[Sequence[FileLine]]:
    """The tables of a file: the sheets of a workbook, else the one of a text or of a JSON mapping."""
    if data.startswith(ZIP):
        decode.too_large(data, what)
        return [sheet for sheet in workbook.sheets(data, what) if sheet]
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[") and (
        held := decode.lines_of_mapping(data, what)
    ):
        return [held]
    return [decode.lines_of_text(data, what, lambda lines: columns.score(places, lines), loose.parted)]


def _read(
    places: Places, lines: Sequence[FileLine], layout: Layout, choices: Choices, marks: str, filled: str,
    found: FileFinding,
) -> Reading:  # fmt: skip
    """The split of a table's rows; `marks` and `filled`: what `loose.marked` and `loose.filled_down` say of them."""
    if layout.form == "a column a council":
        _by_column(places, lines, layout, found)
    else:
        for i, line in sorted(enumerate(lines), key=lambda each: each[1].hidden):
            if i != layout.first - 1:
                _row(places, line, i, layout, found)
    for line in lines[: max(layout.first - 1, 0)] if layout.form == "a column a council" else ():
        found.left.append(_left("title", line))
    _merged(places, found)
    table = understood(places, lines, layout, found.left)
    try:
        former = (*([filled] if filled else []), *_former(places, found))
        reading = finished(places, found, layout.number, found.what, choices, (*_notes(layout, found, marks), *former))
    except FileFaults as faults:
        faults.table = table
        raise
    return replace(reading, table=table, former=former)


def finished(
    places: Places, found: FileFinding, numbered: int, what: str, choices: Choices, notes: Iterable[str]
) -> Reading:
    """The split of what was found, with every fault, warning and note of it."""
    names, nobody, warnings = _names(found, numbered, choices)
    # A ward's row left blank leaves the ward with its authority, where that is given; an authority's says nothing
    # where all its wards are given.
    lacking = {a for w, a in places.parent.items() if w not in found.rows}
    parted = set(places.parent.values()) - lacking
    blank = [
        line for code, line in found.blank.items() if places.parent.get(code) not in found.rows and code not in parted
    ]
    if blank and not choices.unfinished:
        found.faults += blank
    if found.faults and found.unworked and (blank or found.gaps):
        found.faults.insert(0, found.unworked)
    if found.faults:
        more = len(found.faults) - SHOWN
        raise FileFaults([*found.faults[:SHOWN], *([f"{what}: and {more:,} more faults"] if more > 0 else [])])
    split = _split(places, found, names, nobody, what)
    absent = [c for c in split.left_out if c not in _given_up(places, nobody)]
    if absent and not choices.unfinished:
        lacks = f"{what} leaves out {_some(places, absent)}; give every block a council, or “{UNASSIGNED}”"
        raise FileFaults([found.unworked, lacks]) if found.unworked else LgrError(lacks)
    if absent:
        warnings += [found.unworked] if found.unworked else []
        warnings.append(
            f"{_some(places, absent)} {'are' if len(absent) > 1 else 'is'} in no council yet: {what} gives none"
        )
    return Reading(split, tuple(notes), tuple(warnings), nobody=bool(nobody) and numbered < 0)


def _cell(line: FileLine, column: int) -> str:
    return line.cells[column] if 0 <= column < len(line.cells) else ""


def _left(kind: str, line: FileLine) -> LeftRow:
    return LeftRow(kind, line.number, one_line(", ".join(c for c in line.cells if c), 120))


def _row(places: Places, line: FileLine, index: int, layout: Layout, found: FileFinding) -> None:
    """One row: its place or places and their council; or a title, a total, a footnote; or a fault."""
    council, number = _cell(line, layout.council), _cell(line, layout.number)
    named = [t for c in layout.places if (t := _cell(line, c))]
    around = frozenset(
        p.code for c in layout.beside for p in places.find(_cell(line, c)) if p.code not in places.parent
    )
    if layout.form == "a row a council" and named and council:
        text = named[0]
        for token in places.members(text) or [text]:
            _take(places, token, council, number, line, found, around)
        return
    if layout.headings == decode.LISTS and council and not named:
        found.left.append(LeftRow(f"{one_line(council, 40)} has no place", line.number, one_line(council, 120)))
        return
    # Of a ward's code and its authority's, the finer is the place.
    text = next((t for t in named if places.find(t)), "")
    if text:
        _disagreeing(places, text, line, layout, found)
        _take(places, text, council, number, line, found, around)
        return
    filled = [c for c in line.cells if c]
    outside = index < layout.first or index > layout.last
    if layout.headings and line.cells == layout.headings:
        found.left.append(_left("headings again", line))
    elif any(_TOTAL.match(c) for c in filled) and not any(code_like(c) for c in filled):
        found.left.append(_left("total", line))
    elif named and alike(named[0]) in (alike(places.facts.area.name), *map(alike, places.facts.upper_codes)):
        found.left.append(_left("the whole area", line))
    elif outside and not layout.own and (len(filled) == 1 or _NOTE.match(filled[0])) and not code_like(filled[0]):
        found.left.append(_left("title" if index < layout.first else "footnote", line))
    elif named:
        _take(places, named[0], council, number, line, found, around)
    else:
        found.gaps = found.gaps or bool(council)
        found.fault(line.number, "no code or name of a place" if council else "no place and no council")


def _disagreeing(places: Places, text: str, line: FileLine, layout: Layout, found: FileFinding) -> None:
    """A fault where the name beside a code is another place's."""
    own = places.one(text)
    for c in layout.beside:
        other = places.one(_cell(line, c))
        if own and other and own.code != other.code and places.parent.get(own.code) != other.code:
            called = f"{text} is {places.names[own.code]}, but {one_line(_cell(line, c), 40)} stands beside it"
            found.fault(line.number, called)


def _take(
    places: Places,
    text: str,
    council: str,
    number: str,
    line: FileLine,
    found: FileFinding,
    around: frozenset[str] = frozenset(),
) -> None:
    """Give the place that a text names to a council; a fault where it names none, several, or one given before."""
    place = places.one(text, around)
    if place is None:
        several = places.find(text)
        if several:
            where = joined([places.names[places.parent[p.code]] for p in several if p.code in places.parent])
            found.fault(line.number, f"{one_line(text, 40)} is a ward of {where}; give its code")
            return
        near = "" if code_like(text) else places.close_to(text)
        named = one_line(text, 40) or "its code"
        asked = f"; is {near} meant?" if near else ""
        found.fault(line.number, f"{named} is not an authority or ward of {places.facts.area.name}{asked}")
        return
    if not council:
        found.blank[place.code] = f"{found.what}, line {line.number}: {one_line(text, 40)} has no council"
        return
    held = found.parts[place.code] if place.part else found.rows
    key = place.part or place.code
    if key in held:
        before, first, _ = held[key]
        if alike(before) == alike(council):
            found.left.append(_left("repeated", line))
        elif line.hidden:
            found.left.append(_left("hidden, and a row in sight says otherwise", line))
        else:
            other = f"given twice (first on line {first}), to {one_line(before, 40)} and to {one_line(council, 40)}"
            found.fault(line.number, f"{one_line(text, 40)} is {other}")
        return
    held[key] = (council, line.number, number)
    if place.former:
        found.former[one_line(text, 60)] = place


def _by_column(places: Places, lines: Sequence[FileLine], layout: Layout, found: FileFinding) -> None:
    """A table with a council a column: its heading is the name, its cells the members."""
    for c in layout.places:
        council = _cell(FileLine(0, layout.headings), c)
        if not council:
            found.fault(lines[layout.first - 1].number, f"column {c + 1} lists places under no name of a council")
            continue
        for i, line in enumerate(lines[layout.first :], start=layout.first):
            text = _cell(line, c)
            filled = [t for t in line.cells if t]
            if not text:
                continue
            if not places.find(text) and (
                _TOTAL.match(filled[0]) or whole_number_like(text) or (i > layout.last and len(filled) == 1)
            ):
                if (row := _left("total or footnote", line)) not in found.left:
                    found.left.append(row)
                continue
            _take(places, text, council, "", line, found)


def whole_number_like(text: str) -> bool:
    """True for figures such as 1,203,000."""
    return whole_number(text.replace(",", "").replace(".", "")) is not None


def _merged(places: Places, found: FileFinding) -> None:
    """Places that are one today: taken up where every part is given to one council, else a fault."""
    for code, given in found.parts.items():
        wanted, today = places.parts[code], f"{places.names[code]} ({code})"
        line = min(n for _, n, _ in given.values())
        if code in found.rows:
            found.fault(
                line, f"{joined(sorted(given))} became part of {today}, which is given too (line {found.rows[code][1]})"
            )
        elif missing := sorted(wanted.keys() - given.keys()):
            was = f"{joined(sorted(given))} became part of {today}"
            found.fault(
                line, f"{was}; {joined(missing)}, the rest of it, {'is' if len(missing) == 1 else 'are'} not given"
            )
        elif len({alike(c) for c, _, _ in given.values()}) > 1:
            found.fault(line, f"{joined(sorted(given))} are one today, {today}, but are given to different councils")
        else:
            found.rows[code] = next(iter(given.values()))


def _names(found: FileFinding, numbered: int, choices: Choices) -> tuple[dict[str, str], list[str], list[str]]:
    """The name of the council of each block, the blocks that are nobody's, and what to look at twice."""
    warnings: list[str] = []
    if numbered >= 0:
        taken = {code: council for code, (council, _, number) in found.rows.items() if number}
        nobody = [code for code in found.rows if code not in taken]
        return {c: _name(n) for c, n in taken.items()}, nobody, warnings
    real = [c for c, _, _ in found.rows.values() if not is_nobody(c)]
    markers: Counter[str] = Counter()
    nobody = []
    for code, (council, _, _) in found.rows.items():
        told = is_nobody(council) and (real or whole_number(council.lstrip("-")) is None)
        if told and choices.nobody:
            nobody.append(code)
            markers[council] += 1
    for marker, times in markers.items():
        option = "" if choices.unfinished else "; --nobody none reads it as a council"  # in the app, a box to tick
        warnings.append(f"“{one_line(marker, 20)}” is read as in no council yet ({counted(times, 'place')}){option}")
    spelt: dict[str, Counter[str]] = defaultdict(Counter)
    given = {code: _name(council) for code, (council, _, _) in found.rows.items() if code not in nobody}
    for name in given.values():
        spelt[alike(name)][name] += 1
    for ways in spelt.values():
        if len(ways) > 1:
            first = ways.most_common(1)[0][0]
            warnings.append(f"{joined(sorted(ways))} are taken for one council, {first}")
    warnings += _one_letter_apart(spelt)
    return {code: spelt[alike(name)].most_common(1)[0][0] for code, name in given.items()}, nobody, warnings


def _one_letter_apart(spelt: Mapping[str, Counter[str]]) -> list[str]:
    """Councils whose names differ in one letter of one word: perhaps one, misspelt. Numbers and letters tell apart."""
    found = []
    for one, other in combinations(spelt.values(), 2):
        first, second = (max(ways, key=lambda n: ways[n]) for ways in (one, other))
        differ = [p for p in zip(first.casefold().split(), second.casefold().split(), strict=False) if p[0] != p[1]]
        if len(first.split()) == len(second.split()) and len(differ) == 1 and one_edit(*differ[0]):
            few, many = sorted((first, second), key=lambda n: (one + other)[n])
            found.append(f"“{few}” ({counted((one + other)[few], 'place')}) and “{many}” are read as two councils: is"
                         " one of them misspelt?")  # fmt: skip
    return found


def one_edit(a: str, b: str) -> bool:
    """True for words of four letters or more that one letter put in, left out, changed or swapped makes alike."""
    if min(len(a), len(b)) < 3 or max(len(a), len(b)) < 4 or abs(len(a) - len(b)) > 1 or set(a + b) & set(_DIGITS):
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    x, y = a[start:], b[start:]
    return x[1:] == y[1:] or x[1:] == y or x == y[1:] or (x[:2] == y[:2][::-1] and x[2:] == y[2:])


def _name(council: str) -> str:
    return one_line(plain_cell(_POINT_NOUGHT.sub("", council)), MAX_NAME)


def _split(places: Places, found: FileFinding, names: dict[str, str], nobody: list[str], what: str) -> Split:
    for code, name in names.items():
        if not name:
            raise LgrError(f"{what}, line {found.rows[code][1]}: {code} has no council that can be written")
    if not names:
        if not nobody:
            raise LgrError(found.unworked or f"{what} gives no place a council")
        return make(places.facts, {}, ("Council 1", "Council 2"))
    # In the file's order, authorities before wards: a ward row stands over its authority's.
    try:
        split = make(places.facts, names)
        lone = [places.facts.ward_index[code] for code in nobody if code in places.parent]
        if not lone:
            return split
        ward = split.ward.copy()
        ward[lone] = OUT
        return from_arrays(places.facts, split.authority, ward, split.names)
    except LgrError as fault:
        raise LgrError(f"{what}: {fault}") from None


def _given_up(places: Places, nobody: Sequence[str]) -> set[str]:
    """The blocks that a file says are nobody's, the wards of an authority with it."""
    return {*nobody, *(w for w, a in places.parent.items() if a in nobody)}


def _some(places: Places, codes: Sequence[str]) -> str:
    shown = [f"{places.names[c]} ({c})" for c in codes[:3]]
    return ", ".join(shown) + (f" and {len(codes) - 3} more" if len(codes) > 3 else "")


def _notes(layout: Layout, found: FileFinding, marks: str) -> Iterable[str]:
    """What was understood of a file that is not written just as this tool writes it."""
    said = []
    if layout.form == "a column a council":
        said.append(f"each of {counted(len(layout.places), 'column')} read as a new council with its members")
    elif marks:
        said.append(marks)
    elif not layout.own and not (layout.headings and alike(layout.title(layout.council)) == "council"):
        members = ", its members in one cell" if layout.form == "a row a council" else ""
        called = layout.title(layout.council)
        headed = layout.council < len(layout.headings) and layout.headings[layout.council]
        said.append(f"{'column ' if headed else ''}{called} read as the new council{members}")
    if found.left:
        said.append(f"{counted(len(found.left), 'row')} left out: {', '.join(row.told for row in found.left[:12])}")
    if said:
        yield "; ".join(said)


def _former(places: Places, found: FileFinding) -> Iterable[str]:
    """Which places go by another code or name today."""
    for text, place in found.former.items():
        today = f"{places.names[place.code]} ({place.code})"
        yield f"{text} is read as {today}" + (
            f", which {place.part} became part of" if place.part else ", its former code or name"
        )
