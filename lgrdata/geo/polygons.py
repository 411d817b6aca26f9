"""Councils as polygons in degrees, as RFC 7946 wants them: outer rings anticlockwise, each with its holes, closed."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from lgrdata.geo.arcs import Arcs, Ring
from lgrdata.geo.paths import council_rings

Floats = NDArray[np.float64]
DECIMALS = 6
"""Of a degree: about a tenth of a metre."""
Point = tuple[float, float]


def council_polygons(arcs: Arcs, name: str, council: Mapping[str, int]) -> dict[int, list[list[list[Point]]]]:
    """The polygons of each council: rings of longitude and latitude, the outer one first.

    `council`: code of a shape of the object `name` → council number, as for `dissolve`.
    """
    return {
        number: _polygons([part for ring in rings for part in _simple(_degrees(arcs, ring))])
        for number, rings in council_rings(arcs, name, council).items()
    }


def _degrees(arcs: Arcs, ring: Ring) -> list[Point]:
    """A ring's points, the first not repeated; points that fall together are one."""
    parts = []
    for n in ring:
        k = n if n >= 0 else ~n
        points = arcs.lonlat[arcs.start[k] : arcs.start[k + 1]].round(DECIMALS)
        parts.append((points if n >= 0 else points[::-1])[:-1])
    out: list[Point] = []
    for x, y in np.concatenate(parts).tolist():
        if not out or out[-1] != (x, y):
            out.append((x, y))
    return out


def _simple(points: list[Point]) -> list[list[Point]]:
    """Rings that touch themselves nowhere: where one comes back to a point, the loop between is a ring of its own."""
    rings: list[list[Point]] = []
    path: list[Point] = []
    at: dict[Point, int] = {}
    for point in points:
        if point in at:
            loop = path[at[point] :]
            for gone in loop:
                at.pop(gone)
            del path[len(path) - len(loop) :]
            rings.append(loop)
        at[point] = len(path)
        path.append(point)
    return [ring for ring in (*rings, path) if len(ring) > 2]


def _area(ring: list[Point]) -> float:
    p = np.array([*ring, ring[0]]) - ring[0]
    return float((p[:-1, 0] * p[1:, 1] - p[1:, 0] * p[:-1, 1]).sum()) / 2


def _polygons(rings: list[list[Point]]) -> list[list[list[Point]]]:
    """Rings as polygons. Rings as held here run clockwise seen from above where they are outer ones."""
    outer = sorted(((abs(a), r) for r in rings if (a := _area(r)) < 0), reverse=True)
    polygons = [[_closed(ring[::-1])] for _, ring in outer]
    for hole in (r for r in rings if _area(r) > 0):
        # The smallest outer ring that it lies in.
        within = [p for p in polygons if _inside(hole, p[0])]
        if within:
            within[-1].append(_closed(hole[::-1]))
    return polygons


def _closed(ring: list[Point]) -> list[Point]:
    return [*ring, ring[0]]


def _inside(hole: list[Point], ring: list[Point]) -> bool:
    """Whether a hole lies in a ring, by the middle of one of its edges, which lies on no corner of the ring."""
    x, y = (np.array(hole[0]) + np.array(hole[1])) / 2
    a, b = np.array(ring[:-1]), np.array(ring[1:])
    crossed = (a[:, 1] > y) != (b[:, 1] > y)
    rise = np.where(crossed, b[:, 1] - a[:, 1], 1.0)
    return bool((crossed & (x < a[:, 0] + (y - a[:, 1]) / rise * (b[:, 0] - a[:, 0]))).sum() % 2)
