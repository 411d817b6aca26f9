"""England's outline and the areas inside it, light enough to travel with the page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from lgrdata.dataset.dataset import Dataset
from lgrdata.geo.shapes import dissolve, label_point, thinned
from lgrdata.pictures.maps.ground import arcs_of
from lgrdata.reading import councils

DETAIL = 600
"""Metres that the thinned boundary may stray: about half a pixel."""
UNIT = 250
"""Metres in one unit of the paths."""


@dataclass(frozen=True)
class England:
    """`rest`: path of all outside the areas. `areas`: [area_id, path, label x, label y]. In units of UNIT metres."""

    box: tuple[int, int, int, int]
    rest: str
    areas: tuple[tuple[str, str, int, int], ...]

    def as_data(self) -> dict[str, Any]:
        return {"box": list(self.box), "rest": self.rest, "areas": [list(a) for a in self.areas]}


def england(dataset: Dataset) -> England:
    """The map's shapes, made once for a dataset. LgrError where the boundaries of England are not held."""
    return dataset.keep("ui.england", lambda: _made(dataset))


def _made(dataset: Dataset) -> England:
    fine = thinned(arcs_of(dataset, "england"), DETAIL)
    arcs = replace(fine, points=np.rint(fine.points / UNIT).astype(np.int64))
    members: dict[str, list[str]] = {}
    for area_id, code in dataset.read(councils.members):
        members.setdefault(area_id, []).append(code)
    known = set(arcs.codes("authorities"))
    names = sorted(members)
    number = {code: n for n, area_id in enumerate(names) for code in members[area_id] if code in known}
    drawn = dissolve(arcs, "authorities", {code: number.get(code, len(names)) for code in known})
    shapes = {s.code: s for s in arcs.objects["authorities"]}
    areas = []
    for n, area_id in enumerate(names):
        if n in drawn:
            rings = [arcs.ring(p[0]) for code in members[area_id] if code in known for p in shapes[code].polygons]
            x, y = _middle(rings)
            areas.append((area_id, drawn[n], x, y))
    low, high = arcs.points.min(axis=0), arcs.points.max(axis=0)
    box = (int(low[0]), int(low[1]), int(high[0] - low[0]), int(high[1] - low[1]))
    return England(box, drawn.get(len(names), ""), tuple(areas))


def _middle(rings: list[Any]) -> tuple[int, int]:
    """The middle of an area's box, or a point inside its nearest part where the middle is not land."""
    low = np.min([r.min(axis=0) for r in rings], axis=0)
    high = np.max([r.max(axis=0) for r in rings], axis=0)
    centre = (low + high) / 2
    nearest = min(rings, key=lambda r: float(np.hypot(*(r.mean(axis=0) - centre))))
    x, y = label_point([nearest]) if len(nearest) > 3 else nearest.mean(axis=0)
    return round((float(x) + float(centre[0])) / 2), round((float(y) + float(centre[1])) / 2)
