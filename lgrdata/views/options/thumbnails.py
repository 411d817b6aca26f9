"""Small maps of several splits of whole authorities as one picture: each authority's outline is held once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lgrdata.core.facts import AreaFacts
from lgrdata.core.models import LgrError
from lgrdata.core.palette import COUNCIL_COLOURS, GROUNDS, Theme, colour_of
from lgrdata.dataset.dataset import Dataset
from lgrdata.geo.shapes import path_of
from lgrdata.page.blocks import Picture
from lgrdata.page.html import escape
from lgrdata.pictures.maps import council_words
from lgrdata.pictures.maps.ground import (
    MapFrame,
    arcs_of,
    bounds,
    coarse,
    framed,
    name_of,
    rings_of,
    text_at,
    used_patterns,
)
from lgrdata.pictures.maps.labels import middle
from lgrdata.splits.split import Split
from lgrdata.views.options.chart import LINE

ACROSS = 3
"""As many as a phone shows large enough to read."""
WIDTH, GAP = 124, 8
HEAD = 22
FEW = 3
"""Fewer maps than these are told in their own words; more have a table."""


@dataclass(frozen=True)
class _Shapes:
    """Outlines of an area's authorities at the size of a thumb, and a point inside each, in pixels."""

    frame: MapFrame
    path: dict[int, str]
    middle: dict[int, tuple[float, float]]


def thumbnails(
    dataset: Dataset, named: Sequence[tuple[str, Split]], theme: Theme, title: str, wide: int = WIDTH,
    since: Split | None = None,
) -> Picture | None:  # fmt: skip
    """Maps of splits of whole authorities of one area, each under its name; None where no boundary is held.

    `wide`: pixels of one map on the page. `since`: what is in another council than there is outlined.
    """
    if not named:
        return None
    facts = named[0][1].facts
    try:
        shapes = dataset.keep(("option thumbs", facts.area.area_id), lambda: _shapes(dataset, facts))
    except LgrError:
        return None
    ground, frame = GROUNDS[theme], shapes.frame
    used = sorted({int(c) for _, split in named for c in split.in_use})
    own = name_of(facts.area.area_id, theme, *(n for n, _ in named), len(named))
    k = frame.metres / frame.unit
    tall, across = frame.height + HEAD + GAP, min(ACROSS, len(named))
    width, height = across * (WIDTH + GAP), -(-len(named) // across) * tall
    shown = {i for _, split in named for i in np.flatnonzero(split.authority >= 0).tolist()}
    outlines = "".join(f'<path id="{own}-a{i}" d="{shapes.path[i]}"/>' for i in sorted(shown))
    defs = f"<defs>{used_patterns(own, theme, k * 0.7, used, False)}{outlines}</defs>"
    parts = []
    for n, (name, split) in enumerate(named):
        x, y = (n % across) * (WIDTH + GAP), (n // across) * tall
        parts.append(
            f'<g transform="translate({x} {y:g})">{text_at(4, 15, name, 14, ground.text)}'
            f'<g transform="translate(0 {HEAD})">{_map(shapes, split, own, theme, since)}</g></g>'
        )
    each = "; ".join(f"{name}: {council_words(split)}" for name, split in named) if len(named) < FEW else ""
    alt = each or f"{title}. The councils of each are told in words under the table."
    times = wide / WIDTH
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width * times:.0f}" height="{height * times:.0f}"'
        f' viewBox="0 0 {width} {height:.0f}" role="img" aria-label="{escape(alt)}"'
        f" font-family=\"Arial, 'Liberation Sans', sans-serif\">{defs}"
        f'<rect width="100%" height="100%" fill="{ground.page}"/>{"".join(parts)}</svg>'
    )
    return Picture(f"option-maps-{len(named)}", title, svg, alt, round(width * times))


def _map(shapes: _Shapes, split: Split, own: str, theme: Theme, since: Split | None) -> str:
    """Councils in turn: a wide dark line round each authority, then its fill over the line's inner half."""
    other = np.zeros(0) if since is None else (split.authority != since.authority) & (split.authority >= 0)
    moved = np.flatnonzero(other).tolist()
    ground, frame = GROUNDS[theme], shapes.frame
    parts, badges = [], []
    for c in split.in_use.tolist():
        members = np.flatnonzero(split.authority == c).tolist()
        uses = "".join(f'<use href="#{own}-a{i}"/>' for i in members)
        fill = COUNCIL_COLOURS[theme][c % 8].fill
        parts.append(f'<g fill="none" stroke="{ground.border}" stroke-width="{frame.stroke(2.4)}">{uses}</g>')
        parts.append(f'<g fill="url(#{own}-{c % 8})" stroke="{fill}" stroke-width="{frame.stroke(0.6)}">{uses}</g>')
        x, y = shapes.middle[max(members, key=lambda i: int(split.facts.population[i]))]
        look = colour_of(c, theme)
        badges.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6.5" fill="{look.strong}" stroke="{ground.page}"/>'
            + text_at(x, y + 3.3, str(c + 1), 9, look.on_strong, text_anchor="middle", font_weight="700")
        )
    uses = "".join(f'<use href="#{own}-a{i}"/>' for i in moved)
    parts += [
        f'<g fill="none" stroke="{colour}" stroke-width="{frame.stroke(width)}">{uses}</g>'
        for colour, width in ((ground.page, 4.5), (LINE[theme], 2.6))
        if uses
    ]
    return f'<g {frame.transform} stroke-linejoin="round">{"".join(parts)}</g>{"".join(badges)}'


def _shapes(dataset: Dataset, facts: AreaFacts) -> _Shapes:
    area_id = facts.area.area_id
    fine = arcs_of(dataset, area_id)
    wanted = {a.code: i for i, a in enumerate(facts.authorities)}
    inside = [s for s in fine.objects["authorities"] if s.code in wanted and not facts.is_extra[wanted[s.code]]]
    frame = framed(bounds(fine, inside), WIDTH, WIDTH * 1.25, 4.0)
    unit = coarse(frame.metres)
    arcs = arcs_of(dataset, area_id, unit)
    frame = MapFrame(frame.x, frame.y, frame.width, frame.height, frame.metres, unit)
    path = {wanted[s.code]: path_of(arcs, s) for s in arcs.objects["authorities"] if s.code in wanted}
    return _Shapes(frame, path, {i: middle(rings_of(p), frame) for i, p in path.items() if p})
