"""A rebuild or an edit while the app is in use is picked up without a restart, and never shows half of each."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from drawn import Tiny
from faults import sql

from lgrdata.core.models import LgrError
from lgrdata.dataset.dataset import Dataset, DatasetChanged, current
from lgrdata.keeping.build import build
from lgrdata.splits.scenario import Scenario
from lgrdata.ui.frame.desk import Desk

EDIT_IN_PLACE = """
import sqlite3, sys
conn = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=60)
for n in range(1, int(sys.argv[2])):
    conn.execute("BEGIN IMMEDIATE")
    conn.execute("UPDATE area SET stage_note = ?", (f"version {n}",))
    conn.execute("UPDATE block_resident SET residents = 1000 + ?", (n,))
    conn.execute("UPDATE meta SET value = ? WHERE key = 'data_version'", (str(n),))
    conn.execute("COMMIT")
    if n % 3 == 0:
        import time; time.sleep(0.02)
"""
EDIT_A_COPY = """
import os, shutil, sqlite3, sys
for n in range(1, int(sys.argv[2])):
    copy = sys.argv[1] + ".copy"
    shutil.copy(sys.argv[1], copy)
    conn = sqlite3.connect(copy)
    with conn:
        conn.execute("UPDATE area SET stage_note = ?", (f"version {n}",))
        conn.execute("UPDATE block_resident SET residents = 1000 + ?", (n,))
        conn.execute("UPDATE meta SET value = ? WHERE key = 'data_version'", (str(n),))
    conn.close()
    os.replace(copy, sys.argv[1])
"""


@contextmanager
def running(script: str, path: Path, times: int) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-c", script, str(path), str(times)])
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("script, times", [(EDIT_IN_PLACE, 150), (EDIT_A_COPY, 150)], ids=["in place", "replaced"])
def test_every_reading_is_of_one_version(script: str, times: int, tiny_tables: Tiny) -> None:
    path = tiny_tables.db
    sql(path, "UPDATE area SET stage_note = 'version 0'", "UPDATE block_resident SET residents = 1000",
        "UPDATE meta SET value = '0' WHERE key = 'data_version'")  # fmt: skip
    seen = {int(current(path).version.split()[0])}
    with running(script, path, times) as writer:
        last = False
        while not last:
            last = writer.poll() is not None  # once more after the last edit
            try:
                data = current(path)
                parts = [data.facts(area) for area in ("squares", "nine")]
                data.refuse_changed()
            except DatasetChanged:
                last = False
                continue
            except LgrError as fault:
                assert "being changed" in str(fault) or "another program is writing" in str(fault)
                last = False
                continue
            version = int(data.version.split()[0])
            for facts in parts:
                assert facts.area.stage_note == f"version {version}"
                assert set(facts.residents.ravel().tolist()) <= {1000 + version}
            seen.add(version)
        assert writer.returncode == 0
    assert max(seen) == times - 1 and len(seen) > 1


def test_a_change_half_way_through_a_reading_is_refused(tiny_tables: Tiny) -> None:
    data = Dataset(tiny_tables.db)

    def make() -> tuple[str, str]:
        ask = "SELECT stage_note FROM area WHERE area_id = 'squares'"
        before = data.conn.execute(ask).fetchone()[0]
        sql(tiny_tables.db, "UPDATE area SET stage_note = 'Changed meanwhile.'")
        return before, data.conn.execute(ask).fetchone()[0]

    with pytest.raises(DatasetChanged):
        data.keep("two readings", make)
    with pytest.raises(DatasetChanged):
        data.facts("squares")
    assert current(tiny_tables.db).facts("squares").area.stage_note == "Changed meanwhile."


def test_two_edits_within_one_tick_of_the_clock_are_two(tiny_tables: Tiny) -> None:
    first = current(tiny_tables.db)
    stat = tiny_tables.db.stat()
    sql(tiny_tables.db, "UPDATE area SET stage_note = 'Quick.'")
    os.utime(tiny_tables.db, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert current(tiny_tables.db) is not first


def test_the_version_tells_an_edit_and_a_rebuild(tiny_tables: Tiny) -> None:
    built = current(tiny_tables.db).version
    sql(tiny_tables.db, "UPDATE area SET stage_note = 'Edited.' WHERE area_id = 'squares'")
    edited = current(tiny_tables.db).version
    assert edited.startswith(f"{built} with edits (")
    sql(tiny_tables.db, "UPDATE area SET stage_note = 'Again.' WHERE area_id = 'squares'")
    assert current(tiny_tables.db).version not in (built, edited)
    build(tiny_tables.data, tiny_tables.db, discard_edits=True)
    assert current(tiny_tables.db).version == built


def test_the_desk_moves_to_the_new_version_whole(tiny_tables: Tiny) -> None:
    old = current(tiny_tables.db)
    desk = Desk()
    desk.renew(old)
    desk.change(Scenario(old.split("squares", "squares-2ua"), name="Mine", start="squares-2ua"))
    desk.change(Scenario(old.split("nine", "nine-3ua"), name="Other"))
    desk.undo()
    sql(tiny_tables.db, "UPDATE block_resident SET residents = residents * 2")
    new = current(tiny_tables.db)
    revision = desk.revision
    desk.renew(new)
    assert desk.scenario is not None and desk.scenario.name == "Mine" and desk.revision > revision
    for scenario in (desk.scenario, *desk.past, *desk.future):
        assert scenario.split.facts is new.facts(scenario.area_id)
    assert desk.scenario.split.proposal == "squares-2ua"
    assert desk.scenario.split.population.sum() == 800_000


def test_the_desk_lets_go_of_what_no_longer_fits(tiny_tables: Tiny) -> None:
    old = current(tiny_tables.db)
    desk = Desk()
    desk.change(Scenario(old.split("squares", "squares-2ua")))
    sql(tiny_tables.db, "PRAGMA foreign_keys = OFF", "DELETE FROM area_authority WHERE authority_code = 'E07000901'")
    desk.renew(current(tiny_tables.db))
    assert desk.scenario is None and "no longer fits" in desk.messages[0]


def test_a_file_taken_away_and_put_back(tiny_tables: Tiny, tmp_path: Path) -> None:
    held = current(tiny_tables.db)
    held.facts("squares")
    away = shutil.move(tiny_tables.db, tmp_path / "away.db")
    with pytest.raises(LgrError, match="no such dataset; run `python -m lgrdata build`"):
        current(tiny_tables.db)
    assert held.facts("squares").area.area_id == "squares"
    shutil.move(away, tiny_tables.db)
    assert current(tiny_tables.db).facts("nine").area.area_id == "nine"


def test_many_threads_share_a_dataset(tiny_tables: Tiny) -> None:
    from concurrent.futures import ThreadPoolExecutor

    def read(n: int) -> int:
        return int(current(tiny_tables.db).facts("squares" if n % 2 else "nine").population.sum())

    with ThreadPoolExecutor(16) as pool:
        assert set(pool.map(read, range(400))) == {400_000, 900_000}


def test_a_database_elsewhere_is_never_built_over(tiny_tables: Tiny, tmp_path: Path) -> None:
    from lgrdata.keeping import fresh

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    path = Path(shutil.copy(tiny_tables.db, elsewhere / "lgr.db"))
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("UPDATE meta SET value = 'other' WHERE key IN ('code_hash', 'tables_hash')")
    before = path.read_bytes()
    assert fresh.ensure(path, tiny_tables.data).state == "current"
    assert path.read_bytes() == before
