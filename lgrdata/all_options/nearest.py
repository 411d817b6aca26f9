"""The nearest better option: the fewest authorities to move to do better on one measure and worse on no other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, permutations

import numpy as np
from numpy.typing import NDArray

from lgrdata.all_options.measures import BY_KEY, HEADLINE, Measure, pick
from lgrdata.all_options.options import Options
from lgrdata.all_options.rank import DISAGREE, OVERLAP, check_same_area, overlap, values_of, with_every_lens
from lgrdata.all_options.unions import Masks
from lgrdata.core.facts import Ints
from lgrdata.core.models import LENSES, LgrError
from lgrdata.splits.split import Split


@dataclass(frozen=True)
class Move:
    """One authority that goes from a council of the split to another, by the split's own council numbers."""

    code: str
    name: str
    from_council: int
    to_council: int


@dataclass(frozen=True)
class NearestOption:
    """An option near a split: its row, the moves that lead there, and each measure before and after.

    `close`: measures on which the change is too close to call, and why.
    """

    row: int
    moves: tuple[Move, ...]
    changes: dict[str, tuple[float, float]]
    close: dict[str, str]


def nearest_better(
    options: Options, split: Split, measure: str, others: Sequence[str] = HEADLINE, *, most: int = 3
) -> list[NearestOption]:
    """The `most` nearest options with as many councils that do better on `measure` and no worse on `others`.

    All compared after rounding to what matters; nearest first, at equal distance the most improved. Empty where there
    is none. A divided authority counts as lying where most of its residents do.
    """
    return list(islice(each_better(options, split, measure, others), most))


def each_better(
    options: Options, split: Split, measure: str, others: Sequence[str] = HEADLINE
) -> Iterator[NearestOption]:
    """`nearest_better` one after another, each made when it is asked for: who stops early pays for no more."""
    check_same_area(options, split)
    (goal,) = pick([measure])
    kept = [m for m in options.available(others) if m.key != goal.key]
    if goal.key in options.unavailable:
        raise LgrError(f"{options.facts.area.name}: {goal.name.lower()}: {options.unavailable[goal.key]}")
    values = values_of(options, split, with_every_lens((goal, *kept)), options.find(split))
    rows = options.rows(len(split.in_use))

    def step(m: Measure) -> int:
        return int(m.rounded(np.array([values[m.key]]))[0])

    good = options.rounded(goal.key)[rows] < step(goal)
    for m in kept:
        good &= options.rounded(m.key)[rows] <= step(m)
    found = rows.start + np.flatnonzero(good)
    if len(found) == 0:
        return
    mine = _main_masks(options, split)
    stays = _most_kept(mine, options.masks[: len(mine), found])
    order = np.lexsort((options.keys[found], options.rounded(goal.key)[found], options.blocks.count - stays))
    for row in found[order].tolist():
        changes = {m.key: (values[m.key], float(options.column(m.key)[row])) for m in (goal, *kept)}
        close = {m.key: why for m in (goal, *kept) if (why := _close(options, values, row, m))}
        yield NearestOption(row, _moves(options, split, mine, row), changes, close)


def _close(options: Options, values: Mapping[str, float], row: int, measure: Measure) -> str:
    """Why a change from `values` to an option cannot be told to be one, or nothing where it can or there is none."""
    before, after = values[measure.key], float(options.column(measure.key)[row])
    if measure.rounded(np.array([before]))[0] == measure.rounded(np.array([after]))[0]:
        return ""
    if measure.estimated is not None and overlap(options.facts, measure.estimated, before, after):
        return OVERLAP
    if measure.lens is not None:
        each = [BY_KEY[f"{measure.key.removesuffix(measure.lens)}{lens}"] for lens in LENSES]
        steps = [m.rounded(np.array([values[m.key], options.column(m.key)[row]])) for m in each]
        if min(b - a for a, b in steps) < 0 < max(b - a for a, b in steps):
            return DISAGREE
    return ""


def _main_masks(options: Options, split: Split) -> Masks:
    held = split.share[options.blocks.index].argmax(axis=1)
    bits = np.left_shift(1, np.arange(options.blocks.count))
    return np.array([int(bits[held == c].sum()) for c in split.in_use], dtype=np.int32)


def _most_kept(mine: Masks, theirs: Masks) -> NDArray[np.int64]:
    """[M] most authorities that stay when the councils of each option [K, M] are paired off with mine [K]."""
    k = len(mine)
    overlap = np.bitwise_count(mine[:, None, None] & theirs[None, :, :]).astype(np.int64)
    best: dict[int, Ints] = {0: np.zeros(theirs.shape[1], dtype=np.int64)}
    for used in range(1, 1 << k):
        a = used.bit_count() - 1
        ways = [best[used ^ (1 << b)] + overlap[a, b] for b in range(k) if used >> b & 1]
        best[used] = np.max(ways, axis=0)
    return best[(1 << k) - 1]


def _moves(options: Options, split: Split, mine: Masks, row: int) -> tuple[Move, ...]:
    theirs = [int(m) for m in options.masks[: len(mine), row]]
    own = [int(m) for m in mine]
    shared = [[(a & b).bit_count() for b in theirs] for a in own]
    paired = max(permutations(range(len(own))), key=lambda p: sum([shared[a][b] for a, b in enumerate(p)]))
    out = []
    for i in range(options.blocks.count):
        a = next(n for n, m in enumerate(own) if m >> i & 1)
        b = next(n for n, p in enumerate(paired) if theirs[p] >> i & 1)
        if a != b:
            authority = options.facts.authorities[int(options.blocks.index[i])]
            out.append(Move(authority.code, authority.name, int(split.in_use[a]), int(split.in_use[b])))
    return tuple(out)
