"""Whether data/lgr.db is up to date with the tables, and mending it where nothing can be lost.

The app asks once at its start. Edits that were not dumped are never overwritten.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from lgrdata.core.locks import lock
from lgrdata.core.models import LgrError
from lgrdata.core.outputs import advice
from lgrdata.keeping import replace
from lgrdata.keeping.build import build, code_hash, holds_nothing_new
from lgrdata.reading import built, db

DUMP = "`python -m lgrdata dump`"


@dataclass(frozen=True)
class Freshness:
    """What was found and done.

    `state`: 'current' nothing to do; 'built' it was missing; 'rebuilt' its tables had changed; 'edited' it holds edits
    not dumped, and was left alone; 'unusable' it cannot be read or built. `message`: for people, '' where current.
    """

    state: Literal["current", "built", "rebuilt", "edited", "unusable"]
    message: str

    @property
    def usable(self) -> bool:
        """True where the database can be opened."""
        return self.state != "unusable"


def data_dir_of(db_path: Path) -> Path:
    """The folder of tables that a database belongs to: its own where that holds tables/, else this project's."""
    return db_path.parent if (db_path.parent / "tables").is_dir() else db.DATA


def ready(say: Callable[[str], None] = lambda line: None) -> Path:
    """The dataset to use when none is named, built first where it is missing or stale.

    One that LGR_DB names is used as it stands. `say` is told before a first build, which takes some seconds.
    LgrError where it cannot be built.
    """
    path = db.default_path()
    if path != db.own_path():
        return path
    if not path.exists():
        say(f"Building the dataset, once: {path}")
    found = ensure(path, db.DATA)
    if not found.usable:
        raise LgrError(found.message)
    return path


def ensure(db_path: Path | None = None, data_dir: Path | None = None) -> Freshness:
    """Build the database where it is missing or stale; leave edits alone; say what was done. Never raises LgrError.

    Quick where nothing changed: times and sizes are compared first.
    """
    path = db_path if db_path is not None else db.default_path()
    data = data_dir if data_dir is not None else data_dir_of(path)
    try:
        return _ensure(path, data)
    except LgrError as error:
        return Freshness("unusable", " ".join(str(error).splitlines()))
    except sqlite3.Error as error:
        return Freshness("unusable", str(db.trouble(path, error)))
    except OSError as error:
        return Freshness("unusable", f"{path}: cannot be built or read ({advice(error)})")


def _ensure(path: Path, data: Path) -> Freshness:
    if path.exists() and not path.is_file():
        db.connect(path).close()
    if replace.pending(data):
        with lock(data / "tables"):
            replace.recover(data)
    state = built.state(path)
    if state == "missing":
        report = build(data, path)
        return Freshness("built", f"The dataset was missing and has been built (version {report.data_version}).")
    has_tables = (data / "tables").is_dir()
    stale = has_tables and _stale(path, data, trusted=state == "untouched")
    if not stale:
        with closing(db.connect(path)):
            pass
        if state == "edited" and not (has_tables and holds_nothing_new(path, data)):
            return Freshness("edited", f"The dataset holds edits not dumped to data/. To keep them run {DUMP}.")
        return Freshness("current", "")
    if state != "untouched" and path.parent.resolve() != data.resolve():
        # Somebody put this file here: it is used as it is, and never built over.
        with closing(db.connect(path)):
            pass
        return Freshness("current", "")
    if state == "untouched" or holds_nothing_new(path, data):
        report = build(data, path)
        return Freshness(
            "rebuilt", f"The tables or their code had changed: the dataset was rebuilt (version {report.data_version})."
        )
    with closing(db.connect(path)):
        pass
    return Freshness(
        "edited",
        f"The dataset holds edits not dumped, and the tables in data/ have changed since it was built. It was left as "
        f"it is. To keep the edits run {DUMP}; to drop them run `python -m lgrdata build --discard-edits`.",
    )


def _stale(path: Path, data: Path, *, trusted: bool) -> bool:
    """True where tables, schema or deriving code differ from those that the database was built from."""
    held = _meta(path)
    if held.get("code_hash") != code_hash():
        return True
    stat = built.tables_stat(data)
    if trusted and built.read(path).get("tables_stat") == stat:
        return False
    if held.get("tables_hash") != built.tables_hash(data):
        return True
    if trusted:
        built.note_untouched(path, stat)
    return False


def _meta(path: Path) -> dict[str, str]:
    """The database's meta table; LgrError where the file is no database; empty for one of another schema."""
    try:
        with closing(db.connect(path)) as conn:
            return db.meta(conn)
    except LgrError:
        with path.open("rb") as file:
            if file.read(16) != b"SQLite format 3\0":
                raise
        return {}
