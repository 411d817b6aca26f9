"""Every connected split of whole authorities, in layers and without a dead branch.

The next council is a union that holds the lowest block nobody has yet, kept where what is left has no more pieces than
councils still allowed: each piece can then be a council, so every branch ends in an option.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lgrdata.all_options.filters import Filters, allowed_unions, limits
from lgrdata.all_options.unions import Masks, OptionBlocks, lowest_bit, pieces_table
from lgrdata.core.models import LgrError

MOST_COUNCILS = 6
"""The most councils an option may have."""


def check_councils(councils: Sequence[int]) -> tuple[int, ...]:
    """Numbers of councils asked for, sorted. LgrError where none is asked for, or one is not 1 to 6."""
    wanted = tuple(sorted({int(k) for k in councils}))
    if not wanted:
        raise LgrError("give at least one number of councils, from 1 to 6")
    for k in wanted:
        if not 1 <= k <= MOST_COUNCILS:
            raise LgrError(f"options are listed for 1 to {MOST_COUNCILS} councils, not {k}")
    return wanted


def list_unions(blocks: OptionBlocks, councils: Sequence[int], filters: Filters) -> dict[int, Masks]:
    """By number of councils N, the options as masks [N, M]: council j of option m, lowest block first.

    Empty arrays where a number has no option; LgrError only for bad input.
    """
    wanted = check_councils(councils)
    pieces = pieces_table(blocks)
    usable = (pieces == 1) & allowed_unions(blocks, filters)
    most = max(wanted)
    found: dict[int, Masks] = {k: np.zeros((k, 0), dtype=np.int32) for k in wanted}
    rest = np.array([blocks.everything], dtype=np.int32)
    chosen: list[Masks] = []
    if pieces[blocks.everything] > most:
        return found
    by_lowest = _by_lowest(usable, blocks.count)
    for layer in range(1, most + 1):
        if layer in found:
            ends = usable[rest]
            found[layer] = np.stack([*(c[ends] for c in chosen), rest[ends]])
        if layer == most:
            break
        kinds, which = _kinds(rest, len(usable))
        start, count, unions = _next_councils(kinds, by_lowest, pieces, most - layer)
        repeat = count[which]
        state = np.repeat(np.arange(len(rest)), repeat)
        first = np.repeat(np.cumsum(repeat) - repeat, repeat)
        council = unions[np.arange(len(state)) - first + start[which][state]]
        chosen = [*(c[state] for c in chosen), council]
        rest = rest[state] ^ council
    return found


def _kinds(rest: Masks, unions: int) -> tuple[Masks, Masks]:
    """The distinct sets of blocks left, sorted, and which of them each is."""
    seen = np.zeros(unions, dtype=bool)
    seen[rest] = True
    kinds = np.flatnonzero(seen).astype(np.int32)
    place = np.zeros(unions, dtype=np.int32)
    place[kinds] = np.arange(len(kinds), dtype=np.int32)
    return kinds, place[rest]


def _by_lowest(usable: NDArray[np.bool_], n: int) -> list[Masks]:
    unions = np.flatnonzero(usable[1:]).astype(np.int32) + 1
    low = lowest_bit(unions)
    return [unions[low == b] for b in range(n)]


def _next_councils(
    rests: Masks, by_lowest: list[Masks], pieces: NDArray[np.int8], allowed: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], Masks]:
    """For each set of blocks left (sorted), the councils that may come next and leave something: start, count, list."""
    low = lowest_bit(rests)
    rows, councils = [], []
    for b, unions in enumerate(by_lowest):
        here = np.flatnonzero(low == b)
        if len(here) == 0 or len(unions) == 0:
            continue
        fits = (unions[None, :] & ~rests[here][:, None]) == 0
        r, c = np.divmod(np.flatnonzero(fits), len(unions))
        left = rests[here][r] ^ unions[c]
        keep = (left != 0) & (pieces[left] <= allowed)
        rows.append(here[r[keep]])
        councils.append(unions[c[keep]])
    if not rows:
        none = np.zeros(len(rests), dtype=np.int64)
        return none, none, np.zeros(0, dtype=np.int32)
    row, council = np.concatenate(rows), np.concatenate(councils)
    order = np.argsort(row, kind="stable")
    count = np.bincount(row, minlength=len(rests))
    return np.cumsum(count) - count, count, council[order]


def explain_nothing(blocks: OptionBlocks, councils: Sequence[int], filters: Filters) -> str:
    """Why no option is left, in one line: the filter that leaves nothing, found by dropping each in turn."""

    def left(f: Filters) -> int:
        return sum(m.shape[1] for m in list_unions(blocks, councils, f).values())

    numbers = " or ".join(str(k) for k in check_councils(councils))
    many = "council" if numbers == "1" else "councils"
    area = blocks.facts.area.name
    if left(Filters()) == 0:
        pieces = int(pieces_table(blocks)[blocks.everything])
        if pieces > max(councils):
            return (
                f"{area} lies in {pieces} parts that the sea divides, so it cannot make {numbers} {many} by land; "
                "ask for more councils or let ferry links join"
            )
        return f"{area} has {blocks.count} authorities, which cannot make {numbers} {many}"
    each = limits(blocks, filters)
    alone = [limit.words for limit in each if left(limit.alone) == 0]
    if alone:
        return f"no option in {area} with {numbers} {many} keeps to: {'; '.join(alone)}"
    freed = [(limit.words, left(limit.without)) for limit in each]
    told = [f"without “{words}” {n:,} are left" for words, n in freed if n]
    if told:
        return f"no option in {area} with {numbers} {many} keeps to all filters: {'; '.join(told)}"
    words = "; ".join(limit.words for limit in each)
    return f"no option in {area} with {numbers} {many} keeps to these filters, whichever one is dropped: {words}"
