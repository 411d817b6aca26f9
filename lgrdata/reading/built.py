"""What is known of a built database beside it, in `lgr.db.built`: enough to tell edits from a build.

The file holds hashes, and times and sizes for a quick answer. It is never committed.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any, Literal

from lgrdata.core.files import sync_folder, write_whole
from lgrdata.reading.tables import input_files

State = Literal["missing", "untouched", "edited", "unknown"]


def sidecar_path(db_path: Path) -> Path:
    """The sidecar of a database."""
    return db_path.with_name(db_path.name + ".built")


def temporary(db_path: Path) -> Path:
    """Where a build works; left behind only by a kill, and removed by the next build."""
    return db_path.with_name(f".{db_path.name}.building")


def sha256(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def tables_hash(data_dir: Path) -> str:
    """SHA-256 over names and bytes of every input file."""
    digest = hashlib.sha256()
    for path in input_files(data_dir):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(data_dir).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def tables_stat(data_dir: Path) -> str:
    """Hash of names, sizes and times of the input files: equal means unchanged, without reading them."""
    digest = hashlib.sha256()
    for path in input_files(data_dir):
        stat = path.stat()
        digest.update(f"{path.relative_to(data_dir).as_posix()} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def read(db_path: Path) -> dict[str, Any]:
    """The sidecar's content; empty when it is missing or unreadable."""
    try:
        content = json.loads(sidecar_path(db_path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _write(db_path: Path, content: dict[str, Any]) -> None:
    write_whole(sidecar_path(db_path), (json.dumps(content, indent=1) + "\n").encode())


def _db_stat(db_path: Path) -> list[int]:
    stat = db_path.stat()
    return [stat.st_size, stat.st_mtime_ns]


def publish(built: Path, db_path: Path, stat_of_tables: str) -> None:
    """Move a finished database into place and note it as untouched.

    The sidecar names old and new before the move, so that a kill between leaves a database that is still known.
    """
    with built.open("rb+") as file:
        os.fsync(file.fileno())
    new = sha256(built)
    known = [new, *(digest for digest in read(db_path).get("known", []) if digest != new)]
    _write(db_path, {"known": known})
    os.replace(built, db_path)
    sync_folder(db_path.parent)
    _write(db_path, {"known": [new], "db_stat": _db_stat(db_path), "tables_stat": stat_of_tables})


def note_untouched(db_path: Path, stat_of_tables: str | None) -> None:
    """Note the database as it stands as holding nothing that its tables lack (after a dump or a comparison)."""
    _write(db_path, {"known": [sha256(db_path)], "db_stat": _db_stat(db_path), "tables_stat": stat_of_tables})


def open_write(db_path: Path) -> Path | None:
    """The journal of a program that is writing to the database, or died while writing; None when there is none."""
    for suffix in ("-journal", "-wal"):
        journal = db_path.with_name(db_path.name + suffix)
        if journal.is_file() and journal.stat().st_size:
            return journal
    return None


def state(db_path: Path) -> State:
    """Whether the database is as it was built: by time and size first, by hash where those differ."""
    if not db_path.exists():
        return "missing"
    if open_write(db_path):
        return "edited"
    content = read(db_path)
    known = content.get("known")
    if not known:
        return "unknown"
    if content.get("db_stat") == _db_stat(db_path):
        return "untouched"
    return "untouched" if sha256(db_path) in known else "edited"
