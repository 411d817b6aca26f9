"""Quantiles of a few measures among an area's options, by number of councils: about where a split stands."""

from __future__ import annotations

from typing import Any

import numpy as np

from lgrdata.all_options.measures import BY_KEY
from lgrdata.all_options.options import enumerate_options
from lgrdata.core.models import LgrError
from lgrdata.dataset.dataset import Dataset

MEASURES = ("five_year_net_county", "five_year_net_district", "commuting_crossing", "size_spread", "smallest_council")
COUNCILS = (2, 3, 4, 5)
STEPS = 100
"""A ladder holds this many and one more quantiles, or every value where there are fewer options."""


def ladders(dataset: Dataset, area_id: str) -> dict[str, Any]:
    """`options`: how many there are by number of councils; `ladders`: quantiles of each measure, least first."""
    facts = dataset.facts(area_id)
    try:
        found = enumerate_options(facts, dataset.assumptions, COUNCILS)
    except LgrError:
        return {"options": {}, "ladders": []}
    rows = []
    for key in MEASURES:
        if key in found.unavailable:
            continue
        measure = BY_KEY[key]
        values = found.column(key)
        by_councils = {}
        for councils, count in found.counts.items():
            own = np.sort(values[found.rows(councils)])
            at = np.arange(count) if count <= STEPS + 1 else np.rint(np.linspace(0, count - 1, STEPS + 1)).astype(int)
            by_councils[str(councils)] = [round(float(v), 6) for v in own[at]]
        rows.append(
            {"key": key, "name": measure.name, "less": measure.lower_is_better, "step": measure.step,
             "by_councils": by_councils}
        )  # fmt: skip
    return {"options": {str(k): n for k, n in found.counts.items()}, "ladders": rows}
