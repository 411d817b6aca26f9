"""data/lgr.db → data/ tables, after edits: only input tables, in one canonical form."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lgrdata.core.locks import lock
from lgrdata.core.models import LgrError
from lgrdata.keeping import replace
from lgrdata.reading import built, db
from lgrdata.reading.tables import FILE_COLUMNS, SchemaTable, Value, csv_text, flow_file, input_files, input_tables


@dataclass(frozen=True)
class DumpReport:
    """Files that changed, and files taken away, by path from data/."""

    written: list[str]
    removed: list[str]


def texts(conn: sqlite3.Connection) -> Iterator[tuple[str, bytes]]:
    """Every file that the input tables make: path from data/, and content.

    Raises LgrError for rows that no file can hold.
    """
    for table in input_tables():
        if table.name == "figure":
            yield from _figures(conn, table)
            continue
        if table.name == "flow":
            yield from _flows(conn, table)
            continue
        for column in table.column_names:
            place = FILE_COLUMNS.get((table.name, column))
            if place:
                for key, content in conn.execute(f"SELECT {table.key[0]}, {column} FROM {table.name} ORDER BY 1"):
                    yield f"{place[0]}/{_file_name(key)}{place[1]}", str(content).encode()
        select = f"SELECT {', '.join(table.csv_names)} FROM {table.name} ORDER BY {', '.join(table.key)}"
        yield f"tables/{table.name}.csv", csv_text(table, conn.execute(select)).encode()


def _file_name(key: Value) -> str:
    name = str(key)
    if not name.replace("-", "").isalnum():
        raise LgrError(f"topology '{name}': the id names a file, so use letters, digits and hyphens only")
    return name


def _figures(conn: sqlite3.Connection, table: SchemaTable) -> Iterator[tuple[str, bytes]]:
    columns = ", ".join(f"figure.{column}" for column in table.column_names)
    lost = conn.execute(
        "SELECT DISTINCT measure_code FROM figure WHERE measure_code NOT IN (SELECT measure_code FROM measure) LIMIT 5"
    ).fetchall()
    if lost:
        names = ", ".join(code for (code,) in lost)
        raise LgrError(f"figure: no row of measure for {names}, so no file to keep its figures in; add the measure")
    for (topic,) in conn.execute("SELECT DISTINCT topic FROM measure ORDER BY topic").fetchall():
        rows = conn.execute(
            f"""SELECT {columns} FROM figure JOIN measure USING (measure_code) WHERE topic = ?
                ORDER BY figure.place_code, figure.measure_code, figure.period""",
            (topic,),
        ).fetchall()
        if rows:
            yield f"tables/figure/{topic}.csv", csv_text(table, rows).encode()


def _flows(conn: sqlite3.Connection, table: SchemaTable) -> Iterator[tuple[str, bytes]]:
    select = f"SELECT {', '.join(table.csv_names)} FROM flow WHERE kind = ? ORDER BY {', '.join(table.key)}"
    for (kind,) in conn.execute("SELECT DISTINCT kind FROM flow ORDER BY kind").fetchall():
        yield f"tables/flow/{flow_file(kind)}.csv", csv_text(table, conn.execute(select, (kind,))).encode()


def differences(conn: sqlite3.Connection, data_dir: Path) -> tuple[dict[str, bytes], list[str]]:
    """What a dump would change: content by path from data/, and paths of files to take away."""
    kept = set()
    changed = {}
    for name, content in texts(conn):
        kept.add(name)
        path = data_dir / name
        if not path.is_file() or path.read_bytes() != content:
            changed[name] = content
    present = {path.relative_to(data_dir).as_posix() for path in input_files(data_dir)}
    return changed, sorted(present - kept)


def refuse_newer_tables(conn: sqlite3.Connection, data_dir: Path) -> None:
    """Raise LgrError where the tables changed since the database was built, so that a dump would undo their changes."""
    built_from = db.meta(conn).get("tables_hash")
    if built.tables_hash(data_dir) != built_from and differences(conn, data_dir) != ({}, []):
        raise LgrError(
            f"{data_dir}: the tables have changed since the database was built, and a dump would undo their changes; "
            "put the tables back as they were (git stash), dump, then bring their changes in (git stash pop)"
        )


def dump(conn: sqlite3.Connection, db_path: Path, data_dir: Path) -> DumpReport:
    """Write the input tables of the open database `conn`, at `db_path`, to `data_dir`.

    All files change together, or none (see `swap`). The sidecar then knows the database as holding no edits, and its
    derived tables as stale wherever a table changed. Callers check the data first.
    """
    journal = built.open_write(db_path)
    if journal:
        raise LgrError(f"{db_path}: another program is writing to it ({journal.name} is there); close it, then dump")
    data_dir.mkdir(parents=True, exist_ok=True)
    with lock(data_dir / "tables"):
        replace.recover(data_dir)
        changed, removed = differences(conn, data_dir)
        if changed or removed:
            replace.replace_files(data_dir, changed, removed)
        built.note_untouched(db_path, None)
    return DumpReport(sorted(changed), removed)
