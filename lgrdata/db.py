"""Opening the dataset, read-only."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from lgrdata.models import LgrError

SCHEMA_VERSION = 1
"""Raised by hand when schema.sql changes so that older code, or an older lgr.db, would not fit."""

ROOT = Path(__file__).resolve().parent.parent
_BUILD = "run `python -m lgrdata build`"


def default_path() -> Path:
    """The dataset to use: LGR_DB of the environment, else data/lgr.db of this project."""
    named = os.environ.get("LGR_DB", "").strip()
    return Path(named).expanduser() if named else ROOT / "data" / "lgr.db"


def fingerprint(path: Path | str) -> tuple[int, int, int]:
    """Modification time in ns, size in bytes and inode: changes whenever the file does; for cache keys.

    Raises LgrError when there is no such file.
    """
    try:
        stat = os.stat(path)
    except OSError:
        raise LgrError(f"{path}: no such dataset; {_BUILD}") from None
    return stat.st_mtime_ns, stat.st_size, stat.st_ino


def connect(path: Path | str | None = None) -> sqlite3.Connection:
    """A read-only connection to the dataset at `path` (default: `default_path()`), usable from any thread.

    Raises LgrError, saying what and how to mend it, when the file is missing, is not a database, was built for
    another version of the schema, or lacks a table.
    """
    path = Path(path) if path is not None else default_path()
    if path.is_dir():
        raise LgrError(f"{path}: is a folder, not a dataset; name the file, e.g. data/lgr.db")
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except FileNotFoundError:
        raise LgrError(f"{path}: no such dataset; {_BUILD}") from None
    except OSError as error:
        raise LgrError(f"{path}: cannot be read ({error.strerror})") from None
    if head != b"SQLite format 3\0":
        raise LgrError(f"{path}: not an SQLite database; move it away and {_BUILD}")
    conn = sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro", uri=True, check_same_thread=False)
    try:
        _check(conn, path)
    except sqlite3.DatabaseError as error:
        conn.close()
        raise LgrError(f"{path}: cannot be read as a database ({error}); move it away and {_BUILD}") from None
    except LgrError:
        conn.close()
        raise
    return conn


def _check(conn: sqlite3.Connection, path: Path) -> None:
    tables = {name for (name,) in conn.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if not {"meta", "area", "proposal"} <= tables:
        raise LgrError(f"{path}: not a dataset of this project (no tables meta, area, proposal); {_BUILD}")
    row = conn.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()
    version = row[0] if row else "unknown"
    if version != str(SCHEMA_VERSION):
        newer = version.isdigit() and int(version) > SCHEMA_VERSION
        mend = "update this program" if newer else f"it is older than this program: {_BUILD}"
        raise LgrError(f"{path}: made for schema version {version}, this program reads {SCHEMA_VERSION}; {mend}")


def meta(conn: sqlite3.Connection) -> dict[str, str]:
    """The `meta` table: schema_version, tables_hash, code_hash, data_version."""
    return dict(conn.execute("SELECT key, value FROM meta ORDER BY key"))
