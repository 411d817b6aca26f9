"""A split to look at from above with pydeck, each with a drawn twin and a table for those who cannot or do not.

No basemap and no style are asked for: the deck calls no host. Its JSON is kept compact.
"""

from __future__ import annotations

import json
from typing import Any, Literal

import numpy as np
import pydeck as pdk

from lgrdata.all_effects.effects import Effects
from lgrdata.core import words
from lgrdata.core.models import OUTCOMES
from lgrdata.core.palette import GROUNDS, Theme, colour_of
from lgrdata.dataset.dataset import Dataset
from lgrdata.page.blocks import Picture, Table
from lgrdata.pictures import maps
from lgrdata.pictures.maps.flows import DRAWN, crossing_pairs
from lgrdata.pictures.maps.ground import arcs_of, name_of, text_at
from lgrdata.pictures.maps.labels import Occupied
from lgrdata.pictures.maps.split import taken_in
from lgrdata.pictures.maps.underlay import pale_map
from lgrdata.reading.boundaries import authority_points
from lgrdata.splits.split import Split

LayerName = Literal["councils", "flows", "adults", "children"]
_OUTCOME = {"adults": OUTCOMES[0], "children": OUTCOMES[1]}
_FINENESS = 200
"""Metres: the outlines of a deck need no more."""
_TALLEST = 18_000.0


class CompactDeck(pdk.Deck):  # type: ignore[misc]
    """A deck whose JSON has no indentation: a quarter of the size."""

    def to_json(self) -> str:
        return json.dumps(json.loads(super().to_json()), separators=(",", ":"))


def split_deck(dataset: Dataset, effects: Effects, layer: LayerName, theme: Theme = "light") -> pdk.Deck:
    """The split with councils coloured; flows as arcs, or estimated people as height. Calls no host."""
    split = effects.split
    layers = [_outlines(dataset, split, layer, theme)]
    if layer == "flows":
        layers.append(_arcs(dataset, split, theme))
    points = arcs_of(dataset, split.facts.area.area_id, _FINENESS).lonlat
    low, high = points.min(axis=0), points.max(axis=0)
    middle, reach = (low + high) / 2, float((high - low).max())
    view = pdk.ViewState(
        longitude=float(middle[0]), latitude=float(middle[1]), zoom=float(np.log2(360 / max(reach, 0.01))) + 0.2,
        pitch=0 if layer == "councils" else 45,
    )  # fmt: skip
    return CompactDeck(layers=layers, initial_view_state=view, map_provider=None, tooltip={"text": "{words}"})


def deck_twin(dataset: Dataset, effects: Effects, layer: LayerName, theme: Theme = "light") -> Picture:
    """What the deck shows as a drawing, with its words and a table."""
    if layer == "councils":
        return maps.split_map(dataset, effects.split, theme=theme)
    if layer == "flows":
        return maps.flow_map(dataset, effects.split, "commuting 2021", theme=theme)
    return _circles(dataset, effects, layer, theme)


def _rgb(colour: str, alpha: int) -> list[int]:
    return [int(colour[i : i + 2], 16) for i in (1, 3, 5)] + [alpha]


def _outlines(dataset: Dataset, split: Split, layer: LayerName, theme: Theme) -> pdk.Layer:
    facts, ground = split.facts, GROUNDS[theme]
    arcs = arcs_of(dataset, facts.area.area_id, _FINENESS)
    shapes = {s.code: s for s in arcs.objects["authorities"]}
    values = facts.estimates[:, OUTCOMES.index(_OUTCOME[layer])] if layer in _OUTCOME else None
    most = float(np.nanmax(values)) if values is not None and np.isfinite(values).any() else 1.0
    features: list[dict[str, Any]] = []
    for i, authority in enumerate(facts.authorities):
        if not taken_in(split, i) or authority.code not in shapes:
            continue
        c = int(np.argmax(split.share[i])) if split.share[i].any() else -1
        fill = colour_of(c, theme).strong if c >= 0 else ground.context
        said = f"{authority.name}: {split.names[c] if c >= 0 else 'in no council yet'}"
        known = values is not None and bool(np.isfinite(values[i]))
        if known and values is not None:
            said += f", about {words.people(float(values[i]))}"
        polygons = [
            [[_position(arcs.lonlat, arcs.start, ring, n) for n in range(len(ring))] for ring in polygon]
            for polygon in shapes[authority.code].polygons
        ]
        features.append(
            {
                "type": "Feature",
                "geometry": {
                    "type": "MultiPolygon",
                    "coordinates": [[[p for part in ring for p in part] for ring in polygon] for polygon in polygons],
                },
                "properties": {
                    "words": said, "fill": _rgb(fill, 170),
                    "height": round(float(values[i]) / most * _TALLEST) if known and values is not None else 0,
                },
            }
        )  # fmt: skip
    return pdk.Layer(
        "GeoJsonLayer", data={"type": "FeatureCollection", "features": features}, id="councils", pickable=True,
        stroked=True, filled=True, extruded=values is not None, get_fill_color="properties.fill",
        get_elevation="properties.height", get_line_color=_rgb(ground.border, 255), line_width_min_pixels=1,
    )  # fmt: skip


def _position(lonlat: Any, start: Any, ring: tuple[int, ...], n: int) -> list[list[float]]:
    number = ring[n]
    k = number if number >= 0 else ~number
    points = lonlat[start[k] : start[k + 1]]
    points = points if number >= 0 else points[::-1]
    # An arc begins where the one before it ended.
    return [[round(float(x), 4), round(float(y), 4)] for x, y in (points if n == 0 else points[1:])]


def _arcs(dataset: Dataset, split: Split, theme: Theme) -> pdk.Layer:
    facts = split.facts
    at = dataset.read(authority_points)
    pairs = [p for p in crossing_pairs(split, "commuting 2021") if p.a != p.b][:DRAWN]
    most = pairs[0].people if pairs else 1.0
    rows = [
        {
            "from": at[facts.authorities[p.a].code], "to": at[facts.authorities[p.b].code],
            "wide": round(max(1.0, 9 * p.people / most), 1),
            "words": f"{_pair(split, p.a, p.b)}: {words.people(p.people)} people",
        }
        for p in pairs
    ]  # fmt: skip
    colour = _rgb(GROUNDS[theme].text, 220)
    return pdk.Layer(
        "ArcLayer", data=rows, id="flows", pickable=True, get_source_position="from", get_target_position="to",
        get_width="wide", get_source_color=colour, get_target_color=colour,
    )  # fmt: skip


def _circles(dataset: Dataset, effects: Effects, layer: LayerName, theme: Theme) -> Picture:
    """Estimated people in each authority as circles whose areas stand for them."""
    split, facts, ground = effects.split, effects.facts, GROUNDS[theme]
    values = facts.estimates[:, OUTCOMES.index(_OUTCOME[layer])]
    name = name_of("circles", split.key.lasting, layer, theme)
    pale = pale_map(dataset, split, name, 640, theme)
    known = [i for i in pale.at if np.isfinite(values[i])]
    most = max((float(values[i]) for i in known), default=1.0)
    out, taken = [], Occupied()
    for i in known:
        x, y = pale.at[i]
        r = 4 + 24 * (float(values[i]) / most) ** 0.5
        taken.rects.append((x - r, y - r, x + r, y + r))
        out.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}" fill="{ground.text}" fill-opacity="0.75"/>')
    what = words.OUTCOME_NAMES[_OUTCOME[layer]]
    biggest = max(known, key=lambda i: float(values[i]), default=None)
    title = "Not known here" if biggest is None else f"{what}: most in {facts.authorities[biggest].name}"
    alt = (
        f"Map of {facts.area.name} with a circle for each of today’s councils, its area the estimated number. {title}."
    )
    rows = tuple(
        (facts.authorities[i].name, f"about {words.people(float(values[i]))}" if i in known else "not known")
        for i in sorted(pale.at, key=lambda i: (-float(np.nan_to_num(values[i])), i))
    )
    table = Table(
        f"{layer}-by-authority", f"{what}, estimated by today’s districts", ("District or council", "People"), rows,
        frozenset({1}), "Estimated from residents and scaled to published counts; ranges are given by new council.",
    )  # fmt: skip
    key = text_at(
        4, pale.frame.height + 22, f"Largest circle: about {words.people(most)}", 13, ground.text, class_="kt"
    )
    drawn = "".join(out) + pale.labels(taken, theme)
    return Picture(f"map-{name}", title, pale.whole(drawn, key, 36, title, alt, theme), alt, 640, table)


def _pair(split: Split, a: int, b: int) -> str:
    return f"{split.facts.authorities[a].name} and {split.facts.authorities[b].name}"
