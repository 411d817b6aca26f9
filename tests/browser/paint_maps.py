"""Maps for the painted map's tests: a drawn grid of squares, and real areas as the app draws them."""

from __future__ import annotations

from pathlib import Path

from lgrdata.dataset.dataset import Dataset
from lgrdata.geo.shapes import Arcs, load_arcs
from lgrdata.pictures.maps.geometry import Block, ContextShape, Geometry, area_geometry

BOUNDARIES = Path(__file__).parents[2] / "data" / "boundaries"
NAMES = [
    "Ashby",
    "Barrow",
    "Crewe",
    "Dalton",
    "Elmbridge",
    "Fareham",
    "Guildford",
    "Havant",
    "Ilkeston",
    "Jarrow",
    "Kendal",
    "Luton",
]


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
    sea = ContextShape("Elsewhere", f"M{w},0h{side}v{h}h{-side}Z", (w + side / 2, h / 2))
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
            name = f"{b.name} {['North', 'South', 'East', 'West'][k]}"
            out.append(Block(f"{code}{k}", name, path, spot, "", (b.residents or 0) // 4, "ward", b.code, b.name))
    return Geometry(geometry.title, tuple(out), geometry.view, geometry.context, geometry.metres_per_unit)


def real(area: str, layer: str = "authorities") -> Geometry:
    """A real area as the app draws it: its authorities, all its 'wards', or one authority (by name) by wards."""
    data = Dataset()
    facts = data.facts(area)
    divided = {a.code for a in facts.authorities if layer in ("wards", a.name)}
    return area_geometry(facts, _arcs(area), divided, _arcs("england"))


def _arcs(name: str) -> Arcs:
    return load_arcs((BOUNDARIES / f"{name}.topojson").read_text(encoding="utf-8"), name)
