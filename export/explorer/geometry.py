"""An area's map for painting, as the painted map's script reads it: authorities, their wards, and grey neighbours."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from lgrdata.core.facts import AreaFacts
from lgrdata.core.models import LgrError
from lgrdata.dataset.dataset import Dataset
from lgrdata.geo.shapes import Arcs, Shape, label_of, path_of
from lgrdata.pictures.maps.ground import arcs_of

MARGIN = 0.35
"""How far beyond the area neighbours are drawn, as a share of its longer side."""

Rows = dict[str, Any]


def geometry(dataset: Dataset, area_id: str, *, wards: bool = False) -> Rows:
    """Rows of blocks by authority (and by ward where asked), what is in view, and the neighbours.

    A row is what the painted map's script takes for a block: code, name, short name, residents, kind, authority's code
    and name, x and y of its label, path. LgrError where a boundary is not held.
    """
    facts, arcs = dataset.facts(area_id), arcs_of(dataset, area_id)
    drawn = {s.code: s for s in arcs.objects["authorities"]}
    fine = {s.code: s for s in arcs.objects.get("wards", ())}
    members = [_of(drawn, a.code, a.name) for a in facts.authorities]
    x0, y0, x1, y1 = _bounds(arcs, members)
    around = MARGIN * max(x1 - x0, y1 - y0)
    england, inside = arcs_of(dataset, "england"), {s.code for s in members}
    out: Rows = {
        "title": facts.area.name,
        "view": [x0, y0, x1 - x0, y1 - y0],
        "metres": 1.0,
        "context": list(_neighbours(england, inside, (x0 - around, y0 - around, x1 + around, y1 + around))),
        "authorities": [
            [a.code, a.name, "", int(facts.population[i]), "a", "", "", *label_of(arcs, shape), path_of(arcs, shape)]
            for i, (a, shape) in enumerate(zip(facts.authorities, members, strict=True))
        ],
    }
    if wards:
        out["wards"] = {
            a.code: [_ward(facts, arcs, fine, i, int(w)) for w in facts.wards_of[i]]
            for i, a in enumerate(facts.authorities)
            if len(facts.wards_of[i]) and facts.wards_counted[i]
        }
    return out


def _ward(facts: AreaFacts, arcs: Arcs, fine: dict[str, Shape], i: int, w: int) -> list[Any]:
    ward, authority = facts.wards[w], facts.authorities[i]
    shape = _of(fine, ward.code, ward.name)
    people = int(facts.ward_population[w])
    label = label_of(arcs, shape)
    return [ward.code, ward.name, "", people, "w", authority.code, authority.name, *label, path_of(arcs, shape)]


def _of(shapes: dict[str, Shape], code: str, name: str) -> Shape:
    if code not in shapes:
        raise LgrError(f"no boundary is held for {name} ({code})")
    return shapes[code]


def _bounds(arcs: Arcs, shapes: Iterable[Shape]) -> tuple[float, float, float, float]:
    rings = [arcs.ring(polygon[0]) for shape in shapes for polygon in shape.polygons]
    low = np.min([r.min(axis=0) for r in rings], axis=0)
    high = np.max([r.max(axis=0) for r in rings], axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _neighbours(england: Arcs, inside: set[str], view: tuple[float, float, float, float]) -> Iterable[list[Any]]:
    for shape in england.objects["authorities"]:
        if shape.code in inside:
            continue
        x0, y0, x1, y1 = _bounds(england, [shape])
        if x0 < view[2] and x1 > view[0] and y0 < view[3] and y1 > view[1]:
            yield [shape.name, list(label_of(england, shape)), path_of(england, shape)]
