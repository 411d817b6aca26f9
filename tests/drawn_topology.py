"""A tiny drawn topology in hundredths of a degree near 52°N 1°W, one arc a step.

y = 4   +---+---+
        | C | D |  +-+     D also has an island, x 8 to 9, y 2 to 3
y = 2   +---+---+  +-+
        | A | B |          E is an enclave inside A: x 1 to 2, y 0 to 1
y = -1  +---+---+
   x =  0   3   6          the wards C1 and C2 are halves of C, parted at y = 3; other wards are as their authority
"""

from __future__ import annotations

import itertools
import json
from typing import Any

Point = tuple[int, int]
Ring = list[Point]

WEST, SOUTH, STEP = -1.2, 52.0, 0.01


def box(x0: int, y0: int, x1: int, y1: int) -> Ring:
    """A rectangle in unit steps, closed."""
    return [
        *((x, y0) for x in range(x0, x1)),
        *((x1, y) for y in range(y0, y1)),
        *((x, y1) for x in range(x1, x0, -1)),
        *((x0, y) for y in range(y1, y0, -1)),
        (x0, y0),
    ]


AUTHORITIES: dict[str, list[list[Ring]]] = {
    "A": [[box(0, -1, 3, 2), box(1, 0, 2, 1)]],
    "B": [[box(3, -1, 6, 2)]],
    "C": [[box(0, 2, 3, 4)]],
    "D": [[box(3, 2, 6, 4)], [box(8, 2, 9, 3)]],
    "E": [[box(1, 0, 2, 1)]],
}
WARDS = {f"{code}1": held for code, held in AUTHORITIES.items() if code != "C"} | {
    "C1": [[box(0, 2, 3, 3)]],
    "C2": [[box(0, 3, 3, 4)]],
}


def topology(*, backwards: bool = False, quantised: bool = True) -> dict[str, Any]:
    """The drawn topology; `backwards` turns every second ring round, as careless files do."""
    index: dict[tuple[Point, Point], int] = {}

    def arcs_of(ring: Ring) -> list[int]:
        out = []
        for a, b in itertools.pairwise(ring):
            if (b, a) in index:
                out.append(~index[b, a])
            else:
                out.append(index.setdefault((a, b), len(index)))
        return out

    count = 0

    def turn(ring: Ring) -> Ring:
        nonlocal count
        count += 1
        return ring[::-1] if backwards and count % 2 else ring

    def geometry(code: str, polygons: list[list[Ring]]) -> dict[str, Any]:
        arcs = [[arcs_of(turn(ring)) for ring in polygon] for polygon in polygons]
        kind = {"type": "Polygon", "arcs": arcs[0]} if len(arcs) == 1 else {"type": "MultiPolygon", "arcs": arcs}
        return {**kind, "id": code, "properties": {"name": f"Place {code}"}}

    objects = {
        name: {"type": "GeometryCollection", "geometries": [geometry(c, p) for c, p in held.items()]}
        for name, held in (("authorities", AUTHORITIES), ("wards", WARDS))
    }
    out: dict[str, Any] = {"type": "Topology", "objects": objects}
    if quantised:
        out["transform"] = {"scale": [STEP, STEP], "translate": [WEST, SOUTH]}
        out["arcs"] = [[list(a), [b[0] - a[0], b[1] - a[1]]] for a, b in index]
    else:
        out["arcs"] = [[[WEST + x * STEP, SOUTH + y * STEP] for x, y in ends] for ends in index]
    return out


def text(**how: bool) -> str:
    return json.dumps(topology(**how))
