"""How an area's options lie on a few measures, by number of councils: where a split stands among them, exactly."""

from __future__ import annotations

from typing import Any

import numpy as np

from lgrdata.all_options.measures import BY_KEY
from lgrdata.all_options.options import enumerate_options
from lgrdata.core.models import LENSES, LgrError
from lgrdata.dataset.dataset import Dataset

MEASURES = (
    *(f"five_year_net_{lens}" for lens in LENSES),
    "commuting_crossing",
    "size_spread",
    "smallest_council",
)
COUNCILS = (2, 3, 4, 5)


def ladders(dataset: Dataset, area_id: str) -> dict[str, Any]:
    """`options`: how many there are by number of councils; `ladders`: how many of them stand on each step of a measure.

    A step is the least difference that matters, the better the lower: options are compared by whole steps only, so
    their counts say all that a place among them needs.
    """
    facts = dataset.facts(area_id)
    try:
        found = enumerate_options(facts, dataset.assumptions, COUNCILS)
    except LgrError:
        return {"options": {}, "ladders": []}
    rows = []
    for measure in (BY_KEY[key] for key in MEASURES if key not in found.unavailable):
        by_councils = {}
        for councils in found.counts:
            ladder = found.ladder(measure.key, councils)
            by_councils[str(councils)] = [ladder.steps.tolist(), np.diff(ladder.reached, prepend=0).tolist()]
        rows.append(
            {"key": measure.key, "less": measure.lower_is_better, "step": measure.step, "by_councils": by_councils}
        )
    return {"options": {str(k): n for k, n in found.counts.items()}, "ladders": rows}
