"""Names on a map: placed where they fit inside their shape, never over one another, left out where they do not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from lgrdata.geo.arcs import Ints, signed_area
from lgrdata.geo.shapes import label_point
from lgrdata.pictures.maps.ground import MapFrame, text_width

Rect = tuple[float, float, float, float]
"""left, top, right, bottom in pixels."""

SIZES = (12.5, 11.0)
OVERHANG = 1.12
"""How far a name may reach beyond its shape, on its halo."""
LINE = 1.12


@dataclass
class Occupied:
    """Rectangles of the map where something stands already."""

    rects: list[Rect] = field(default_factory=list)

    def free(self, rect: Rect) -> bool:
        return all(rect[2] <= r[0] or rect[0] >= r[2] or rect[3] <= r[1] or rect[1] >= r[3] for r in self.rects)


@dataclass(frozen=True)
class Label:
    lines: tuple[str, ...]
    x: float  # middle
    y: float  # baseline of the first line
    size: float


def in_pixels(rings: Iterable[Ints], frame: MapFrame) -> list[np.ndarray]:
    """Rings in units of boundaries as pixels of the frame."""
    return [(ring * frame.unit - np.array([frame.x, frame.y])) / frame.metres for ring in rings]


def largest(rings: Sequence[Ints]) -> Ints:
    """The ring that holds most."""
    return max(rings, key=lambda r: abs(signed_area(r)))


def middle(rings: Sequence[Ints], frame: MapFrame) -> tuple[float, float]:
    """A point well inside the largest of some rings and outside its holes, in pixels."""
    outer = largest(rings)
    low, high = outer.min(axis=0), outer.max(axis=0)
    # A ring that lies in the largest one's box is a hole or an island beside it: neither may hold the point.
    inner = [r for r in rings if r is not outer and (r.min(axis=0) >= low).all() and (r.max(axis=0) <= high).all()]
    x, y = _inside(tuple(np.ascontiguousarray(r, dtype=np.int64).tobytes() for r in (outer, *inner)))
    return frame.px(x * frame.unit, y * frame.unit)


@lru_cache(maxsize=2000)
def _inside(rings: tuple[bytes, ...]) -> tuple[int, int]:
    # Most shapes stay as they are from one split to the next, and finding the point costs more than drawing the shape.
    return label_point([np.frombuffer(r, dtype=np.int64).reshape(-1, 2) for r in rings])


def place(name: str, rings: Sequence[Ints], frame: MapFrame, taken: Occupied) -> Label | None:
    """A label inside the largest ring, in one line or two; None where it does not fit. Takes its room."""
    for label, rect in _rooms(name, tuple(np.ascontiguousarray(r, dtype=np.int64).tobytes() for r in rings), frame):
        if taken.free(rect):
            taken.rects.append(rect)
            return label
    return None


@lru_cache(maxsize=500)
def _rooms(name: str, rings: tuple[bytes, ...], frame: MapFrame) -> tuple[tuple[Label, Rect], ...]:
    """Every label that fits inside the largest ring with the room it needs, the best first, were the map empty."""
    # An authority's shape stays as it is from one split to the next; only what lies on it already differs.
    shape = [np.frombuffer(r, dtype=np.int64).reshape(-1, 2) for r in rings]
    x, y = middle(shape, frame)
    (edge,) = in_pixels([largest(shape)], frame)
    found = []
    for size in SIZES:
        for lines in _broken(name):
            width = max(text_width(line, size) for line in lines)
            height = size * LINE * len(lines)
            for shift in (0.0, 14.0, -14.0, 24.0, -24.0, 34.0, -34.0):
                span = _span(edge, x, y + shift, height)
                if span is None or width > (span[1] - span[0]) * OVERHANG:
                    continue
                half = width / 2
                low, high = span[0] + half, span[1] - half
                centre = min(max(x, low), high) if low <= high else (span[0] + span[1]) / 2
                top = y + shift - height / 2
                rect = (centre - half - 2, top, centre + half + 2, top + height)
                if rect[0] >= 2 and rect[2] <= frame.width - 2:
                    found.append((Label(lines, centre, top + size * 0.92, size), rect))
    return tuple(found)


def beside(name: str, at: tuple[float, float], frame: MapFrame, taken: Occupied) -> Label | None:
    """A label right, left, above or below a point, over whatever shapes lie there; None where none of that is free."""
    x, y = at
    for size in SIZES:
        for lines in _broken(name):
            half = max(text_width(line, size) for line in lines) / 2
            height = size * LINE * len(lines)
            side = (y - height / 2, 9 + half)
            for centre, top in (
                (x + side[1], side[0]), (x - side[1], side[0]), (x, y + 8), (x, y - 8 - height),
            ):  # fmt: skip
                rect = (centre - half - 2, top, centre + half + 2, top + height)
                inside = rect[0] >= 2 and rect[1] >= 2 and rect[2] <= frame.width - 2 and rect[3] <= frame.height - 2
                if inside and taken.free(rect):
                    taken.rects.append(rect)
                    return Label(lines, centre, top + size * 0.92, size)
    return None


def _broken(name: str) -> list[tuple[str, ...]]:
    """The name in one line, then in two of like length where it has a gap."""
    words = name.split(" ")
    if len(words) < 2:
        return [(name,)]
    cuts = [(" ".join(words[:i]), " ".join(words[i:])) for i in range(1, len(words))]
    return [(name,), min(cuts, key=lambda c: (max(len(c[0]), len(c[1])), len(c[0])))]


def _span(edge: np.ndarray, x: float, y: float, height: float) -> tuple[float, float] | None:
    """The narrowest stretch inside the ring round x, over a text's height; None where it lies outside."""
    low, high = -np.inf, np.inf
    for level in (y - height * 0.42, y, y + height * 0.42):
        a, b = edge[:-1], edge[1:]
        cross = (a[:, 1] > level) != (b[:, 1] > level)
        a, b = a[cross], b[cross]
        at = np.sort(a[:, 0] + (level - a[:, 1]) / (b[:, 1] - a[:, 1]) * (b[:, 0] - a[:, 0]))
        k = int(np.searchsorted(at, x))
        if k % 2 == 0 or k >= len(at):
            return None
        low, high = max(low, float(at[k - 1])), min(high, float(at[k]))
    return (low, high) if high > low else None
