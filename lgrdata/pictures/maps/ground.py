"""What every static map stands on: boundaries at the map's own fineness, a frame in pixels, small SVG pieces.

Boundaries are rounded once, arc by arc, to a fraction of a pixel, so that neighbours still share one border and a map
weighs no more than it shows.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from lgrdata.core.models import LgrError
from lgrdata.core.palette import GROUNDS, Theme, pattern_defs
from lgrdata.dataset.dataset import Dataset
from lgrdata.geo.arcs import Ints
from lgrdata.geo.shapes import Arcs, Shape, load_arcs, path_of
from lgrdata.page.html import escape
from lgrdata.reading.boundaries import topojson

Box = tuple[float, float, float, float]
"""x, y, width, height in metres on the grid, y downward."""

FONT = "Arial, 'Liberation Sans', sans-serif"
_NARROW, _WIDE = frozenset("fijlrtI .,'-()|"), frozenset("mwMW@")


@dataclass(frozen=True)
class MapFrame:
    """A rectangle of the grid drawn `metres` to the pixel; boundaries are held in whole units of `unit` metres."""

    x: float
    y: float
    width: float  # pixels
    height: float
    metres: float  # per pixel
    unit: int

    def px(self, x: float, y: float) -> tuple[float, float]:
        """Grid metres as pixels in the frame."""
        return (x - self.x) / self.metres, (y - self.y) / self.metres

    @property
    def transform(self) -> str:
        """From units of boundaries to pixels."""
        k = self.unit / self.metres
        return f'transform="translate({-self.x / self.metres:.2f} {-self.y / self.metres:.2f}) scale({k:.5g})"'

    def stroke(self, pixels: float) -> str:
        """A stroke's width in units of boundaries."""
        return f"{pixels * self.metres / self.unit:.3g}"


def framed(box: Box, width: float, tallest: float, pad: float = 12.0, scale: float | None = None) -> MapFrame:
    """A frame round a box: `scale` metres a pixel where given, else as large as width and tallest allow."""
    x, y, w, h = box
    if scale is not None:
        metres, width, height = scale, w / scale + 2 * pad, h / scale + 2 * pad
    else:
        metres = max(w / (width - 2 * pad), h / (tallest - 2 * pad), 1.0)
        height = min(h / metres + 2 * pad, tallest)
    left = x + w / 2 - width * metres / 2
    top = y + h / 2 - height * metres / 2
    return MapFrame(left, top, round(width, 1), round(height, 1), metres, _unit(metres))


_UNITS = (1, 5, 10, 25, 50, 100, 200, 400, 800, 1600)
"""Metres; a short list, so that few copies of the boundaries are kept."""


def _unit(metres: float) -> int:
    """About a quarter of a pixel."""
    return max([u for u in _UNITS if u <= metres / 4], default=1)


def coarse(metres: float) -> int:
    """About three quarters of a pixel, for maps of the size of a thumb."""
    return max([u for u in _UNITS if u <= metres * 0.8], default=1)


def arcs_of(dataset: Dataset, topology: str, unit: int = 1) -> Arcs:
    """Boundaries of an area (or 'england') in units of metres; LgrError where none are held. Kept."""

    def whole() -> Arcs:
        text = topojson(dataset.conn, topology)
        if text is None:
            raise LgrError(f"no boundaries are held of {topology}; `python -m lgrdata build` makes the dataset anew")
        return load_arcs(text, f"boundaries of {topology}")

    fine: Arcs = dataset.keep(("maps.arcs", topology), whole)
    if unit == 1:
        return fine
    return dataset.keep(("maps.arcs", topology, unit), lambda: _coarser(fine, unit))


def _coarser(fine: Arcs, unit: int) -> Arcs:
    points = np.rint(fine.points / unit).astype(np.int64)
    first = np.zeros(len(points), dtype=bool)
    first[fine.start[:-1]] = True
    last = np.zeros(len(points), dtype=bool)
    last[fine.start[1:] - 1] = True
    moved = np.ones(len(points), dtype=bool)
    moved[1:] = (points[1:] != points[:-1]).any(axis=1)
    keep = first | last | moved
    start = np.concatenate([[0], np.cumsum(keep)])[fine.start].astype(np.int64)
    return Arcs(points[keep], start, fine.lonlat[keep], fine.objects)


def bounds(arcs: Arcs, shapes: Iterable[Shape], unit: int = 1) -> Box:
    """The box round shapes, in metres."""
    rings = [arcs.ring(polygon[0]) for shape in shapes for polygon in shape.polygons]
    low = np.min([r.min(axis=0) for r in rings], axis=0) * unit
    high = np.max([r.max(axis=0) for r in rings], axis=0) * unit
    return float(low[0]), float(low[1]), float(high[0] - low[0]), float(high[1] - low[1])


def context_paths(dataset: Dataset, frame: MapFrame) -> str:
    """SVG path of all authorities of England that reach into the frame, in the frame's units.

    The area's own are among them: they lie under it, so that no gap shows where two simplifications differ.
    """
    arcs = arcs_of(dataset, "england", frame.unit)
    boxes: dict[str, Box] = dataset.keep(
        "maps.england.boxes",
        lambda: {s.code: bounds(arcs_of(dataset, "england"), [s]) for s in arcs.objects["authorities"]},
    )
    right, bottom = frame.x + frame.width * frame.metres, frame.y + frame.height * frame.metres
    out = []
    for shape in arcs.objects["authorities"]:
        x, y, w, h = boxes[shape.code]
        if x < right and x + w > frame.x and y < bottom and y + h > frame.y:
            out.append(path_of(arcs, shape))
    return "".join(out)


_STEP = re.compile(r"-?\d+", re.ASCII)


def rings_of(path: str) -> list[Ints]:
    """Closed rings of a relative path as `geo` writes it, as points."""
    out = []
    for part in path.split("M")[1:]:
        steps = np.array([int(v) for v in _STEP.findall(part)], dtype=np.int64).reshape(-1, 2)
        ring = np.cumsum(steps, axis=0)
        out.append(np.concatenate([ring, ring[:1]]))
    return out


@lru_cache(maxsize=4096)
def text_width(text: str, size: float) -> float:
    """Pixels that a text takes, near enough for sans-serif letters."""
    units = sum(0.3 if c in _NARROW else 0.86 if c in _WIDE else 0.68 if c.isupper() else 0.545 for c in text)
    return units * size


def text_at(x: float, y: float, text: str, size: float, fill: str, **more: str) -> str:
    """A line of text; `more` are attributes, with dashes as underscores."""
    extra = "".join(f' {k.strip("_").replace("_", "-")}="{escape(v)}"' for k, v in more.items())
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{fill}"{extra}>{escape(text)}</text>'


def used_patterns(prefix: str, theme: Theme, scale: float, used: Iterable[int], nobody: bool) -> str:
    """Definitions of only the patterns that a map uses."""
    wanted = {f"{prefix}-{i % 8}" for i in used} | ({f"{prefix}-nobody"} if nobody else set())
    every = re.findall(r"<pattern .*?</pattern>", pattern_defs(prefix, theme, scale))
    return "".join(p for p in every if re.match(r'<pattern id="([^"]+)"', p)[1] in wanted)  # type: ignore[index]


def name_of(*parts: object) -> str:
    """A short name for a drawing's ids, the same for the same parts: several drawings may stand on one page."""
    return "m" + hashlib.sha256("|".join(map(str, parts)).encode()).hexdigest()[:8]


def _scale(frame: MapFrame) -> tuple[int, float]:
    """Kilometres of the scale bar, and its length in pixels."""
    longest = frame.width * frame.metres / 4000
    km = max([n for n in (1, 2, 5, 10, 20, 50, 100, 200) if n <= longest], default=1)
    return km, km * 1000 / frame.metres


def scale_room(frame: MapFrame) -> tuple[float, float, float, float]:
    """What the scale bar and its words take: left, top, right, bottom."""
    km, length = _scale(frame)
    return 6.0, frame.height - 21, 17 + length + text_width(f"{km} km", 11), frame.height


def scale_bar(frame: MapFrame, theme: Theme) -> str:
    """A bar of a round number of km at the frame's lower left."""
    ground = GROUNDS[theme]
    km, length = _scale(frame)
    x, y = 10.0, frame.height - 10
    return (
        f'<path d="M{x} {y - 5:.1f}v5h{length:.1f}v-5" fill="none" stroke="{ground.page}" stroke-width="4"/>'
        f'<path d="M{x} {y - 5:.1f}v5h{length:.1f}v-5" fill="none" stroke="{ground.text}" stroke-width="1.5"/>'
        + halo_text(x + length + 5, y + 1, f"{km} km", 11, theme, class_="s")
    )


def halo_text(x: float, y: float, text: str, size: float, theme: Theme, **more: str) -> str:
    """Text with a halo of the page's colour."""
    ground = GROUNDS[theme]
    return text_at(
        x, y, text, size, ground.text, stroke=ground.page, stroke_width="3", stroke_linejoin="round",
        paint_order="stroke", **more,
    )  # fmt: skip


def narrow(name: str, width: float, key: float = 25.0) -> str:
    """Style for a drawing shown on a narrow screen, where it shrinks: names go, numbers and key grow.

    `key`: the largest size at which the key's words fit. Its selectors hold for this drawing alone.
    """
    grow = max(1.0, width / 290)
    rules = "".join(
        f"#{name} .{kind}{{{rule}}}"
        for kind, rule in (
            ("n", "display:none"), ("b", f"r:{9 * grow:.0f}px"), ("bt", f"font-size:{12 * grow:.0f}px"),
            ("kb", "r:11px"), ("kbt", "font-size:17px"), ("kt", f"font-size:{int(min(12 * grow, 25, key))}px"),
            ("s", f"font-size:{11 * grow:.0f}px"),
        )
    )  # fmt: skip
    return f"<style>@media(max-width:430px){{{rules}}}</style>"


def svg(width: float, height: float, inside: str, *, name: str, title: str, desc: str, theme: Theme) -> str:
    """A whole document, with its name and words for those who do not see it."""
    ground = GROUNDS[theme]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" id="{name}" width="{width:.0f}" height="{height:.0f}"'
        f' viewBox="0 0 {width:.0f} {height:.0f}" role="img" aria-labelledby="{name}-t {name}-d"'
        f' font-family="{FONT}"><title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(desc)}</desc>'
        f'<rect width="100%" height="100%" fill="{ground.page}"/>{inside}</svg>'
    )
