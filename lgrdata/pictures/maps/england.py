"""England with the 21 invited areas, each dissolved to one outline, by how far its reorganisation has come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from lgrdata.core import words
from lgrdata.core.models import Area
from lgrdata.core.palette import GROUNDS, Theme
from lgrdata.dataset import decisions
from lgrdata.dataset.dataset import Dataset
from lgrdata.geo.shapes import dissolve, label_point, path_of
from lgrdata.page.blocks import Picture, Table
from lgrdata.pictures.maps.ground import (
    Box,
    arcs_of,
    bounds,
    framed,
    halo_text,
    name_of,
    rings_of,
    scale_bar,
    svg,
    text_at,
    text_width,
    used_patterns,
)
from lgrdata.pictures.maps.labels import Occupied, largest, place
from lgrdata.reading.councils import members

ENGLAND_UNIT = 400
"""Metres: outlines of the 21 areas are held in whole units of this."""

STAGES: dict[str, tuple[int, str]] = {
    "decided": (0, "Decided"),
    "awaiting": (1, "Awaiting a decision"),
    "unknown": (4, "Not known here"),
}
"""Colour and pattern of each stage (as of a council with this index), and its words."""


@dataclass(frozen=True)
class AreaShape:
    """An area to draw or press: closed SVG path and label point in ENGLAND_UNIT on the grid, y downward."""

    area_id: str
    name: str
    stage: str
    path: str
    label: tuple[float, float]


def england_areas(dataset: Dataset) -> list[AreaShape]:
    """The 21 invited areas by name. Draw them in the view box `england_view` over `england_rest`."""
    return dataset.keep("maps.england.areas", lambda: _areas(dataset))


def _areas(dataset: Dataset) -> list[AreaShape]:
    arcs = arcs_of(dataset, "england", ENGLAND_UNIT)
    areas = sorted((a for a in dataset.areas if a.kind == "invited"), key=lambda a: a.name)
    number = {a.area_id: i for i, a in enumerate(areas)}
    held = {m.authority_code: number[m.area_id] for m in dataset.read(members)}
    paths = dissolve(arcs, "authorities", held)
    return [
        AreaShape(a.area_id, a.name, a.stage, paths[i], label_point([largest(rings_of(paths[i]))]))
        for i, a in enumerate(areas)
        if i in paths
    ]


def england_rest(dataset: Dataset) -> str:
    """SVG path of all England's authorities in ENGLAND_UNIT, to lie grey under the areas."""
    arcs = arcs_of(dataset, "england", ENGLAND_UNIT)
    return dataset.keep("maps.england.rest", lambda: "".join(path_of(arcs, s) for s in arcs.objects["authorities"]))


def england_view(dataset: Dataset) -> Box:
    """x, y, width, height of England in ENGLAND_UNIT, with a little room round it."""
    x, y, w, h = _box(dataset)
    pad = 8.0
    return x / ENGLAND_UNIT - pad, y / ENGLAND_UNIT - pad, w / ENGLAND_UNIT + 2 * pad, h / ENGLAND_UNIT + 2 * pad


def _box(dataset: Dataset) -> Box:
    arcs = arcs_of(dataset, "england", ENGLAND_UNIT)
    return dataset.keep("maps.england.box", lambda: bounds(arcs, arcs.objects["authorities"], ENGLAND_UNIT))


def england_map(
    dataset: Dataset, stages: Mapping[str, str] | None = None, *, width: int = 560, theme: Theme = "light"
) -> Picture:
    """England with the areas coloured by stage. `stages`: area id → 'decided', 'awaiting' or 'unknown', else held."""
    areas = [a for a in dataset.areas if a.kind == "invited"]
    stage = {a.area_id: (stages or {}).get(a.area_id, a.stage) for a in areas}
    key = (width, theme, tuple(sorted(stage.items())))
    return dataset.keep(("maps.england", key), lambda: _drawn(dataset, areas, stage, width, theme))


def _drawn(dataset: Dataset, areas: list[Area], stage: Mapping[str, str], width: int, theme: Theme) -> Picture:
    ground, name = GROUNDS[theme], name_of("england", width, theme, sorted(stage.items()))
    frame = replace(framed(_box(dataset), width, width * 1.3, 6), unit=ENGLAND_UNIT)
    k = ENGLAND_UNIT / frame.metres
    shapes = england_areas(dataset)
    parts = [
        f'<g {frame.transform} fill-rule="evenodd" stroke-linejoin="round"><path d="{england_rest(dataset)}"'
        f' fill="{ground.context}" stroke="{ground.context_line}" stroke-width="{0.6 / k:.3g}"/>'
    ]
    parts += [
        f'<path d="{s.path}" fill="url(#{name}-{STAGES[stage[s.area_id]][0]})" stroke="{ground.border}"'
        f' stroke-width="{1.2 / k:.3g}"/>'
        for s in shapes
    ]
    taken, labels = Occupied(), []
    for shape in shapes:
        rings = rings_of(shape.path)
        label = place(shape.name, rings, frame, taken) if rings else None
        for n, line in enumerate(label.lines if label else ()):
            assert label is not None
            y = label.y + n * label.size * 1.12
            labels.append(halo_text(label.x, y, line, label.size, theme, text_anchor="middle"))
    used = [i for i, _ in STAGES.values()]
    key, height = _key(stage, frame.width, frame.height, theme, name)
    inside = (
        f"<defs>{used_patterns(name, theme, 1 / k, used, False)}{used_patterns(f'{name}-k', theme, 1.0, used, False)}"
        f"</defs>{''.join(parts)}</g>{''.join(labels)}{scale_bar(frame, theme)}{key}"
    )
    count = Counter(stage.values())
    said = words.joined([f"{count[s]} {text.lower()}" for s, (_, text) in STAGES.items() if count[s]])
    alt = f"Map of England: of the {len(areas)} invited areas, {said}."
    drawn = svg(frame.width, frame.height + height, inside, name=name, title="The invited areas", desc=alt, theme=theme)
    rows = tuple((a.name, STAGES[stage[a.area_id]][1], _known(dataset, a)) for a in areas)
    table = Table("areas-by-stage", "The invited areas by stage", ("Area", "Stage", "What is known"), rows)
    return Picture("map-england", "", drawn, alt, round(frame.width), table)


def _known(dataset: Dataset, area: Area) -> str:
    court = decisions.challenge_words(dataset, area.area_id)
    return " ".join(said for said in (decisions.area_words(area), court) if said)


def _key(stage: Mapping[str, str], width: float, top: float, theme: Theme, name: str) -> tuple[str, float]:
    ground, count = GROUNDS[theme], Counter(stage.values())
    out, x, y = [], 4.0, top + 8
    for state, (index, text) in STAGES.items():
        if not count[state]:
            continue
        entry = f"{text} ({count[state]})"
        step = 34 + text_width(entry, 13) + 18
        if x + step > width and x > 4:
            x, y = 4.0, y + 26
        out.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="26" height="18" fill="url(#{name}-k-{index})"'
            f' stroke="{ground.border}"/>' + text_at(x + 34, y + 13.5, entry, 13, ground.text)
        )
        x += step
    return "".join(out), y + 26 - top
