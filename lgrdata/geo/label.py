"""A point well inside a polygon, for its label: the pole of inaccessibility, to a coarse step.

The idea is the one known as polylabel: cover the polygon with cells, keep only those that could still hold a point
farther from the outline, and halve them. Here whole generations of cells are measured at once.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

FIRST_CELLS = 6
"""Cells along the short side of the first cover."""
FINENESS = 0.03
"""Stop when no point can be farther inside than the best by this part of the short side."""
MOST_ROUNDS = 6


def label_point(rings: list[Ints]) -> tuple[int, int]:
    """x, y in whole metres of a point well inside a polygon (outer ring, then holes; each closed)."""
    outer = rings[0]
    low, high = outer.min(axis=0), outer.max(axis=0)
    short = float((high - low).min())
    if short <= 0:
        return int(outer[0, 0]), int(outer[0, 1])
    a = np.concatenate([ring[:-1] for ring in rings]).astype(float)
    b = np.concatenate([ring[1:] for ring in rings]).astype(float)
    half = short / FIRST_CELLS / 2
    xs, ys = (np.arange(low[i] + half, high[i] + half, 2 * half) for i in (0, 1))
    cells = np.stack(np.meshgrid(xs, ys), axis=-1).reshape(-1, 2)
    best = _centroid(outer)
    depth = float(_depth(best[None], a, b)[0])
    for _ in range(MOST_ROUNDS):
        depths = _depth(cells, a, b)
        top = int(depths.argmax())
        if depths[top] > depth + FINENESS * short:
            best, depth = cells[top], float(depths[top])
        cells = cells[depths + half * 2**0.5 > depth + FINENESS * short]
        if len(cells) == 0:
            break
        half /= 2
        quarter = np.array([[-1, -1], [-1, 1], [1, -1], [1, 1]]) * half
        cells = (cells[:, None, :] + quarter[None]).reshape(-1, 2)
    return round(float(best[0])), round(float(best[1]))


def _centroid(ring: Ints) -> Floats:
    p = (ring - ring[0]).astype(float)
    cross = p[:-1, 0] * p[1:, 1] - p[1:, 0] * p[:-1, 1]
    middle = ((p[:-1] + p[1:]) * cross[:, None]).sum(axis=0) / (3 * cross.sum()) if cross.sum() else p[0]
    return np.asarray(middle + ring[0])


def _depth(points: Floats, a: Floats, b: Floats) -> Floats:
    """Distance of each point from the nearest edge a→b, negative outside."""
    px, py = points[:, :1], points[:, 1:]
    ax, ay = a[:, 0], a[:, 1]
    dx, dy = b[:, 0] - ax, b[:, 1] - ay
    wx, wy = px - ax, py - ay
    length2 = np.maximum(dx * dx + dy * dy, 1e-12)
    t = np.clip((wx * dx + wy * dy) / length2, 0.0, 1.0)
    near = np.sqrt(((wx - t * dx) ** 2 + (wy - t * dy) ** 2).min(axis=1))
    crosses = ((ay > py) != (b[:, 1] > py)) & ((wx * dy < wy * dx) == (dy > 0))
    inside = crosses.sum(axis=1) % 2 == 1
    return np.asarray(np.where(inside, near, -near))
