"""Estimates by block from drawn tables: they add up, follow the drivers, and missing figures stop nothing else."""

from __future__ import annotations

import json
import sqlite3

import numpy as np
import pytest

from lgrdata.core.models import BANDS, OUTCOMES, LgrError
from lgrdata.keeping.estimates import DISTORTING, FIGURES, derive_fits, read_figures
from lgrdata.reading.tables import schema_sql

COUNTY = "E10000099"
DISTRICTS = ("E07000990", "E07000991")
OTHERS = tuple(f"E080009{i:02d}" for i in range(30))


def drawn(conn: sqlite3.Connection, outcomes: tuple[str, ...] = OUTCOMES) -> None:
    """A county of two districts, two wards each, and 30 councils in a row beside it; two and two were one county."""
    conn.execute("PRAGMA foreign_keys = OFF")
    conn.executescript(schema_sql())
    rng = np.random.default_rng(1)
    conn.execute("INSERT INTO place VALUES (?, 'County', 'county')", (COUNTY,))
    for d in DISTRICTS:
        conn.execute("INSERT INTO place VALUES (?, ?, 'district')", (d, d))
        conn.execute("INSERT INTO authority VALUES (?, ?, 'district', ?, 'R', 'U', 1, 0, 52)", (d, d, COUNTY))
        for k in range(2):
            ward = f"E0509{d[-2:]}{k}"
            conn.execute("INSERT INTO ward VALUES (?, ?, ?, 1, 0, 52)", (ward, ward, d))
            for item in ("disabled", "income deprived children", "income deprived older people"):
                conn.execute("INSERT INTO ward_census VALUES (?, ?, ?, 'estimated', 'x')", (ward, item, 100 * (k + 1)))
            for band in BANDS:
                conn.execute("INSERT INTO block_resident VALUES (?, ?, 5000, 'estimated')", (ward, band))
        for band in BANDS:
            conn.execute("INSERT INTO block_resident VALUES (?, ?, 10000, 'published')", (d, band))
    for code in (COUNTY, *OTHERS):
        if code != COUNTY:
            conn.execute("INSERT INTO place VALUES (?, ?, 'other authority')", (code, code))
        size = rng.uniform(0.5, 3)
        poverty = rng.uniform(0.05, 0.5)
        values = {
            "population_0_17": 20000 * size,
            "population_0_24": 40000 * size,
            "population_18_64": 40000 * size,
            "population_65_74": 20000 * size,
            "population_75_84": 20000 * size,
            "population_85_plus": 20000 * size * rng.uniform(0.8, 1.2),
            "idaci": poverty,
            "idaopi": poverty / 2,
            "disabled_residents": 15000 * size * rng.uniform(0.8, 1.2),
        }
        noise = rng.uniform(0.9, 1.1, 4)
        values["adults_long_term_support"] = round(500 * size * (1 + poverty) * noise[0])
        values["children_looked_after"] = round(100 * size * (0.5 + 4 * poverty) * noise[1])
        values["children_in_need"] = round(400 * size * (0.5 + 2 * poverty) * noise[2])
        values["ehc_plans"] = round(600 * size * noise[3])
        for measure, value in values.items():
            if measure in FIGURES and (measure not in OUTCOMES or measure in outcomes):
                figure(conn, code, measure, value)
    for n, code in enumerate(OTHERS[:18]):
        kind = "shire" if n < 10 else "city" if n < 14 else "metropolitan"
        conn.execute("INSERT INTO former_county VALUES (?, ?, ?, 'x')", (code, f"Old County {n // 2}", kind))
    codes = (*DISTRICTS, *OTHERS)
    shapes = [
        {"type": "Polygon", "id": c, "properties": {"name": c}, "arcs": [[i, ~(i + 1)]]} for i, c in enumerate(codes)
    ]
    topology = {"type": "Topology", "objects": {"authorities": {"type": "GeometryCollection", "geometries": shapes}}}
    conn.execute("INSERT INTO topology VALUES ('england', ?, 'x')", (json.dumps(topology),))


def figure(
    conn: sqlite3.Connection, place: str, measure: str, value: float | None, period: str = "31 Mar 2025"
) -> None:
    status = "published" if value is not None else "suppressed"
    conn.execute(
        "INSERT OR REPLACE INTO figure VALUES (?, ?, ?, ?, ?, 'x', '')", (place, measure, period, value, status)
    )


@pytest.fixture
def conn() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    drawn(connection)
    return connection


def estimates(conn: sqlite3.Connection, outcome: str) -> dict[str, float]:
    return dict(conn.execute("SELECT block_code, value FROM block_estimate WHERE outcome = ?", (outcome,)))


def published(conn: sqlite3.Connection, outcome: str) -> float:
    sql = "SELECT value FROM figure WHERE place_code = ? AND measure_code = ?"
    return float(conn.execute(sql, (COUNTY, outcome)).fetchone()[0])


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_districts_add_to_the_county_and_wards_to_districts(conn: sqlite3.Connection, outcome: str) -> None:
    derive_fits(conn)
    found = estimates(conn, outcome)
    assert sum(found[d] for d in DISTRICTS) == pytest.approx(published(conn, outcome), abs=1e-4)
    for d in DISTRICTS:
        assert sum(found[f"E0509{d[-2:]}{k}"] for k in range(2)) == pytest.approx(found[d], abs=1e-4)


def test_wards_follow_the_drivers_worked_by_hand(conn: sqlite3.Connection) -> None:
    figure(conn, COUNTY, "idaci", 0.2)
    figure(conn, COUNTY, "population_0_17", 20_000)
    derive_fits(conn)
    found = conn.execute("SELECT driver, power FROM fit_driver WHERE outcome = 'children_looked_after'")
    ((driver, power),) = found.fetchall()
    assert driver == "income deprived children" and power > 0.2
    # 4,000 poor children, spread 1 : 2 over each district's wards: 667 and 1,333 among 5,000 children each.
    few, many = (estimates(conn, "children_looked_after")[f"E050990{k}"] for k in range(2))
    assert many / few == pytest.approx(2**power, rel=1e-4)


def test_the_record_is_kept_with_the_fit_that_it_gives_its_range(conn: sqlite3.Connection) -> None:
    derive_fits(conn)
    for outcome, councils, error, low, high, words, city_low, city_high in conn.execute(
        "SELECT outcome, councils, error, low_factor, high_factor, words, city_low_factor, city_high_factor FROM fit"
    ).fetchall():
        assert councils == 31
        assert low < 1 < high and low * high == pytest.approx(1, abs=1e-4)
        assert city_low < 1 < city_high and city_low * city_high == pytest.approx(1, abs=1e-4)
        assert "nominally 4 in 5" in words and f"a factor of {high:.2f}" in words
        rows = conn.execute(
            "SELECT kind, published, predicted, low, high FROM care_record JOIN former_county USING (place_code)"
            " WHERE outcome = ?",
            (outcome,),
        ).fetchall()
        assert len(rows) == 18
        shires = [abs(predicted / published - 1) for kind, published, predicted, *_ in rows if kind == "shire"]
        assert error == pytest.approx(np.median(shires), rel=1e-4)
        assert all(least <= predicted <= most for *_, predicted, least, most in rows)


def test_a_part_without_a_count_leaves_its_county_out_of_the_record_and_no_other(conn: sqlite3.Connection) -> None:
    figure(conn, OTHERS[0], "ehc_plans", None)
    derive_fits(conn)
    sql = "SELECT place_code FROM care_record WHERE outcome = 'ehc_plans' AND published IS NULL ORDER BY 1"
    assert [c for (c,) in conn.execute(sql)] == sorted(OTHERS[:2])


def test_two_derivations_give_the_same_rows() -> None:
    rows = []
    for _ in range(2):
        conn = sqlite3.connect(":memory:")
        drawn(conn)
        derive_fits(conn)
        rows.append(
            [
                conn.execute(f"SELECT * FROM {t}").fetchall()
                for t in ("fit", "fit_driver", "fit_coefficient", "care_record", "block_estimate")
            ]
        )
    assert rows[0] == rows[1]


def test_a_county_without_a_published_count_gets_no_rows(conn: sqlite3.Connection) -> None:
    figure(conn, COUNTY, "adults_long_term_support", None)
    derive_fits(conn)
    assert estimates(conn, "adults_long_term_support") == {}
    assert estimates(conn, "ehc_plans")


def test_tiny_places_are_left_out_of_the_fit(conn: sqlite3.Connection) -> None:
    for code in DISTORTING:
        conn.execute("INSERT INTO place VALUES (?, 'tiny', 'other authority')", (code,))
        for (measure,) in conn.execute("SELECT DISTINCT measure_code FROM figure").fetchall():
            figure(conn, code, measure, 3)
    derive_fits(conn)
    assert {c for (c,) in conn.execute("SELECT councils FROM fit")} == {31}


def test_the_newest_period_is_read_and_a_suppressed_one_is_missing(conn: sqlite3.Connection) -> None:
    figure(conn, COUNTY, "ehc_plans", 1, "Jan 2019")
    assert read_figures(conn)[COUNTY]["ehc_plans"] == published_newest(conn)
    figure(conn, COUNTY, "ehc_plans", None)
    assert "ehc_plans" not in read_figures(conn)[COUNTY]


def published_newest(conn: sqlite3.Connection) -> float:
    sql = "SELECT value FROM figure WHERE place_code = ? AND measure_code = 'ehc_plans' AND period = '31 Mar 2025'"
    return float(conn.execute(sql, (COUNTY,)).fetchone()[0])


def test_an_outcome_with_too_few_councils_is_not_fitted() -> None:
    conn = sqlite3.connect(":memory:")
    drawn(conn, OUTCOMES[1:])
    derive_fits(conn)
    assert {o for (o,) in conn.execute("SELECT outcome FROM fit")} == set(OUTCOMES[1:])


def test_without_former_shire_counties_nothing_is_estimated(conn: sqlite3.Connection) -> None:
    conn.execute("DELETE FROM former_county WHERE county IN ('Old County 0', 'Old County 1', 'Old County 2')")
    derive_fits(conn)
    assert conn.execute("SELECT count(*) FROM fit").fetchone() == (0,)
    assert conn.execute("SELECT count(*), count(published) FROM care_record").fetchone() == (4 * 12, 0)


def test_parts_without_drivers_are_refused_in_one_line(conn: sqlite3.Connection) -> None:
    conn.execute("DELETE FROM ward_census WHERE item = 'income deprived children'")
    with pytest.raises(LgrError, match="E10000099: children in income-deprived homes"):
        derive_fits(conn)
