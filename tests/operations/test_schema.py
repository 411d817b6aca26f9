"""From an older schema to a newer one: no edit is lost, and each step that does not fit says which does.

The older program is a copy of this one; the newer has a column more and the next schema version.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from replica import ROOT

from lgrdata.keeping import fresh
from lgrdata.reading import built as sidecar
from lgrdata.reading import db

NOW = db.SCHEMA_VERSION
NEXT = NOW + 1
WORDS = "Two councils or more that act as one for a service."


@dataclass(frozen=True)
class Program:
    """A copy of the program in a folder of its own, working on one dataset."""

    folder: Path
    data: Path

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "lgrdata", *arguments, "--db", str(self.data / "lgr.db")]
        env = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "LGR_DB")}
        return subprocess.run(command, cwd=self.folder, env=env, capture_output=True, text=True)


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{path.name} holds {old!r} {text.count(old)} times"
    path.write_text(text.replace(old, new), encoding="utf-8", newline="")


@pytest.fixture
def older(tmp_path: Path, tiny_tables: object) -> Program:
    data: Path = tiny_tables.data  # type: ignore[attr-defined]
    shutil.copytree(ROOT / "lgrdata", tmp_path / "older" / "lgrdata", ignore=shutil.ignore_patterns("*.pyc.*"))
    program = Program(tmp_path / "older", data)
    assert program.run("build").returncode == 0
    return program


@pytest.fixture
def newer(tmp_path: Path, older: Program) -> Program:
    program = Program(tmp_path / "newer", older.data)
    shutil.copytree(older.folder, program.folder, ignore=shutil.ignore_patterns("*.pyc.*"))
    _replace(
        program.folder / "lgrdata" / "reading" / "db.py", f"SCHEMA_VERSION = {NOW}\n", f"SCHEMA_VERSION = {NEXT}\n"
    )
    _replace(
        program.folder / "lgrdata" / "reading" / "schema.sql",
        "  meaning     TEXT NOT NULL\n) STRICT;",
        "  meaning     TEXT NOT NULL,\n  see         TEXT NOT NULL DEFAULT ''\n) STRICT;",
    )
    return program


def _take_new_tables(data: Path) -> None:
    """What comes with the newer program: the column in the table's CSV."""
    path = data / "tables" / "glossary.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([f"{header},see", *(f"{row}," for row in rows)]) + "\n", encoding="utf-8")


def _edit(data: Path) -> None:
    with sqlite3.connect(data / "lgr.db") as conn:
        conn.execute("INSERT INTO glossary VALUES ('Drawn term', ?)", [WORDS])
    conn.close()


def _glossary(data: Path) -> list[tuple[str, ...]]:
    conn = sqlite3.connect(data / "lgr.db")
    try:
        return conn.execute("SELECT * FROM glossary WHERE term = 'Drawn term'").fetchall()
    finally:
        conn.close()


def test_an_older_database_without_edits_is_built_anew_by_the_newer_program(older: Program, newer: Program) -> None:
    refused = newer.run("areas")
    assert refused.returncode == 1
    assert f"made for schema version {NOW}, this program reads {NEXT}" in refused.stderr
    assert "older than this program: run `python -m lgrdata build`" in refused.stderr
    _take_new_tables(older.data)
    built = newer.run("build")
    assert built.returncode == 0, built.stderr
    assert newer.run("areas").returncode == 0 and newer.run("check").returncode == 0


def test_edits_of_an_older_database_are_kept_by_the_program_that_made_it(older: Program, newer: Program) -> None:
    _edit(older.data)
    refused = newer.run("build")
    assert refused.returncode == 1 and len(refused.stderr.splitlines()) == 1
    assert f"made for schema version {NOW}: keep them with `dump` of the program that made it" in refused.stderr
    assert newer.run("dump").returncode == 1

    dumped = older.run("dump")
    assert dumped.returncode == 0, dumped.stderr
    _take_new_tables(older.data)
    built = newer.run("build")
    assert built.returncode == 0, built.stderr
    assert _glossary(older.data) == [("Drawn term", WORDS, "")]
    assert newer.run("areas").returncode == 0


def test_the_older_program_leaves_a_newer_database_alone(older: Program, newer: Program) -> None:
    _take_new_tables(older.data)
    assert newer.run("build").returncode == 0
    before = (older.data / "lgr.db").read_bytes()
    refused = older.run("areas")
    assert refused.returncode == 1 and "update this program" in refused.stderr
    assert (older.data / "lgr.db").read_bytes() == before


def test_the_app_builds_an_older_database_anew_at_its_start(older: Program) -> None:
    path = older.data / "lgr.db"
    with sqlite3.connect(path) as conn:
        conn.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", [str(NOW - 1)])
    conn.close()
    sidecar.note_untouched(path, None)
    found = fresh.ensure(path)
    assert (found.state, found.usable) == ("rebuilt", True), found.message
    with sqlite3.connect(path) as conn:
        assert conn.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone() == (str(NOW),)
    conn.close()
