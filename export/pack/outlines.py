"""The new councils as GeoJSON (RFC 7946, WGS 84) with members, residents and codes: QGIS opens it as it is."""

from __future__ import annotations

import json
from typing import Any

from export.pack.figures import ShownFigure, figures
from export.text import cleaned
from lgrdata.core.words import joined
from lgrdata.dataset.dataset import Dataset
from lgrdata.geo.polygons import council_polygons
from lgrdata.page.blocks import Table
from lgrdata.pictures.maps.ground import arcs_of
from lgrdata.pictures.maps.split import blocks_of
from lgrdata.splits import splitcode
from lgrdata.splits.split import DIVIDED, Split
from lgrdata.views.credits import CREDITS

KEYS = {"Residents": "residents", "Adults in long-term support": "adults_long_term_support",
        "Looked-after children": "children_looked_after", "Council tax base": "council_tax_base"}  # fmt: skip
"""Properties by how the heading of the decision sheet's table begins."""


def geojson(dataset: Dataset, split: Split, councils: Table | None = None) -> bytes:
    """The councils that hold something. `councils`: the table whose figures go with them, a row a council in use."""
    arcs, _, council = blocks_of(arcs_of(dataset, split.facts.area.area_id), split)
    drawn = council_polygons(arcs, "blocks", council)
    said = _figures(councils) if councils else []
    features = []
    for row, c in enumerate(int(c) for c in split.in_use):
        polygons = drawn.get(c, [])
        one = len(polygons) == 1
        features.append({
            "type": "Feature", "id": c + 1,
            "properties": {"council": split.names[c], "number": c + 1, **_members(split, c),
                           **(said[row] if row < len(said) else {})},
            "geometry": {"type": "Polygon" if one else "MultiPolygon", "coordinates": polygons[0] if one else polygons},
        })  # fmt: skip
    document = {
        "type": "FeatureCollection",
        "name": f"{split.facts.area.area_id} {split.proposal or 'drawn'}",
        "area": split.facts.area.name, "split": splitcode.encode(split), "proposal": split.proposal,
        "dataset": dataset.version, "licence": CREDITS, "features": features,
    }  # fmt: skip
    return json.dumps(cleaned(document), ensure_ascii=False, separators=(",", ":")).encode()


def _members(split: Split, c: int) -> dict[str, Any]:
    """Codes and names of whole authorities, and of wards where one is divided, as texts that any program shows."""
    facts = split.facts
    whole = [a for i, a in enumerate(facts.authorities) if int(split.authority[i]) == c]
    wards = [
        facts.wards[w] for i in range(len(facts.authorities)) if split.authority[i] == DIVIDED
        for w in facts.wards_of[i] if int(split.ward[w]) == c
    ]  # fmt: skip
    parts = [f"part of {a.name}" for i, a in enumerate(facts.authorities) if split.divided[i] and split.share[i, c] > 0]
    return {
        "members": joined([*(a.name for a in whole), *parts]),
        "codes": ";".join(a.code for a in whole),
        "ward_codes": ";".join(w.code for w in wards),
        "population": int(split.population[c]),
    }


def _figures(table: Table) -> list[dict[str, float | int]]:
    """The figures of a table by row, under names for a program; what is not known is left out."""
    known = figures(table)
    out = []
    for row in known.rows:
        held: dict[str, float | int] = {}
        for name, cell in zip(known.head, row, strict=True):
            key = next((k for begins, k in KEYS.items() if name.startswith(begins)), None)
            if key and isinstance(cell, ShownFigure):
                end = next((e for e in (": low", ": high") if name.endswith(e)), "")
                whole = int(cell.value) if cell.value == int(cell.value) else cell.value
                held[key + end.replace(": ", "_")] = whole
        out.append(held)
    return out
