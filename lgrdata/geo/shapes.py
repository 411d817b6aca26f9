"""Boundaries: from TopoJSON in the dataset to shapes that can be drawn and measured.

`derive_shapes` fills the tables `shape` and `shared_border` at build. While the app runs, `load_arcs` gives the shared
arcs of one area, from which `dissolve` and `council_borders` draw councils that nobody has drawn before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from lgrdata.geo.arcs import (
    NOBODY,
    NORTH_EDGE,
    Arcs,
    Shape,
    area_of,
    load_arcs,
    perimeter_of,
    shared_borders,
    signed_area,
)
from lgrdata.geo.grid import to_grid
from lgrdata.geo.label import label_point
from lgrdata.geo.paths import council_borders, dissolve, outer_edge, path_of
from lgrdata.geo.thin import thinned

__all__ = [
    "NOBODY",
    "NORTH_EDGE",
    "Arcs",
    "Shape",
    "area_of",
    "council_borders",
    "derive_shapes",
    "dissolve",
    "label_of",
    "label_point",
    "load_arcs",
    "outer_edge",
    "path_of",
    "perimeter_of",
    "shape_rows",
    "shared_borders",
    "thinned",
    "to_grid",
]

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


def label_of(arcs: Arcs, shape: Shape) -> tuple[int, int]:
    """x, y of a point well inside the largest polygon of a shape."""
    largest = max(shape.polygons, key=lambda polygon: signed_area(arcs.ring(polygon[0])))
    return label_point([arcs.ring(ring) for ring in largest])
