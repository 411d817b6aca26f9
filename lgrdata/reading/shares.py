"""Reading what a share-out needs of one area."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

import numpy as np

from lgrdata.core.facts import AreaFacts, Floats, MeasureColumn
from lgrdata.core.models import BANDS, OUTCOMES
from lgrdata.core.share_facts import Basis, BasisMeasure, Debt, GrantRule, ShareFacts, ShareLine, Use
from lgrdata.reading.vintage import RESIDENTS_YEAR

BAND_BASES: dict[str, tuple[str, ...]] = {
    "residents": BANDS,
    "residents_0_17": ("0-17",),
    "residents_0_24": ("0-17", "18-24"),
    "residents_18_64": ("18-24", "25-64"),
    "residents_25_64": ("25-64",),
    "residents_65_plus": ("65-74", "75-84", "85+"),
    "residents_75_plus": ("75-84", "85+"),
    "residents_85_plus": ("85+",),
}
"""Bases that are residents of some age bands."""

CENSUS_ITEMS = {
    "income_deprived": "income deprived",
    "income_deprived_children": "income deprived children",
    "income_deprived_older": "income deprived older people",
    "disabled_residents": "disabled",
}
"""Bases whose wards follow a count of the census (or of small areas), scaled to their authority."""

SCORES = {
    "income_deprived": ("income_score", BANDS),
    "income_deprived_children": ("idaci", ("0-17",)),
    "income_deprived_older": ("idaopi", ("65-74", "75-84", "85+")),
}
"""Bases that are a share on low incomes (a score) times the residents of some bands."""

HECTARES = 100.0


def load_shares(conn: sqlite3.Connection, facts: AreaFacts) -> ShareFacts:
    """Lines, bases and measures of an area, and the stocks to divide."""
    lines = _lines(conn)
    stocks = tuple(line for line in lines if line.form == "stock")
    (vesting,) = conn.execute("SELECT date FROM vesting_day WHERE area_id = ?", (facts.area.area_id,)).fetchone() or (
        "",
    )
    return ShareFacts(
        facts=facts,
        bases={row[0]: Basis(*row) for row in conn.execute(_BASES)},
        lines=tuple(line for line in lines if line.form != "stock"),
        stocks=stocks,
        measures=_measures(conn, facts),
        stock_columns={s.service: _newest(conn, s.service, facts.upper_codes) for s in stocks if s.service},
        debts=_debts(conn, facts),
        grant_rules=tuple(GrantRule(*row) for row in conn.execute(_GRANT)),
        vesting=vesting,
    )


_BASES = (
    "SELECT basis_key, name, measure, kind, by_authority, by_ward, period, source_id FROM share_basis ORDER BY position"
)
_GRANT = "SELECT fact, date, source_id, confidence FROM delivery_fact WHERE topic = 'schools grant' ORDER BY fact_id"


def _lines(conn: sqlite3.Connection) -> list[ShareLine]:
    uses: dict[str, list[Use]] = {}
    sql = "SELECT line_key, basis_key, standing, reason, precedent, source_id FROM line_basis ORDER BY position"
    for key, *row in conn.execute(sql):
        uses.setdefault(key, []).append(Use(*row))
    sql = "SELECT line_key, form, service, name, service_group, unit, source_id FROM share_line ORDER BY position"
    return [
        ShareLine(key, form, service, name, group, unit, source_id, tuple(uses.get(key, ())))
        for key, form, service, name, group, unit, source_id in conn.execute(sql)
    ]


def _rows(conn: sqlite3.Connection, sql: str, codes: Sequence[str]) -> list[tuple[Any, ...]]:
    return conn.execute(sql.replace("CODES", ",".join("?" * len(codes))), codes).fetchall()


def _newest(conn: sqlite3.Connection, measure: str, codes: Sequence[str]) -> MeasureColumn:
    """A measure over these places at its newest period, as `queries` reads it; all NaN where none is held."""
    at, marks = {code: i for i, code in enumerate(codes)}, ",".join("?" * len(codes))
    rows = conn.execute(
        f"""SELECT place_code, value, status, period, source_id, note FROM figure WHERE measure_code = ?
            AND period = (SELECT period FROM figure JOIN period USING (period) WHERE measure_code = ?
              ORDER BY ends DESC, starts DESC LIMIT 1)
            AND place_code IN ({marks})""",
        (measure, measure, *codes),
    ).fetchall()
    values, status, notes = np.full(len(codes), np.nan), ["not held"] * len(codes), [""] * len(codes)
    for code, value, state, _, _, note in rows:
        values[at[code]] = np.nan if value is None else value
        status[at[code]], notes[at[code]] = state, note
    return MeasureColumn(values, tuple(status), rows[0][3] if rows else "", rows[0][4] if rows else "", tuple(notes))


def _measures(conn: sqlite3.Connection, facts: AreaFacts) -> dict[str, BasisMeasure]:
    codes = [a.code for a in facts.authorities]
    wards = [w.code for w in facts.wards]
    measures = {}
    for key, bands in BAND_BASES.items():
        at = [BANDS.index(b) for b in bands]
        people, ward_people = facts.residents[:, at].sum(axis=1), facts.ward_residents[:, at].sum(axis=1)
        measures[key] = BasisMeasure(people.astype(float), ward_people.astype(float))
    young = dict(
        _rows(
            conn,
            f"SELECT authority_code, sum(residents) FROM resident WHERE year = {RESIDENTS_YEAR} AND age < 5"
            " AND authority_code IN (CODES) GROUP BY 1",
            codes,
        )
    )
    measures["residents_0_4"] = BasisMeasure(np.array([young.get(c, np.nan) for c in codes], dtype=float))
    for o, outcome in enumerate(OUTCOMES):
        measures[outcome] = BasisMeasure(facts.estimates[:, o], facts.ward_estimates[:, o])
    derived = {
        key: _newest(conn, score, codes).values * measures[_of(bands)].by_authority
        for key, (score, bands) in SCORES.items()
    }
    derived["disabled_residents"] = _newest(conn, "disabled_residents", codes).values
    census: dict[str, dict[str, float]] = {item: {} for item in CENSUS_ITEMS.values()}
    for ward, item, people in _rows(
        conn, "SELECT ward_code, item, people FROM ward_census WHERE ward_code IN (CODES)", wards
    ):
        if item in census:
            census[item][ward] = people
    for key, item in CENSUS_ITEMS.items():
        by_ward = np.array([census[item].get(w, np.nan) for w in wards], dtype=float)
        measures[key] = BasisMeasure(derived[key], _scaled(facts, derived[key], by_ward))
    measures["households"] = BasisMeasure(_newest(conn, "dwellings", codes).values)
    tax, later = (_newest(conn, m, codes).values for m in ("council_tax_base", "council_tax_base_derived"))
    measures["council_tax_base"] = BasisMeasure(later if np.isnan(tax).any() else tax)
    duties = facts.columns.get("homelessness_duties_owed")
    measures["homelessness_duties"] = BasisMeasure(np.full(len(codes), np.nan) if duties is None else duties.values)
    land = dict(_rows(conn, "SELECT authority_code, area_km2 FROM authority WHERE authority_code IN (CODES)", codes))
    ward_land = dict(_rows(conn, "SELECT ward_code, area_km2 FROM ward WHERE ward_code IN (CODES)", wards))
    hectares = np.array([land[c] for c in codes]) * HECTARES
    measures["land_hectares"] = BasisMeasure(
        hectares, _scaled(facts, hectares, np.array([ward_land[w] for w in wards], dtype=float))
    )
    return measures


def _of(bands: tuple[str, ...]) -> str:
    return next(key for key, held in BAND_BASES.items() if held == bands)


def _scaled(facts: AreaFacts, by_authority: Floats, by_ward: Floats) -> Floats:
    """Ward counts scaled so that they add to their authority's; NaN where an authority's wards have none."""
    sums = np.bincount(facts.ward_authority, weights=by_ward, minlength=len(by_authority))
    with np.errstate(invalid="ignore", divide="ignore"):
        factor = np.where(sums > 0, by_authority / sums, np.nan)
    return np.asarray(by_ward * factor[facts.ward_authority], dtype=np.float64)


def _debts(conn: sqlite3.Connection, facts: AreaFacts) -> tuple[Debt, ...]:
    rows = conn.execute(
        "SELECT authority_code, value, fact, date, source_id, confidence FROM delivery_fact"
        " WHERE authority_code IS NOT NULL ORDER BY fact_id"
    )
    held = facts.authority_index
    return tuple(Debt(held[code], *row) for code, *row in rows if code in held)
