"""A split's map in pale colours, to draw people on: flows as lines, estimates as circles."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from lgrdata.core.palette import GROUNDS, Theme
from lgrdata.dataset.dataset import Dataset
from lgrdata.geo.arcs import Ints
from lgrdata.geo.shapes import council_borders, dissolve
from lgrdata.pictures.maps.ground import (
    MapFrame,
    arcs_of,
    bounds,
    context_paths,
    framed,
    halo_text,
    narrow,
    scale_bar,
    svg,
    used_patterns,
)
from lgrdata.pictures.maps.labels import LINE, Occupied, beside, middle, place
from lgrdata.pictures.maps.split import blocks_of, taken_in
from lgrdata.splits.split import Split


@dataclass(frozen=True)
class Underlay:
    """The ground, where each authority's middle lies in pixels, and its rings; by number of the authority."""

    split: Split
    name: str
    frame: MapFrame
    ground: str
    rings: dict[int, list[Ints]]
    at: dict[int, tuple[float, float]]

    def labels(self, taken: Occupied, theme: Theme, first: Collection[int] = ()) -> str:
        """Names of authorities that fit beside what stands there already.

        Those in `first` are placed first, and where their shape has no room, beside their point.
        """
        f, order = self.split.facts, sorted(self.rings, key=lambda i: -max(len(r) for r in self.rings[i]))
        early, late = [i for i in order if i in first], [i for i in order if i not in first]
        placed = {i: place(f.authorities[i].name, self.rings[i], self.frame, taken) for i in early}
        for i in early:
            placed[i] = placed[i] or beside(f.authorities[i].name, self.at[i], self.frame, taken)
        placed |= {i: place(f.authorities[i].name, self.rings[i], self.frame, taken) for i in late}
        return "".join(
            halo_text(
                label.x, label.y + n * label.size * LINE, line, label.size, theme, text_anchor="middle", class_="n"
            )
            for label in placed.values()
            if label is not None
            for n, line in enumerate(label.lines)
        )

    def whole(self, drawn: str, key: str, height: float, title: str, alt: str, theme: Theme) -> str:
        """The document: ground, what is drawn on it, scale bar, and a key of this height below."""
        w, h = self.frame.width, self.frame.height
        inside = (
            f'<svg width="{w:g}" height="{h:g}" viewBox="0 0 {w:g} {h:g}">{self.ground}{drawn}'
            f"{scale_bar(self.frame, theme)}</svg>"
        )
        style = narrow(self.name, w)
        return svg(w, h + height, style + inside + key, name=self.name, title=title, desc=alt, theme=theme)


def pale_map(dataset: Dataset, split: Split, name: str, width: int, theme: Theme) -> Underlay:
    """The ground of a split's map; LgrError where no boundary is held."""
    f, colours = split.facts, GROUNDS[theme]
    _, shapes, _ = blocks_of(arcs_of(dataset, f.area.area_id), split)
    frame = framed(bounds(arcs_of(dataset, f.area.area_id), shapes), width, width * 1.1, 14.0)
    arcs, shapes, council = blocks_of(arcs_of(dataset, f.area.area_id, frame.unit), split)
    fills = dissolve(arcs, "blocks", council)
    body = "".join(
        f'<path d="{path}" fill="url(#{name}-{n % 8})" fill-opacity="0.6" stroke="{colours.line}"'
        f' stroke-width="{frame.stroke(1)}"/>'
        for n, path in fills.items()
    )
    ground = (
        f"<defs>{used_patterns(name, theme, frame.metres / frame.unit, fills, False)}</defs>"
        f'<g {frame.transform} fill-rule="evenodd" stroke-linejoin="round"><path d="{context_paths(dataset, frame)}"'
        f' fill="{colours.context}" stroke="{colours.context_line}" stroke-width="{frame.stroke(0.8)}"/>{body}'
        f'<path d="{council_borders(arcs, "blocks", council)}" fill="none" stroke="{colours.border}"'
        f' stroke-width="{frame.stroke(3)}"/></g>'
    )
    drawn = {s.code: s for s in arcs.objects["authorities"]}
    rings = {
        i: [arcs.ring(p[0]) for p in drawn[a.code].polygons]
        for i, a in enumerate(f.authorities)
        if taken_in(split, i) and a.code in drawn
    }
    return Underlay(split, name, frame, ground, rings, {i: middle(r, frame) for i, r in rings.items()})
