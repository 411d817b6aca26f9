"""Counts of your own, by authority or ward, in place of an estimate: read, or refused with every fault at once."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from lgrdata.core.facts import AreaFacts
from lgrdata.core.models import LgrError
from lgrdata.core.share_facts import EQUAL, IN_STEP, OWN, Basis, BasisMeasure, ShareFacts
from lgrdata.core.text import number_in, one_line
from lgrdata.core.words import counted, joined
from lgrdata.reading.tables import Faults
from lgrdata.shares.people import like_people
from lgrdata.splits.assignment.decode import FileLine
from lgrdata.splits.assignment.workbook import sheets
from lgrdata.splits.blockfile import decode_text

FEWEST = 5
"""Counts from 1 to 4 may point at a person: they are warned of."""

_CODE = ("code", "geoid", "authority_code", "ward_code", "place_code", "authority", "council", "district", "ward")
_PLACE = ("name", "place", "authority", "council", "district", "ward", "authority name", "ward name", "area")
_COUNT = ("count", "counts", "number", "value", "total", "own counts", OWN)
_RULES = (EQUAL, IN_STEP)
WORKBOOK = b"PK\x03\x04"
"""How an Excel workbook begins."""
_SHARED = "(merged)"
"""Stands in each further row of one merged number, which is one count of several places and none of each."""


@dataclass(frozen=True)
class OwnCounts:
    """Counts by basis key and block code, and what to mind about them."""

    values: Mapping[str, Mapping[str, float]]
    warnings: tuple[str, ...] = ()


def template(given: ShareFacts, keys: Sequence[str] = (OWN,)) -> str:
    """A CSV file to fill in: every authority of the area, with a column for each measure."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("code", "name", *("count" if k == OWN else k for k in keys)))
    writer.writerows((a.code, a.name, *("" for _ in keys)) for a in given.facts.authorities)
    return out.getvalue()


def read_counts(given: ShareFacts, data: bytes, what: str = "the file") -> OwnCounts:
    """Counts from a CSV file or a workbook: a column of codes, and one for each measure (or one headed `count`).

    Of a workbook the first sheet with a column of codes is read; any sheet that looks like people refuses it.
    Faults, each with its line, for a file that looks like a list of people, codes that are not of this area or given
    twice, counts that are missing, negative or no numbers, and columns that are no measure.
    """
    facts = given.facts
    tables = _tables(data, what)
    for table in tables:
        _refuse_people(facts, table, what)
    rows = next((t for t in tables if _code_at(t[0][1]) is not None), tables[0])
    heading, body = [c.strip() for c in rows[0][1]], rows[1:]
    code_at = _code_at(heading)
    if code_at is None:
        raise LgrError(
            f"{what} needs a heading with a column code; its first line is {one_line(', '.join(heading), 80)}"
        )
    columns, faults = _columns(given, heading, code_at, what)
    values: dict[str, dict[str, float]] = {key: {} for key in columns.values()}
    seen: dict[str, int] = {}
    small: list[int] = []
    for n, row in body:
        code, fault = _place(facts, row[code_at].strip() if code_at < len(row) else "")
        if fault:
            faults.append(f"{what}, line {n}: {fault}")
            continue
        if code in seen:
            faults.append(f"{what}, line {n}: {code} is given twice (first on line {seen[code]})")
            continue
        seen[code] = n
        for at, key in columns.items():
            text = row[at].strip() if at < len(row) else ""
            value, fault = _number(text)
            if fault:
                faults.append(f"{what}, line {n}: {fault}")
            else:
                values[key][code] = value
                small += [n] if 0 < value < FEWEST else []
    if not body:
        faults.append(f"{what} has a heading and no counts below it")
    if faults:
        raise Faults(faults)
    return OwnCounts(values, _warn(small))


def use_counts(given: ShareFacts, own: OwnCounts) -> ShareFacts:
    """The same with these counts in place of the dataset's, for each council of today that they cover.

    Faults where they cover only a part of one: shares need the whole of it.
    """
    measures = dict(given.measures)
    faults: list[str] = []
    for key, values in own.values.items():
        measures[key], missing = _replaced(given, measures.get(key), values)
        faults += [f"counts for {given.bases[key].name}: {m}" for m in missing]
    if faults:
        raise Faults(faults)
    return replace(given, measures=measures)


Rows = list[tuple[int, list[str]]]
"""Rows with something in them, by their number in the file; the first is the heading."""


def _tables(data: bytes, what: str) -> list[Rows]:
    """The table of a text file, or of each filled sheet of a workbook."""
    if not data.startswith(WORKBOOK):
        return [_table(decode_text(data, what), what)]
    filled = [[(line.number, _apart(line)) for line in lines] for lines in sheets(data, what) if lines]
    if not filled:
        raise LgrError(f"{what} is empty")
    return filled


def _apart(line: FileLine) -> list[str]:
    """A row's cells, where a name that is merged with the row above is repeated and a number is not."""
    return [_SHARED if i in line.merged and number_in(c) is not None else c for i, c in enumerate(line.cells)]


def _refuse_people(facts: AreaFacts, rows: Rows, what: str) -> None:
    """LgrError where a table looks like one of people: what is in it is told to nobody."""
    heading = [c.strip() for c in rows[0][1]]
    places = {name.lower() for name in facts.upper_names}
    places |= {a.name.lower() for a in facts.authorities} | {w.name.lower() for w in facts.wards}
    people = like_people(heading, [row for _, row in rows[1:]], places, _code_at(heading))
    if people:
        raise LgrError(
            f"{what} looks like a list of people ({'; '.join(people)}), so it was not read; give counts by authority"
            " or ward, with no names, dates or reference numbers"
        )


def _table(text: str, what: str) -> Rows:
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t|", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise LgrError(f"{what} cannot be read as a table") from None
    kept = [(n, [c.strip() for c in row]) for n, row in enumerate(rows, 1) if any(c.strip() for c in row)]
    if not kept:
        raise LgrError(f"{what} is empty")
    return kept


def _plain(heading: Sequence[str]) -> list[str]:
    return [" ".join(h.lower().split()) for h in heading]


def _code_at(heading: Sequence[str]) -> int | None:
    """The column of codes; None where no heading is known."""
    plain = _plain(heading)
    return next((plain.index(h) for h in _CODE if h in plain), None)


def _columns(given: ShareFacts, heading: Sequence[str], code_at: int, what: str) -> tuple[dict[int, str], list[str]]:
    """The measure of each column beside that of codes, and faults of the heading."""
    bases = {name.lower(): b for b in given.bases.values() for name in (b.name, b.key)}
    columns: dict[int, str] = {}
    faults = []
    for at, name in enumerate(_plain(heading)):
        if at == code_at or name in _PLACE or not name:
            continue
        basis: Basis | None = bases.get(name) or (bases.get(OWN) if name in _COUNT else None)
        if basis is None or basis.key in _RULES:
            odd = f"{what}: column '{one_line(heading[at], 40)}' is no measure"
            faults.append(f"{odd}; head it count, or one of {_measures(given)}")
        elif basis.key in columns.values():
            faults.append(f"{what}: two columns are counts for {basis.name}")
        else:
            columns[at] = basis.key
    if not columns and not faults:
        faults.append(f"{what} has no column of counts; head it count, or by a measure, as in children_looked_after")
    return columns, faults


def _measures(given: ShareFacts) -> str:
    return ", ".join(k for k, b in given.bases.items() if k not in (*_RULES, OWN) and b.kind != "rule")


def _place(facts: AreaFacts, text: str) -> tuple[str, str]:
    """The code of a place given by code, or of an authority by name; or what is wrong with it."""
    if not text:
        return "", "no code"
    if text.upper() in facts.authority_index or text.upper() in facts.ward_index:
        return text.upper(), ""
    named = [a.code for a in facts.authorities if a.name.lower() == text.lower()]
    if named:
        return named[0], ""
    return "", f"{one_line(text, 20)} is not an authority or ward of {facts.area.name}"


def _number(text: str) -> tuple[float, str]:
    if not text:
        return 0.0, "no count; write 0 where there is none"
    if text == _SHARED:
        return 0.0, "its count is one merged cell with the row above; give each place its own"
    value = number_in(text)
    if value is None:
        comma = "; write it as in 1,234.5" if "," in text else ""
        return 0.0, f"'{one_line(text, 20)}' is no number{comma}"
    return (0.0, f"{one_line(text, 20)} is less than nothing") if value < 0 else (value, "")


def _warn(small: Sequence[int]) -> tuple[str, ...]:
    if not small:
        return ()
    where = joined([str(n) for n in dict.fromkeys(small)][:10])
    few = f"{counted(len(small), 'count')} under {FEWEST} (line {where})"
    return (f"{few}: numbers this small may point at a person; do not publish them",)


def _replaced(
    given: ShareFacts, measure: BasisMeasure | None, values: Mapping[str, float]
) -> tuple[BasisMeasure, list[str]]:
    """A measure with the counts put in, and what they lack."""
    facts = given.facts
    by_authority = np.full(len(facts.authorities), np.nan) if measure is None else measure.by_authority.copy()
    by_ward = np.full(len(facts.wards), np.nan)
    if measure is not None and measure.by_ward is not None:
        by_ward = measure.by_ward.copy()
    faults = []
    touched: set[int] = set()
    for i, authority in enumerate(facts.authorities):
        wards = [int(w) for w in facts.wards_of[i]]
        counted_wards = [w for w in wards if facts.wards[w].code in values]
        if authority.code not in values and not counted_wards:
            continue
        touched.add(i)
        lacking = [facts.wards[w].name for w in wards if facts.wards[w].code not in values]
        if counted_wards and lacking:
            faults.append(f"{authority.name} lacks {counted(len(lacking), 'ward')} ({joined(lacking[:3])})")
            continue
        whole = sum(values[facts.wards[w].code] for w in counted_wards)
        if counted_wards and abs(values.get(authority.code, whole) - whole) > 0.5:
            faults.append(f"{authority.name} has {values[authority.code]:,g}, its wards add to {whole:,g}")
        by_authority[i] = values.get(authority.code, whole)
        by_ward[wards] = [values[facts.wards[w].code] for w in wards] if counted_wards else np.nan
    for u, name in enumerate(facts.upper_names):
        mine = {int(i) for i in np.flatnonzero(facts.authority_upper == u)}
        lost = sorted(mine - touched)
        if mine & touched and lost:
            faults.append(f"{name} lacks {joined([facts.authorities[i].name for i in lost])}")
    covered = frozenset(int(facts.authority_upper[i]) for i in touched)
    before = frozenset() if measure is None else measure.own
    return BasisMeasure(by_authority, by_ward, before | covered), faults
