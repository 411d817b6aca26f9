"""Names that do not fit in their place: beside the area, each with a line to it, as on the painted map."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from lgrdata.pictures.maps.ground import MapFrame, text_width
from lgrdata.pictures.maps.labels import LINE, Label, Occupied, Rect

SIZE = 11.0
GAP = 3.0
CELL = 6.0
"""Pixels between the lines by which it is found how much of a rectangle lies on the area's land."""
TRIED = 250
"""Places that are weighed against other names and lines, the best of all those that are free."""
DOT = 4.0
ACROSS_NAME, ACROSS_LINE, OVER_DOT, OVER_LAND, EACH_PIXEL = 150.0, 120.0, 90.0, 600.0, 1.3
"""What a place costs where its line runs over a name, crosses a line, where it hides a dot, lies on land, is far."""
ON_LAND = 2.5
"""What a pixel of a line on land costs: the shortest way off it crosses the fewest other places."""
STEPS = 24


@dataclass(frozen=True)
class Leader:
    """A line from a point of a place to its name."""

    label: Label
    start: tuple[float, float]
    end: tuple[float, float]

    def off(self, badges: Sequence[tuple[float, float]], radius: float) -> Leader:
        """The same, its point moved along the line to the edge of a badge that it would lie in."""
        x, y = self.start
        for bx, by in badges:
            for step in np.linspace(0.0, 1.0, 41) if np.hypot(x - bx, y - by) < radius else ():
                x, y = (float(a + step * (b - a)) for a, b in zip(self.start, self.end, strict=True))
                if np.hypot(x - bx, y - by) >= radius:
                    break
        return replace(self, start=(x, y))


def led(
    names: Sequence[tuple[str, tuple[float, float]]], land: Sequence[np.ndarray], frame: MapFrame, taken: Occupied
) -> list[Leader | None]:
    """A leader for each (name, point in its place), in pixels; None only where no room is free in the whole frame.

    `land`: all rings of the area in pixels. No two names meet; short lines off the land that cross nothing are sought.
    The same input gives the same places. Takes their room.
    """
    if not names:
        return []
    covered = _covered(land, frame)
    points = [at for _, at in names]
    wanted = [_free(name, at, covered, frame, taken) for name, at in names]
    held: list[np.ndarray | None] = [None] * len(names)
    # Those with the least choice first; then each once more, knowing where the others stand.
    order = sorted(range(len(names)), key=lambda i: (-wanted[i][0, 6] if len(wanted[i]) else 0.0, i))
    for i in (*order, *order):
        held[i] = _best(i, wanted[i], points, held)
    out: list[Leader | None] = []
    for (name, at), stand in zip(names, held, strict=True):
        if stand is None:
            out.append(None)
            continue
        left, top, right, bottom, x, y, _ = (float(v) for v in stand)
        taken.rects.append((left, top, right, bottom))
        label = Label((name,), (left + right) / 2, top + SIZE * 0.92, SIZE)
        out.append(Leader(label, at, (x, y)))
    return out


def _covered(land: Sequence[np.ndarray], frame: MapFrame) -> np.ndarray:
    """How many cells of each row lie on land, summed from the left: a border that two places share cancels out."""
    rows, columns = int(np.ceil(frame.height / CELL)), int(np.ceil(frame.width / CELL))
    a = np.concatenate([ring[:-1] for ring in land])
    b = np.concatenate([ring[1:] for ring in land])
    out = np.zeros((rows, columns + 1))
    for n in range(rows):
        y = (n + 0.5) * CELL
        cut = (a[:, 1] > y) != (b[:, 1] > y)
        p, q = a[cut], b[cut]
        at = np.sort(p[:, 0] + (y - p[:, 1]) / (q[:, 1] - p[:, 1]) * (q[:, 0] - p[:, 0]))
        inside = np.searchsorted(at, (np.arange(columns) + 0.5) * CELL) % 2
        out[n, 1:] = np.cumsum(inside)
    return out


def _free(name: str, at: tuple[float, float], covered: np.ndarray, frame: MapFrame, taken: Occupied) -> np.ndarray:
    """Places that are free for a name: left, top, right, bottom, end of its line, cost; the best first."""
    width, height = text_width(name, SIZE) + 4, SIZE * LINE
    far = np.concatenate([np.arange(14, 90, 8), np.arange(96, np.hypot(frame.width, frame.height), 16)])
    turn = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    x = (at[0] + np.outer(far + width / 2, np.cos(turn))).ravel()
    y = (at[1] + np.outer(far + height / 2, np.sin(turn))).ravel()
    box = np.column_stack([x - width / 2, y - height / 2, x + width / 2, y + height / 2])
    inside = (box[:, :2] >= GAP).all(axis=1) & (box[:, 2] <= frame.width - GAP) & (box[:, 3] <= frame.height - GAP)
    box = box[inside]
    for rect in taken.rects:
        box = box[~_meet(box, rect)]
    # The line ends at the edge, where it points to the middle.
    end = np.clip(at, box[:, :2], box[:, 2:])
    length = np.hypot(end[:, 0] - at[0], end[:, 1] - at[1])
    cost = EACH_PIXEL * length + ON_LAND * length * _on_land(at, end, covered) + OVER_LAND * _under(box, covered)
    best = np.argsort(cost, kind="stable")[:TRIED]
    box, end, cost = box[best], end[best], cost[best]
    for rect in taken.rects:
        cost += ACROSS_NAME * _strikes(at, end, rect)
    order = np.argsort(cost, kind="stable")
    return np.column_stack([box, end, cost])[order]


def _best(
    i: int, wanted: np.ndarray, points: Sequence[tuple[float, float]], held: Sequence[np.ndarray | None]
) -> np.ndarray | None:
    """The place that costs least, given where the other names stand."""
    others = [(at, held[j]) for j, at in enumerate(points) if j != i]
    for _, stand in others:
        if stand is not None:
            wanted = wanted[~_meet(wanted[:, :4], (stand[0], stand[1], stand[2], stand[3]))]
    if not len(wanted):
        return None
    end, cost = wanted[:, 4:6], wanted[:, 6].copy()
    for at, stand in others:
        cost += OVER_DOT * _meet(wanted[:, :4], (at[0] - DOT, at[1] - DOT, at[0] + DOT, at[1] + DOT), 0.0)
        if stand is not None:
            there = (float(stand[4]), float(stand[5]))
            cost += ACROSS_LINE * _cross(points[i], end, at, there)
            cost += ACROSS_NAME * _strikes(points[i], end, (stand[0], stand[1], stand[2], stand[3]))
    return np.asarray(wanted[int(np.argmin(cost))])


def _meet(box: np.ndarray, rect: Rect, gap: float = GAP) -> np.ndarray:
    return np.asarray(
        (box[:, 0] < rect[2] + gap) & (rect[0] < box[:, 2] + gap)
        & (box[:, 1] < rect[3] + gap) & (rect[1] < box[:, 3] + gap)
    )  # fmt: skip


def _under(box: np.ndarray, covered: np.ndarray) -> np.ndarray:
    """The part of each rectangle that lies on land: of its upper, middle and lower line."""
    rows, columns = covered.shape
    left = np.clip(np.floor(box[:, 0] / CELL), 0, columns - 1).astype(int)
    right = np.clip(np.ceil(box[:, 2] / CELL), 1, columns - 1).astype(int)
    lines = [np.clip(y // CELL, 0, rows - 1).astype(int) for y in (box[:, 1], (box[:, 1] + box[:, 3]) / 2, box[:, 3])]
    land = sum((covered[n, right] - covered[n, left] for n in lines), start=np.zeros(len(box)))
    return np.asarray(land / (3 * np.maximum(right - left, 1)))


def _on_land(start: tuple[float, float], end: np.ndarray, covered: np.ndarray) -> np.ndarray:
    """The part of each line from `start` to `end` that lies on land."""
    rows, columns = covered.shape
    part = np.linspace(1 / STEPS, 1.0, STEPS)
    row = np.clip((start[1] + np.outer(end[:, 1] - start[1], part)) // CELL, 0, rows - 1).astype(int)
    column = np.clip((start[0] + np.outer(end[:, 0] - start[0], part)) // CELL, 0, columns - 2).astype(int)
    return np.asarray((covered[row, column + 1] - covered[row, column]).mean(axis=1))


def _side(a: np.ndarray, b: np.ndarray, c: np.ndarray) -> np.ndarray:
    """On which side of the line a–b the point c lies."""
    return np.asarray(
        np.sign((b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1]) - (b[..., 1] - a[..., 1]) * (c[..., 0] - a[..., 0]))
    )


def _cross(start: tuple[float, float], end: np.ndarray, a: tuple[float, float], b: tuple[float, float]) -> np.ndarray:
    """Whether each line from `start` to `end` crosses the line a–b."""
    p, r, s = np.array(start), np.array(a), np.array(b)
    return np.asarray((_side(p, end, r) != _side(p, end, s)) & (_side(r, s, p) != _side(r, s, end)))


def _strikes(start: tuple[float, float], end: np.ndarray, rect: Rect) -> np.ndarray:
    """Whether each line from `start` to `end` touches a rectangle."""
    left, top, right, bottom = rect
    within = (end[:, 0] > left) & (end[:, 0] < right) & (end[:, 1] > top) & (end[:, 1] < bottom)
    return np.asarray(
        within | _cross(start, end, (left, top), (right, bottom)) | _cross(start, end, (right, top), (left, bottom))
    )
