"""How much of one outline lies inside others: lengths along lines of latitude, added up.

Each outline is cut by the same evenly spaced lines; between two lines its width is taken as on the line. Coordinates
may be degrees: along one line a degree of longitude has one length, and within a district that length changes by 1%.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lgrdata.core.models import LgrError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LINES = 48
MOST_CUTS = 2_000_000
"""Cuts of outlines and lines held at once: about 100 MB. Real outlines, however fine, make a tenth of these."""


class Rings:
    """Closed rings as edges, each with the number of its ring and of the polygon that the ring belongs to."""

    def __init__(self, polygons: Sequence[Sequence[Floats]]) -> None:
        """`polygons`: of each polygon the rings, [k, 2] points; where the last is not the first, it is joined to it."""
        self.polygons = len(polygons)
        closed = [ring if (ring[0] == ring[-1]).all() else np.vstack([ring, ring[:1]]) for p in polygons for ring in p]
        self.owner = np.repeat(np.arange(len(polygons)), [len(p) for p in polygons])  # polygon of each ring
        sizes = [len(ring) - 1 for ring in closed]
        self.a = np.concatenate([ring[:-1] for ring in closed]) if closed else np.zeros((0, 2))
        self.b = np.concatenate([ring[1:] for ring in closed]) if closed else np.zeros((0, 2))
        self.ring = np.repeat(np.arange(len(closed)), sizes)
        self.bottom, self.top = np.minimum(self.a[:, 1], self.b[:, 1]), np.maximum(self.a[:, 1], self.b[:, 1])
        self.low = np.array([ring.min(axis=0) for ring in closed]).reshape(-1, 2)
        self.high = np.array([ring.max(axis=0) for ring in closed]).reshape(-1, 2)

    def cuts(
        self, lines: Floats, a_y: Floats | None = None, b_y: Floats | None = None
    ) -> tuple[Ints, Floats, Ints, Ints]:
        """Where edges cross lines (ascending): line, x, direction (1 up, −1 down) and edge of each cut."""
        a_y = self.a[:, 1] if a_y is None else a_y
        b_y = self.b[:, 1] if b_y is None else b_y
        # Half-open, so that a line through a corner is crossed once.
        first = np.searchsorted(lines, np.minimum(a_y, b_y), side="left")
        many = np.searchsorted(lines, np.maximum(a_y, b_y), side="left") - first
        if int(many.sum()) > MOST_CUTS:
            raise LgrError("its outlines go to and fro more often than those of any place on the ground")
        edge = np.repeat(np.arange(len(many)), many)
        nth = np.arange(len(edge)) - np.repeat(np.cumsum(many) - many, many)
        line = first[edge] + nth
        along = (lines[line] - a_y[edge]) / (b_y[edge] - a_y[edge])
        x = self.a[edge, 0] + along * (self.b[edge, 0] - self.a[edge, 0])
        return line, x, np.where(b_y[edge] > a_y[edge], 1, -1), edge

    def twisted(self) -> set[int]:
        """Polygons of which an outline crosses itself, so that what is inside it cannot be told.

        A line meets a plain outline going in and out in turn. One that does not, over more than a thousandth of what
        the outline encloses, is twisted; a slip between two of the 48 lines changes no figure.
        """
        height = np.maximum(self.high[:, 1] - self.low[:, 1], 1e-12)
        scaled = [(p[:, 1] - self.low[self.ring, 1]) / height[self.ring] for p in (self.a, self.b)]
        line, x, way, edge = self.cuts(_spread(0.0, 1.0), *scaled)
        ring = self.ring[edge]
        order = np.lexsort((x, line, ring))
        line, x, way, ring = line[order], x[order], way[order], ring[order]
        if len(x) == 0:
            return set()
        turns = np.cumsum(way)  # each line of a ring ends at nought again
        same = (ring[1:] == ring[:-1]) & (line[1:] == line[:-1])
        length, between, of = np.diff(x)[same], turns[:-1][same], ring[:-1][same]
        count = len(self.owner)
        up = np.bincount(of, length * (between == 1), minlength=count)
        down = np.bincount(of, length * (between == -1), minlength=count)
        over = np.bincount(of, length * (np.abs(between) > 1), minlength=count)
        wrong = np.minimum(up, down) + over
        return set(self.owner[wrong > 0.001 * (up + down + over)].tolist())

    def inside(self, block: Rings) -> Floats:
        """[polygons] the share of a block's ground inside each polygon."""
        low, high = block.low.min(axis=0), block.high.max(axis=0)
        lines = _spread(float(low[1]), float(high[1]))
        line, x, _, _ = block.cuts(lines)
        order = np.lexsort((x, line))
        line, x = line[order], x[order]
        starts = np.searchsorted(line, np.arange(len(lines) + 1))
        out = np.zeros(self.polygons)
        ground = float((x[1::2] - x[::2]).sum())
        if ground <= 0:
            return out
        close = self._near(low, high)
        own_line, own_x, _, edge = close.cuts(lines)
        owner = close.owner[close.ring[edge]]
        order = np.lexsort((own_x, owner, own_line))
        own_line, own_x, owner = own_line[order], own_x[order], owner[order]
        own_starts = np.searchsorted(own_line, np.arange(len(lines) + 1))
        for k in range(len(lines)):
            edges, held = x[starts[k] : starts[k + 1]], slice(own_starts[k], own_starts[k + 1])
            if len(edges) == 0 or held.start == held.stop:
                continue
            # Of the block's ground on this line, how much lies left of each cut: in, out, in, out.
            steps = np.zeros(len(edges))
            steps[1::2] = edges[1::2] - edges[::2]
            left = np.interp(own_x[held], edges, np.cumsum(steps))
            sign = np.where(np.arange(held.stop - held.start) % 2 == 0, -1.0, 1.0)  # an even number for each polygon
            out += np.bincount(owner[held], sign * left, minlength=self.polygons)
        return out / ground

    def _near(self, low: Floats, high: Floats) -> Rings:
        """The edges beside a box, of the rings that come near it."""
        near = np.flatnonzero((self.high >= low).all(axis=1) & (self.low <= high).all(axis=1))
        wanted = np.zeros(len(self.owner), dtype=bool)
        wanted[near] = True
        held = wanted[self.ring] & (self.bottom <= high[1]) & (self.top >= low[1])
        out = object.__new__(Rings)
        out.polygons, out.owner = self.polygons, self.owner
        out.a, out.b, out.ring = self.a[held], self.b[held], self.ring[held]
        return out


def _spread(low: float, high: float) -> Floats:
    """Lines evenly spread between two heights, none of them on either."""
    return low + (high - low) * (np.arange(LINES) + 0.5) / LINES
