"""Tables to database and back: the same bytes, one line a fault, nothing half-written, no edit lost."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from drawn import Tiny

from lgrdata.core.models import LgrError
from lgrdata.keeping import replace as swap
from lgrdata.keeping.build import build
from lgrdata.keeping.dump import differences, dump
from lgrdata.reading import built, db
from lgrdata.reading.tables import Faults, input_files

Edit = Callable[[Path, str, str, str], None]


def contents(data: Path) -> dict[str, bytes]:
    return {path.relative_to(data).as_posix(): path.read_bytes() for path in input_files(data)}


def faults_of(data: Path, path: Path) -> list[str]:
    with pytest.raises(Faults) as caught:
        build(data, path, discard_edits=True)
    return caught.value.faults


def edit_db(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute(statement)


# ------------------------------------------------------------------ same bytes
def test_a_build_is_byte_identical_twice(tiny_tables: Tiny, tmp_path: Path) -> None:
    first = build(tiny_tables.data, tmp_path / "one.db")
    build(tiny_tables.data, tmp_path / "two.db")
    assert (tmp_path / "one.db").read_bytes() == (tmp_path / "two.db").read_bytes()
    assert first.data_version.endswith(" 2025-01-01")


def test_the_real_tables_build_into_the_same_bytes_under_40_mb(real_db: Path, tmp_path: Path) -> None:
    report = build(db.ROOT / "data", tmp_path / "again.db")
    assert built.sha256(tmp_path / "again.db") == built.sha256(real_db)
    assert report.bytes < 40_000_000


def test_dump_after_build_changes_nothing(tiny_tables: Tiny) -> None:
    before = contents(tiny_tables.data)
    with closing(db.connect(tiny_tables.db)) as conn:
        report = dump(conn, tiny_tables.db, tiny_tables.data)
    assert (report.written, report.removed) == ([], [])
    assert contents(tiny_tables.data) == before


def test_the_real_tables_are_as_a_dump_writes_them(real_db: Path) -> None:
    with closing(db.connect(real_db)) as conn:
        changed, removed = differences(conn, db.ROOT / "data")
    assert (sorted(changed), removed) == ([], [])


def test_an_edit_reaches_its_table_and_nothing_else(tiny_tables: Tiny) -> None:
    before = contents(tiny_tables.data)
    edit_db(tiny_tables.db, "UPDATE proposal SET title = 'Two, renamed' WHERE proposal_id = 'squares-2ua'")
    with closing(db.connect(tiny_tables.db)) as conn:
        report = dump(conn, tiny_tables.db, tiny_tables.data)
    after = contents(tiny_tables.data)
    assert report.written == ["tables/proposal.csv"]
    assert {name for name in after if after[name] != before[name]} == {"tables/proposal.csv"}
    assert b'"Two, renamed"' in after["tables/proposal.csv"]


def test_a_topic_without_figures_loses_its_file(tiny_tables: Tiny) -> None:
    edit_db(
        tiny_tables.db,
        "DELETE FROM figure WHERE measure_code IN (SELECT measure_code FROM measure WHERE topic = 'send')",
    )
    with closing(db.connect(tiny_tables.db)) as conn:
        report = dump(conn, tiny_tables.db, tiny_tables.data)
    assert report.removed == ["tables/figure/send.csv"]
    assert not (tiny_tables.data / "tables" / "figure" / "send.csv").exists()


# ------------------------------------------------------------------ faults, one line each
@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        (
            "tables/resident.csv",
            "E07000901,2024,89,0,drawn",
            "E07000901,2024,89,none,drawn",
            "data/tables/resident.csv line 182: residents is 'none', where the table needs a whole number, digits only",
        ),
        (
            "tables/authority.csv",
            "E07000901,Squareshire A,district,E10000901,Drawn,Urban,100,",
            "E07000901,Squareshire A,district,E10000901,Drawn,Urban,1e2e,",
            "data/tables/authority.csv line 3: area_km2 is '1e2e', "
            "where the table needs a number, digits and a point only",
        ),
        (
            "tables/area.csv",
            "squares,Squareshire,Squareshire,invited,unknown",
            "squares,Squareshire,Squareshire,invited,maybe",
            "data/tables/area.csv line 3: stage is 'maybe'; "
            "the schema asks: stage IN ('decided', 'awaiting', 'unknown')",
        ),
        (
            "tables/county.csv",
            "E10000901,Squareshire,squares",
            "E10000901,Squareshire,circles",
            "data/tables/county.csv line 2: area_id 'circles' is not in area.csv",
        ),
        (
            "tables/trust.csv",
            "T1,One hospital\n",
            "T1,One hospital\nT1,Another\n",
            "data/tables/trust.csv line 3: trust_code 'T1' is there already, at line 2",
        ),
        (
            "tables/trust.csv",
            "T1,One hospital\n",
            "T1,One hospital,Leeds\n",
            "data/tables/trust.csv line 2: 3 fields where the header has 2",
        ),
        (
            "tables/trust.csv",
            "trust_code,name\n",
            "trust_code,title\n",
            "data/tables/trust.csv line 1: the header lacks column name and has unknown column 'title'",
        ),
        (
            "tables/trust.csv",
            "T1,One hospital\n",
            'T1,"One hospital\n',
            "data/tables/trust.csv line 2: not well-formed CSV (unexpected end of data)",
        ),
        (
            "tables/figure/send.csv",
            "E10000901,ehc_plans,Jan 2025,5040,published,drawn,\n",
            "E10000901,imd,Jan 2025,5040,published,drawn,\n",
            "data/tables/figure/send.csv line 35: measure_code 'imd' belongs in deprivation.csv, by its topic",
        ),
        (
            "tables/figure/send.csv",
            "E10000901,ehc_plans,Jan 2025,5040,published,drawn,\n",
            "E10000901,ehc_plans,Jan 2025,,published,drawn,\n",
            "data/tables/figure/send.csv line 35: value is '', status is 'published'; the schema asks: "
            "(value IS NULL) = (status IN ('suppressed', 'not returned', 'not available', 'not applicable'))",
        ),
    ],
)
def test_a_fault_names_file_line_column_and_value(
    name: str, old: str, new: str, line: str, tiny_tables: Tiny, edit_table: Edit
) -> None:
    before = tiny_tables.db.read_bytes()
    edit_table(tiny_tables.data, name, old, new)
    assert line in faults_of(tiny_tables.data, tiny_tables.db)
    assert tiny_tables.db.read_bytes() == before, "the old database stands"


def test_missing_and_misnamed_tables_are_told(tiny_tables: Tiny) -> None:
    tables = tiny_tables.data / "tables"
    (tables / "trust.csv").rename(tables / "trusts.csv")
    assert faults_of(tiny_tables.data, tiny_tables.db)[:2] == [
        "data/tables/trusts.csv: no table of the schema has this name",
        "data/tables/trust.csv: missing",
    ]


def test_text_that_is_not_utf8_is_told(tiny_tables: Tiny) -> None:
    path = tiny_tables.data / "tables" / "trust.csv"
    path.write_bytes(b"trust_code,name\nT1,Caf\xe9\n")
    assert faults_of(tiny_tables.data, tiny_tables.db) == [
        "data/tables/trust.csv line 2: not UTF-8 text; save the file as UTF-8"
    ]


def test_boundaries_that_are_not_there_are_told(tiny_tables: Tiny) -> None:
    (tiny_tables.data / "boundaries" / "squares.topojson").unlink()
    assert "data/tables/topology.csv line 4: data/boundaries/squares.topojson is missing" in faults_of(
        tiny_tables.data, tiny_tables.db
    )


def test_a_partial_build_warns_of_what_is_missing(tiny_tables: Tiny) -> None:
    (tiny_tables.data / "tables" / "glossary.csv").unlink()
    report = build(tiny_tables.data, tiny_tables.db, partial=True)
    assert report.warnings == ["data/tables/glossary.csv: missing"]


# ------------------------------------------------------------------ edits are never lost
def test_build_refuses_to_lose_edits(tiny_tables: Tiny) -> None:
    edit_db(tiny_tables.db, "UPDATE area SET stage_note = 'Edited.' WHERE area_id = 'squares'")
    with pytest.raises(LgrError, match="holds edits not dumped"):
        build(tiny_tables.data, tiny_tables.db)
    build(tiny_tables.data, tiny_tables.db, discard_edits=True)
    assert built.state(tiny_tables.db) == "untouched"


def test_a_database_that_differs_only_in_form_may_be_rebuilt(tiny_tables: Tiny) -> None:
    with closing(sqlite3.connect(tiny_tables.db)) as conn:
        conn.execute("PRAGMA user_version = 7")
    assert built.state(tiny_tables.db) == "edited"
    build(tiny_tables.data, tiny_tables.db)


def test_build_waits_for_a_program_that_is_writing(tiny_tables: Tiny) -> None:
    Path(f"{tiny_tables.db}-journal").write_bytes(b"half a transaction")
    with pytest.raises(LgrError, match="another program is writing to it"):
        build(tiny_tables.data, tiny_tables.db)


# ------------------------------------------------------------------ killed at any moment
WORK = """
import sys
from pathlib import Path
from contextlib import closing
from lgrdata.reading import db
from lgrdata.keeping.build import build
from lgrdata.keeping.dump import dump
data = Path(sys.argv[2])
if sys.argv[1] == "build":
    print("go", flush=True)
    build(data, data / "lgr.db")
else:
    with closing(db.connect(data / "lgr.db")) as conn:
        print("go", flush=True)
        dump(conn, data / "lgr.db", data)
"""


def kill_after(task: str, data: Path, seconds: float) -> None:
    """Start a build or a dump in a process of its own, and kill it so long after it begins."""
    command = [sys.executable, "-c", WORK, task, str(data)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=db.ROOT)
    assert process.stdout is not None and process.stdout.readline() == b"go\n"
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()


def test_a_killed_build_leaves_the_old_database_or_the_new(tiny_tables: Tiny, edit_table: Edit) -> None:
    old = tiny_tables.db.read_bytes()
    edit_table(tiny_tables.data, "tables/trust.csv", "One hospital", "Another hospital")
    new_path = tiny_tables.data.parent / "new.db"
    build(tiny_tables.data, new_path)
    new = new_path.read_bytes()
    moments = random.Random(1)
    for _ in range(6):
        kill_after("build", tiny_tables.data, moments.uniform(0, 0.4))
        assert tiny_tables.db.read_bytes() in (old, new)
        assert built.state(tiny_tables.db) == "untouched"
    build(tiny_tables.data, tiny_tables.db)
    assert tiny_tables.db.read_bytes() == new
    left = {path.name for path in tiny_tables.data.iterdir() if path.name.endswith((".building", ".writing"))}
    assert left == set()


def test_a_killed_dump_leaves_the_old_tables_or_can_be_finished(tiny_tables: Tiny) -> None:
    moments = random.Random(2)
    for number in range(6):
        before = contents(tiny_tables.data)
        words = f"Edit {number}."
        with closing(sqlite3.connect(tiny_tables.db)) as conn, conn:
            conn.execute("UPDATE area SET stage_note = ?", (words,))
            conn.execute("UPDATE proposal SET note = ?", (words,))
            conn.execute("UPDATE event SET event = ?", (words,))
        with closing(db.connect(tiny_tables.db)) as conn:
            changed, _ = differences(conn, tiny_tables.data)
        wanted = before | changed
        kill_after("dump", tiny_tables.data, moments.uniform(0, 0.12))
        now = contents(tiny_tables.data)
        assert all(now[name] in (before[name], wanted[name]) for name in before), "each file is whole"
        swap.recover(tiny_tables.data)
        assert contents(tiny_tables.data) in (before, wanted), "after recovery the set is one or the other"
        with closing(db.connect(tiny_tables.db)) as conn:
            dump(conn, tiny_tables.db, tiny_tables.data)
        assert contents(tiny_tables.data) == wanted


@pytest.mark.parametrize("moved", range(4))
def test_a_dump_killed_between_two_files_is_finished_later(
    moved: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The deciding rename is done and `moved` files are in place when the process dies."""
    names = ["tables/a.csv", "tables/b.csv", "tables/c.csv"]
    (tmp_path / "tables").mkdir()
    for name in [*names, "tables/old.csv"]:
        (tmp_path / name).write_bytes(b"old")

    class Died(BaseException):
        pass

    left = [moved]
    replace = swap.os.replace

    def replace_until_dead(source: Path, target: Path) -> None:
        if (tmp_path / swap.READY).exists():
            if left[0] == 0:
                raise Died
            left[0] -= 1
        replace(source, target)

    with monkeypatch.context() as patched, pytest.raises(Died):
        patched.setattr(swap.os, "replace", replace_until_dead)
        swap.replace_files(tmp_path, dict.fromkeys(names, b"new"), ["tables/old.csv"])
    assert swap.pending(tmp_path)
    swap.recover(tmp_path)
    assert [(tmp_path / name).read_bytes() for name in names] == [b"new"] * 3
    assert not (tmp_path / "tables" / "old.csv").exists()
    assert not swap.pending(tmp_path)
