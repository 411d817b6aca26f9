"""Whole numbers that add up to a whole."""

from __future__ import annotations

import math
from collections.abc import Sequence


def largest_remainder(values: Sequence[float], total: int, order: Sequence[float] | None = None) -> list[int]:
    """Whole numbers in proportion to `values` that add exactly to `total`: each is its share rounded down or up.

    Those with the largest remainders are rounded up; ties go to the lower `order` (else to the earlier). `values` are
    finite and none is negative; where all are zero the total is shared evenly. A `total` below zero is shared as its
    opposite is, with the signs turned. ValueError for other values, or where there are none and the total is not 0.
    """
    if not all(math.isfinite(v) and v >= 0 for v in values):
        raise ValueError(f"shares must be finite and not below zero: {list(values)}")
    if not values and total:
        raise ValueError(f"{total} cannot be shared among none")
    if total < 0:
        return [-n for n in largest_remainder(values, -total, order)]
    whole = math.fsum(values)
    scaled = [v * total / whole if whole > 0 else total / len(values) for v in values]
    # Rounded first, so that a sum that is off in its last digit does not lose a whole one.
    result = [math.floor(round(v, 6)) for v in scaled]
    rank = order if order is not None else range(len(values))
    by_remainder = sorted(range(len(values)), key=lambda i: (-round(scaled[i] - result[i], 6), rank[i]))
    for i in by_remainder[: total - sum(result)]:
        result[i] += 1
    return result
