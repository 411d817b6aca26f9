"""The project's own tables: what the fits come to, and that nothing published is changed by estimating."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from lgrdata.core.models import OUTCOMES
from lgrdata.keeping.estimates import derive_fits
from lgrdata.keeping.load import load_tables
from lgrdata.keeping.residents import derive_block_residents
from lgrdata.reading.tables import schema_sql

DATA = Path(__file__).resolve().parents[2] / "data"


@pytest.fixture(scope="module")
def conn() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    connection.executescript(schema_sql())
    load_tables(connection, DATA)
    derive_block_residents(connection)
    derive_fits(connection)
    yield connection
    connection.close()


def test_drivers_beat_the_population_share_for_every_outcome(conn: sqlite3.Connection) -> None:
    rows = conn.execute("SELECT outcome, method, councils, error, baseline_error FROM fit").fetchall()
    assert {r[0] for r in rows} == set(OUTCOMES)
    assert all(method == "drivers" and error < baseline for _, method, _, error, baseline in rows)
    assert {r[0]: r[2] for r in rows}["adults_long_term_support"] == 83
    assert {r[0]: r[2] for r in rows}["ehc_plans"] == 151


def test_every_authority_and_counted_ward_has_every_estimate(conn: sqlite3.Connection) -> None:
    kinds = """SELECT kind, count(*) FROM block_estimate JOIN place ON place_code = block_code
               WHERE outcome = ? GROUP BY kind"""
    for outcome in OUTCOMES:
        # 164 districts, 19 unitaries and West Berkshire, whose wards are not counted.
        assert dict(conn.execute(kinds, (outcome,))) == {"district": 164, "unitary": 20, "ward": 3685}


def test_estimates_add_to_every_published_count(conn: sqlite3.Connection) -> None:
    sql = """SELECT coalesce(county_code, authority_code) AS upper, outcome, sum(value)
             FROM block_estimate JOIN authority ON authority_code = block_code GROUP BY upper, outcome"""
    for upper, outcome, total in conn.execute(sql).fetchall():
        held = conn.execute(
            "SELECT value FROM figure WHERE place_code = ? AND measure_code = ? ORDER BY substr(period, -4) DESC",
            (upper, outcome),
        ).fetchone()
        assert total == pytest.approx(held[0], abs=1e-3), (upper, outcome)


def test_wards_add_to_their_authority(conn: sqlite3.Connection) -> None:
    sql = """SELECT w.authority_code, e.outcome, sum(e.value), a.value FROM ward w
             JOIN block_estimate e ON e.block_code = w.ward_code
             JOIN block_estimate a ON a.block_code = w.authority_code AND a.outcome = e.outcome
             GROUP BY w.authority_code, e.outcome"""
    assert all(total == pytest.approx(whole, abs=1e-3) for _, _, total, whole in conn.execute(sql))


def test_neighbouring_councils_are_found_for_all_but_islands(conn: sqlite3.Connection) -> None:
    words = conn.execute("SELECT words FROM fit WHERE outcome = 'ehc_plans'").fetchone()[0]
    assert "354 pairs" in words
