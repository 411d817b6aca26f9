"""Published and agreed totals: each is a row of `total`, and the dataset must add up to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from lgrdata.keeping.rules.base import Rule, number

MEMBER = """(SELECT authority_code FROM area_authority JOIN area USING (area_id)
             WHERE role = 'member' AND area.kind = 'invited')"""

# Item of a row of `total` (a first word or two, then a name) -> what the dataset holds of it, NULL where nothing.
ITEMS: dict[str, str] = {
    "areas": "SELECT count(*) FROM area WHERE kind = :name",
    "districts": f"SELECT count(*) FROM authority WHERE tier = 'district' AND authority_code IN {MEMBER}",
    "unitaries": f"SELECT count(*) FROM authority WHERE tier = 'unitary' AND authority_code IN {MEMBER}",
    "residents": f"""SELECT sum(residents) FROM resident JOIN authority USING (authority_code)
        WHERE 'mid-' || year = :period AND CASE :places WHEN 'all' THEN 1
          WHEN 'members' THEN authority_code IN {MEMBER} ELSE county_code = :places END""",
    "flow rows": "SELECT count(*) FROM flow WHERE kind = :name",
    "flow": "SELECT sum(people) FROM flow WHERE kind = :name",
    "pupils rows": "SELECT count(*) FROM pupil_flow WHERE phase = :name",
    "pupils": "SELECT sum(pupils_three_years) FROM pupil_flow WHERE phase = :name",
    "projection rows": "SELECT count(*) FROM projection WHERE band = :name",
    "projection": "SELECT sum(residents) FROM projection WHERE band = :name",
    "proposals final": "SELECT count(*) FROM proposal WHERE stage IN ('final', 'decided')",
    "proposals": "SELECT count(*) FROM proposal",
    "former counties": "SELECT count(DISTINCT county) FROM former_county WHERE kind = :name",
    "former county councils": "SELECT count(*) FROM former_county",
    "wards placed as named": "SELECT count(*) FROM drawing_block WHERE block_code GLOB 'E05*' AND placed = 'named'",
    "wards placed": "SELECT count(*) FROM drawing_block WHERE block_code GLOB 'E05*'",
    "fit": "SELECT councils FROM fit WHERE outcome = :name",
}
_FIGURE = f"""SELECT sum(value) FROM figure JOIN place USING (place_code)
    WHERE measure_code = :item AND period = :period AND kind <> 'country' AND CASE :places WHEN 'all' THEN 1
      WHEN 'members' THEN place_code IN {MEMBER} ELSE place_code IN
        (SELECT authority_code FROM authority WHERE county_code = :places) END"""


_WANTED = {"is": "", "at least": "at least "}


def held(conn: sqlite3.Connection, item: str, period: str, places: str) -> float | None:
    """What the dataset holds of an item: one of ITEMS with a name after it, else a measure of `figure`."""
    known = next((key for key in sorted(ITEMS, key=len, reverse=True) if f"{item} ".startswith(f"{key} ")), "")
    query = ITEMS.get(known, _FIGURE)
    values = {"item": item, "name": item[len(known) :].strip(), "period": period, "places": places}
    value = conn.execute(query, values).fetchone()
    return None if value is None or value[0] is None else float(value[0])


def _totals(conn: sqlite3.Connection) -> Iterator[str]:
    rows = conn.execute("SELECT total_id, item, period, places, compare, value FROM total ORDER BY total_id").fetchall()
    for total_id, item, period, places, compare, value in rows:
        found = held(conn, item, period, places)
        if found is None or (found < value if compare == "at least" else abs(found - value) > 1e-8 * abs(value)):
            what = " ".join(word for word in (item, period, "" if places == "all" else f"({places})") if word)
            has = "nothing" if found is None else number(found)
            yield f"{total_id}: {what}: {has}, where the table total has {_WANTED[compare]}{number(value)}"


RULES: tuple[Rule, ...] = (
    Rule("totals", "What is held adds up to every row of the table total, as published or agreed.", _totals),
)
