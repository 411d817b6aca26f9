"""Opening the dataset, read-only."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from stat import S_ISREG
from urllib.parse import quote

from lgrdata import __version__
from lgrdata.core.models import LgrError
from lgrdata.core.text import whole_number

SCHEMA_VERSION = 3
"""Raised by hand when schema.sql changes so that older code, or an older lgr.db, would not fit."""

ROOT = Path(__file__).resolve().parents[2]
INSTALLED = not (ROOT / "data" / "tables").is_dir()
"""True in a copy that pip installed, away from the checkout."""

DATA = ROOT / "lgrdata" / "data" if INSTALLED else ROOT / "data"
"""The folder of this project's tables and boundaries: the checkout's data/, or what an installed copy carries."""

MAGIC = b"SQLite format 3\0"
LOCK_SECONDS = 3.0
"""How long a reading waits for another program that is writing."""

_BUILD = "run `python -m lgrdata build`"


def default_path() -> Path:
    """The dataset to use: LGR_DB of the environment, else this project's own (`own_path`)."""
    named = os.environ.get("LGR_DB", "").strip()
    return Path(os.path.expanduser(named)) if named else own_path()


def own_path() -> Path:
    """Where this project's dataset stands: data/lgr.db of the checkout, the user's cache folder for an installed copy.

    Each version has a folder of its own there, so that two environments do not build over one another.
    """
    if INSTALLED:
        from platformdirs import user_cache_path  # here, since a checkout has no use for it

        return user_cache_path("lgr-scenario-explorer", appauthor=False) / __version__ / "lgr.db"
    return DATA / "lgr.db"


def fingerprint(path: Path | str) -> tuple[int, ...]:
    """Time, size and inode of the file, SQLite's count of its changes, time and size of its write-ahead log.

    Differs whenever what the file holds does, also after two edits within one tick of the clock; for cache keys.
    Takes no lock. Raises LgrError when there is no such file.
    """
    try:
        stat = os.stat(path)
    except OSError:
        raise LgrError(f"{path}: no such dataset; {_BUILD}") from None
    try:
        log = os.stat(f"{path}-wal")
        waiting = (log.st_mtime_ns, log.st_size) if log.st_size else (0, 0)
    except OSError:
        waiting = (0, 0)
    counted = changes(path) if S_ISREG(stat.st_mode) else 0
    return stat.st_mtime_ns, stat.st_size, stat.st_ino, counted, *waiting


def changes(path: Path | str) -> int:
    """SQLite's own count of the changes committed to the file; 0 where it cannot be read."""
    try:
        with open(path, "rb") as file:
            return int.from_bytes(file.read(28)[24:28], "big")
    except OSError:
        return 0


def trouble(path: Path | str, fault: sqlite3.Error) -> LgrError:
    """What SQLite found wrong with the dataset, and how to mend it, in one line."""
    text = str(fault)
    if "locked" in text or "busy" in text:
        return LgrError(f"{path}: another program is writing to it; let it finish or close it, then try again")
    if "readonly" in text or "unable to open" in text:
        return LgrError(
            f"{path}: an edit of it was cut short or is kept in a write-ahead log beside it; open it once with"
            f" `sqlite-utils disable-wal {path}`, or move it away and {_BUILD}"
        )
    if "no such table" in text or "no such column" in text:
        return LgrError(f"{path}: not whole ({text}); {_BUILD}")
    missing = _missing_bytes(path)
    if missing > 0:
        short = f"{path}: cut short, {missing:,} bytes are missing"
        return LgrError(f"{short}; copy it again, or move it away and {_BUILD}")
    return LgrError(f"{path}: cannot be read as a database ({text}); move it away and {_BUILD}")


def _missing_bytes(path: Path | str) -> int:
    """By how much the file is shorter than its own first page says; 0 where that cannot be told."""
    try:
        with open(path, "rb") as file:
            head = file.read(32)
        if len(head) < 32 or not head.startswith(MAGIC):
            return 0
        size = int.from_bytes(head[16:18], "big")
        return int.from_bytes(head[28:32], "big") * (65536 if size == 1 else size) - os.stat(path).st_size
    except OSError:
        return 0


def connect(path: Path | str | None = None) -> sqlite3.Connection:
    """A read-only connection to the dataset at `path` (default: `default_path()`), usable from any thread.

    Raises LgrError, saying what and how to mend it, when the file is missing, is not a database, was built for
    another version of the schema, or lacks a table.
    """
    path = Path(path) if path is not None else default_path()
    if path.is_dir():
        raise LgrError(f"{path}: is a folder, not a dataset; name the file, e.g. data/lgr.db")
    if path.exists() and not path.is_file():
        raise LgrError(f"{path}: is a device or a pipe, not a dataset; name the file, e.g. data/lgr.db")
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except FileNotFoundError:
        raise LgrError(f"{path}: no such dataset; {_BUILD}") from None
    except OSError as error:
        raise LgrError(f"{path}: cannot be read ({error.strerror})") from None
    if head != MAGIC:
        raise LgrError(f"{path}: not an SQLite database; move it away and {_BUILD}")
    address = f"file:{quote(os.fsencode(path.resolve()))}?mode=ro"
    try:
        conn = sqlite3.connect(address, uri=True, check_same_thread=False, timeout=LOCK_SECONDS)
    except sqlite3.Error as error:
        raise trouble(path, error) from None
    try:
        conn.execute("BEGIN")
        _check(conn, path)
        conn.execute("COMMIT")
    except sqlite3.Error as error:
        conn.close()
        raise trouble(path, error) from None
    except LgrError:
        conn.close()
        raise
    return conn


def _check(conn: sqlite3.Connection, path: Path) -> None:
    tables = {name for (name,) in conn.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    if not {"meta", "area", "proposal"} <= tables:
        raise LgrError(f"{path}: not a dataset of this project (no tables meta, area, proposal); {_BUILD}")
    row = conn.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()
    version = str(row[0])[:20] if row else "unknown"
    if version != str(SCHEMA_VERSION):
        newer = (whole_number(version) or 0) > SCHEMA_VERSION
        mend = "update this program" if newer else f"it is older than this program: {_BUILD}"
        raise LgrError(f"{path}: made for schema version {version}, this program reads {SCHEMA_VERSION}; {mend}")


def meta(conn: sqlite3.Connection) -> dict[str, str]:
    """The `meta` table: schema_version, tables_hash, code_hash, data_version."""
    return dict(conn.execute("SELECT key, value FROM meta ORDER BY key"))
