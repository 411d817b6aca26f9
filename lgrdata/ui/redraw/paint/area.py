"""An area's map for painting, from its facts and boundaries."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import numpy as np

from lgrdata.core.facts import AreaFacts
from lgrdata.core.models import LgrError
from lgrdata.geo.shapes import Arcs, Shape, label_of, path_of
from lgrdata.ui.redraw.paint.model import Block, Geometry
from lgrdata.ui.redraw.paint.model import ContextShape as Outside

MARGIN = 0.35
"""How far beyond the area neighbours are drawn, as a share of its longer side."""


def area_geometry(
    facts: AreaFacts,
    arcs: Arcs,
    divided: Collection[str] = (),
    england: Arcs | None = None,
    extras: Collection[str] = (),
) -> Geometry:
    """The blocks of an area: its authorities, with those in `divided` as their wards.

    `arcs` is the area's topology and `england` the country's, for grey neighbours; both in metres, y downwards.
    `extras` are the codes of extra authorities to offer for painting; the others are left with the neighbours.
    Residents of wards are estimated. Takes about 30 ms for an area by wards: keep what it gives.
    """
    drawn = {s.code: s for s in arcs.objects["authorities"]}
    wards = {s.code: s for s in arcs.objects.get("wards", ())}
    people, ward_people = facts.residents.sum(axis=1), facts.ward_residents.sum(axis=1)
    blocks: list[Block] = []
    members: list[Shape] = []
    for i, authority in enumerate(facts.authorities):
        if facts.is_extra[i] and authority.code not in extras:
            continue
        shape = _of(drawn, authority.code, authority.name)
        members.append(shape)
        if authority.code not in divided:
            x, y = label_of(arcs, shape)
            path = path_of(arcs, shape)
            blocks.append(Block(authority.code, authority.name, path, (x, y), residents=int(people[i])))
            continue
        for w in np.flatnonzero(facts.ward_authority == i).tolist():
            ward = facts.wards[w]
            inner = _of(wards, ward.code, ward.name)
            known = int(ward_people[w]) if facts.wards_counted[i] else None
            blocks.append(
                Block(
                    ward.code, ward.name, path_of(arcs, inner), label_of(arcs, inner), "", known,
                    "ward", authority.code, authority.name,
                )
            )  # fmt: skip
    x0, y0, x1, y1 = _bounds(arcs, members)
    around = MARGIN * max(x1 - x0, y1 - y0)
    inside = {s.code for s in members}
    near = _neighbours(england, inside, (x0 - around, y0 - around, x1 + around, y1 + around))
    return Geometry(facts.area.name, tuple(blocks), (x0, y0, x1 - x0, y1 - y0), tuple(near), 1.0)


def _of(shapes: dict[str, Shape], code: str, name: str) -> Shape:
    if code not in shapes:
        raise LgrError(f"no boundary is held for {name} ({code})")
    return shapes[code]


def _bounds(arcs: Arcs, shapes: Iterable[Shape]) -> tuple[float, float, float, float]:
    rings = [arcs.ring(polygon[0]) for shape in shapes for polygon in shape.polygons]
    low = np.min([r.min(axis=0) for r in rings], axis=0)
    high = np.max([r.max(axis=0) for r in rings], axis=0)
    return float(low[0]), float(low[1]), float(high[0]), float(high[1])


def _neighbours(england: Arcs | None, inside: set[str], view: tuple[float, float, float, float]) -> Iterable[Outside]:
    if england is None:
        return
    for shape in england.objects["authorities"]:
        if shape.code in inside:
            continue
        x0, y0, x1, y1 = _bounds(england, [shape])
        if x0 < view[2] and x1 > view[0] and y0 < view[3] and y1 > view[1]:
            yield Outside(shape.name, path_of(england, shape), label_of(england, shape))
