"""Reading the record: former counties split as if only their totals were known, beside what their parts publish."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple


class RecordRow(NamedTuple):
    """One part of a former county and one count: published, predicted with its range, and by two plain shares."""

    kind: str
    county: str
    outcome: str
    code: str
    name: str
    published: float | None
    predicted: float | None
    low: float | None
    high: float | None
    all_ages: float | None
    age_band: float | None


def care_record(conn: sqlite3.Connection) -> tuple[RecordRow, ...]:
    """Every part and count, by county and name."""
    rows = conn.execute(
        "SELECT f.kind, f.county, r.outcome, r.place_code, p.name, r.published, r.predicted, r.low, r.high, r.all_ages,"
        " r.age_band FROM care_record r JOIN former_county f USING (place_code) JOIN place p USING (place_code)"
        " ORDER BY f.county, p.name, r.place_code"
    )
    return tuple(RecordRow(*row) for row in rows)


def districts_by_county(conn: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    """Codes of the districts of each county council of today."""
    out: dict[str, list[str]] = {}
    rows = conn.execute("SELECT authority_code, county_code FROM authority WHERE county_code IS NOT NULL ORDER BY 1")
    for code, county in rows:
        out.setdefault(county, []).append(code)
    return {county: tuple(codes) for county, codes in out.items()}
