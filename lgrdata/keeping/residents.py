"""Residents of blocks by age band, of the year in `vintage`: published for authorities, estimated for wards.

Wards: the census count of each ward, carried from small areas, gives its share of each age group of its authority;
the shares are applied to the authority's residents and rounded so that wards add exactly.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping

from lgrdata.core.rounding import largest_remainder
from lgrdata.reading.vintage import RESIDENTS_YEAR

OLDEST = 90

BANDS: dict[str, tuple[int, int]] = {
    "0-17": (0, 17),
    "18-24": (18, 24),
    "25-64": (25, 64),
    "65-74": (65, 74),
    "75-84": (75, 84),
    "85+": (85, OLDEST),
}

# Ages (first, last), the band they fall in, and the census age group whose ward shares they follow.
PIECES: tuple[tuple[int, int, str, str], ...] = (
    (0, 15, "0-17", "age 0-15"),
    (16, 17, "0-17", "age 16-24"),
    (18, 24, "18-24", "age 16-24"),
    (25, 34, "25-64", "age 25-34"),
    (35, 49, "25-64", "age 35-49"),
    (50, 64, "25-64", "age 50-64"),
    (65, 74, "65-74", "age 65+"),
    (75, 84, "75-84", "age 65+"),
    (85, OLDEST, "85+", "age 65+"),
)


def ward_bands(by_age: Mapping[int, int], census: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, int]]:
    """Estimated residents by ward and band, adding exactly to the authority in every band.

    `by_age`: residents of the authority by single year. `census`: by ward, people by census age group.
    """
    groups = {group for *_, group in PIECES}
    totals = {group: sum(items.get(group, 0.0) for items in census.values()) for group in groups}
    whole = sum(totals.values())
    everyone = {
        ward: sum(items.get(group, 0.0) for group in groups) / whole if whole else 1 / len(census)
        for ward, items in census.items()
    }
    result: dict[str, dict[str, int]] = {ward: {} for ward in census}
    for band, (first, last) in BANDS.items():
        wanted = dict.fromkeys(census, 0.0)
        for low, high, piece_band, group in PIECES:
            if piece_band != band:
                continue
            people = sum(by_age.get(age, 0) for age in range(low, high + 1))
            for ward, items in census.items():
                # A group that the census counts nowhere in the authority follows all residents.
                share = items.get(group, 0.0) / totals[group] if totals[group] else everyone[ward]
                wanted[ward] += people * share
        total = sum(by_age.get(age, 0) for age in range(first, last + 1))
        wards = sorted(wanted)
        for ward, value in zip(wards, largest_remainder([wanted[w] for w in wards], total), strict=True):
            result[ward][band] = value
    return result


def derive_block_residents(conn: sqlite3.Connection) -> None:
    """Fill `block_resident` from `resident` (the year in `vintage`) and `ward_census`.

    An authority without census rows for its wards (West Berkshire) gets no ward rows.
    """
    by_age: dict[str, dict[int, int]] = defaultdict(dict)
    sql = f"""SELECT authority_code, age, residents FROM resident WHERE year = {RESIDENTS_YEAR}
              ORDER BY authority_code, age"""
    for authority, age, residents in conn.execute(sql):
        by_age[authority][age] = residents
    census: dict[str, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    sql = """SELECT authority_code, ward_code, item, people FROM ward_census JOIN ward USING (ward_code)
             WHERE item LIKE 'age %' ORDER BY authority_code, ward_code, item"""
    for authority, ward, item, people in conn.execute(sql):
        census[authority][ward][item] = people
    rows: list[tuple[str, str, int, str]] = []
    for authority, ages in by_age.items():
        for band, (first, last) in BANDS.items():
            total = sum(ages.get(age, 0) for age in range(first, last + 1))
            rows.append((authority, band, total, "published"))
        for ward, bands in ward_bands(ages, census[authority]).items() if authority in census else ():
            rows += [(ward, band, value, "estimated") for band, value in bands.items()]
    conn.executemany("INSERT INTO block_resident VALUES (?, ?, ?, ?)", sorted(rows))
