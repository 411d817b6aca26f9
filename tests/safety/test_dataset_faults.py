"""A broken, locked or foreign database is told in one line with the way to mend it; what is whole goes on working."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from drawn import Tiny
from faults import UNUSABLE, alone, killed_while_writing, sql

from lgrdata.all_effects.of_scenario import effects_of
from lgrdata.cli.main import main
from lgrdata.core.models import LgrError
from lgrdata.dataset.dataset import Dataset, current
from lgrdata.keeping import fresh
from lgrdata.pictures.maps import split_map
from lgrdata.reading import db
from lgrdata.splits.scenario import Scenario


@pytest.mark.parametrize("name", UNUSABLE)
def test_a_fault_is_told_with_its_mending(
    name: str, tiny_tables: Tiny, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, fault = alone(tiny_tables, tmp_path), UNUSABLE[name]
    fault.make(path)
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(LgrError) as caught:
        Dataset(path)
    assert fault.said in str(caught.value) and fault.mend in str(caught.value)
    assert "\n" not in str(caught.value)

    assert main(["proposals", "--db", str(path)]) == 1
    told = capsys.readouterr().err
    assert fault.said in told and told.count("\n") == 1 and "Traceback" not in told

    if name != "missing":  # one that is missing may be built, which test_fresh.py holds
        found = fresh.ensure(path, tmp_path / "no tables")
        assert not found.usable and fault.said in found.message
        assert (path.read_bytes() if path.is_file() else b"") == before


def test_the_dataset_is_opened_for_reading_only(tiny_db: Path) -> None:
    data = Dataset(tiny_db)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        data.conn.execute("UPDATE area SET name = 'x'")
    data.close()


def test_a_lock_is_told_as_a_lock_and_passes(tiny_tables: Tiny, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db, "LOCK_SECONDS", 0.2)
    held = Dataset(tiny_tables.db)
    squares = held.facts("squares")
    with closing(sqlite3.connect(tiny_tables.db, isolation_level=None)) as writer:
        writer.execute("BEGIN EXCLUSIVE")
        with pytest.raises(LgrError, match="another program is writing to it; let it finish or close it"):
            Dataset(tiny_tables.db)
        assert held.facts("squares") is squares, "what was read goes on serving"
        with pytest.raises(LgrError, match="another program is writing"):
            held.facts("nine")
        writer.execute("ROLLBACK")
    assert held.facts("nine").area.area_id == "nine"


def test_a_writer_that_has_not_committed_is_not_seen(tiny_tables: Tiny) -> None:
    held = current(tiny_tables.db)
    with closing(sqlite3.connect(tiny_tables.db, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE area SET name = 'Not yet' WHERE area_id = 'squares'")
        assert held.facts("squares").area.name != "Not yet"
        writer.execute("COMMIT")
    assert current(tiny_tables.db).facts("squares").area.name == "Not yet"


def test_a_cut_short_edit_is_mended_by_opening_it_once(tiny_tables: Tiny, tmp_path: Path) -> None:
    path = alone(tiny_tables, tmp_path)
    killed_while_writing(path)
    with pytest.raises(LgrError, match="sqlite-utils disable-wal"):
        Dataset(path)
    sql(path, "PRAGMA journal_mode = delete", "SELECT count(*) FROM area")
    assert Dataset(path).facts("squares").population.sum() == 400_000


def test_edits_in_a_write_ahead_log_are_seen(tiny_tables: Tiny) -> None:
    sql(tiny_tables.db, "PRAGMA journal_mode = wal")
    with closing(sqlite3.connect(tiny_tables.db)) as writer:
        first = current(tiny_tables.db)
        with writer:
            writer.execute("UPDATE area SET name = 'Logged' WHERE area_id = 'squares'")
        second = current(tiny_tables.db)
        assert second is not first and second.facts("squares").area.name == "Logged"


def every(conn: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    return conn.execute(f"SELECT * FROM {table}").fetchall()


@pytest.mark.parametrize("table", ["claim", "flow", "case_study", "topology", "projection", "glossary"])
def test_a_missing_table_stops_only_what_needs_it(table: str, tiny_tables: Tiny, tmp_path: Path) -> None:
    path = alone(tiny_tables, tmp_path)
    sql(path, "PRAGMA foreign_keys = OFF", f"DROP TABLE {table}")
    data = Dataset(path)
    assert [a.area_id for a in data.areas] == ["nine", "squares"] or len(data.areas) == 2
    with pytest.raises(LgrError, match=f"not whole .no such table: {table}.*python -m lgrdata build"):
        data.read(every, table)


BAD_BOUNDARIES = {
    "not json": "{",
    "a number": "7",
    "no arcs": "{}",
    "objects a list": '{"arcs": [[[0,51],[0.1,51]]], "objects": []}',
    "object a text": '{"arcs": [[[0,51],[0.1,51]]], "objects": {"authorities": "x"}}',
    "geometry null": '{"arcs": [[[0,51],[0.1,51]]], "objects": {"authorities": {"geometries": [null]}}}',
    "arc unknown": '{"arcs": [[[0,51],[0.1,51]]], "objects": {"authorities": {"geometries":'
    ' [{"id": "E07000901", "type": "Polygon", "arcs": [[9]]}]}}}',
    "ring empty": '{"arcs": [[[0,51],[0.1,51]]], "objects": {"authorities": {"geometries":'
    ' [{"id": "E07000901", "type": "Polygon", "arcs": [[]]}]}}}',
    "ring open": '{"arcs": [[[0,51],[0.1,51]]], "objects": {"authorities": {"geometries":'
    ' [{"id": "E07000901", "type": "Polygon", "arcs": [[0]]}]}}}',
    "a point not a number": '{"arcs": [[[0,51],["a",51]]], "objects": {}}',
    "infinite": '{"arcs": [[[0,51],[1e999,51]]], "objects": {}}',
    "transform odd": '{"arcs": [[[0,51],[1,1]]], "transform": {"scale": 1}, "objects": {}}',
    "nothing drawn": '{"arcs": [[[0,51],[0.1,51]]], "objects": {"authorities": {"geometries": []}}}',
    "deep": "[" * 100_000,
}


@pytest.mark.parametrize("name", BAD_BOUNDARIES)
def test_a_bad_boundary_stops_one_map_and_no_sum(name: str, tiny_tables: Tiny, tmp_path: Path) -> None:
    path = alone(tiny_tables, tmp_path)
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("PRAGMA ignore_check_constraints = ON")
        conn.execute("UPDATE topology SET topojson = ? WHERE topology_id = 'squares'", (BAD_BOUNDARIES[name],))
    data = Dataset(path)
    assert effects_of(data, Scenario(data.split("squares", "squares-2ua"))).boundary is not None
    assert split_map(data, data.split("nine", "nine-3ua")).svg
    with pytest.raises(LgrError) as caught:
        split_map(data, data.split("squares", "squares-2ua"))
    assert "\n" not in str(caught.value) and len(str(caught.value)) < 400


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE authority SET name = NULL WHERE authority_code = 'E07000901'",
        "UPDATE block_resident SET residents = -5 WHERE block_code = 'E07000901'",
        "UPDATE figure SET value = 'lots'",
        "DELETE FROM block_resident",
        "DELETE FROM area_authority",
        "DELETE FROM neighbour",
        "DELETE FROM parameter",
        "DELETE FROM lens_value",
        "UPDATE drawing SET basis = 'guess'",
        "UPDATE drawing_block SET council = ''",
        "UPDATE lens_value SET value = 'high'",
    ],
)
def test_rows_that_make_no_sense_are_told_or_borne(statement: str, tiny_tables: Tiny, tmp_path: Path) -> None:
    path = alone(tiny_tables, tmp_path)
    try:
        sql(path, "PRAGMA foreign_keys = OFF", "PRAGMA ignore_check_constraints = ON", statement)
    except sqlite3.Error:
        return  # the schema itself refuses it
    data = Dataset(path)
    for area, split in (("squares", "squares-2ua"), ("nine", "today")):
        try:
            effects_of(data, Scenario(data.split(area, split)))
        except LgrError as fault:
            assert str(fault) and "\n" not in str(fault)
