"""The tables one period on, or one back: every release a year (a quarter: a quarter) later, whole counts and money +1%.

What is not a release of every year stays: censuses and their flows, and what was decided, claimed or assumed.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections import defaultdict
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

from lgrdata.core import periods
from lgrdata.keeping.load import load_tables
from lgrdata.keeping.rules.totals import held
from lgrdata.reading.tables import FOLDERS, Row, csv_text, input_tables, parser, read_records, schema_sql, table_named

STAYS = re.compile(r"ons-(census|od-)|dfe-pupil-movement")
BANDS = {
    **{"population_0_17": (0, 17), "population_0_24": (0, 24), "population_18_64": (18, 64)},
    **{"population_65_74": (65, 74), "population_75_84": (75, 84), "population_85_plus": (85, 90)},
    **{"population_65_plus": (65, 90), "population_18_plus": (18, 90), "residents": (0, 90)},
}
"""Measures of residents that are sums of the single years of age."""

GROWTH = Decimal("1.01")
CHANGE = "Every release is rolled one period on: an example."


def words(text: str, by: int) -> str:
    """Every period in a text, `by` (1 or -1) on: years, years of account, quarters."""

    def on(match: re.Match[str]) -> str:
        year, end, quarter = int(match[1]), match[2], match[3]
        if quarter:
            number = 4 * year + int(quarter) - 1 + by
            return f"{number // 4}{match[0][4:-1]}{number % 4 + 1}"
        return f"{year + by}-{(year + by + 1) % 100:02}" if end else str(year + by)

    return re.sub(r"\b((?:19|20)\d\d)(?:-(\d\d)\b(?!-)|(?: Q|-q)([1-4])\b)?", on, text)


def day(text: str, by: int) -> str:
    """A date of YYYY, YYYY-MM or YYYY-MM-DD, a year on or back."""
    return f"{int(text[:4]) + by}{text[4:]}" if re.match(r"\d{4}", text) else text


def count(value: int, by: int) -> int:
    """A count 1% up, rounded down; `by` -1 undoes it."""
    return value + value // 100 if by > 0 else value - value // 101


def money(value: float, by: int) -> float:
    """An amount 1% up; `by` -1 undoes it to the last digit."""
    exact = Decimal(repr(value))
    return float(exact * GROWTH if by > 0 else exact / GROWTH)


class Tables:
    """The input tables of a folder, as rows by table and file."""

    def __init__(self, data: Path) -> None:
        self.files: dict[str, dict[Path, list[list[object]]]] = {}
        for table in input_tables():
            parsers = [parser(column) for column in table.csv_columns]
            folder = data / "tables" / table.name
            paths = sorted(folder.glob("*.csv")) if table.name in FOLDERS else [folder.with_suffix(".csv")]
            self.files[table.name] = {
                path: [
                    [parse(text) for parse, text in zip(parsers, record, strict=True)]
                    for _, record in list(read_records(path, path.name))[1:]
                ]
                for path in paths
            }

    def rows(self, name: str) -> list[list[object]]:
        """All rows of a table, to read or to change in place."""
        return [row for own in self.files[name].values() for row in own]

    def replace(self, name: str, rows: list[list[object]]) -> None:
        """Put other rows in place of a table's, which is one file."""
        (path,) = self.files[name]
        self.files[name][path] = rows

    def write(self) -> None:
        """Write every file, rows in the order of their keys."""
        for name, files in self.files.items():
            table = table_named(name)
            places = [table.csv_names.index(column) for column in table.key]
            for path, rows in files.items():
                ordered = sorted((tuple(row) for row in rows), key=lambda row: tuple(row[p] for p in places))
                path.write_text(csv_text(table, ordered), encoding="utf-8", newline="")  # type: ignore[arg-type]


def roll(source: Path, target: Path, by: int = 1) -> Path:
    """Copy the tables of `source` to `target` and roll them; returns `target`."""
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("lgr.db*", ".*"))
    tables = Tables(target)
    ids = _ids(tables, by)
    kinds = {row[0]: row[4] for row in tables.rows("measure")}
    census = {row[0] for row in tables.rows("measure") if "Census" in str(row[5])}
    for row in tables.rows("figure"):
        if STAYS.match(str(row[5])) or row[1] in census:
            continue
        row[2] = words(str(row[2]), by)
        value = row[3]
        if isinstance(value, float) and kinds[row[1]] == "money":
            row[3] = money(value, by)
        elif isinstance(value, float) and kinds[row[1]] == "count" and value.is_integer():
            row[3] = float(count(int(value), by))
    for row in tables.rows("resident"):
        row[1], row[3] = int(str(row[1])) + by, count(int(str(row[3])), by)
    for row in tables.rows("spend"):
        row[1] = words(str(row[1]), by)
        row[5] = money(row[5], by) if isinstance(row[5], float) else None
    for row in tables.rows("projection"):
        row[1] = int(str(row[1])) + by
    for name, column, source_id in (("vintage", 1, 2), ("share_basis", 7, 8), ("total", 2, 6)):
        for row in tables.rows(name):
            if not STAYS.match(str(row[source_id])):
                row[column] = words(str(row[column]), by)
    for name, column in (("footprint", 0), ("authority_footprint", 1)):
        for row in tables.rows(name):
            row[column] = words(str(row[column]), by)
    _sources(tables, ids, by)
    _sums(tables)
    _periods(tables)
    _change(tables, by)
    tables.write()
    _totals(target, tables)
    return target


def _ids(tables: Tables, by: int) -> dict[str, str]:
    return {str(row[0]): words(str(row[0]), by) for row in tables.rows("release") if not STAYS.match(str(row[0]))}


def _sources(tables: Tables, ids: dict[str, str], by: int) -> None:
    for row in tables.rows("source"):
        if row[0] in ids:
            row[1:4] = [words(str(row[1]), by), words(str(row[2]), by), words(str(row[3]), by)]
            row[4], row[7] = day(str(row[4]), by), words(str(row[7]), by)
    for row in tables.rows("release"):
        if str(row[4]).startswith("wards of "):  # a census stays, and is carried to the new wards
            row[4] = words(str(row[4]), by)
        if row[0] in ids:
            quarter = re.search(r"-(01-01|04-01|07-01|10-01)$", str(row[2])) and str(row[1]) == "mhclg-hclic"
            row[2:4] = _quarter(str(row[2]), by) if quarter else [day(str(row[2]), by), day(str(row[3]), by)]
    for name, files in tables.files.items():
        names = table_named(name).csv_names
        for place in (p for p, column in enumerate(names) if column in ("source_id", "supersedes")):
            for rows in files.values():
                for row in rows:
                    row[place] = ids.get(str(row[place]), row[place])


def _quarter(starts: str, by: int) -> list[str]:
    first = date.fromisoformat(starts)
    period = periods.read(words(f"{first.year} Q{first.month // 3 + 1}", by))
    return [period.starts.isoformat(), period.ends.isoformat()]


def _sums(tables: Tables) -> None:
    """Residents by age group of each council, added up again from the single years."""
    ages: dict[tuple[str, str], dict[int, int]] = defaultdict(dict)
    counties = {str(row[0]): str(row[3]) for row in tables.rows("authority") if row[3]}
    for code, year, age, residents, *_ in tables.rows("resident"):
        for place in {str(code), counties.get(str(code), str(code))}:
            held = ages[place, f"mid-{year}"]
            held[int(str(age))] = held.get(int(str(age)), 0) + int(str(residents))
    for row in tables.rows("figure"):
        by_age = ages.get((str(row[0]), str(row[2])))
        if by_age and row[1] in BANDS:
            low, high = BANDS[str(row[1])]
            row[3] = float(sum(n for age, n in by_age.items() if low <= age <= high))


def _periods(tables: Tables) -> None:
    used = {str(row[2]) for row in tables.rows("figure")} | {str(row[1]) for row in tables.rows("spend")}
    used |= {str(row[1]) for row in tables.rows("vintage")}
    days = [periods.read(period) for period in used]
    tables.replace("period", [[p.words, p.starts.isoformat(), p.ends.isoformat()] for p in days])


def _change(tables: Tables, by: int) -> None:
    rows = [row for row in tables.rows("data_change") if row[2] != CHANGE]
    if by > 0:
        newest = max((str(row[1]) for row in rows), default="2026-11-30")
        rows.append([1 + max((int(str(row[0])) for row in rows), default=0), day(newest, 1), CHANGE])
    tables.replace("data_change", rows)


def _totals(data: Path, tables: Tables) -> None:
    """Totals of figures and residents, as the rolled tables add up: a release brings its own."""
    rows: list[Row] = []
    with closing(sqlite3.connect(":memory:")) as conn:
        conn.executescript(schema_sql())
        load_tables(conn, data)
        for row in tables.rows("total"):
            if row[2]:
                row[5] = held(conn, str(row[1]), str(row[2]), str(row[3]))
            rows.append(tuple(row))  # type: ignore[arg-type]
    tables.write()
