"""Tables of data/ → a database with the schema's tables; each fault names file, line, column and value."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from lgrdata.core.models import LgrError
from lgrdata.reading.tables import (
    FILE_COLUMNS,
    ForeignKey,
    Parser,
    Row,
    SchemaTable,
    Value,
    field,
    flow_file,
    header_fault,
    input_tables,
    parser,
    read_records,
    shown,
    stray_files,
    table_files,
)

MOST_FAULTS = 20  # of one file; the rest are counted


def load_tables(conn: sqlite3.Connection, data_dir: Path) -> tuple[dict[str, int], list[str]]:
    """Insert every input table; returns rows by table and the faults found, one line each."""
    rows: dict[str, int] = {}
    faults = [f"{shown(path, data_dir)}: no table of the schema has this name" for path in stray_files(data_dir)]
    for table in input_tables():
        rows[table.name] = 0
        for path in table_files(data_dir, table):
            name = shown(path, data_dir)
            try:
                numbered, found = _read(table, path, name, data_dir)
            except LgrError as error:
                faults.append(str(error))
                continue
            if table.name == "figure" and not found:
                found = _wrong_topic(conn, path, name, numbered)
            if table.name == "flow" and not found:
                found = _wrong_kind(path, name, numbered)
            if not found:
                found = _insert(conn, table, name, numbered)
            rows[table.name] += len(numbered)
            faults += found[:MOST_FAULTS]
            if len(found) > MOST_FAULTS:
                faults.append(f"{name}: and {len(found) - MOST_FAULTS} more faults")
    return rows, faults


def _read(table: SchemaTable, path: Path, name: str, data_dir: Path) -> tuple[list[tuple[int, Row]], list[str]]:
    records = read_records(path, name)
    _, header = next(records, (1, []))
    fault = header_fault(table, header, name)
    if fault:
        return [], [fault]
    parsers = [parser(column) for column in table.csv_columns]
    width = len(parsers)
    rows: list[tuple[int, Row]] = []
    faults: list[str] = []
    for line, record in records:
        if len(record) != width:
            faults.append(
                f"{name} line {line}: {len(record)} field{'s'[: len(record) != 1]} where the header has {width}"
            )
            continue
        try:
            row: Row = tuple([parse(text) for parse, text in zip(parsers, record, strict=True)])
            rows.append((line, _with_files(table, row, data_dir, f"{name} line {line}")))
        except ValueError:
            faults += _cell_faults(table, parsers, record, f"{name} line {line}")
        except LgrError as error:
            faults.append(str(error))
    return rows, faults


def _cell_faults(table: SchemaTable, parsers: list[Parser], record: list[str], where: str) -> Iterator[str]:
    for column, parse, text in zip(table.csv_columns, parsers, record, strict=True):
        try:
            parse(text)
        except ValueError as error:
            yield f"{where}: {column.name} is '{_short(text)}', where the table needs {error}"


def _with_files(table: SchemaTable, row: Row, data_dir: Path, where: str) -> Row:
    if len(row) == len(table.columns):
        return row
    key = dict(zip(table.csv_names, row, strict=True))
    whole: list[Value] = []
    for column in table.column_names:
        if (table.name, column) in FILE_COLUMNS:
            folder, suffix = FILE_COLUMNS[table.name, column]
            path = data_dir / folder / f"{key[table.key[0]]}{suffix}"
            try:
                whole.append(path.read_bytes().decode("utf-8"))
            except UnicodeDecodeError:
                raise LgrError(f"{shown(path, data_dir)}: not UTF-8 text") from None
            except OSError:
                raise LgrError(f"{where}: {shown(path, data_dir)} is missing") from None
        else:
            whole.append(key[column])
    return tuple(whole)


def _wrong_topic(conn: sqlite3.Connection, path: Path, name: str, numbered: list[tuple[int, Row]]) -> list[str]:
    topics = dict(conn.execute("SELECT measure_code, topic FROM measure").fetchall())
    return [
        f"{name} line {line}: measure_code '{row[1]}' belongs in {topics[row[1]]}.csv, by its topic"
        for line, row in numbered
        if topics.get(row[1], path.stem) != path.stem
    ]


def _wrong_kind(path: Path, name: str, numbered: list[tuple[int, Row]]) -> list[str]:
    return [
        f"{name} line {line}: kind '{row[0]}' belongs in {flow_file(str(row[0]))}.csv"
        for line, row in numbered
        if flow_file(str(row[0])) != path.stem
    ]


# ------------------------------------------------------------------ inserting
def _insert(conn: sqlite3.Connection, table: SchemaTable, name: str, numbered: list[tuple[int, Row]]) -> list[str]:
    sql = f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(table.columns))})"
    conn.execute("SAVEPOINT load")
    try:
        conn.executemany(sql, [row for _, row in numbered])
        return []
    except sqlite3.Error:
        conn.execute("ROLLBACK TO load")
        return list(_insert_singly(conn, sql, table, name, numbered))
    finally:
        conn.execute("RELEASE load")


def _insert_singly(
    conn: sqlite3.Connection, sql: str, table: SchemaTable, name: str, numbered: list[tuple[int, Row]]
) -> Iterator[str]:
    first: dict[Row, int] = {}
    key = [table.column_names.index(column) for column in table.key]
    for line, row in numbered:
        values = tuple(row[i] for i in key)
        try:
            conn.execute(sql, row)
            first[values] = line
        except sqlite3.Error as error:
            yield f"{name} line {line}: {_why(str(error), table, row, first.get(values))}"


def _why(message: str, table: SchemaTable, row: Row, first_line: int | None) -> str:
    cells = dict(zip(table.column_names, row, strict=True))
    if message.startswith("UNIQUE"):
        named = ", ".join(f"{column} '{field(cells[column])}'" for column in table.key)
        where = f"line {first_line}" if first_line else "another file"
        return f"{named} is there already, at {where}"
    check = re.match(r"CHECK constraint failed: (.*)", message, re.DOTALL)
    if check:
        rule = " ".join(check[1].split())
        columns = [column for column in table.column_names if re.search(rf"\b{column}\b", rule)]
        named = ", ".join(f"{column} is '{_short(cells[column])}'" for column in columns)
        return f"{named}; the schema asks: {rule}"
    return message


def _short(value: Value) -> str:
    text = field(value)
    return text if len(text) <= 60 else text[:57] + "..."


# ------------------------------------------------------------------ references
def broken_references(conn: sqlite3.Connection, table: SchemaTable) -> Iterator[tuple[ForeignKey, Row]]:
    """Each reference of a table whose parent row is missing, with the values, once each."""
    for key in table.foreign_keys:
        columns = ", ".join(f"t.{column}" for column in key.columns)
        present = " AND ".join(f"t.{column} IS NOT NULL" for column in key.columns)
        match = " AND ".join(f"p.{p} = t.{c}" for c, p in zip(key.columns, key.parent_columns, strict=True))
        sql = f"""SELECT DISTINCT {columns} FROM {table.name} t WHERE {present}
                  AND NOT EXISTS (SELECT 1 FROM {key.parent} p WHERE {match}) ORDER BY {columns}"""
        for values in conn.execute(sql):
            yield key, values


def missing_parents(conn: sqlite3.Connection, data_dir: Path) -> Iterator[str]:
    """One line for each broken reference of the input tables, naming the first line that holds it."""
    for table in input_tables():
        for key, values in broken_references(conn, table):
            named = ", ".join(f"{c} '{field(v)}'" for c, v in zip(key.columns, values, strict=True))
            yield f"{_find(table, key, values, data_dir)}: {named} is not in {key.parent}.csv"


def _find(table: SchemaTable, key: ForeignKey, values: Row, data_dir: Path) -> str:
    wanted = [field(value) for value in values]
    places = [table.csv_names.index(column) for column in key.columns]
    for path in table_files(data_dir, table):
        for line, record in read_records(path, shown(path, data_dir)):
            if [record[place] for place in places] == wanted:
                return f"{shown(path, data_dir)} line {line}"
    return f"{table.name}.csv"
