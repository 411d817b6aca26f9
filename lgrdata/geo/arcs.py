"""Boundaries as shared arcs: TopoJSON → whole metres on the National Grid, y downward.

Every vertex is rounded once, in its arc, so that two neighbours are drawn with the very same border and the outline of
a union is exactly the sum of its parts' outlines less twice what they share.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lgrdata.core.models import LgrError
from lgrdata.geo.grid import to_grid

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Ring = tuple[int, ...]
"""Arc numbers along a closed ring; ~n means arc n backwards."""

NORTH_EDGE = 1_300_000
"""y = NORTH_EDGE − northing: the National Grid ends here, so y is never negative."""
NOBODY = -1


@dataclass(frozen=True)
class Shape:
    """One place of a topology: polygons, each an outer ring and its holes."""

    code: str
    name: str
    polygons: tuple[tuple[Ring, ...], ...]

    @property
    def rings(self) -> Iterator[Ring]:
        return (ring for polygon in self.polygons for ring in polygon)


@dataclass(frozen=True, eq=False)
class Arcs:
    """A topology, projected. Outer rings keep the shape on one hand throughout, and holes likewise."""

    points: Ints  # [P, 2] x, y in whole metres, y downward
    start: Ints  # [n + 1] where each arc begins in `points`
    lonlat: Floats  # [P, 2] as held, WGS84 degrees
    objects: Mapping[str, tuple[Shape, ...]]  # 'authorities', 'wards', in order of code
    _text: dict[int, str] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.start) - 1

    def codes(self, name: str) -> tuple[str, ...]:
        """Codes of an object's shapes, in the order that `sides` numbers them."""
        return tuple(shape.code for shape in self.objects[name])

    def arc(self, number: int) -> Ints:
        """[k, 2] points of an arc; of ~n, arc n backwards."""
        n = number if number >= 0 else ~number
        points = self.points[self.start[n] : self.start[n + 1]]
        return points if number >= 0 else points[::-1]

    def ring(self, ring: Ring) -> Ints:
        """[k, 2] points of a closed ring, first point repeated at the end."""
        parts = [self.arc(n)[1:] for n in ring]
        return np.concatenate([self.arc(ring[0])[:1], *parts])

    @cached_property
    def metres(self) -> Floats:
        """[n] length of each arc."""
        step = np.diff(self.points, axis=0).astype(float)
        length = np.concatenate([[0.0], np.hypot(step[:, 0], step[:, 1])])
        length[self.start[:-1]] = 0.0
        return np.asarray(np.add.reduceat(length, self.start[:-1]))

    @cached_property
    def ends(self) -> Ints:
        """[n, 4] first x, y and last x, y of each arc."""
        return np.concatenate([self.points[self.start[:-1]], self.points[self.start[1:] - 1]], axis=1)

    @cached_property
    def _sides(self) -> dict[str, Ints]:
        return {}

    def sides(self, name: str) -> Ints:
        """[n, 2] the shape of an object that walks each arc forward, and backward, or NOBODY."""
        if name not in self._sides:
            sides = np.full((len(self), 2), NOBODY, dtype=np.int64)
            for i, shape in enumerate(self.objects[name]):
                walked = np.array([n for ring in shape.rings for n in ring], dtype=np.int64)
                back = walked < 0
                sides[np.where(back, ~walked, walked), back.astype(np.int64)] = i
            self._sides[name] = sides
        return self._sides[name]

    def steps_text(self, number: int) -> str:
        """An arc as relative SVG steps: ' 12-3 4 5'; the same border reads the same from both sides."""
        if number not in self._text:
            step = np.diff(self.arc(number), axis=0)
            step = step[step.any(axis=1)]
            self._text[number] = "".join([f" {v}" if v >= 0 else str(v) for v in step.ravel().tolist()])
        return self._text[number]


def load_arcs(topojson: str, where: str = "topology") -> Arcs:
    """Decode and project a TopoJSON text of WGS84 longitudes and latitudes. About 10 ms for an area.

    LgrError names `where` and the shape at fault.
    """
    try:
        return _load_arcs(topojson, where)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise LgrError(f"{where}: not a readable TopoJSON ({' '.join(str(error).split())[:120]})") from None


def _load_arcs(topojson: str, where: str) -> Arcs:
    try:
        data = json.loads(topojson)
        raw = [np.array(arc, dtype=float).reshape(len(arc), -1)[:, :2] for arc in data["arcs"]]
        if any(len(arc) < 2 for arc in raw):
            raise ValueError("an arc has fewer than two points")
    except (ValueError, TypeError, KeyError) as error:
        raise LgrError(f"{where}: not a readable TopoJSON: {error}") from None
    start = np.concatenate([[0], np.cumsum([len(arc) for arc in raw])]).astype(np.int64)
    lonlat = _positions(raw, data.get("transform"))
    if not np.isfinite(lonlat).all() or len(lonlat) == 0:
        raise LgrError(f"{where}: a boundary point is missing or not a number")
    east, north = to_grid(lonlat[:, 0], lonlat[:, 1])
    flat = np.stack([east, NORTH_EDGE - north], axis=1)
    points = np.rint(flat).astype(np.int64)
    objects = {
        name: tuple(sorted(_shapes(held, flat, start, f"{where}, {name}"), key=lambda shape: shape.code))
        for name, held in data.get("objects", {}).items()
    }
    return Arcs(points, start, lonlat, objects)


def _positions(raw: list[Floats], transform: dict[str, Any] | None) -> Floats:
    if transform is None:  # not quantised: positions as they are
        return np.concatenate(raw) if raw else np.zeros((0, 2))
    whole = np.concatenate([np.cumsum(arc, axis=0) for arc in raw]) if raw else np.zeros((0, 2))
    return np.asarray(whole * np.array(transform["scale"]) + np.array(transform["translate"]))


def _shapes(held: dict[str, Any], flat: Floats, start: Ints, where: str) -> Iterator[Shape]:
    seen = set()
    for geometry in held.get("geometries", []):
        code = geometry.get("id")
        if not code or code in seen:
            raise LgrError(f"{where}: {f'{code} is there twice' if code else 'a shape has no id (its code)'}")
        seen.add(code)
        kind = geometry.get("type")
        if kind not in ("Polygon", "MultiPolygon"):
            raise LgrError(f"{where}, {code}: is a {kind}, where a Polygon or MultiPolygon is needed")
        try:
            held_arcs = [geometry["arcs"]] if kind == "Polygon" else geometry["arcs"]
            polygons = [[tuple(int(n + 0) for n in ring) for ring in polygon] for polygon in held_arcs]
        except (KeyError, TypeError):
            raise LgrError(f"{where}, {code}: its arcs are not a list of arc numbers") from None
        yield Shape(
            code,
            geometry.get("properties", {}).get("name", ""),
            tuple(
                tuple(
                    _turned(ring, flat, start, hole=k > 0, where=f"{where}, {code}") for k, ring in enumerate(polygon)
                )
                for polygon in polygons
            ),
        )


def _turned(ring: Ring, flat: Floats, start: Ints, *, hole: bool, where: str) -> Ring:
    # Files differ in which way rings run; one way throughout gives each arc one shape on each side.
    if not ring or max(n if n >= 0 else ~n for n in ring) >= len(start) - 1:
        raise LgrError(f"{where}: names an arc that the file does not hold")
    parts = [flat[start[n] : start[n + 1]] if n >= 0 else flat[start[~n] : start[~n + 1]][::-1] for n in ring]
    for before, after in zip(parts, parts[1:] + parts[:1], strict=True):
        if (before[-1] != after[0]).any():
            raise LgrError(f"{where}: its arcs do not join into a closed ring")
    if (signed_area(np.concatenate(parts)) < 0) != hole:
        return tuple(~n for n in reversed(ring))
    return ring


def signed_area(points: Floats | Ints) -> float:
    """Area of a closed ring in square metres, positive for outer rings as held here."""
    p = points - points[0]
    x, y = p[:, 0], p[:, 1]
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum()) / 2


def area_of(arcs: Arcs, shape: Shape) -> float:
    """Square metres inside a shape's outline, holes taken out."""
    return sum(signed_area(arcs.ring(ring)) for ring in shape.rings)


def perimeter_of(arcs: Arcs, shape: Shape) -> float:
    """Metres of a shape's outline, holes included."""
    return float(sum(arcs.metres[n if n >= 0 else ~n] for ring in shape.rings for n in ring))


def shared_borders(arcs: Arcs, name: str) -> dict[tuple[str, str], float]:
    """Metres of outline that pairs of an object's shapes share, lower code first."""
    sides = arcs.sides(name)
    pairs: dict[tuple[str, str], float] = {}
    codes = arcs.codes(name)
    for n in np.flatnonzero((sides >= 0).all(axis=1) & (sides[:, 0] != sides[:, 1])):
        a, b = sorted((codes[sides[n, 0]], codes[sides[n, 1]]))
        pairs[a, b] = pairs.get((a, b), 0.0) + float(arcs.metres[n])
    return dict(sorted(pairs.items()))
