"""The tables under data/: what the schema asks of them, reading them, writing them.

One CSV a table, `figure` one CSV a topic, `flow` one CSV a kind, boundaries as TopoJSON files. The list of tables and
columns is read from schema.sql, so a new column there needs no change here.
"""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lgrdata.core.models import LgrError

SCHEMA_PATH = Path(__file__).with_name("schema.sql")
DERIVED_MARK = re.compile(r"^-- -+ derived", re.MULTILINE)

Value = str | int | float | None
Row = tuple[Value, ...]
Parser = Callable[[str], Value]

# A column whose text is too long for a CSV cell lives in a file of its own, named by the row's key.
FILE_COLUMNS = {("topology", "topojson"): ("boundaries", ".topojson")}

_INTEGER = re.compile(r"-?\d{1,18}", re.ASCII)
_REAL = re.compile(r"-?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d{1,3})?", re.ASCII)


class Faults(LgrError):
    """Several faults of the data, one line each, in `faults`."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True)
class SchemaColumn:
    """A column as the schema declares it; `type` is TEXT, INTEGER or REAL, `blank` where its default is empty text."""

    name: str
    type: str
    nullable: bool
    blank: bool = False


@dataclass(frozen=True)
class ForeignKey:
    """Columns of a table that must be found, together, in the parent's columns."""

    columns: tuple[str, ...]
    parent: str
    parent_columns: tuple[str, ...]


@dataclass(frozen=True)
class SchemaTable:
    """A table as the schema declares it, columns in order, `key` the primary key in order."""

    name: str
    columns: tuple[SchemaColumn, ...]
    key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    derived: bool
    sql: str

    @property
    def column_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def csv_columns(self) -> tuple[SchemaColumn, ...]:
        """Columns of the table's CSV file: all but those kept in files of their own."""
        return tuple(column for column in self.columns if (self.name, column.name) not in FILE_COLUMNS)

    @property
    def csv_names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.csv_columns)


def schema_sql() -> str:
    """The schema as text."""
    return SCHEMA_PATH.read_text(encoding="utf-8")


def _describe(conn: sqlite3.Connection, name: str, sql: str, derived: bool) -> SchemaTable:
    info = conn.execute(f'PRAGMA table_info("{name}")').fetchall()
    columns = tuple(SchemaColumn(row[1], row[2], not row[3], row[4] == "''") for row in info)
    key = tuple(row[1] for row in sorted((row for row in info if row[5]), key=lambda row: row[5]))
    keys: dict[int, list[tuple[str, str, str]]] = {}
    for fk_id, _seq, parent, child_column, parent_column, *_ in conn.execute(f'PRAGMA foreign_key_list("{name}")'):
        keys.setdefault(fk_id, []).append((parent, child_column, parent_column))
    foreign = tuple(
        ForeignKey(tuple(p[1] for p in parts), parts[0][0], tuple(p[2] for p in parts))
        for _, parts in sorted(keys.items(), reverse=True)
    )
    return SchemaTable(name, columns, key, foreign, derived, sql)


@lru_cache(maxsize=1)
def all_tables() -> tuple[SchemaTable, ...]:
    """Every table of schema.sql, in its order; those after the derived mark have `derived` true."""
    text = schema_sql()
    mark = DERIVED_MARK.search(text)
    if mark is None:
        raise LgrError(f"{SCHEMA_PATH.name}: no line starts '-- --- derived', so input tables cannot be told apart")
    conn = sqlite3.connect(":memory:")
    listing = "SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY rowid"
    try:
        conn.executescript(text[: mark.start()])
        inputs = {name for name, _ in conn.execute(listing)}
        conn.executescript(text[mark.start() :])
        return tuple(_describe(conn, name, sql, name not in inputs) for name, sql in conn.execute(listing).fetchall())
    finally:
        conn.close()


def schema_indexes() -> list[str]:
    """Names of the indexes that schema.sql makes."""
    return re.findall(r"^CREATE INDEX (\w+)", schema_sql(), re.MULTILINE)


def input_tables() -> tuple[SchemaTable, ...]:
    """Tables kept as files and dumped back, in the order of schema.sql."""
    return tuple(table for table in all_tables() if not table.derived)


def table_named(name: str) -> SchemaTable:
    """The table of that name; KeyError when the schema has none."""
    return {table.name: table for table in all_tables()}[name]


# ------------------------------------------------------------------ files
FOLDERS = frozenset({"figure", "flow"})
"""Tables kept as a folder of files: figures one a topic, flows one a kind."""


def flow_file(kind: str) -> str:
    """Name of the file, without its ending, that a kind of flow is kept in."""
    return kind.replace(" ", "-")


def table_files(data_dir: Path, table: SchemaTable) -> list[Path]:
    """CSV files of a table, sorted; empty when there is none."""
    if table.name in FOLDERS:
        return sorted((data_dir / "tables" / table.name).glob("*.csv"))
    path = data_dir / "tables" / f"{table.name}.csv"
    return [path] if path.is_file() else []


def input_files(data_dir: Path) -> list[Path]:
    """Every file that a build reads, sorted by path: tables and boundaries."""
    found = [path for table in input_tables() for path in table_files(data_dir, table)]
    for folder, suffix in FILE_COLUMNS.values():
        found += (data_dir / folder).glob(f"*{suffix}")
    return sorted(found)


def stray_files(data_dir: Path) -> list[Path]:
    """CSV files under data/tables that no table of the schema claims (a misspelt name, most often)."""
    known = {path for table in input_tables() for path in table_files(data_dir, table)}
    return sorted(path for path in (data_dir / "tables").rglob("*.csv") if path not in known)


def shown(path: Path, data_dir: Path) -> str:
    """A path as people see it: from the folder that holds data/."""
    return path.relative_to(data_dir.parent).as_posix()


# ------------------------------------------------------------------ one cell
def _no(words: str) -> Parser:
    def fail(_text: str) -> Value:
        raise ValueError(words)

    return fail


def parser(column: SchemaColumn) -> Parser:
    """A function from a CSV field to the column's value; it raises ValueError with what the field should be.

    An empty field is NULL, or '' in a NOT NULL text column.
    """
    empty: Parser = (lambda _text: None) if column.nullable else _no("a value, not an empty field")

    def text(field: str) -> Value:
        return field if field else (None if column.nullable else "")

    def integer(field: str) -> Value:
        if not field:
            return empty(field)
        if not _INTEGER.fullmatch(field):
            raise ValueError("a whole number, digits only")
        return int(field)

    def real(field: str) -> Value:
        if not field:
            return empty(field)
        if not _REAL.fullmatch(field):
            raise ValueError("a number, digits and a point only")
        return float(field)

    return {"TEXT": text, "INTEGER": integer, "REAL": real}[column.type]


def field(value: Value) -> str:
    """A value as its CSV field: NULL empty, a real without a trailing '.0'."""
    if value is None:
        return ""
    if isinstance(value, float):
        text = repr(value)
        return text[:-2] if text.endswith(".0") else text
    return str(value)


# ------------------------------------------------------------------ one file
def read_records(path: Path, name: str) -> Iterator[tuple[int, list[str]]]:
    """Records of a CSV file with the line each starts at, the header first.

    Raises LgrError, naming file and line, when the file is not UTF-8 or not CSV.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise LgrError(f"{name} line {line}: not UTF-8 text; save the file as UTF-8") from None
    except OSError as error:
        raise LgrError(f"{name}: cannot be read ({error.strerror})") from None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    start = 1
    try:
        for record in reader:
            if record:
                yield start, record
            start = reader.line_num + 1
    except csv.Error as error:
        raise LgrError(f"{name} line {start}: not well-formed CSV ({error})") from None


def header_fault(table: SchemaTable, header: Sequence[str], name: str) -> str | None:
    """What is wrong with a header row, or None."""
    wanted = list(table.csv_names)
    if list(header) == wanted:
        return None
    missing = [column for column in wanted if column not in header]
    extra = [column for column in header if column not in wanted]
    parts = []
    if missing:
        parts.append("lacks column " + ", ".join(missing))
    if extra:
        parts.append("has unknown column " + ", ".join(repr(column) for column in extra))
    if not parts:
        parts.append("has columns twice or in another order; wanted " + ",".join(wanted))
    return f"{name} line 1: the header " + " and ".join(parts)


def csv_text(table: SchemaTable, rows: Iterable[Sequence[Value]]) -> str:
    """Rows of the CSV columns, already in key order, as the text of a CSV file.

    Raises LgrError for text that CSV cannot carry unchanged (a carriage return or NUL).
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.csv_names)
    for row in rows:
        fields = [field(value) for value in row]
        for column, content in zip(table.csv_names, fields, strict=True):
            if "\r" in content or "\0" in content:
                raise LgrError(f"{table.name} {fields[0]}: {column} holds a carriage return or NUL; take it out")
        writer.writerow(fields)
    return out.getvalue()
