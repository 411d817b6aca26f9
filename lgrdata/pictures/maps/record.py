"""A former county as the councils that it is today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lgrdata.core.models import LgrError
from lgrdata.core.palette import GROUNDS, Theme
from lgrdata.core.words import joined
from lgrdata.dataset.dataset import Dataset
from lgrdata.geo.shapes import dissolve
from lgrdata.page.blocks import Picture
from lgrdata.pictures.maps.ground import (
    arcs_of,
    bounds,
    coarse,
    framed,
    halo_text,
    name_of,
    rings_of,
    scale_bar,
    svg,
    used_patterns,
)
from lgrdata.pictures.maps.labels import LINE, Occupied, middle, place
from lgrdata.reading.record import districts_by_county

WIDTH, TALLEST = 380.0, 380.0


def county_map(
    dataset: Dataset, county: str, parts: Sequence[tuple[str, str]], theme: Theme = "light"
) -> Picture | None:
    """The parts (code, name) of a former county in one map; None where an outline is not held. Kept."""
    return dataset.keep(("maps.record", county, theme), lambda: _drawn(dataset, county, parts, theme))


def _drawn(dataset: Dataset, county: str, parts: Sequence[tuple[str, str]], theme: Theme) -> Picture | None:
    within = dataset.read(districts_by_county)
    districts = {code: (code, *within.get(code, ())) for code, _ in parts}
    number = {code: i for i, (upper, _) in enumerate(parts) for code in districts[upper]}
    try:
        fine = arcs_of(dataset, "england")
    except LgrError:
        return None
    shapes = [s for s in fine.objects["authorities"] if s.code in number]
    if {number[s.code] for s in shapes} != set(range(len(parts))):
        return None
    frame = framed(bounds(fine, shapes), WIDTH, TALLEST)
    frame = replace(frame, unit=coarse(frame.metres))
    paths = dissolve(arcs_of(dataset, "england", frame.unit), "authorities", number)
    name, ground = name_of("record", county, theme), GROUNDS[theme]
    drawn = "".join(
        f'<path d="{path}" fill="url(#{name}-{i % 8})" stroke="{ground.border}" stroke-width="{frame.stroke(1.2)}"/>'
        for i, path in sorted(paths.items())
    )
    taken, labels = Occupied(), []
    for i, path in sorted(paths.items(), key=lambda p: -len(p[1])):
        rings = rings_of(path)
        label = place(parts[i][1], rings, frame, taken)
        if label is None:
            labels.append(halo_text(*middle(rings, frame), parts[i][1], 11, theme, text_anchor="middle"))
        else:
            labels += [
                halo_text(label.x, label.y + n * label.size * LINE, line, label.size, theme, text_anchor="middle")
                for n, line in enumerate(label.lines)
            ]
    inside = (
        f"<defs>{used_patterns(name, theme, frame.metres / frame.unit, range(len(parts)), False)}</defs>"
        f'<g {frame.transform} fill-rule="evenodd" stroke-linejoin="round">{drawn}</g>{"".join(labels)}'
        f"{scale_bar(frame, theme)}"
    )
    alt = f"Map of the former county of {county} as it is today: {joined([n for _, n in parts])}."
    whole = svg(frame.width, frame.height, inside, name=name, title=county, desc=alt, theme=theme)
    return Picture(f"map-record-{'-'.join(county.lower().split())}", "", whole, alt, round(frame.width))
