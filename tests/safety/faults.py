"""Faults that a dataset's file can have, each made on a copy of the drawn one."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from drawn import Tiny

PAGE = 8192


@dataclass(frozen=True)
class Fault:
    """What is done to the file, and what the one line that tells of it must hold: the fault and the way to mend it."""

    make: Callable[[Path], object]
    said: str
    mend: str


def alone(tiny: Tiny, folder: Path) -> Path:
    """A copy of the drawn database where no tables are beside it, so that nothing builds it anew."""
    path = folder / "alone.db"
    path.write_bytes(tiny.db.read_bytes())
    return path


def sql(path: Path, *statements: str) -> None:
    """Statements on the file, as a maintainer's tool would run them: triggers and foreign keys aside."""
    with closing(sqlite3.connect(path, isolation_level=None)) as conn:
        for statement in statements:
            conn.execute(statement)


def _overwrite(path: Path, start: int, length: int | None = None) -> None:
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(start)
        file.write(os.urandom(length if length is not None else size - start))


def _cut(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def killed_while_writing(path: Path) -> None:
    """A program dies half-way through a large change, its journal left behind."""
    script = (
        "import sqlite3, os, sys\n"
        "conn = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "conn.execute('PRAGMA cache_size = 2')\n"
        "conn.execute('BEGIN')\n"
        "conn.execute('UPDATE figure SET value = value + 1')\n"
        "conn.execute('UPDATE resident SET residents = residents + 1')\n"
        "os.kill(os.getpid(), 9)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert path.with_name(path.name + "-journal").stat().st_size > 0


UNUSABLE: dict[str, Fault] = {
    "missing": Fault(lambda p: p.unlink(), "no such dataset", "python -m lgrdata build"),
    "a folder": Fault(lambda p: (p.unlink(), p.mkdir()), "is a folder", "name the file"),
    "a pipe": Fault(lambda p: (p.unlink(), os.mkfifo(p)), "a device or a pipe", "name the file"),
    "empty": Fault(lambda p: p.write_bytes(b""), "not an SQLite database", "python -m lgrdata build"),
    "other file": Fault(lambda p: p.write_bytes(b"PK\3\4" * 99), "not an SQLite database", "python -m lgrdata build"),
    "truncated": Fault(_cut, "cut short", "python -m lgrdata build"),
    "corrupt": Fault(lambda p: _overwrite(p, 100), "cannot be read as a database", "python -m lgrdata build"),
    "killed edit": Fault(killed_while_writing, "an edit of it was cut short", "sqlite-utils"),
    "another's database": Fault(
        lambda p: (p.unlink(), sql(p, "CREATE TABLE stock (item TEXT)")),
        "not a dataset of this project", "python -m lgrdata build",
    ),
    "older schema": Fault(
        lambda p: sql(p, "UPDATE meta SET value = '0' WHERE key = 'schema_version'"),
        "made for schema version 0", "python -m lgrdata build",
    ),
    "newer schema": Fault(
        lambda p: sql(p, "UPDATE meta SET value = '999' WHERE key = 'schema_version'"),
        "made for schema version 999", "update this program",
    ),
    "schema unknown": Fault(
        lambda p: sql(p, "DELETE FROM meta WHERE key = 'schema_version'"),
        "made for schema version unknown", "python -m lgrdata build",
    ),
    "schema odd": Fault(
        lambda p: sql(p, "UPDATE meta SET value = '²' WHERE key = 'schema_version'"),
        "made for schema version ²", "python -m lgrdata build",
    ),
}  # fmt: skip
