"""Which rows of whole numbers no other row is better than, lower being better on every column."""

from __future__ import annotations

from math import prod

import numpy as np
from numpy.typing import NDArray

from lgrdata.core.facts import Ints

Steps = NDArray[np.int32]

STEP = 64
"""Rows judged together: first among themselves, then against the rest."""

MOST_CELLS = 1 << 21
"""The most cells of a grid (16 MB); beyond it rows are swept, which needs no more memory than they do."""


def frontier_rows(values: Steps) -> Ints:
    """Indexes, ascending, of the rows [M, m] that none dominates; rows that are alike stay together."""
    if len(values) == 0:
        return np.zeros(0, dtype=np.int64)
    columns = np.ascontiguousarray(values.T).astype(np.int64)
    columns -= columns.min(axis=1, keepdims=True)
    columns = columns[np.argsort(columns.max(axis=1))]
    # Each side of the grid begins with a step better than any row, so that every row has a cell one step better.
    shape = [int(most) + 2 for most in columns[:-1].max(axis=1)]
    return by_grid(columns, shape) if prod(shape) <= MOST_CELLS else by_sweep(values)


def by_grid(columns: Ints, shape: list[int]) -> Ints:
    """`frontier_rows` of columns [m, M] of numbers from 0, the widest last.

    The grid has a cell for each way that all columns but the last can stand, and holds the least of the last column
    among rows no worse than the cell. A row is dominated where that is less than its own, or where a cell one step
    better holds as little.
    """
    last = columns[-1]
    strides = [prod(shape[i + 1 :]) for i in range(len(shape))]
    cell = np.full(len(last), sum(strides), dtype=np.int64)
    for column, stride in zip(columns[:-1], strides, strict=True):
        cell += column * stride
    least = np.full(prod(shape), last.max() + 1, dtype=np.int64)
    np.minimum.at(least, cell, last)
    grid = least.reshape(shape)
    for axis in range(len(shape)):
        np.minimum.accumulate(grid, axis=axis, out=grid)
    dominated = least[cell] < last
    for stride in strides:
        dominated |= least[cell - stride] <= last
    return np.flatnonzero(~dominated)


def by_sweep(values: Steps) -> Ints:
    """`frontier_rows` of one row or more, whatever their columns.

    In order of their sum a row can only be dominated by one before it, so what is left after each batch of the best
    sums has been taken out needs no second look.
    """
    distinct, which = _distinct(values)
    width = distinct.max(axis=0) - distinct.min(axis=0)
    small = (distinct - distinct.min(axis=0)).astype(np.int32)
    # Weighted by range, so that batches are cut from the middle of the frontier, where most is dominated.
    order = np.argsort((small / np.maximum(width, 1)).sum(axis=1), kind="stable")
    left = np.ascontiguousarray(small[order].T)
    ids = order
    kept = []
    while len(ids):
        take = min(STEP, len(ids))
        head, head_ids = left[:, :take], ids[:take]
        good = ~dominated(head, head)
        kept.append(head_ids[good])
        head = head[:, good]
        left, ids = left[:, take:], ids[take:]
        if len(ids):
            stays = ~dominated(left, head)
            left, ids = np.ascontiguousarray(left[:, stays]), ids[stays]
    on = np.zeros(len(distinct), dtype=bool)
    on[np.concatenate(kept)] = True
    return np.flatnonzero(on[which])


def dominated(rows: Steps, by: Steps) -> NDArray[np.bool_]:
    """[M] whether any of `by` [m, B] is better than each of `rows` [m, M], both by column."""
    out = np.zeros(rows.shape[1], dtype=bool)
    for b in by.T:
        no_worse = rows[0] >= b[0]
        ahead = rows[0] > b[0]
        for column, limit in zip(rows[1:], b[1:], strict=True):
            no_worse &= column >= limit
            ahead |= column > limit
        out |= no_worse & ahead
    return out


def _distinct(values: Steps) -> tuple[Steps, Ints]:
    """Distinct rows, and which of them each row is; packed into one number where they fit, which sorts faster."""
    least = values.min(axis=0)
    span = (values.max(axis=0) - least + 1).astype(object)
    if np.prod(span) < 2**62:
        packed = np.zeros(len(values), dtype=np.int64)
        for column, low, size in zip(values.T, least, span, strict=True):
            packed = packed * int(size) + (column - low)
        _, first, which = np.unique(packed, return_index=True, return_inverse=True)
        return values[first], which
    distinct, which = np.unique(values, axis=0, return_inverse=True)
    return distinct, which.ravel()
