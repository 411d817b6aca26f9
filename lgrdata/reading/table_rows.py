"""Reading tables whole, as they are taken away in files."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any, NamedTuple


class TableRows(NamedTuple):
    """The names of a table's columns, and its rows in the order of its key. The rows can be read once."""

    columns: tuple[str, ...]
    rows: Iterable[tuple[Any, ...]]


def table_names(conn: sqlite3.Connection) -> tuple[str, ...]:
    """Every table that the file holds, by name; SQLite's own left out."""
    rows = conn.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")
    return tuple(str(name) for (name,) in rows)


def whole_table(conn: sqlite3.Connection, table: str) -> TableRows:
    """A table by its name. KeyError where the file holds none of that name."""
    if table not in table_names(conn):
        raise KeyError(table)
    held = conn.execute(f'PRAGMA table_info("{table}")').fetchall()
    columns = tuple(str(c[1]) for c in held)
    key = [str(c[1]) for c in sorted((c for c in held if c[5]), key=lambda c: int(c[5]))]
    order = ", ".join(f'"{c}"' for c in key or columns)
    return TableRows(columns, conn.execute(f'SELECT * FROM "{table}" ORDER BY {order}'))
