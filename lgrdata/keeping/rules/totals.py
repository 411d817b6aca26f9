"""Published and agreed totals: each is a row of `total`, and the dataset must add up to it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lgrdata.core.models import LgrError
from lgrdata.keeping.rules.base import Rule, number

MEMBER = """(SELECT authority_code FROM area_authority JOIN area USING (area_id)
             WHERE role = 'member' AND area.kind = 'invited')"""

COUNTED = (
    *("parameter", "lens", "consideration", "criterion", "partnership_model", "case_study", "claim"),
    "business_case",
)
"""Tables of assumptions and evidence whose number of rows is agreed: none is lost without a word."""

# Item of a row of `total` (a first word or two, then a name) -> what the dataset holds of it, NULL where nothing.
ITEMS: dict[str, str] = {
    "areas": "SELECT count(*) FROM area WHERE kind = :name",
    "districts": f"SELECT count(*) FROM authority WHERE tier = 'district' AND authority_code IN {MEMBER}",
    "unitaries": f"SELECT count(*) FROM authority WHERE tier = 'unitary' AND authority_code IN {MEMBER}",
    "extras": "SELECT count(*) FROM area_authority WHERE role = 'extra'",
    "wards": f"SELECT count(*) FROM ward WHERE authority_code IN {MEMBER}",
    "neighbours": "SELECT count(*) FROM neighbour WHERE kind = :name",
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
    **{f"rows {table}": f"SELECT count(*) FROM {table}" for table in COUNTED},
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


@dataclass(frozen=True)
class MissedTotal:
    """A row of `total` that the dataset does not add up to."""

    total_id: str
    what: str
    wanted: str
    held: float | None
    """None where nothing of it is held."""

    @property
    def has(self) -> str:
        """What is held, in words."""
        return "nothing" if self.held is None else number(self.held)


def missed(conn: sqlite3.Connection) -> list[MissedTotal]:
    """Every row of `total` that does not hold, by its id."""
    found = []
    rows = conn.execute("SELECT total_id, item, period, places, compare, value FROM total ORDER BY total_id").fetchall()
    for total_id, item, period, places, compare, value in rows:
        has = held(conn, item, period, places)
        if has is None or (has < value if compare == "at least" else abs(has - value) > 1e-8 * abs(value)):
            what = " ".join(word for word in (item, period, "" if places == "all" else f"({places})") if word)
            found.append(MissedTotal(total_id, what, f"{_WANTED[compare]}{number(value)}", has))
    return found


def settle(conn: sqlite3.Connection, wanted: Sequence[str], why: str) -> list[MissedTotal]:
    """Put what is held in place of the totals named ('all': of all that do not hold), with a note of why."""
    open_rows = {m.total_id: m for m in missed(conn)}
    chosen = sorted(open_rows) if "all" in wanted else list(wanted)
    for total_id in chosen:
        if total_id not in open_rows or open_rows[total_id].held is None:
            known = ", ".join(sorted(k for k, m in open_rows.items() if m.held is not None)) or "none"
            raise LgrError(f"no total '{total_id[:40]}' that does not hold and has a figure; there are: {known}")
    for total_id in chosen:
        conn.execute(
            "UPDATE total SET value = ?, note = trim(note || ' ' || ?) WHERE total_id = ?",
            (open_rows[total_id].held, why, total_id),
        )
    return [open_rows[total_id] for total_id in chosen]


def _totals(conn: sqlite3.Connection) -> Iterator[str]:
    for row in missed(conn):
        yield f"{row.total_id}: {row.what}: {row.has}, where the table total has {row.wanted}"


RULES: tuple[Rule, ...] = (
    Rule("totals", "What is held adds up to every row of the table total, as published or agreed.", _totals),
)
