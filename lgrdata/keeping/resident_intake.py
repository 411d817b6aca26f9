"""Residents by single year of age from the national estimates → every table that stands on them, moved together."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from lgrdata.core import periods
from lgrdata.core.models import LgrError
from lgrdata.core.text import number_in
from lgrdata.keeping.residents import OLDEST, derive_block_residents
from lgrdata.keeping.rules.totals import held as held_total

GROUPS = {
    **{"population_0_17": (0, 17), "population_0_24": (0, 24), "population_18_64": (18, 64)},
    **{"population_65_74": (65, 74), "population_75_84": (75, 84), "population_85_plus": (85, OLDEST)},
}
"""Measures of councils with duties of care, and the ages they count."""

SHOWN = 8
Ages = dict[str, list[int]]
"""By code: residents of each age from 0 to 90 and over."""


def ages_of(rows: Iterator[tuple[int, dict[str, str]]], path: Path, known: Mapping[str, str]) -> tuple[Ages, list[str]]:
    """Residents by code, former codes followed by `known`, and what is wrong with the rows."""
    out: Ages = {}
    faults = []
    for line, row in rows:
        code = known.get(row["Code"].strip(), row["Code"].strip())
        if code[:1] != "E":
            continue
        last = row.get(str(OLDEST), row.get(f"{OLDEST}+", ""))
        cells = [*(row[str(age)] for age in range(OLDEST)), last]
        ages = [int(n) for cell in cells if (n := number_in(cell)) is not None and n >= 0 and n == int(n)]
        if len(ages) < len(cells):
            faults.append(f"{path.name} line {line}: {code} has an age without a whole number of residents")
            continue
        if sum(ages) != number_in(row["All ages"]):
            faults.append(f"{path.name} line {line}: ages of {code} add to {sum(ages):,}, not to {row['All ages']}")
        if code in out:
            faults.append(f"{path.name} line {line}: {code} is given twice")
        out[code] = ages
    return out, faults


def faults_of(conn: sqlite3.Connection, path: Path, ages: Ages, period: str) -> Iterator[str]:
    """What is wrong with the file as a whole: a wrong year, councils that are not there, totals that do not hold."""
    newest = str(conn.execute("SELECT period FROM vintage WHERE what = 'residents'").fetchone()[0])
    if periods.order(period) < periods.order(newest):
        yield f"{path.name}: residents are of {period}, and {newest} is held; take the newer edition"
    elif period not in (newest, periods.read(newest).following.words):
        following = periods.read(newest).following.words
        yield f"{path.name}: residents are of {period}, where {following} follows {newest}; load that first"
    authorities = dict(conn.execute("SELECT authority_code, county_code FROM authority").fetchall())
    lost = sorted(code for code in authorities if code not in ages)
    places = {row[0] for row in conn.execute("SELECT place_code FROM place")}
    strange = sorted(code for code in ages if code[:3] in ("E06", "E07") and code not in places)
    if lost and strange:
        yield (
            f"{path.name}: codes of another vintage: {', '.join(strange[:SHOWN])} are not in the table place, and"
            f" {', '.join(lost[:SHOWN])} are not in the file; take the edition on today's councils"
        )
    elif lost:
        named = ", ".join(lost[:SHOWN])
        yield f"{path.name}: lacks {len(lost)} of {len(authorities)} councils held: {named}; is it cut?"
    sums: dict[str, int] = defaultdict(int)
    for code, county in authorities.items():
        if county and code in ages:
            sums[county] += sum(ages[code])
    for county, added in sorted(sums.items()):
        if county in ages and sum(ages[county]) != added and not lost:
            yield f"{path.name}: districts of {county} add to {added:,}, and its own row is {sum(ages[county]):,}"
    lower = sum(sum(own) for code, own in ages.items() if code[:3] in ("E06", "E07", "E08", "E09"))
    whole = sum(ages.get("E92000001", []))
    if whole and whole != lower:
        yield f"{path.name}: councils add to {lower:,}, and the file's total for England is {whole:,}; is it cut?"


def figures_of(conn: sqlite3.Connection, path: Path, ages: Ages) -> list[tuple[str, str, float]]:
    """Place, measure and residents of each age group, for the councils that have them; LgrError where one is lost."""
    query = "SELECT DISTINCT place_code FROM figure WHERE measure_code = 'population_0_17'"
    wanted = [row[0] for row in conn.execute(query)]
    lost = [code for code in wanted if code not in ages]
    if lost:
        raise LgrError(f"{path.name}: no row of {', '.join(lost[:SHOWN])}, whose age groups are held; is the file cut?")
    return [
        (code, measure, float(sum(ages[code][low : high + 1])))
        for code in wanted
        for measure, (low, high) in GROUPS.items()
    ]


def move(conn: sqlite3.Connection, ages: Ages, period: str, source_id: str) -> None:
    """Put the ages in place of those held, and move the year, the bases, the totals and what is derived with them."""
    year = periods.read(period).ends.year
    codes = [row[0] for row in conn.execute("SELECT authority_code FROM authority")]
    conn.execute("DELETE FROM resident")
    conn.executemany(
        "INSERT INTO resident VALUES (?, ?, ?, ?, ?)",
        [(code, year, age, n, source_id) for code in codes for age, n in enumerate(ages[code])],
    )
    conn.execute("UPDATE vintage SET period = ?, source_id = ? WHERE what = 'residents'", (period, source_id))
    conn.execute("UPDATE share_basis SET period = ?, source_id = ? WHERE kind = 'residents'", (period, source_id))
    for total_id, places in conn.execute("SELECT total_id, places FROM total WHERE item = 'residents'").fetchall():
        value = held_total(conn, "residents", period, places)
        conn.execute(
            "UPDATE total SET period = ?, value = ?, source_id = ? WHERE total_id = ?",
            (period, value, source_id, total_id),
        )
    conn.execute("DELETE FROM block_resident")
    derive_block_residents(conn)
