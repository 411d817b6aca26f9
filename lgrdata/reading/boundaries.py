"""Reading the boundaries: TopoJSON by area, and where each authority lies."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple


class Point(NamedTuple):
    """A place in degrees, WGS 84."""

    lon: float
    lat: float


def topojson(conn: sqlite3.Connection, topology_id: str) -> str | None:
    """The boundaries of an area, or of 'england', as TopoJSON; None where none are held."""
    row = conn.execute("SELECT topojson FROM topology WHERE topology_id = ?", (topology_id,)).fetchone()
    return None if row is None else str(row[0])


def authority_points(conn: sqlite3.Connection) -> dict[str, Point]:
    """A point inside each district and unitary of today, by code."""
    return {code: Point(lon, lat) for code, lon, lat in conn.execute("SELECT authority_code, lon, lat FROM authority")}
