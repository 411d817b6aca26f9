"""At its start the app builds what is missing or stale, and never overwrites edits."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from drawn import Tiny

from lgrdata.keeping.fresh import ensure
from lgrdata.reading import built

Edit = Callable[[Path, str, str, str], None]


def edit_db(path: Path) -> None:
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("UPDATE area SET stage_note = 'Edited.' WHERE area_id = 'squares'")


def test_nothing_changed(tiny_tables: Tiny) -> None:
    before = tiny_tables.db.stat()
    found = ensure(tiny_tables.db)
    assert (found.state, found.message, found.usable) == ("current", "", True)
    assert tiny_tables.db.stat().st_mtime_ns == before.st_mtime_ns


def test_a_missing_database_is_built(tiny_tables: Tiny) -> None:
    tiny_tables.db.unlink()
    found = ensure(tiny_tables.db)
    assert found.state == "built" and "was missing and has been built" in found.message
    assert ensure(tiny_tables.db).state == "current"


def test_changed_tables_are_built_anew(tiny_tables: Tiny, edit_table: Edit) -> None:
    edit_table(tiny_tables.data, "tables/trust.csv", "One hospital", "Another hospital")
    found = ensure(tiny_tables.db)
    assert found.state == "rebuilt" and "had changed" in found.message
    assert ensure(tiny_tables.db).state == "current"


def test_touched_tables_are_not_built_anew(tiny_tables: Tiny) -> None:
    os.utime(tiny_tables.data / "tables" / "trust.csv", (1, 1))
    assert ensure(tiny_tables.db).state == "current"
    assert built.read(tiny_tables.db)["tables_stat"] == built.tables_stat(tiny_tables.data)


def test_edits_are_left_alone(tiny_tables: Tiny) -> None:
    edit_db(tiny_tables.db)
    before = tiny_tables.db.read_bytes()
    found = ensure(tiny_tables.db)
    assert found.state == "edited" and found.usable
    assert "edits not dumped" in found.message and "python -m lgrdata dump" in found.message
    assert tiny_tables.db.read_bytes() == before


def test_edits_are_left_alone_where_tables_changed_too(tiny_tables: Tiny, edit_table: Edit) -> None:
    edit_db(tiny_tables.db)
    edit_table(tiny_tables.data, "tables/trust.csv", "One hospital", "Another hospital")
    before = tiny_tables.db.read_bytes()
    found = ensure(tiny_tables.db)
    assert found.state == "edited" and "have changed since" in found.message
    assert tiny_tables.db.read_bytes() == before


def test_a_copy_without_its_sidecar_is_current_while_it_agrees(tiny_tables: Tiny) -> None:
    built.sidecar_path(tiny_tables.db).unlink()
    assert ensure(tiny_tables.db).state == "current"


def test_an_edited_copy_without_its_sidecar_is_left_alone(tiny_tables: Tiny, edit_table: Edit) -> None:
    edit_db(tiny_tables.db)
    built.sidecar_path(tiny_tables.db).unlink()
    edit_table(tiny_tables.data, "tables/trust.csv", "One hospital", "Another hospital")
    before = tiny_tables.db.read_bytes()
    assert ensure(tiny_tables.db).state == "edited"
    assert tiny_tables.db.read_bytes() == before


def test_what_is_no_database_is_told_and_left(tiny_tables: Tiny) -> None:
    tiny_tables.db.write_bytes(b"not a database")
    found = ensure(tiny_tables.db)
    assert found.state == "unusable" and not found.usable
    assert "not an SQLite database; move it away and run `python -m lgrdata build`" in found.message
    assert tiny_tables.db.read_bytes() == b"not a database"


def test_broken_tables_are_told(tiny_tables: Tiny, edit_table: Edit) -> None:
    tiny_tables.db.unlink()
    edit_table(tiny_tables.data, "tables/county.csv", "E10000901,Squareshire,squares", "E10000901,Squareshire,circles")
    found = ensure(tiny_tables.db)
    assert found.state == "unusable"
    assert found.message == "data/tables/county.csv line 2: area_id 'circles' is not in area.csv"


def test_no_tables_and_no_database(tmp_path: Path) -> None:
    found = ensure(tmp_path / "lgr.db", tmp_path)
    assert found.state == "unusable" and "holds no folder tables/" in found.message


def test_a_database_without_tables_beside_it_is_used_as_it_is(tiny_db: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(tiny_db, tmp_path / "alone.db"))
    assert ensure(path, tmp_path / "nowhere").state == "current"
