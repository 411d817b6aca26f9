"""The project's own tables: how the estimates do on former counties, and that nothing published is changed by them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from lgrdata.care.hindcast import COVERAGE, people
from lgrdata.core.models import OUTCOMES
from lgrdata.reading import db
from lgrdata.reading.record import care_record

ADULTS, LOOKED_AFTER, IN_NEED, PLANS = OUTCOMES

# Median error of each class when it was last looked at, in per cent. A change of the way to split that makes one worse
# on the same figures fails; new figures move them, and are looked at anew.
MEDIANS = {
    ("shire", ADULTS): 5.3, ("shire", LOOKED_AFTER): 6.1, ("shire", IN_NEED): 5.2, ("shire", PLANS): 6.7,
    ("city", ADULTS): 6.0, ("city", LOOKED_AFTER): 7.7, ("city", IN_NEED): 10.7, ("city", PLANS): 5.0,
    ("metropolitan", LOOKED_AFTER): 8.9, ("metropolitan", IN_NEED): 10.0, ("metropolitan", PLANS): 7.4,
}  # fmt: skip


@pytest.fixture(scope="module")
def conn(real_db: Path) -> Iterator[sqlite3.Connection]:
    with closing(db.connect(real_db)) as connection:
        yield connection


def test_inside_former_shires_no_estimate_is_worse_than_a_plain_share_and_ranges_hold(conn: sqlite3.Connection) -> None:
    parts, summaries = people(care_record(conn))
    assert len(parts) == 4 * 107 and len(summaries) == 12
    for s in summaries:
        if (s.kind, s.outcome) == ("metropolitan", ADULTS):
            assert s.parts == 0 and s.median_error is None and s.coverage is None
            continue
        assert s.parts == {"shire": 39, "city": 32, "metropolitan": 36}[s.kind]
        assert s.median_error is not None and s.coverage is not None
        assert s.median_error * 100 <= MEDIANS[s.kind, s.outcome], (s.kind, s.outcome)
        assert COVERAGE[0] <= s.coverage <= COVERAGE[1], (s.kind, s.outcome)
        if s.kind != "metropolitan":
            assert not s.worse


def test_a_prediction_adds_to_its_county_and_lies_in_its_range(conn: sqlite3.Connection) -> None:
    parts, _ = people(care_record(conn))
    by_county: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for p in parts:
        if p.published is not None:
            assert p.predicted is not None and p.low is not None and p.high is not None
            assert p.low < p.predicted < p.high and p.population_share is not None
            by_county.setdefault((p.county, p.outcome), []).append((p.published, p.predicted))
    for county, figures in by_county.items():
        published, predicted = (sum(f) for f in zip(*figures, strict=True))
        assert predicted == pytest.approx(published, rel=1e-4), county


def test_few_drivers_of_the_sign_of_need_are_in_use(conn: sqlite3.Connection) -> None:
    rows = conn.execute("SELECT outcome, count(*), min(power) FROM fit_driver GROUP BY outcome").fetchall()
    assert {r[0] for r in rows} == set(OUTCOMES)
    assert all(drivers <= 3 and power > 0 for _, drivers, power in rows)
    assert dict(conn.execute("SELECT outcome, councils FROM fit")) == {
        ADULTS: 83, LOOKED_AFTER: 151, IN_NEED: 151, PLANS: 151,
    }  # fmt: skip
    assert conn.execute("SELECT pairs FROM fit WHERE outcome = 'ehc_plans'").fetchone() == (354,)


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
