"""Boundaries: from TopoJSON in the dataset to shapes that can be drawn and measured.

`load_arcs` gives the shared arcs of one area, from which `dissolve` and `council_borders` draw councils that nobody has
drawn before.
"""

from __future__ import annotations

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
    "dissolve",
    "label_of",
    "label_point",
    "load_arcs",
    "outer_edge",
    "path_of",
    "perimeter_of",
    "shared_borders",
    "thinned",
    "to_grid",
]


def label_of(arcs: Arcs, shape: Shape) -> tuple[int, int]:
    """x, y of a point well inside the largest polygon of a shape."""
    largest = max(shape.polygons, key=lambda polygon: signed_area(arcs.ring(polygon[0])))
    return label_point([arcs.ring(ring) for ring in largest])
