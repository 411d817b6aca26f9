"""Whole numbers that add exactly to a total: the largest remainder method, for people and for money."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def largest_remainder(values: Sequence[float], total: int, order: Sequence[float] | None = None) -> list[int]:
    """Whole numbers in proportion to `values` that add to `total`; see `largest_remainders`.

    ValueError for values that are not finite or below zero, or where there are none and the total is not 0.
    """
    if not all(math.isfinite(v) and v >= 0 for v in values):
        raise ValueError(f"shares must be finite and not below zero: {list(values)}")
    if not values and total:
        raise ValueError(f"{total} cannot be shared among none")
    if not values:
        return []
    return [int(n) for n in largest_remainders(np.array([values], dtype=float), np.array([total]), order)[0]]


def largest_remainders(
    values: NDArray[np.float64], totals: NDArray[np.int64], order: Sequence[float] | None = None
) -> NDArray[np.int64]:
    """[P, N] whole numbers in proportion to each row of `values`, each row adding to its total.

    Ties go to the lower `order` [N]. Where all values of a row are zero its total is shared evenly. A total below zero
    is shared as its size would be, so that a part of a net income is the same share as of a cost.
    """
    # A power of two for each row, which changes no digit, keeps sums of the least and the largest floats finite.
    values = np.ldexp(values, -np.frexp(values.max(axis=1, initial=0))[1][:, None])
    size, whole = np.abs(totals), values.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        scaled = np.where(whole[:, None] > 0, values * (size / whole)[:, None], size[:, None] / values.shape[1])
    # Rounded first, so that a sum that is off in its last digit does not lose a whole unit.
    floor = np.floor(np.round(scaled, 6)).astype(np.int64)
    rest = np.round(scaled - floor, 6)
    rank = np.arange(values.shape[1]) if order is None else np.asarray(order)
    by_remainder = np.lexsort((np.broadcast_to(rank, rest.shape), -rest), axis=1)
    left = size - floor.sum(axis=1)
    extra = np.zeros_like(floor)
    np.put_along_axis(extra, by_remainder, (np.arange(values.shape[1]) < left[:, None]).astype(np.int64), axis=1)
    return np.asarray((floor + extra) * np.where(totals < 0, -1, 1)[:, None], dtype=np.int64)
