"""What a change makes worse beside the measures it was judged by, so that nobody learns of it later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lgrdata.all_options.measures import BY_KEY, SIZE_GUIDE, Measure, steps_between
from lgrdata.all_options.options import Options
from lgrdata.all_options.rank import overlap, values_of
from lgrdata.care import spending
from lgrdata.care.people import estimate
from lgrdata.core.models import LENSES
from lgrdata.splits.split import Split

LOAD_STEP = 0.01
"""The least difference that matters of the share of care costs to the share of the tax base."""


@dataclass(frozen=True)
class Unjudged:
    """What is surely worse after a change and was not judged; each figure before and after.

    `smallest`: residents of the smallest council where it falls under the size guide. `measures`: worse by as much as
    matters, on each side's figures and beyond the ranges of estimates; the smallest council is not told of twice.
    """

    load: tuple[float, float] | None
    smallest: tuple[float, float] | None
    measures: tuple[tuple[Measure, float, float], ...]


def unjudged(options: Options, split: Split, row: int, judged: Sequence[str]) -> Unjudged:
    """What the option of a row does worse than a split among what both can be measured by and neither was judged by."""
    measures = options.available()
    before = values_of(options, split, measures, options.find(split))
    after = {m.key: float(options.column(m.key)[row]) for m in measures}
    guide, small = options.assumptions.value(SIZE_GUIDE), "smallest_council"
    under = small not in judged and after[small] < guide <= before[small]

    def worse(measure: Measure) -> bool:
        was, then = measure.rounded(np.array([before[measure.key], after[measure.key]])).tolist()
        return bool(then > was)

    def told(measure: Measure) -> bool:
        if measure.key in judged or (under and measure.key == small) or not worse(measure):
            return False
        if measure.estimated and overlap(options.facts, measure.estimated, before[measure.key], after[measure.key]):
            return False
        if measure.lens is None:
            return True
        sides = [BY_KEY[f"{measure.key.removesuffix(measure.lens)}{lens}"] for lens in LENSES]
        if any(m.key in judged for m in sides):
            return True  # what the measure judged does not show: the other side's figures
        return measure.lens == "middle" and all(map(worse, sides))

    found = tuple((m, before[m.key], after[m.key]) for m in measures if told(m))
    return Unjudged(_load(split, options.split(row)), (before[small], after[small]) if under else None, found)


def _load(before: Split, after: Split) -> tuple[float, float] | None:
    """The hardest pressed council's care against tax in both, where it is worse after beyond the ranges; else None."""
    found = [spending.care_load(s.facts, estimate(s.facts, s)).weakest for s in (before, after)]
    was, then = (w.load if w is not None else None for w in found)
    if was is None or then is None or ((was.low < was.high or then.low < then.high) and was.overlaps(then)):
        return None
    return (was.value, then.value) if steps_between(was.value, then.value, LOAD_STEP) > 0 else None
