"""How far published one-off costs lie from the model's: a band of error, worked out from the ratios and nothing else.

No assumption of the model is set by these ratios; they only say how wrong its one-off cost has been.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

NOMINAL = 0.8
"""Four in five."""

FEWEST = 10
"""With fewer ratios no band is made."""


class Band(NamedTuple):
    """What a modelled one-off cost is multiplied by. `inside` and `coverage` are shares of the ratios."""

    low: float
    high: float
    ratios: int
    inside: float
    coverage: float


def _ends(ordered: Sequence[float], trimmed: int) -> tuple[float, float]:
    return ordered[trimmed], ordered[len(ordered) - 1 - trimmed]


def held(ratios: Sequence[float], trimmed: int) -> list[bool]:
    """For each ratio, whether it lies in the band made of the others, as many left off at either end."""
    out = []
    for i, ratio in enumerate(ratios):
        low, high = _ends(sorted([*ratios[:i], *ratios[i + 1 :]]), trimmed)
        out.append(low <= ratio <= high)
    return out


def _trimmed(ratios: Sequence[float]) -> int:
    """As many ratios left off at either end as leave the band holding four in five of those it was made without."""
    best = 0
    for trimmed in range(len(ratios) // 2):
        if sum(held(ratios, trimmed)) < NOMINAL * len(ratios):
            break
        best = trimmed
    return best


def band(ratios: Sequence[float]) -> tuple[Band, list[bool]] | None:
    """The narrowest band that held four in five of the ratios when each was left out in turn, and which it held.

    None where there are fewer than `FEWEST` ratios.
    """
    if len(ratios) < FEWEST:
        return None
    trimmed = _trimmed(ratios)
    low, high = _ends(sorted(ratios), trimmed)
    kept = held(ratios, trimmed)
    inside = sum(low <= r <= high for r in ratios) / len(ratios)
    return Band(low, high, len(ratios), inside, sum(kept) / len(kept)), kept


def between(low: float | None, value: float | None, high: float | None) -> float | None:
    """One number for a published figure: the value, else the geometric middle of its range, else the end there is."""
    if value is not None:
        return value
    if low is not None and high is not None:
        return math.sqrt(low * high)
    return low if low is not None else high


def middle(values: Sequence[float]) -> float:
    """Geometric mean."""
    return math.exp(math.fsum(math.log(v) for v in values) / len(values))
