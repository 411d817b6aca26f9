"""Reading one area whole, as the arrays that the sums take.

Reading is slow beside the sums: callers keep what they load, keyed by the dataset's fingerprint.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lgrdata.core import periods
from lgrdata.core.facts import (
    AreaFacts,
    Floats,
    FlowFacts,
    Footprints,
    Ints,
    Links,
    MeasureColumn,
    Outlines,
    ProjectionFacts,
)
from lgrdata.core.models import BANDS, OUTCOMES, PROJECTION_BANDS, Authority, LgrError, Ward
from lgrdata.reading.catalogue import area, fits, load_assumptions, sources
from lgrdata.reading.councils import place_history
from lgrdata.reading.vintage import vintage

__all__ = ["load_area", "load_assumptions"]

AUTHORITY_MEASURES = (
    "idaci",
    "idaopi",
    "imd",
    "disabled_residents",
    "census_residents",
    "band_d_all_precepts",
    "band_d_own",
    "council_tax_base",
    "council_tax_base_derived",
    "households_in_temporary_accommodation",
)
"""Measures of today's districts and unitaries that the sums use, at their latest period."""

NO_COMMUTE_2011 = ("OD0000001", "OD0000003")
"""Work at or from home, and no fixed place: in the 2011 flows, but nobody who travels to a workplace."""

QUARTERLY = "homelessness_duties_owed"
"""Summed over its newest four quarters; one that is not published or not held leaves the year unknown."""

QUARTERS = 4

UPPER_MEASURES = (
    *OUTCOMES,
    "unaccompanied_asylum_seeking_children",
    "children_placed_elsewhere",
    "children_placed_here_by_others",
    "childrens_home_places",
    "dsg_balance",
    "band_d_own",
)
"""Measures of today's social care councils that the sums and screens use, at their latest period."""


def load_area(conn: sqlite3.Connection, area_id: str) -> AreaFacts:
    """Everything the sums need of one area; LgrError where the area is not known."""
    the_area = area(conn, area_id)
    rows = conn.execute(
        "SELECT a.authority_code, a.name, a.tier, a.county_code, a.rural_urban, m.role FROM area_authority m"
        " JOIN authority a USING (authority_code) WHERE m.area_id = ? ORDER BY a.authority_code",
        (area_id,),
    ).fetchall()
    if not rows:
        raise LgrError(f"the dataset holds no authorities of {the_area.name}; `python -m lgrdata check` tells why")
    authorities = tuple(Authority(*(*row[:4], row[4].startswith("Urban"))) for row in rows)
    codes = [a.code for a in authorities]
    index = {code: i for i, code in enumerate(codes)}
    marks = _marks(codes)
    ward_rows = conn.execute(
        f"SELECT ward_code, name, authority_code FROM ward WHERE authority_code IN ({marks}) ORDER BY ward_code", codes
    ).fetchall()
    wards = tuple(Ward(*r) for r in sorted(ward_rows, key=lambda r: (index[r[2]], r[0])))
    ward_index = {w.code: i for i, w in enumerate(wards)}
    uppers = sorted({a.upper_tier for a in authorities})
    names = _names(conn, uppers)
    residents, _ = _residents(conn, index)
    ward_residents, ward_known = _residents(conn, ward_index)
    ward_authority = np.array([index[w.authority_code] for w in wards], dtype=np.int64)
    counted = np.array(
        [bool(ward_known[ward_authority == i].all()) and bool((ward_authority == i).any()) for i in range(len(codes))]
    )
    topology = area_id
    return AreaFacts(
        area=the_area,
        authorities=authorities,
        is_extra=np.array([row[5] == "extra" for row in rows]),
        wards=wards,
        ward_authority=ward_authority,
        vintage=vintage(conn, "residents"),
        residents=residents,
        ward_residents=ward_residents,
        wards_counted=counted,
        upper_codes=tuple(uppers),
        upper_names=tuple(names[u] for u in uppers),
        upper_is_county=np.array([u.startswith("E10") for u in uppers]),
        authority_upper=np.array([uppers.index(a.upper_tier) for a in authorities], dtype=np.int64),
        links=_links(conn, "neighbour", index),
        ward_links=_links(conn, "ward_neighbour", ward_index),
        outlines=_outlines(conn, topology, index),
        ward_outlines=_outlines(conn, topology, ward_index),
        flows=_flows(conn, index),
        footprints=_footprints(conn, index),
        published=_published(conn, uppers),
        estimates=_estimates(conn, index),
        ward_estimates=_estimates(conn, ward_index),
        fits=fits(conn),
        columns=_columns(conn, index, AUTHORITY_MEASURES) | _year_of_quarters(conn, index),
        upper_columns=_columns(conn, {u: i for i, u in enumerate(uppers)}, UPPER_MEASURES),
        spend=_spend(conn, index, "RSX"),
        upper_spend=_spend(conn, {u: i for i, u in enumerate(uppers)}, "RSX"),
        care_spend=_spend(conn, {u: i for i, u in enumerate(uppers)}, "RO3"),
        projection=_projection(conn, index),
        pupils=_pupils(conn, {u: i for i, u in enumerate(uppers)}),
        sources=sources(conn),
        proposal_sources=_proposal_sources(conn, area_id),
        history=place_history(conn, codes),
    )


def _proposal_sources(conn: sqlite3.Connection, area_id: str) -> dict[str, frozenset[str]]:
    rows = conn.execute(
        "SELECT proposal_id, source_id FROM proposal WHERE area_id = ?1"
        " UNION SELECT p.proposal_id, e.source_id FROM proposal p JOIN event e USING (area_id) JOIN area a"
        " USING (area_id) WHERE area_id = ?1 AND (e.kind IN ('challenge', 'judgment')"
        " OR (e.kind = 'decision' AND e.date = a.stage_date))"
        " UNION SELECT p.proposal_id, a.source_id FROM proposal p JOIN area a USING (area_id) WHERE area_id = ?1"
        " AND a.stage = 'decided' AND a.stage_confidence <> 'documented' AND a.source_id <> ''"
        " UNION SELECT p.proposal_id, c.source_id FROM proposal p JOIN business_case c USING (proposal_id)"
        " WHERE p.area_id = ?1",
        (area_id,),
    ).fetchall()
    out: dict[str, frozenset[str]] = {}
    for proposal_id, source_id in rows:
        out[proposal_id] = out.get(proposal_id, frozenset()) | {source_id}
    return out


def _marks(items: Sequence[object]) -> str:
    return ",".join("?" * len(items))


def _names(conn: sqlite3.Connection, codes: list[str]) -> dict[str, str]:
    return dict(
        conn.execute(f"SELECT place_code, name FROM place WHERE place_code IN ({_marks(codes)})", codes).fetchall()
    )


def _in_index(
    conn: sqlite3.Connection, sql: str, index: dict[str, int], before: Sequence[object] = ()
) -> Iterable[tuple[Any, ...]]:
    codes = list(index)
    return conn.execute(sql.replace("CODES", _marks(codes)), [*before, *codes])


def _residents(conn: sqlite3.Connection, index: dict[str, int]) -> tuple[Ints, NDArray[np.bool_]]:
    out = np.zeros((len(index), len(BANDS)), dtype=np.int64)
    known = np.zeros(len(index), dtype=bool)
    band_at = {b: i for i, b in enumerate(BANDS)}
    for code, band, residents in _in_index(
        conn, "SELECT block_code, band, residents FROM block_resident WHERE block_code IN (CODES)", index
    ):
        out[index[code], band_at[band]] = residents
        known[index[code]] = True
    return out, known


def _links(conn: sqlite3.Connection, table: str, index: dict[str, int]) -> Links:
    rows = [
        (index[a], index[b], str(kind), float(metres))
        for a, b, kind, metres in _in_index(
            conn, f"SELECT a, b, kind, metres FROM {table} WHERE a IN (CODES) ORDER BY a, b", index
        )
        if b in index
    ]
    rows.sort()
    return Links(
        np.array([r[0] for r in rows], dtype=np.int64),
        np.array([r[1] for r in rows], dtype=np.int64),
        tuple(r[2] for r in rows),
        np.array([r[3] for r in rows], dtype=np.float64),
    )


def _outlines(conn: sqlite3.Connection, topology: str, index: dict[str, int]) -> Outlines:
    area_m2, perimeter = np.full(len(index), np.nan), np.full(len(index), np.nan)
    for code, a, p in conn.execute(
        "SELECT place_code, area_m2, perimeter_m FROM shape WHERE topology_id = ?", (topology,)
    ):
        if code in index:
            area_m2[index[code]], perimeter[index[code]] = a, p
    rows = [
        (index[a], index[b], metres)
        for a, b, metres in conn.execute("SELECT a, b, metres FROM shared_border WHERE topology_id = ?", (topology,))
        if a in index and b in index
    ]
    rows.sort()
    return Outlines(
        area_m2,
        perimeter,
        np.array([r[0] for r in rows], dtype=np.int64),
        np.array([r[1] for r in rows], dtype=np.int64),
        np.array([r[2] for r in rows], dtype=np.float64),
    )


def _flows(conn: sqlite3.Connection, index: dict[str, int]) -> dict[str, FlowFacts]:
    out: dict[str, FlowFacts] = {}
    for (kind,) in conn.execute("SELECT DISTINCT kind FROM flow").fetchall():
        inside = np.zeros((len(index), len(index)))
        out_total, in_total = np.zeros(len(index)), np.zeros(len(index))
        source = ""
        for a, b, people, source_id in _in_index(
            conn,
            "SELECT from_code, to_code, people, source_id FROM flow WHERE kind = ? AND from_code IN (CODES)",
            index,
            (kind,),
        ):
            source = str(source_id)
            if b in NO_COMMUTE_2011:
                continue
            out_total[index[a]] += float(people)
            if b in index:
                inside[index[a], index[b]] = people
        for b, people in _in_index(
            conn,
            "SELECT to_code, SUM(people) FROM flow WHERE kind = ? AND to_code IN (CODES) GROUP BY to_code",
            index,
            (kind,),
        ):
            in_total[index[b]] = people
        out[kind] = FlowFacts(inside, out_total, in_total, source)
    return out


def _footprints(conn: sqlite3.Connection, index: dict[str, int]) -> dict[str, Footprints]:
    rows = [
        (str(kind), str(code), str(name), index[a], float(share), str(source))
        for a, kind, code, name, share, source in _in_index(
            conn,
            "SELECT f.authority_code, f.kind, f.footprint_code, p.name, f.share, f.source_id"
            " FROM authority_footprint f JOIN footprint p USING (kind, footprint_code)"
            " WHERE f.authority_code IN (CODES)",
            index,
        )
    ]
    rows += [
        ("trust", str(code), str(name), index[a], float(share), str(source))
        for a, code, name, share, source in _in_index(
            conn,
            "SELECT t.authority_code, t.trust_code, n.name, t.share, t.source_id FROM authority_trust t"
            " JOIN trust n USING (trust_code) WHERE t.authority_code IN (CODES)",
            index,
        )
    ]
    out = {}
    for known_as, kind in _kinds(conn, {r[0] for r in rows}).items():
        own = [r for r in rows if r[0] == kind]
        codes = sorted({r[1] for r in own})
        at = {c: i for i, c in enumerate(codes)}
        share = np.zeros((len(index), len(codes)))
        names = [""] * len(codes)
        for _, code, name, i, value, _source in own:
            share[i, at[code]] = value
            names[at[code]] = name
        year = kind.removeprefix("icb ") if kind.startswith("icb ") else ""
        out[known_as] = Footprints(tuple(codes), tuple(names), share, own[0][5], year)
    return out


def _kinds(conn: sqlite3.Connection, held: set[str]) -> dict[str, str]:
    """By the name that sums know it under, a kind of footprint as held: NHS boards by the year in `vintage`."""
    out = {kind: kind for kind in sorted(held) if not kind.startswith("icb ")}
    boards = sorted(kind for kind in held if kind.startswith("icb "))
    now = f"icb {vintage(conn, 'boards').period}" if boards else ""
    before = [kind for kind in boards if kind < now]
    return out | ({"icb": now} if now in boards else {}) | ({"icb before": before[-1]} if before else {})


def _published(conn: sqlite3.Connection, uppers: list[str]) -> Floats:
    columns = _columns(conn, {u: i for i, u in enumerate(uppers)}, OUTCOMES)
    empty = np.full(len(uppers), np.nan)
    return np.stack([columns[o].values if o in columns else empty for o in OUTCOMES], axis=1)


def _estimates(conn: sqlite3.Connection, index: dict[str, int]) -> Floats:
    out = np.full((len(index), len(OUTCOMES)), np.nan)
    at = {o: i for i, o in enumerate(OUTCOMES)}
    for code, outcome, value in _in_index(
        conn, "SELECT block_code, outcome, value FROM block_estimate WHERE block_code IN (CODES)", index
    ):
        out[index[code], at[outcome]] = value
    return out


def _columns(conn: sqlite3.Connection, index: dict[str, int], measures: Sequence[str]) -> dict[str, MeasureColumn]:
    out: dict[str, MeasureColumn] = {}
    for measure in measures:
        rows = [
            (str(p), index[c], v, str(s), str(src), str(note))
            for c, p, v, s, src, note in _in_index(
                conn,
                "SELECT place_code, period, value, status, source_id, note FROM figure"
                " WHERE measure_code = ? AND place_code IN (CODES)",
                index,
                (measure,),
            )
        ]
        if not rows:
            continue
        period = periods.newest({r[0] for r in rows})
        values = np.full(len(index), np.nan)
        status, notes = ["not held"] * len(index), [""] * len(index)
        source = ""
        for p, i, value, s, src, note in rows:
            if p == period:
                values[i] = np.nan if value is None else float(value)
                status[i], notes[i], source = s, note, src
        out[measure] = MeasureColumn(values, tuple(status), period, source, tuple(notes))
    return out


def _year_of_quarters(conn: sqlite3.Connection, index: dict[str, int]) -> dict[str, MeasureColumn]:
    rows = list(
        _in_index(
            conn,
            "SELECT place_code, period, value, status, source_id FROM figure WHERE measure_code = ?"
            " AND place_code IN (CODES)",
            index,
            (QUARTERLY,),
        )
    )
    year = periods.last_year(str(row[1]) for row in rows)
    if not year:
        return {}
    total = np.zeros(len(index))
    quarters: dict[int, set[str]] = {}
    missing: set[int] = set()
    status, source = ["not held"] * len(index), ""
    for code, period, value, s, src in rows:
        if period not in year:
            continue
        i, source = index[code], str(src)
        quarters.setdefault(i, set()).add(str(period))
        if i not in missing:
            status[i] = str(s)
        if value is None:
            missing.add(i)
        total[i] = np.nan if value is None else total[i] + float(value)
    for i in range(len(index)):
        if len(year) < QUARTERS or quarters.get(i) != set(year):
            total[i] = np.nan
    return {QUARTERLY: MeasureColumn(total, tuple(status), f"{year[0]} to {year[-1]}", source)}


def _spend(conn: sqlite3.Connection, index: dict[str, int], form: str) -> dict[str, MeasureColumn]:
    """Net current expenditure by service, of the newest year of the form: never one council's year beside another's."""
    year = periods.newest(row[0] for row in conn.execute("SELECT DISTINCT year FROM spend WHERE form = ?", (form,)))
    out: dict[str, tuple[Floats, list[str], str]] = {}
    for code, service, thousand, status, source in _in_index(
        conn,
        "SELECT place_code, service, thousand, status, source_id FROM spend WHERE form = ? AND year = ?"
        " AND line = 'Net Current Expenditure' AND place_code IN (CODES)",
        index,
        (form, year),
    ):
        values, statuses, _ = out.setdefault(
            str(service), (np.full(len(index), np.nan), ["not held"] * len(index), str(source))
        )
        values[index[code]] = np.nan if thousand is None else float(thousand)
        statuses[index[code]] = str(status)
    return {k: MeasureColumn(v, tuple(s), year, source) for k, (v, s, source) in out.items()}


def _projection(conn: sqlite3.Connection, index: dict[str, int]) -> ProjectionFacts | None:
    rows = [
        (index[c], int(y), str(band), float(r), str(s))
        for c, y, band, r, s in _in_index(
            conn,
            "SELECT authority_code, year, band, residents, source_id FROM projection WHERE authority_code IN (CODES)",
            index,
        )
    ]
    if not rows:
        return None
    years = sorted({r[1] for r in rows})
    at, band_at = {y: i for i, y in enumerate(years)}, {b: i for i, b in enumerate(PROJECTION_BANDS)}
    levels = np.full((len(index), len(years), len(PROJECTION_BANDS)), np.nan)
    for i, year, band, residents, _ in rows:
        if band in band_at:
            levels[i, at[year], band_at[band]] = residents
    return ProjectionFacts(tuple(years), levels, rows[0][4])


def _pupils(conn: sqlite3.Connection, index: dict[str, int]) -> FlowFacts | None:
    inside = np.zeros((len(index), len(index)))
    out_total, in_total = np.zeros(len(index)), np.zeros(len(index))
    source = ""
    sql = "SELECT from_code, to_code, pupils_three_years, source_id FROM pupil_flow WHERE {} IN (CODES)"
    for a, b, pupils, source_id in _in_index(conn, sql.format("from_code"), index):
        source = source_id
        out_total[index[a]] += pupils / 3
        if b in index:
            inside[index[a], index[b]] += pupils / 3
    for _, b, pupils, _source in _in_index(conn, sql.format("to_code"), index):
        in_total[index[b]] += pupils / 3
    return FlowFacts(inside, out_total, in_total, source) if source else None
