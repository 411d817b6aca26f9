"""Which rows of whole numbers no other row is better than, lower being better on every column."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lgrdata.core.facts import Ints

Steps = NDArray[np.int32]

STEP = 64
"""Rows judged together: first among themselves, then against the rest."""


def frontier_rows(values: Steps) -> Ints:
    """Indexes, ascending, of the rows [M, m] that none dominates; rows that are alike stay together.

    In order of their sum a row can only be dominated by one before it, so what is left after each batch of the best
    sums has been taken out needs no second look.
    """
    if len(values) == 0:
        return np.zeros(0, dtype=np.int64)
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
