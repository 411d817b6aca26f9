"""An area's map for painting: the blocks a reader moves and the grey neighbours, from facts and boundaries."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from typing import Any, Literal

import numpy as np

from lgrdata.core.facts import AreaFacts
from lgrdata.core.models import LgrError
from lgrdata.geo.shapes import Arcs, Shape, label_of, path_of

MARGIN = 0.35
"""How far beyond the area neighbours are drawn, as a share of its longer side."""


@dataclass(frozen=True)
class Block:
    """What the map lets a reader move: an authority, or a ward of one.

    `path` is SVG path data made of M, L, H, V and Z (either case). Where two blocks touch, their paths hold the same
    points, as paths cut from one topology do: council borders are found from that. `label` is a point well inside.
    """

    code: str
    name: str
    path: str
    label: tuple[float, float]
    short: str = ""
    """A shorter name for where the full one does not fit."""
    residents: int | None = None
    kind: Literal["authority", "ward"] = "authority"
    authority: str = ""
    """Code of the authority a ward lies in."""
    authority_name: str = ""


@dataclass(frozen=True)
class ContextShape:
    """A place outside the area, drawn grey and not to be painted."""

    name: str
    path: str
    label: tuple[float, float] | None = None


@dataclass(frozen=True)
class Geometry:
    """Everything about the map that painting does not change. Build it once and keep it (`st.cache_resource`)."""

    title: str
    """Names the map for screen readers: 'Surrey'."""
    blocks: tuple[Block, ...]
    view: tuple[float, float, float, float]
    """x, y, width, height of what is shown at first, in the paths' units, y downwards."""
    context: tuple[ContextShape, ...] = ()
    metres_per_unit: float | None = None
    """For the scale bar; None draws none."""

    @cached_property
    def place(self) -> dict[str, int]:
        """Position of each block by its code."""
        return {b.code: i for i, b in enumerate(self.blocks)}

    @cached_property
    def authorities(self) -> frozenset[str]:
        """Codes of the authorities whose wards are among the blocks."""
        return frozenset(b.authority for b in self.blocks if b.authority)

    def document(self) -> dict[str, Any]:
        """The geometry as the painted map's script reads it."""
        return {
            "title": self.title,
            "view": self.view,
            "metres": self.metres_per_unit,
            "blocks": [
                [b.code, b.name, b.short, b.residents, b.kind[0], b.authority, b.authority_name, *b.label, b.path]
                for b in self.blocks
            ],
            "context": [[s.name, list(s.label) if s.label else None, s.path] for s in self.context],
        }

    @cached_property
    def text(self) -> str:
        """The document as compact JSON."""
        return json.dumps(self.document(), separators=(",", ":"), ensure_ascii=False)

    @cached_property
    def digest(self) -> str:
        """Names this geometry: the same shapes always have the same one."""
        return blake2b(self.text.encode(), digest_size=8).hexdigest()


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


def _neighbours(
    england: Arcs | None, inside: set[str], view: tuple[float, float, float, float]
) -> Iterable[ContextShape]:
    if england is None:
        return
    for shape in england.objects["authorities"]:
        if shape.code in inside:
            continue
        x0, y0, x1, y1 = _bounds(england, [shape])
        if x0 < view[2] and x1 > view[0] and y0 < view[3] and y1 > view[1]:
            yield ContextShape(shape.name, path_of(england, shape), label_of(england, shape))
