"""Deriving the tables `shape` and `shared_border` from the boundaries, at build."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from lgrdata.geo.shapes import Arcs, area_of, label_of, load_arcs, path_of, perimeter_of, shared_borders

ShapeRow = tuple[str, str, str, int, int, int, int, int, int, float, float]


def derive_shapes(conn: sqlite3.Connection) -> None:
    """Fill `shape` and `shared_border` from `topology`. LgrError names the topology and shape at fault."""
    for topology, text in conn.execute("SELECT topology_id, topojson FROM topology ORDER BY topology_id").fetchall():
        arcs = load_arcs(text, f"boundaries of {topology}")
        conn.executemany("INSERT INTO shape VALUES (?,?,?,?,?,?,?,?,?,?,?)", shape_rows(arcs, topology))
        conn.executemany(
            "INSERT INTO shared_border VALUES (?,?,?,?)",
            [
                (topology, a, b, round(metres, 2))
                for name in sorted(arcs.objects)
                for (a, b), metres in shared_borders(arcs, name).items()
            ],
        )


def shape_rows(arcs: Arcs, topology: str) -> Iterator[ShapeRow]:
    """Rows of the table `shape` for every shape of a topology."""
    for name in sorted(arcs.objects):
        for shape in arcs.objects[name]:
            outers = [arcs.ring(polygon[0]) for polygon in shape.polygons]
            x_min, y_min = (min(int(p[:, i].min()) for p in outers) for i in (0, 1))
            x_max, y_max = (max(int(p[:, i].max()) for p in outers) for i in (0, 1))
            label_x, label_y = label_of(arcs, shape)
            area, around = round(area_of(arcs, shape), 1), round(perimeter_of(arcs, shape), 2)
            path = path_of(arcs, shape)
            yield shape.code, topology, path, x_min, y_min, x_max, y_max, label_x, label_y, area, around
