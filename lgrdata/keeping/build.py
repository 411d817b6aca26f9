"""data/ tables → data/lgr.db: the same input gives the same bytes, and the file appears whole or not at all."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from sqlite_utils import Database

from lgrdata.core.locks import lock
from lgrdata.core.models import LgrError
from lgrdata.keeping import replace
from lgrdata.keeping.cost_record import derive_record
from lgrdata.keeping.deriving_code import deriving_code
from lgrdata.keeping.dump import differences
from lgrdata.keeping.estimates import derive_fits
from lgrdata.keeping.load import load_tables, missing_parents
from lgrdata.keeping.residents import derive_block_residents
from lgrdata.keeping.shapes import derive_shapes
from lgrdata.reading import built
from lgrdata.reading.db import SCHEMA_VERSION, connect
from lgrdata.reading.tables import (
    SCHEMA_PATH,
    Faults,
    all_tables,
    input_tables,
    schema_indexes,
    schema_sql,
    table_files,
)

# What derives tables from the input tables, in order.
STEPS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    derive_shapes,
    derive_block_residents,
    derive_fits,
    derive_record,
)
SEARCHED = {
    "case_study": ("title", "places", "services", "model_words", "what_was_done", "numbers", "how_it_ended"),
    "claim": ("title", "author", "claim", "figure", "geography", "service"),
}
PAGE_SIZE = 8192


@dataclass(frozen=True)
class BuildReport:
    """What a build made: rows by input table, size in bytes, and warnings of a partial build."""

    path: Path
    rows: dict[str, int]
    bytes: int
    tables_hash: str
    data_version: str
    warnings: list[str] = field(default_factory=list)


def code_hash() -> str:
    """SHA-256 over schema.sql and all that building imports: a change makes a built dataset stale."""
    digest = hashlib.sha256(SCHEMA_PATH.read_bytes())
    for path in deriving_code():
        digest.update(path.read_bytes())
    return digest.hexdigest()


def data_version(hash_of_tables: str, newest_change: str | None) -> str:
    """Short version for screens and exports: first 8 digits of the tables' hash, and the newest change's date."""
    return f"{hash_of_tables[:8]} {newest_change}" if newest_change else hash_of_tables[:8]


def build(
    data_dir: Path,
    db_path: Path,
    *,
    partial: bool = False,
    discard_edits: bool = False,
    only_if_untouched: bool = False,
) -> BuildReport:
    """Build the dataset at `db_path` from the tables of `data_dir`.

    `partial`: leave missing tables empty and broken references in, with warnings, for work in progress.
    `discard_edits`: replace a database that holds edits not dumped.
    Raises Faults (one line a fault, naming file, line, column and value) and LgrError; the old file then stays.
    """
    if not (data_dir / "tables").is_dir():
        raise LgrError(f"{data_dir}: holds no folder tables/, so there is nothing to build from")
    db_path.parent.mkdir(parents=True, exist_ok=True)
    with lock(db_path), lock(data_dir / "tables"):
        replace.recover(data_dir)
        if not discard_edits:
            refuse_to_lose_edits(db_path, data_dir)
        stat_of_tables = built.tables_stat(data_dir)
        temporary = built.temporary(db_path)
        temporary.unlink(missing_ok=True)
        try:
            report = _build(data_dir, temporary, partial)
            built.publish(temporary, db_path, stat_of_tables)
        finally:
            temporary.unlink(missing_ok=True)
    return BuildReport(
        db_path, report.rows, db_path.stat().st_size, report.tables_hash, report.data_version, report.warnings
    )


def refuse_to_lose_edits(db_path: Path, data_dir: Path) -> None:
    """Raise LgrError when the database at `db_path` holds what the tables lack, or is open for writing."""
    open_write = built.open_write(db_path)
    if open_write:
        raise LgrError(f"{db_path}: another program is writing to it ({open_write.name} is there); close it first")
    state = built.state(db_path)
    if state in ("missing", "untouched") or holds_nothing_new(db_path, data_dir):
        return
    what = "holds edits not dumped" if state == "edited" else "was not built here, so it may hold edits"
    version = _made_for(db_path)
    if version not in ("", str(SCHEMA_VERSION)):
        keep = f"made for schema version {version}: keep them with `dump` of the program that made it, then build"
    else:
        keep = "keep them with `python -m lgrdata dump`"
    raise LgrError(f"{db_path}: {what}; {keep}, or drop them with `python -m lgrdata build --discard-edits`")


def _made_for(db_path: Path) -> str:
    """The schema version a database says it was made for; '' where it does not say."""
    try:
        with closing(sqlite3.connect(f"{db_path.resolve().as_uri()}?mode=ro", uri=True)) as conn:
            row = conn.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()
            return str(row[0])[:20] if row else ""
    except sqlite3.Error:
        return ""


def holds_nothing_new(db_path: Path, data_dir: Path) -> bool:
    """True where the database, though not known as built, has just what the tables have (a vacuum, a copy)."""
    try:
        with closing(connect(db_path)) as conn:
            return not unknown_objects(conn) and differences(conn, data_dir) == ({}, [])
    except (LgrError, sqlite3.Error):
        return False


def unknown_objects(conn: sqlite3.Connection) -> list[str]:
    """Tables, views, triggers and indexes of a database that a build does not make."""
    ours = {table.name for table in all_tables()} | set(schema_indexes()) | {"sqlite_stat1"}
    searched = tuple(f"{table}_" for table in SEARCHED)
    rows = conn.execute("SELECT type, name, tbl_name FROM sqlite_schema ORDER BY name").fetchall()
    return [
        f"{kind} {name}"
        for kind, name, table in rows
        if not (name in ours or name.startswith(("sqlite_autoindex_", *searched)))
    ]


def _build(data_dir: Path, target: Path, partial: bool) -> BuildReport:
    warnings: list[str] = []
    hash_of_tables = built.tables_hash(data_dir)
    conn = sqlite3.connect(target, isolation_level=None)
    try:
        conn.execute(f"PRAGMA page_size = {PAGE_SIZE}")
        # Nothing of a build survives a crash anyway: the file is moved into place only when whole.
        conn.execute("PRAGMA journal_mode = MEMORY")
        conn.execute("PRAGMA synchronous = OFF")
        conn.executescript(schema_sql())
        conn.execute("BEGIN")
        rows, faults = load_tables(conn, data_dir)
        absent = [table.name for table in input_tables() if not table_files(data_dir, table)]
        gaps = [f"{data_dir.name}/tables/{name}.csv: missing" for name in absent]
        gaps += [] if faults else list(missing_parents(conn, data_dir))
        if partial:
            warnings += gaps
        else:
            faults += gaps
        if faults:
            raise Faults(faults)
        newest = conn.execute("SELECT max(date) FROM data_change").fetchone()[0]
        version = data_version(hash_of_tables, newest)
        meta = {
            "schema_version": str(SCHEMA_VERSION),
            "tables_hash": hash_of_tables,
            "code_hash": code_hash(),
            "data_version": version,
        }
        conn.executemany("INSERT INTO meta VALUES (?, ?)", sorted(meta.items()))
        for step in STEPS:
            try:
                step(conn)
            except (LgrError, ValueError, LookupError, TypeError, ArithmeticError, sqlite3.Error) as error:
                what = f"{step.__name__}: {error if isinstance(error, LgrError) else repr(error)}"
                if not partial:
                    raise LgrError(f"the tables load, but nothing can be derived from them; {what}") from error
                warnings.append(what)
        conn.execute("COMMIT")
        _finish(conn)
    finally:
        conn.close()
    return BuildReport(target, rows, 0, hash_of_tables, version, warnings)


def _finish(conn: sqlite3.Connection) -> None:
    database = Database(conn)
    for table, columns in SEARCHED.items():
        database.table(table).enable_fts(columns, create_triggers=True, tokenize="porter")
    conn.execute("ANALYZE")
    conn.execute("VACUUM")
