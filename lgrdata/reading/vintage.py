"""Which year the sums start from: read from the dataset, so that labels and sums move together."""

from __future__ import annotations

import sqlite3

from lgrdata.core import periods
from lgrdata.core.facts import Vintage
from lgrdata.core.models import LgrError

RESIDENTS_YEAR = (
    "(SELECT CAST(substr(ends, 1, 4) AS INTEGER) FROM vintage JOIN period USING (period) WHERE what = 'residents')"
)
"""SQL: the year of the residents that every sum starts from."""


def vintage(conn: sqlite3.Connection, what: str) -> Vintage:
    """The vintage of residents, prices, wards or boards; LgrError where the dataset names none."""
    row = conn.execute("SELECT period, source_id FROM vintage WHERE what = ?", (what,)).fetchone()
    if row is None:
        raise LgrError(f"the table vintage names no year of {what}; `python -m lgrdata check` tells what is missing")
    return Vintage(str(row[0]), periods.read(str(row[0])).ends.year, str(row[1]))


def projections(conn: sqlite3.Connection) -> tuple[tuple[str, int], ...]:
    """What labels call the projections held (2018-based), and the last year projected; empty where there are none."""
    first, last = conn.execute("SELECT min(year), max(year) FROM projection").fetchone()
    return () if first is None else ((f"{first}-based", int(last)),)
