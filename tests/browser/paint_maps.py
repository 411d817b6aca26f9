"""Maps for the painted map's tests: a drawn grid of squares, and real areas straight from their TopoJSON."""

from __future__ import annotations

import json
from math import cos, radians
from pathlib import Path
from typing import Any

from lgrdata.ui.paint import Block, Geometry, Shape

BOUNDARIES = Path(__file__).parents[2] / "data" / "boundaries"
NAMES = "Ashby Barrow Crewe Dalton Elmbridge Fareham Guildford Havant Ilkeston Jarrow Kendal Luton".split()


def grid(rows: int = 3, cols: int = 4, side: int = 100) -> Geometry:
    """Squares named in reading order, coded G00, G01 …; square n has 1,000 × (n + 1) residents."""
    blocks = []
    for n in range(rows * cols):
        r, c = divmod(n, cols)
        x, y = c * side, r * side
        path = f"M{x},{y}L{x + side},{y}L{x + side},{y + side}L{x},{y + side}Z"
        name = NAMES[n % len(NAMES)]
        blocks.append(Block(f"G{n:02d}", name, path, (x + side / 2, y + side / 2), residents=1000 * (n + 1)))
    w, h = cols * side, rows * side
    sea = Shape("Elsewhere", f"M{w},0h{side}v{h}h{-side}Z", (w + side / 2, h / 2))
    return Geometry("Drawn county", tuple(blocks), (-20, -20, w + side + 40, h + 40), (sea,), 100.0)


def opened(geometry: Geometry, code: str, side: int = 100) -> Geometry:
    """The drawn grid with one square divided into four wards."""
    out: list[Block] = []
    for b in geometry.blocks:
        if b.code != code:
            out.append(b)
            continue
        x0, y0, half = b.label[0] - side / 2, b.label[1] - side / 2, side / 2
        for k in range(4):
            x, y = x0 + (k % 2) * half, y0 + (k // 2) * half
            path = f"M{x:g},{y:g}h{half:g}v{half:g}h{-half:g}Z"
            spot = (x + half / 2, y + half / 2)
            name = f"{b.name} {'North South East West'.split()[k]}"
            out.append(
                Block(f"{code}{k}", name, path, spot, "", (b.residents or 0) // 4, "ward", b.code, b.name)
            )
    return Geometry(geometry.title, tuple(out), geometry.view, geometry.context, geometry.metres_per_unit)


def real(area: str, layer: str = "authorities") -> Geometry:
    """A real area's authorities or wards, flattened about its middle; residents are left unknown."""
    topology = json.loads((BOUNDARIES / f"{area}.topojson").read_text(encoding="utf-8"))
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    west, south, east, north = topology["bbox"]
    squeeze = cos(radians((south + north) / 2))
    arcs: list[list[tuple[float, float]]] = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append(
                (round((x * sx + tx - west) * squeeze * 10000), round((north - y * sy - ty) * 10000))
            )
        arcs.append(points)

    def ring(indices: list[int]) -> list[tuple[float, float]]:
        out: list[tuple[float, float]] = []
        for i in indices:
            part = arcs[i] if i >= 0 else arcs[~i][::-1]
            out.extend(part if not out else part[1:])
        return out

    def block(shape: dict[str, Any]) -> Block:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = [ring(r) for polygon in polygons for r in polygon]
        path = "".join("M" + "L".join(f"{x:g},{y:g}" for x, y in r[:-1]) + "Z" for r in rings)
        properties = shape["properties"]
        kind = "ward" if layer == "wards" else "authority"
        return Block(
            shape["id"], properties["name"], path, _inside(max(rings, key=len)), "", None, kind,
            properties.get("authority", "") if kind == "ward" else "",
        )  # fmt: skip

    shapes = topology["objects"][layer]["geometries"]
    view = (0.0, 0.0, (east - west) * squeeze * 10000, (north - south) * 10000)
    return Geometry(area.title(), tuple(block(s) for s in shapes), view, (), 11.13)


def _inside(ring: list[tuple[float, float]]) -> tuple[float, float]:
    """A point in the ring: the middle of the widest of a few chords."""
    low, high = min(y for _, y in ring), max(y for _, y in ring)
    best = (0.0, ring[0])
    for part in (0.5, 0.4, 0.6, 0.3, 0.7):
        y = low + part * (high - low) + 0.01
        cuts = sorted(
            a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
            for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)
            if (a[1] > y) != (b[1] > y)
        )
        for x0, x1 in zip(cuts[::2], cuts[1::2], strict=False):
            best = max(best, (x1 - x0, ((x0 + x1) / 2, y)))
    return best[1]
