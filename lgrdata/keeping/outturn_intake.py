"""Revenue outturn by local authority, the summary (RSX) and its care detail (RO3), read together and moved together."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from lgrdata.core import periods
from lgrdata.core.models import LgrError
from lgrdata.core.text import number_in
from lgrdata.keeping.sheets import tables

FORMS = ("RSX", "RO3")
NET = "Net Current Expenditure"
SHOWN = 8
_NEWEST_YEAR = "SELECT year FROM spend JOIN period ON period = year ORDER BY ends DESC LIMIT 1"

Key = tuple[str, str, str, str]
"""Place, form, service and line."""
Outturn = dict[Key, tuple[float | None, str]]
"""£ thousand and status."""


def read(
    conn: sqlite3.Connection, paths: Sequence[Path], how: Mapping[str, Any], former: Mapping[str, str]
) -> tuple[str, Outturn, list[str]]:
    """The year, its outturn of the councils held, and what is wrong with the files."""
    sheets: dict[str, tuple[str, Path, list[list[str]]]] = {}
    for path in paths:
        year, form, lines = _sheet(path, how)
        sheets[form] = (year, path, lines)
    lost = [form for form in FORMS if form not in sheets]
    if lost:
        raise LgrError(
            f"{' and '.join(lost)} is not among the files; give RSX and RO3 together, since they move together"
        )
    years = {year for year, *_ in sheets.values()}
    if len(years) > 1:
        raise LgrError(f"the files are of {' and '.join(sorted(years))}; give RSX and RO3 of one year")
    (year,) = years
    found: Outturn = {}
    faults = list(_wrong_year(conn, year))
    for form, (_, path, lines) in sheets.items():
        faults += _rows(conn, form, path, lines, how, former, found)
    return year, found, faults


def _sheet(path: Path, how: Mapping[str, Any]) -> tuple[str, str, list[list[str]]]:
    for lines in tables(path):
        title = " ".join(cell for line in lines[:8] for cell in line[:1])
        year = re.search(how["year"], title)
        form = next((form for form in FORMS if f"({form})" in title), "")
        if year and form and any(how["code"] in line for line in lines[:20]):
            return periods.read(year[1]).words, form, lines
    raise LgrError(
        f"{path.name}: no sheet says 'Revenue Outturn (RO)', its year and (RSX) or (RO3) above a column"
        f" '{how['code']}'; take the workbooks 'data by LA', RSX and RO3, saved as .xlsx"
    )


def _wrong_year(conn: sqlite3.Connection, year: str) -> Iterator[str]:
    held = [row[0] for row in conn.execute("SELECT DISTINCT year FROM spend")]
    if not held:
        return
    newest = periods.newest(held)
    following = periods.read(newest).following.words
    if periods.order(year) < periods.order(newest):
        yield f"outturn is of {year}, and {newest} is held; take the newer edition"
    elif year not in (newest, following):
        yield f"outturn is of {year}, where {following} follows {newest}; load that first"


def _rows(
    conn: sqlite3.Connection,
    form: str,
    path: Path,
    lines: list[list[str]],
    how: Mapping[str, Any],
    former: Mapping[str, str],
    found: Outturn,
) -> Iterator[str]:
    head = next(i for i, line in enumerate(lines[:20]) if how["code"] in line)
    code = lines[head].index(how["code"])
    columns = {_column(name, how): i for i, name in enumerate(lines[head]) if i > code}
    newest = conn.execute(_NEWEST_YEAR).fetchone() or ("",)
    query = "SELECT DISTINCT service, line FROM spend WHERE form = ? AND year = ? ORDER BY 1, 2"
    wanted = [(service, line) for service, line in conn.execute(query, (form, *newest))]
    gone = [key for key in wanted if key not in columns]
    if gone:
        named = "; ".join(f"'{service} - {line}'" for service, line in gone[:3])
        yield (
            f"{path.name}: {len(gone)} of {len(wanted)} columns held are not there: {named}; where the publisher"
            " changed a name, change it in the tables spend and share_line and in lgrdata/care/spending_lines.py"
        )
        return
    query = "SELECT DISTINCT place_code FROM spend WHERE form = ? AND year = ?"
    places = {row[0] for row in conn.execute(query, (form, *newest))}
    known = {row[0] for row in conn.execute("SELECT place_code FROM place")}
    sums = [0.0] * len(wanted)
    seen, strange, withheld = set(), set(), False
    for number, line in enumerate(lines[head + 1 :], start=head + 2):
        place = former.get(line[code].strip(), line[code].strip()) if len(line) > code else ""
        cells = [line[columns[key]].strip() for key in wanted] if len(line) > max(columns.values()) else []
        if place and not cells:
            yield f"{path.name} line {number}: {len(line)} fields of {len(lines[head])}; the file is cut"
            return
        if place == how["country"]:
            yield from _unlike_england(path, wanted, sums, [_number(c) for c in cells], float(how["within"]), withheld)
            break
        values = [_number(cell) for cell in cells]
        bad = next(
            (c for c, v in zip(cells, values, strict=True) if v is None and not re.fullmatch(how["withheld"], c)), None
        )
        if bad is not None and place:
            yield f"{path.name} line {number}: {place} has '{bad[:40]}', neither a number nor [x] or [note 1]"
        withheld |= any(v is None for v in values)
        sums = [a + (v or 0.0) for a, v in zip(sums, values, strict=True)] if values else sums
        if place in places:
            if place in seen:
                yield f"{path.name} line {number}: {place} is given twice"
            seen.add(place)
            found |= _of_council(place, form, wanted, values)
        elif place[:3] in ("E06", "E07", "E10") and place not in known:
            strange.add(place)
    else:
        yield f"{path.name}: no row of England ({how['country']}) after the councils; is the file cut?"
    lost = sorted(places - seen)
    if lost and strange:
        yield (
            f"{path.name}: codes of another vintage: {', '.join(sorted(strange)[:SHOWN])} are not in the table place,"
            f" and {', '.join(lost[:SHOWN])} are not in the file; take the edition on today's councils"
        )
    elif lost:
        yield f"{path.name}: lacks {len(lost)} of {len(places)} councils held: {', '.join(lost[:SHOWN])}; is it cut?"


def _column(name: str, how: Mapping[str, Any]) -> tuple[str, str]:
    service, _, line = re.sub(how["left_off"], "", name.strip()).rpartition(" - ")
    return service, line


def _number(cell: str) -> float | None:
    value = number_in(cell)
    return value if value is not None and abs(value) < 1e12 else None


def _of_council(
    place: str, form: str, wanted: Sequence[tuple[str, str]], values: Sequence[float | None]
) -> Iterator[tuple[Key, tuple[float | None, str]]]:
    """Rows of a council; one that made no return has its net lines alone, without a value."""
    returned = any(v is not None for v in values)
    for (service, line), value in zip(wanted, values, strict=True):
        if returned or line == NET:
            status = "published" if value is not None else "suppressed" if returned else "not returned"
            yield (place, form, service, line), (value, status)


def _unlike_england(
    path: Path,
    wanted: Sequence[tuple[str, str]],
    sums: Sequence[float],
    england: Sequence[float | None],
    within: float,
    withheld: bool,
) -> Iterator[str]:
    """Net lines whose councils do not add to England's: where some made no return, its row is estimated and larger."""
    for (service, line), added, whole in zip(wanted, sums, england, strict=True):
        room = within * abs(whole or 0.0) + 1
        if line != NET or whole is None or not service.upper().startswith("TOTAL"):
            continue
        if added > whole + room or (added < whole - room and not withheld):
            yield f"{path.name}: {service} adds to {added:,.0f}, and the file's row for England is {whole:,.0f}"


def held(conn: sqlite3.Connection) -> dict[tuple[str, str], float]:
    """Net outturn of the newest year held, by place and service of the summary."""
    newest = conn.execute(_NEWEST_YEAR).fetchone() or ("",)
    query = "SELECT place_code, service, thousand FROM spend WHERE form = 'RSX' AND line = ? AND year = ?"
    return {(place, service): value for place, service, value in conn.execute(query, (NET, *newest))}


def move(conn: sqlite3.Connection, outturn: Outturn, year: str, source_id: str) -> None:
    """Put the year in, in place of an earlier edition of it."""
    conn.execute("DELETE FROM spend WHERE year = ?", (year,))
    conn.executemany(
        "INSERT INTO spend VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(place, year, form, service, line, *of, source_id) for (place, form, service, line), of in outturn.items()],
    )
